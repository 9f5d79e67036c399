"""The manifest is valid by Slack's own schema, and the schema would find what breaks it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((Path(__file__).parent / "manifest_schema" / "manifest.schema.2.0.0.json").read_text("utf-8"))
MANIFEST: dict[str, Any] = yaml.safe_load((ROOT / "deploy" / "slack-manifest.yaml").read_text("utf-8"))
SHORTCUT = {"name": "Check", "type": "message", "callback_id": "check", "description": "Holds it against the record"}


def flaws(manifest: object) -> list[str]:
    """Where the manifest breaks the schema."""
    return ["/".join(map(str, error.absolute_path)) for error in Draft7Validator(SCHEMA).iter_errors(manifest)]


def test_the_manifest_is_valid_by_slacks_schema():
    Draft7Validator.check_schema(SCHEMA)
    assert flaws(MANIFEST) == []


BROKEN = {
    "a name of 36 characters": (("display_information", "name"), "x" * 36),
    "a description of 141 characters": (("display_information", "description"), "x" * 141),
    "a colour of 8 characters": (("display_information", "background_color"), "#1f2d3d4"),
    "a command without its stroke": (("features", "slash_commands"), [{"command": "record", "description": "x"}]),
    "a command without a description": (("features", "slash_commands"), [{"command": "/record"}]),
    "a shortcut name of 25 characters": (("features", "shortcuts"), [SHORTCUT | {"name": "x" * 25}]),
    "a shortcut of a third kind": (("features", "shortcuts"), [SHORTCUT | {"type": "thread"}]),
    "a shortcut without a callback_id": (("features", "shortcuts"), [{"name": "x", "type": "message"}]),
    "a setting that there is not": (("settings", "socket_mode"), True),
    "65 events": (("settings", "event_subscriptions"), {"bot_events": ["app_mention"] * 300}),
    "scopes that are no list": (("oauth_config", "scopes", "bot"), "chat:write"),
}


@pytest.mark.parametrize(("path", "value"), BROKEN.values(), ids=BROKEN)
def test_the_schema_finds_what_breaks_a_manifest(path, value):
    broken = copy.deepcopy(MANIFEST)
    place = broken
    for step in path[:-1]:
        place = place.setdefault(step, {})
    place[path[-1]] = value
    assert any(flaw.startswith(path[0]) for flaw in flaws(broken))

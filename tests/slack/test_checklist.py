"""docs/slack.md names tests and pictures that are there, for each of the thirty points."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[2]
PAGE = (ROOT / "docs" / "slack.md").read_text(encoding="utf-8")
CHECKLIST = PAGE.split("## Reviewer's checklist")[1].split("\n## ")[0]
POINTS = {
    int(number): text
    for number, text in re.findall(r"^(\d+)\. (.*?)(?=^\d+\. |^\*|\Z)", CHECKLIST, re.MULTILINE | re.DOTALL)
}
TEST = re.compile(r"`(tests/[\w/]+\.py)::(\w+)`")
PICTURE = re.compile(r"\]\(([\w/-]+\.png)\)")


def test_all_thirty_points_are_there():
    assert list(POINTS) == list(range(1, 31))


@pytest.mark.parametrize("number", range(1, 31))
def test_each_point_is_shown_or_said_to_be_unmet(number):
    text = POINTS[number]
    assert TEST.search(text) or PICTURE.search(text) or "Not met:" in text


def test_every_test_and_picture_named_exists():
    for path, name in TEST.findall(PAGE):
        found = ROOT / path
        assert found.is_file(), path
        assert re.search(rf"^(?:async )?def {name}\(", found.read_text(encoding="utf-8"), re.MULTILINE), (
            f"{path}::{name}"
        )
    for picture in PICTURE.findall(PAGE):
        assert (ROOT / "docs" / picture).is_file(), picture


def test_every_scope_is_justified_in_the_documentation():
    manifest = yaml.safe_load((ROOT / "deploy" / "slack-manifest.yaml").read_text(encoding="utf-8"))
    listed = re.findall(r"^\| `([\w:.]+)` \| .{10,} \|$", PAGE.split("## Scopes")[1].split("\n## ")[0], re.MULTILINE)
    assert sorted(listed) == sorted(manifest["oauth_config"]["scopes"]["bot"])

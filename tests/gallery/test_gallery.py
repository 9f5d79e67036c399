"""The gallery shows everything that On Record can show, and nothing in it would be refused by Slack."""

from __future__ import annotations

import importlib
import inspect
import json
import pkgutil
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import album
import pytest
import shown

from bot.slack import actions, blocks, commands, views
from bot.slack.validate import faults
from bot.workspace.block_kit.blocks import check_blocks, check_view
from bot.workspace.page import mrkdwn

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="module")
def seen(tmp_path_factory):
    """The pages of the gallery, and the code that ran to make them."""
    ran = set()
    sys.setprofile(lambda frame, _event, _argument: ran.add(frame.f_code))
    try:
        made = shown.pages(tmp_path_factory.mktemp("gallery"))
    finally:
        sys.setprofile(None)
    return made, ran


@pytest.fixture(scope="module")
def all_shown(seen):
    return [sample for page in seen[0] for sample in page.samples]


def builders() -> Iterator[object]:
    """The public functions of bot.slack.blocks that make a whole message, modal or view."""
    for found in pkgutil.walk_packages(blocks.__path__, f"{blocks.__name__}."):
        module = importlib.import_module(found.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            ours = function.__module__ == module.__name__ and not name.startswith("_")
            if (
                ours
                and name not in FRAMES
                and str(inspect.signature(function).return_annotation) in {"Payload", "Shown"}
            ):
                yield function


FRAMES = {"fitting", "message", "post", "private", "modal"}  # what every message is framed by, not messages


def test_every_builder_has_a_sample(seen):
    missing = [f"{one.__module__}.{one.__name__}" for one in builders() if one.__code__ not in seen[1]]
    assert ", ".join(missing) == "", "add a line to tests/gallery/shown"


def test_every_subcommand_has_a_sample(all_shown):
    typed = {sample.says.split()[1] for sample in all_shown if sample.says.startswith(commands.COMMAND + " ")}
    assert typed >= set(commands.SUBCOMMANDS), "add a line to tests/gallery/shown"


def test_every_form_has_a_sample(all_shown):
    assert {sample.payload.get("callback_id") for sample in all_shown} >= set(views.FORMS)


def test_every_element_shown_is_listened_for_and_the_reverse(all_shown):
    offered = set().union(*(action_ids(sample.payload) for sample in all_shown))
    assert offered == set(actions.ELEMENTS)


def action_ids(value: object) -> set[str]:
    """The action_ids of what can be pressed; what stands in an input is read when its modal is sent off."""
    if isinstance(value, list):
        return set().union(*map(action_ids, value))
    if not isinstance(value, dict) or (value.get("type") == "input" and not value.get("dispatch_action")):
        return set()
    own = {value["action_id"]} if "action_id" in value else set()
    return own.union(*map(action_ids, value.values()))


def test_nothing_in_the_gallery_would_be_refused(all_shown):
    for sample in all_shown:
        if sample.kind in {"modal", "home"}:
            assert (sample.says, check_view(sample.payload)) == (sample.says, [])
        else:
            assert (sample.says, faults(sample.payload)) == (sample.says, ())
            assert (sample.says, check_blocks(sample.payload["blocks"])) == (sample.says, [])


def test_the_kept_gallery_is_of_this_state(seen):
    kept = (ROOT / "docs" / "gallery" / "README.md").read_text(encoding="utf-8")
    assert kept == album.index(seen[0]), "run: make gallery"
    pictures = {path.name for path in (ROOT / "docs" / "gallery").glob("*.png")}
    assert pictures == {album.picture(page.name, look) for page in seen[0] for look in album.looks(page)}
    assert sum(path.stat().st_size for path in (ROOT / "docs" / "gallery").iterdir()) < 3_200_000


def test_nothing_is_said_by_colour_or_emoji_alone(all_shown):
    for sample in all_shown:
        for one in objects(sample.payload):
            if one.get("type") == "button":
                assert one["text"]["text"].strip(), sample.says
                assert one["text"].get("emoji") is False, sample.says
                assert one.get("accessibility_label"), (sample.says, one["text"]["text"])
            if one.get("type") == "image":
                assert one.get("alt_text"), sample.says


def test_no_mark_of_formatting_is_left_over(all_shown):
    for sample in all_shown:
        for one in objects(sample.payload):
            if one.get("type") == "mrkdwn":
                shown = "".join(written(mrkdwn.parse(one["text"])))
                assert "*" not in shown, (sample.says, shown)
        assert "*" not in sample.payload.get("text", ""), sample.says


def test_a_modal_does_not_say_that_others_cannot_see_it(all_shown):
    for sample in all_shown:
        if sample.kind == "modal":
            assert "Only you can see this" not in json.dumps(sample.payload), sample.says


def test_no_answer_suggests_what_was_just_typed(all_shown):
    for sample in all_shown:
        if sample.says.startswith(commands.COMMAND) and (
            hint := re.search(r"Try `([^`]+)`", json.dumps(sample.payload))
        ):
            assert hint[1] != sample.says


def written(nodes: object) -> Iterator[str]:
    """The text of a tree of nodes, but for code."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif node["kind"] not in {"code", "pre"}:
            yield from written(node.get("nodes", ()))


def objects(value: object) -> Iterator[dict[str, object]]:
    """Every object of a payload."""
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from objects(one)

"""The table of Block Kit limits refuses what Slack refuses and takes what the bot posts."""

from __future__ import annotations

import json

import pytest

from bot.workspace.block_kit.blocks import check_blocks, check_view


def words(text, kind="mrkdwn"):
    return {"type": kind, "text": text}


def button(**changes):
    return {"type": "button", "action_id": "a", "text": words("Go", "plain_text"), **changes}


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def section(text):
    return {"type": "section", "text": words(text)}


TABLE = {"type": "table", "rows": [[{"type": "raw_text", "text": "a"}]]}
BAD = {
    "51 blocks": [section("x")] * 51,
    "a header of 151": [{"type": "header", "text": words("x" * 151, "plain_text")}],
    "a header in mrkdwn": [{"type": "header", "text": words("x")}],
    "a section without text": [{"type": "section"}],
    "an empty text": [section("")],
    "a section of 3001": [section("x" * 3001)],
    "a field of 2001": [{"type": "section", "fields": [words("x" * 2001)]}],
    "11 fields": [{"type": "section", "fields": [words("x")] * 11}],
    "11 context elements": [{"type": "context", "elements": [words("x")] * 11}],
    "an empty context": [{"type": "context", "elements": []}],
    "26 buttons": [actions(*[button(action_id=str(n)) for n in range(26)])],
    "no buttons": [actions()],
    "two equal action ids": [actions(button(), button())],
    "two equal block ids": [{**section("x"), "block_id": "b"}, {**section("y"), "block_id": "b"}],
    "a button of 76": [actions(button(text=words("x" * 76, "plain_text")))],
    "a button in mrkdwn": [actions(button(text=words("x")))],
    "a button without text": [actions({"type": "button", "action_id": "a"})],
    "a style of its own": [actions(button(style="secondary"))],
    "a value of 2001": [actions(button(value="x" * 2001))],
    "an address of 3001": [actions(button(url="x" * 3001))],
    "an action id of 256": [actions(button(action_id="x" * 256))],
    "a block id of 256": [{**section("x"), "block_id": "x" * 256}],
    "an accessibility label of 76": [actions(button(accessibility_label="x" * 76))],
    "an unknown block": [{"type": "marquee"}],
    "an unknown field": [{**section("x"), "colour": "red"}],
    "an image without alt text": [{"type": "image", "image_url": "https://example.org/a.png"}],
    "an input among actions": [actions({"type": "plain_text_input", "action_id": "a"})],
    "two tables": [TABLE, TABLE],
    "a block that is no object": ["section"],
    "blocks that are no list": {"type": "section"},
}


@pytest.mark.parametrize("name", BAD)
def test_a_bad_payload_is_refused(name):
    assert check_blocks(BAD[name])


@pytest.mark.parametrize(
    "blocks",
    [
        [],
        [section("x" * 3000)] * 50,
        [{"type": "section", "fields": [words("x" * 2000)] * 10}],
        [actions(*[button(action_id=str(n)) for n in range(25)])],
        [actions(button(style="danger", value="x" * 2000, url="https://example.org"))],
        [{"type": "divider"}, {"type": "header", "text": words("x" * 150, "plain_text")}],
        [{**section("x"), "accessory": button()}],
    ],
)
def test_a_payload_at_its_limits_passes(blocks):
    assert check_blocks(blocks) == []


def test_two_tables_have_a_code_of_their_own():
    assert [flaw.code for flaw in check_blocks(BAD["two tables"])] == ["only_one_table_allowed"]


def test_the_designed_alert_passes(shared):
    alert = json.loads((shared / "design" / "alert.json").read_text(encoding="utf-8"))
    assert check_blocks(alert["blocks"]) == []


def test_a_modal_with_inputs_needs_a_submit_button_and_short_titles():
    field = {"type": "input", "label": words("Why", "plain_text"), "element": {"type": "plain_text_input"}}
    title = words("Dismiss", "plain_text")
    good = {"type": "modal", "title": title, "submit": title, "blocks": [field]}
    assert check_view(good) == []
    assert check_view({**good, "title": words("x" * 25, "plain_text")})
    assert check_view({name: value for name, value in good.items() if name != "submit"})

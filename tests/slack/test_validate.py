"""Nothing leaves that Slack would refuse: one bad message for each limit, each fault with its place."""

from __future__ import annotations

import copy

import pytest

from bot.slack.blocks import card
from bot.slack.errors import InvalidMessage
from bot.slack.validate import checked, faults


def text(words="x", kind="mrkdwn", **more):
    return {"type": kind, "text": words, **more}


def message(*blocks, **more):
    return {"text": "news", "blocks": list(blocks), **more}


def button(**more):
    return {"type": "button", "action_id": "a", "text": text("Press", "plain_text"), **more}


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def select(**more):
    return {"type": "static_select", "action_id": "s", "placeholder": text("Pick", "plain_text"), **more}


def option(words="x", value="v"):
    return {"text": text(words, "plain_text"), "value": value}


BAD = {
    "no text": {"blocks": []},
    "blank text": message() | {"text": "  "},
    "long text": message() | {"text": "x" * 1001},
    "51 blocks": message(*({"type": "divider"} for _ in range(51))),
    "a type we do not use": message({"type": "markdown", "text": "x"}),
    "long block_id": message({"type": "divider", "block_id": "x" * 256}),
    "twice the same block_id": message(*({"type": "divider", "block_id": "a"} for _ in range(2))),
    "an unknown key": message({"type": "divider", "colour": "red"}),
    "header in mrkdwn": message({"type": "header", "text": text()}),
    "long header": message({"type": "header", "text": text("x" * 151, "plain_text")}),
    "empty header": message({"type": "header", "text": text("", "plain_text")}),
    "section without text": message({"type": "section"}),
    "long section": message({"type": "section", "text": text("x" * 3001)}),
    "empty section": message({"type": "section", "text": text("")}),
    "11 fields": message({"type": "section", "fields": [text()] * 11}),
    "long field": message({"type": "section", "fields": [text("x" * 2001)]}),
    "no fields": message({"type": "section", "fields": []}),
    "a field that is no text": message({"type": "section", "fields": ["x"]}),
    "emoji in mrkdwn": message({"type": "section", "text": text(emoji=True)}),
    "11 context elements": message({"type": "context", "elements": [text()] * 11}),
    "a button in a context": message({"type": "context", "elements": [button()]}),
    "26 buttons": message(actions(*(button(action_id=str(n)) for n in range(26)))),
    "twice the same action_id": message(actions(button(), button())),
    "text among buttons": message(actions(text())),
    "long label": message(actions(button(text=text("x" * 76, "plain_text")))),
    "label in mrkdwn": message(actions(button(text=text()))),
    "no label": message(actions({"type": "button", "action_id": "a"})),
    "bad style": message(actions(button(style="green"))),
    "long value": message(actions(button(value="x" * 2001))),
    "long url": message(actions(button(url="https://e.org/" + "x" * 3000))),
    "long accessibility_label": message(actions(button(accessibility_label="x" * 76))),
    "long action_id": message(actions(button(action_id="x" * 256))),
    "confirm without text": message(actions(button(confirm={"title": text("x", "plain_text")}))),
    "6 in an overflow": message(actions({"type": "overflow", "action_id": "o", "options": [option()] * 6})),
    "101 options": message(actions(select(options=[option()] * 101))),
    "long option": message(actions(select(options=[option("x" * 76)]))),
    "long option value": message(actions(select(options=[option(value="x" * 151)]))),
    "long placeholder": message(actions(select(placeholder=text("x" * 151, "plain_text"), options=[option()]))),
    "image without alt text": message({"type": "image", "image_url": "https://e.org/a.png"}),
    "too much in all": message(*({"type": "section", "text": text("x" * 2500)} for _ in range(4))),
}
GOOD = {
    "text alone": message(),
    "a divider": message({"type": "divider"}),
    "at the limits": message(
        {"type": "header", "text": text("x" * 150, "plain_text", emoji=False)},
        {"type": "section", "fields": [text("x" * 2000)], "accessory": button()},
        {"type": "section", "text": text("x" * 3000, verbatim=True)},
        {"type": "context", "elements": [text()] * 10},
        actions(*(button(action_id=str(n), style="danger", value="v") for n in range(25))),
    ),
    "a select": message(actions(select(options=[option()]))),
    "an image": message({"type": "image", "image_url": "https://e.org/a.png", "alt_text": "a chart"}),
}


@pytest.mark.parametrize("bad", BAD.values(), ids=BAD)
def test_a_broken_limit_is_found(bad):
    assert len(faults(bad)) >= 1
    with pytest.raises(InvalidMessage):
        checked(bad)


@pytest.mark.parametrize("good", GOOD.values(), ids=GOOD)
def test_what_slack_takes_passes(good):
    assert faults(good) == ()


def test_a_fault_names_its_place(story):
    payload = copy.deepcopy(card(story.alert))
    payload["blocks"][2]["fields"][1]["text"] = "x" * 2001
    assert faults(payload) == ("blocks/2/fields/1/text: 2001, from 1 to 2000 allowed",)

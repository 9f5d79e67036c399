"""Whatever stands in a feed, a message keeps its shape and Slack's limits: only words change."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import hostile
import pytest
import shown
from hypothesis import given, settings
from hypothesis import strategies as st
from strait_story import ADA, NOW, newsroom_of, put_on_record, strait

from bot.ledger import Ledger
from bot.slack import actions, commands
from bot.slack.newsroom import Press
from bot.slack.validate import WHOLE, faults, size
from bot.workspace.block_kit.blocks import check_blocks, check_view
from bot.workspace.page import mrkdwn

STORY = strait()
MARKS = (
    "<!channel>", "<@U0ADA>", "<#C1|x>", "<https://evil.example|NYT>", "<!date^1^{time}|x>", "&lt;!here&gt;", "&", "<", ">",
    "*", "_", "~", "`", "```", "*b*", "_i_", "~s~", ":boom:", "@here", "\n", "\n>", "|", "\u202e", "\u200b", "https://evil.example",
)  # fmt: skip
texts = st.lists(st.one_of(st.sampled_from(MARKS), st.text(max_size=6)), max_size=6).map("".join)
OURS = (
    re.compile(r"<!date\^\d+\^[a-z_{} ]+\|[^<>|]+>"),
    re.compile(r"<@[UW][A-Z0-9]+>"),
    re.compile(r"<https?://(?:harbour|courier|record)\.example\.org/[^<>|\s]*\|[^<>|]+>"),
    re.compile(r"<https?://example\.org/[^<>|\s]*\|[^<>|]+>"),
)


def made(text: str) -> list[shown.Sample]:
    """Every message that is made of an alert, with this text wherever a feed could put one."""
    story = replace(STORY, alert=hostile.swollen(STORY.alert, text))
    story = replace(story, conflict=story.alert.conflict)
    return [*shown.cards(story), *shown.threads(story), *shown.notices(story)]


def refused(sample: shown.Sample) -> list[object]:
    """What the checks of this project and those of the workspace find wrong with a sample."""
    if sample.kind in {"modal", "home"}:
        return [*check_view(sample.payload)]
    found: list[object] = [*faults(sample.payload), *check_blocks(sample.payload["blocks"])]
    return [*found, *(["too large"] if size(sample.payload) >= WHOLE else [])]


def parsed(value: object) -> Iterator[str]:
    """Every text of a payload that Slack would parse."""
    if isinstance(value, list):
        for one in value:
            yield from parsed(one)
    elif isinstance(value, dict):
        if value.get("type") == "mrkdwn":
            assert value.get("verbatim") is True, "bare addresses would become links"
            yield value["text"]
        for one in value.values():
            yield from parsed(one)


def shape(nodes: list[mrkdwn.Node]) -> list[object]:
    """What a text is made of beside words and the breaks between lines."""
    return [
        [node["kind"], node.get("href", ""), shape(node["nodes"])]
        for node in nodes
        if not isinstance(node, str) and node["kind"] != "break"
    ]


def shapes(sample: shown.Sample) -> list[object]:
    """The shapes of all its texts."""
    return [shape(mrkdwn.parse(text, verbatim=True)) for text in parsed(sample.payload)]


PLAIN = {sample.says: shapes(sample) for sample in made("a b")}


@pytest.mark.parametrize("filler", hostile.FILLERS.values(), ids=hostile.FILLERS)
def test_every_message_stays_within_slacks_limits_at_any_size(filler):
    for sample in made(filler):
        assert (sample.says, refused(sample)) == (sample.says, [])


@settings(max_examples=6, deadline=None)
@given(st.text(min_size=1, max_size=3).map(lambda text: text * 1400))
def test_every_message_stays_within_slacks_limits_whatever_is_repeated(text):
    for sample in made(text):
        assert (sample.says, refused(sample)) == (sample.says, [])


@settings(max_examples=60, deadline=None)
@given(texts)
def test_text_of_a_feed_changes_words_and_never_the_shape_of_a_message(text):
    for sample in made(f"a{text}b"):
        for said in parsed(sample.payload):
            assert "<" not in re.sub("|".join(one.pattern for one in OURS), "", said), said
        assert shapes(sample) == PLAIN[sample.says]


@pytest.mark.parametrize("filler", hostile.FILLERS.values(), ids=hostile.FILLERS)
def test_every_answer_stays_within_slacks_limits_over_a_record_of_any_size(filler, tmp_path):
    with Ledger.open(str(tmp_path / "hostile.db"), durable=False) as ledger:
        put_on_record(ledger, hostile.on_record(STORY, filler))
        newsroom = newsroom_of(ledger, shown.ON)
        for typed in (*shown.ASKED, f"who {filler}", f"conflicts {filler}", filler):
            for sample in shown.seen(typed, commands.answer(newsroom, typed, ADA, NOW)):
                assert (sample.says, refused(sample)) == (sample.says, [])
        for action in shown.PRESSED:
            press = Press(action=action, value="OR-1001", asker=ADA, now=NOW)
            for sample in shown.seen(action, actions.pressed(newsroom, press)):
                assert (sample.says, refused(sample)) == (sample.says, [])

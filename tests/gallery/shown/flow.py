"""What is sent where and when: follow, mute, quiet hours, digests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from strait_story import Story

from bot.ledger.flow_records import Bulletin
from bot.slack.blocks.digests import bulletin
from bot.slack.newsroom import Newsroom
from shown.answers import asked, press_all
from shown.sample import ON, Sample

ASKED = (
    "follow halasz",
    "follows",
    "unfollow halasz",
    "follow the weather",
    "mute monitors for 2h",
    "mute monitors",
    "mute halasz until Friday for me",
    "mute monitors until yesterday",
    "mutes",
    "unmute monitors",
    "quiet",
    "quiet 22:00-07:00 Europe/London",
    "quiet at night",
    "digest daily 08:00",
    "digest now",
    "cap 10",
    "route",
    "route strength high",
    "route colours red",
)


def flow(newsroom: Newsroom) -> Iterator[Sample]:
    """What is typed, and each button under an answer."""
    for sample in asked(newsroom, ASKED):
        yield sample
        if sample.says in {"/record follow halasz", "/record mute monitors", "/record cap 10"}:
            yield from press_all(newsroom, sample)


def digests(story: Story) -> Iterator[Sample]:
    """Messages of no single alert."""
    other = replace(story.alert, number=1043, review="confirmed", strength="medium")
    told = Bulletin(
        id=1,
        kind="digest",
        channel="C0FACTDESK",
        words="From quiet hours",
        alerts=(story.alert, other),
        key="k",
        state="pending",
        attempted_at=None,
        attempts=0,
    )
    yield Sample(says="A digest", payload=bulletin(told, ON))
    over = replace(told, alerts=(story.alert, replace(other, review="dismissed")), over=frozenset({1043}))
    yield Sample(says="A digest of which one was dismissed while it was held", payload=bulletin(over, ON))
    failing = "The feed courier has failed for 6 hours: it answers 503. Articles are missed until it is well again."
    notice = replace(told, kind="notice", words=failing, alerts=())
    yield Sample(says="A notice to the operators", payload=bulletin(notice, ON))

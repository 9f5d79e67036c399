"""Doubt is ended by reading: a lost answer loses no alert and doubles none."""

from __future__ import annotations

import random
import shutil
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.ledger import Ledger
from bot.slack.settle import THREADS, Settler
from bot.slack.web_api import remedies
from bot.slack.web_api.pace import Pace
from bot.workspace import Channel
from bot.workspace.faults import Fault
from bot.workspace.world import BOT

DESK_CHANNEL = "C0FACTDESK"


LOST_ANSWERS = {
    "connection dropped": {"drop": True},
    "503": {"status": 503},
    "cut JSON": {"malformed": True},
    "internal_error": {"error": "internal_error"},
    "fatal_error": {"error": "fatal_error"},
}


@pytest.mark.parametrize("fault", LOST_ANSWERS.values(), ids=LOST_ANSWERS)
@pytest.mark.parametrize("stored", [True, False], ids=["stored", "not stored"])
async def test_a_lost_answer_makes_one_message(rig, alert, fault, stored):
    rig.workspace.inject("chat.postMessage", after_commit=stored, **fault)
    await rig.steps(5)
    assert rig.state(alert.number) == "sending", "doubt is not resent before the settling time"
    assert len(rig.writes) == 1
    await rig.steps(70)
    assert len(rig.posts) == 1
    assert rig.state(alert.number) == "sent"
    assert rig.ledger.alert(alert.number).slack_ts == rig.posts[0].ts
    assert len(rig.workspace.replies(DESK_CHANNEL, rig.posts[0].ts)) == 1


async def test_a_lost_answer_to_a_reply_makes_one_reply(rig, alert):
    await rig.steps()
    rig.workspace.inject("chat.postMessage", drop=True, after_commit=True)
    await rig.steps(80)
    assert len(rig.workspace.replies(DESK_CHANNEL, rig.posts[0].ts)) == 1
    assert rig.ledger.due(rig.clock()) == ()


async def test_doubt_survives_a_restart(rig, alert):
    rig.workspace.inject("chat.postMessage", drop=True, after_commit=True)
    await rig.steps()
    rig.restart()
    await rig.steps(80)
    assert len(rig.posts) == 1
    assert rig.state(alert.number) == "sent"


async def test_unreadable_history_leaves_the_doubt_and_shows_it(rig, alert):
    rig.workspace.inject("chat.postMessage", drop=True, after_commit=True)
    await rig.steps()
    rig.workspace.inject("conversations.history", error="missing_scope", times=100)
    await rig.steps(80)
    assert rig.state(alert.number) == "sending"
    assert len(rig.posts) == 1
    assert rig.loop.troubles == (
        f"{alert.name} is in doubt, its channel cannot be read: {remedies.told('missing_scope')}",
    )
    rig.workspace.clear_faults()
    await rig.steps(60)
    assert rig.state(alert.number) == "sent"
    assert rig.loop.troubles == ()
    assert len(rig.posts) == 1


async def test_history_is_read_to_its_last_page(rig, alert):
    rig.workspace.inject("chat.postMessage", drop=True, after_commit=True)
    await rig.steps()
    for number in range(450):
        rig.workspace.say("ada", DESK_CHANNEL, f"chatter {number}")
    await rig.steps(70)
    assert rig.state(alert.number) == "sent"
    assert len([post for post in rig.posts if post.metadata]) == 1


@pytest.mark.parametrize("days", [0, 3])
async def test_a_ledger_restored_from_a_copy_posts_nothing_again(rig, alert, tmp_path, days):
    rig.ledger.close()
    shutil.copy(tmp_path / "record.db", tmp_path / "copy.db")
    with Ledger.open(str(tmp_path / "record.db"), durable=False) as rig.ledger:
        rig.restart()
        await rig.steps(3)
    rig.clock.forward(days * 86_400)  # the copy is so old, and what was posted since is to be found all the same
    with Ledger.open(str(tmp_path / "copy.db"), durable=False) as rig.ledger:
        rig.restart()
        await rig.steps(6)
        assert len(rig.posts) == 1
        assert len(rig.workspace.replies(DESK_CHANNEL, rig.posts[0].ts)) == 1
        assert rig.state(alert.number) == "sent"
        assert rig.ledger.due(rig.clock()) == ()


async def test_a_storm_of_faults_and_restarts_loses_nothing_and_doubles_nothing(rig, story, record):
    chance = random.Random(7)  # noqa: S311 - the same storm each time
    desks = [f"C0DESK{number:02d}" for number in range(25)]
    for desk in desks:
        rig.workspace.world.put_channel(Channel(id=desk, name=desk.lower(), members=frozenset({BOT, "U0ADA"})))
        record(rig.ledger, story, desk)
    kinds = [*LOST_ANSWERS.values(), {"status": 429, "retry_after": "3"}]
    for _ in range(120):
        for _ in range(chance.randrange(12)):
            kept = chance.random() < 0.7
            fault = chance.choice(kinds)
            rig.workspace.inject("chat.postMessage", after_commit=kept and "retry_after" not in fault, **fault)
        if chance.random() < 0.1:
            rig.workspace.inject("conversations.history", error="internal_error")
        if chance.random() < 0.05:
            rig.restart()
        await rig.steps(every=3)
        rig.workspace.clear_faults()
    await rig.steps(60, every=3)
    for desk in desks:
        (card,) = rig.workspace.messages(desk)
        assert len(rig.workspace.replies(desk, card.ts)) == 1
    assert rig.ledger.status().waiting == 0
    assert len([call for call in rig.writes if call.fault]) > 15


async def test_the_settling_time_runs_from_the_attempt_however_long_the_step_took_before(rig, alert):
    rig.workspace.inject("chat.postMessage", drop=True, after_commit=False)
    began = rig.clock()
    rig.clock.forward(90)  # the time it took to read the channel before the first post to it
    await rig.loop.step(began)
    await rig.steps(50)
    assert rig.state(alert.number) == "sending", "the request may still be accepted"
    assert len(rig.writes) == 1
    await rig.steps(20)
    assert len(rig.posts) == 1


async def test_the_settling_time_runs_from_when_a_post_is_given_up_however_long_it_took(rig, alert):
    slow = [70]  # seconds from the intention to the answer that never came: longer than the settling time

    def a_post_is_slow(method):
        if not slow or method != "chat.postMessage":
            return None
        rig.clock.forward(slow.pop())
        return Fault(method=method, drop=True)

    rig.workspace.weather(a_post_is_slow)
    await rig.steps(50)
    assert slow == [], "it was slow"
    assert rig.state(alert.number) == "sending", "the request may still be accepted"
    assert len(rig.writes) == 1
    await rig.steps(20)
    assert len(rig.posts) == 1


async def test_doubt_about_a_channel_that_is_seen_no_more_is_shown_and_asked_about_seldom(rig, story, record):
    named = record(rig.ledger, story, "fact-desk")
    rig.workspace.inject("chat.postMessage", drop=True, after_commit=True)
    await rig.steps()
    rig.restart()
    channel = rig.workspace.world.channels["C0FACTDESK"]
    rig.workspace.world.put_channel(replace(channel, name="renamed"))
    await rig.steps(90)
    assert rig.state(named.number) == "sending"
    assert rig.loop.troubles == (
        f"{named.name} is in doubt, its channel cannot be read: {remedies.told('channel_not_found')}",
    )
    assert len([call for call in rig.workspace.calls if call.method == "conversations.list"]) <= 3
    rig.workspace.world.put_channel(channel)
    await rig.steps(40)
    assert rig.state(named.number) == "sent"
    assert len(rig.posts) == 1


async def test_a_limit_on_reading_is_met_by_going_on_where_it_stopped(rig, story, record):
    for name in ("fact-desk", "#fact-desk", DESK_CHANNEL):
        record(rig.ledger, story, name)
    await rig.steps(8)
    assert rig.ledger.status().waiting == 0
    rig.restart()
    later = replace(story.conflict.bridge, topic="strait-monitors-2", proposition="other")
    with rig.ledger.work() as work:
        work.position(later)
        work.join(1001, later, now=rig.clock())
        work.commit()
    for _ in range(3):  # each time one thread of the three can be read
        rig.workspace.inject("conversations.replies", status=429, retry_after="1", after=1)
        await rig.steps(2)
        rig.workspace.clear_faults()
    await rig.steps()
    assert rig.ledger.due(rig.clock()) == ()
    assert len([call for call in rig.workspace.calls if call.method == "conversations.replies" and not call.fault]) == 3


async def test_of_threads_the_last_thousand_are_remembered_and_an_older_one_is_read_again(rig, alert):
    settler = Settler(
        ledger=rig.ledger, client=rig.client, settling_seconds=60, pace=Pace(), troubles={}, ticks=rig.clock.ticks
    )

    async def read(thread: str) -> tuple[int, bool]:
        """How many threads were read for a post to this one, and whether its reply was found in it."""
        before = len(rig.workspace.calls)
        _, there = await settler.before_posting(DESK_CHANNEL, rig.clock(), thread=thread)
        asked = [call for call in rig.workspace.calls[before:] if call.method == "conversations.replies"]
        return len(asked), replied in there

    (card,) = rig.ledger.due(rig.clock())
    await settler.before_posting(DESK_CHANNEL, rig.clock())
    await rig.steps(5)
    (first,) = (post.ts for post in rig.posts if not post.thread_ts)
    (replied,) = (one.metadata["event_payload"]["dedupe_key"] for one in rig.workspace.replies(DESK_CHANNEL, first))
    settler.was_posted(card, DESK_CHANNEL, first)
    assert await read(first) == (0, False), "nothing was in it when its card was posted"
    for number in range(THREADS):
        settler.was_posted(card, DESK_CHANNEL, f"{number}.000001")
    assert await read(first) == (1, True)
    assert await read(first) == (0, True)


async def test_a_clock_that_is_hours_ahead_of_slacks_posts_nothing_again(rig, alert):
    settings = rig.workspace.world.settings
    rig.workspace.world.settings = replace(settings, clock=lambda: rig.clock() - timedelta(hours=20))
    rig.workspace.inject("chat.postMessage", drop=True, after_commit=True)
    await rig.steps()
    await rig.steps(30, every=4)
    assert rig.state(alert.number) == "sent"
    assert len(rig.posts) == 1


@pytest.mark.parametrize("by", [timedelta(hours=1), timedelta(hours=-1)], ids=["forward", "back"])
async def test_a_clock_that_is_set_while_a_post_is_in_doubt_does_not_end_the_doubt_too_soon(rig, alert, by):
    slacks = rig.clock()
    rig.workspace.world.settings = replace(rig.workspace.world.settings, clock=lambda: slacks)  # not ours
    rig.workspace.inject("chat.postMessage", drop=True)
    await rig.steps()
    rig.clock.now += by
    await rig.steps(20)
    assert rig.state(alert.number) == "sending"
    asked = next(call.arguments for call in rig.workspace.calls if call.method == "chat.postMessage")
    await rig.client.api_call("chat.postMessage", json=asked)  # Slack takes up only now what we gave up
    await rig.steps(60)
    assert rig.state(alert.number) == "sent"
    assert len(rig.posts) == 1


@pytest.mark.parametrize("back", [timedelta(hours=1), timedelta(days=22300)], ids=["an hour", "to 1970"])
async def test_a_clock_set_back_ends_every_wait_and_posts_nothing_again(rig, alert, back):
    rig.workspace.inject("chat.postMessage", status=429, retry_after="3600")
    await rig.steps()
    assert rig.state(alert.number) == "pending"
    rig.clock.now -= back
    rig.workspace.inject("chat.postMessage", drop=True, after_commit=True)
    await rig.steps(2)
    assert rig.state(alert.number) == "sending"
    rig.clock.now -= timedelta(minutes=10)
    await rig.steps(30, every=4)
    assert rig.state(alert.number) == "sent"
    assert len(rig.posts) == 1

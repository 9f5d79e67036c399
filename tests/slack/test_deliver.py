"""No alert is lost and none is posted twice, whatever Slack answers."""

from __future__ import annotations

import asyncio
import json
import re
import sqlite3
from contextlib import closing
from dataclasses import replace

import pytest

from bot.slack.blocks import Desk
from bot.slack.deliver import PACE
from bot.slack.events import EVENTS
from bot.slack.newsroom import Heard
from bot.slack.validate import faults
from bot.slack.web_api import calls, remedies
from bot.workspace import Channel
from bot.workspace.world import BOT

DESK_CHANNEL = "C0FACTDESK"


async def test_a_card_is_posted_once_and_its_evidence_follows_in_the_thread(rig, alert):
    await rig.steps(4)
    (card,) = rig.posts
    assert card.text.startswith("Halasz vs Velden on monitors at the strait: possible conflict")
    assert card.metadata["event_payload"] == {
        "alert_id": alert.name,
        "kind": "denied_claim",
        "dedupe_key": alert.dedupe_key,
    }
    (reply,) = rig.workspace.replies(DESK_CHANNEL, card.ts)
    assert reply.text == f"Evidence for {alert.name}: Halasz vs Velden on monitors at the strait"
    stored = rig.ledger.alert(alert.number)
    assert (stored.state, stored.slack_channel, stored.slack_ts) == ("sent", DESK_CHANNEL, card.ts)
    assert await rig.loop.step(rig.clock.forward(60)) == 0
    assert rig.ledger.due(rig.clock()) == ()
    assert rig.loop.troubles == ()


async def test_one_message_a_second_in_a_channel(rig, alert):
    at = rig.clock()
    await rig.loop.step(at)
    assert await rig.loop.step(rig.clock.forward(PACE / 2)) == 0
    assert len(rig.writes) == 1
    await rig.loop.step(rig.clock.forward(PACE / 2))
    assert len(rig.writes) == 2


@pytest.mark.parametrize(("asked", "waits"), [("30", 30), ("5", 5), ("nonsense", 30)])
async def test_retry_after_is_obeyed(rig, alert, asked, waits):
    rig.workspace.inject("chat.postMessage", status=429, retry_after=asked)
    await rig.steps()
    assert rig.state(alert.number) == "pending"
    await rig.steps(waits - 1)
    assert len(rig.writes) == 1
    await rig.steps(2)
    assert len(rig.posts) == 1


async def test_retry_after_may_be_a_date(rig, alert):
    rig.workspace.inject("chat.postMessage", status=429, retry_after="Tue, 25 Feb 2031 13:10:00 GMT")
    await rig.steps()
    assert rig.state(alert.number) == "pending"


@pytest.mark.parametrize("code", ["is_archived", "channel_not_found", "not_in_channel", "restricted_action"])
async def test_a_closed_channel_sets_the_alert_aside_and_tells_the_operators_once(rig_of, alert, code):
    rig = rig_of(operator_channel="C0OPERATORS")
    ledger, workspace, clock = rig.ledger, rig.workspace, rig.clock
    workspace.world.put_channel(Channel(id="C0OPERATORS", name="operators", members=frozenset({BOT, "U0ADA"})))
    workspace.inject("chat.postMessage", error=code)
    await rig.steps(3)
    (told,) = workspace.messages("C0OPERATORS")
    assert told.text == f"{alert.name} could not be delivered to C0FACTDESK and waits for you: {remedies.told(code)}"
    stored = ledger.alert(alert.number)
    assert (stored.state, stored.reason) == ("stuck", remedies.told(code))
    assert remedies.remedy(code)
    assert any(code in trouble for trouble in rig.loop.troubles)
    ledger.release(clock())
    await rig.steps(4)
    assert ledger.alert(alert.number).state == "sent"
    assert rig.loop.troubles == ()


def test_every_refusal_that_somebody_can_do_something_about_says_what():
    unknown = {"account_inactive", "invalid_auth", "not_authed", "token_expired", "token_revoked"}  # a new token
    silent = {code for code in calls.CLOSED if not remedies.remedy(code)}
    assert silent <= unknown


@pytest.mark.parametrize("code", ["team_added_to_org", "external_channel_migrating"])
async def test_a_workspace_or_channel_on_its_way_to_another_organisation_is_waited_for(rig, alert, code):
    rig.workspace.inject("chat.postMessage", error=code)
    await rig.steps(3)
    assert rig.state(alert.number) == "pending"
    await rig.steps(4, every=10)
    assert rig.state(alert.number) == "sent"


@pytest.mark.parametrize("called", ["investigations", "#investigations", "C0INQUIRY"])
async def test_what_was_stuck_for_want_of_the_bot_is_posted_once_it_is_invited(rig, record, newsroom, ada, called):
    number = record(rig.ledger, rig.story, called).number
    await rig.steps(3)
    assert rig.state(number) == "stuck"
    rig.workspace.invite_bot("investigations")
    name = "member_joined_channel"
    EVENTS[name].does(
        newsroom, Heard(name=name, asker=ada, channel="C0INQUIRY", text="investigations", now=rig.clock())
    )
    await rig.steps(4)
    assert rig.state(number) == "sent"


async def test_a_revoked_token_stops_posting_and_posting_resumes_by_itself(rig, alert):
    rig.workspace.inject("chat.postMessage", error="token_revoked")
    await rig.steps(10)
    assert len(rig.writes) == 1
    assert rig.state(alert.number) == "pending"
    assert rig.loop.troubles == ("Slack refuses us: token_revoked (set a new token and start On Record anew)",)
    await rig.steps(70)
    assert len(rig.posts) == 1
    assert rig.loop.troubles == ()


async def test_a_message_refused_for_its_form_goes_once_as_text(rig, alert):
    rig.workspace.inject("chat.postMessage", error="invalid_blocks")
    await rig.steps()
    (card,) = rig.posts
    assert card.blocks == ()
    assert card.metadata["event_payload"]["dedupe_key"] == alert.dedupe_key


async def test_a_quotation_that_is_not_in_the_stored_text_blocks_the_post_and_says_so(rig, alert, tmp_path):
    with closing(sqlite3.connect(tmp_path / "record.db")) as outside:
        outside.execute("UPDATE article SET text = replace(text, 'nothing to add', 'much to add')")
        outside.commit()
    await rig.steps(5)
    assert rig.posts == ()
    stored = rig.ledger.alert(alert.number)
    assert stored.state == "stuck"
    assert stored.reason.startswith("not posted, a quotation does not equal the stored text: ")


async def test_a_decision_updates_the_card_in_place(rig, alert, clock):
    await rig.steps(3)
    rig.ledger.decide(alert.number, "confirm", "U0ADA", "", clock())
    rig.workspace.inject("chat.update", drop=True, after_commit=True)
    await rig.steps(40)
    card, _ = rig.posts
    assert card.text.startswith("Halasz vs Velden on monitors at the strait: conflict over Orlik’s position")
    assert card.buttons == ("Open record", "Undo")
    assert card.blocks[0]["block_id"].endswith(":2")
    assert rig.ledger.due(rig.clock()) == ()


async def test_a_card_that_a_person_deleted_stays_deleted(rig, alert, clock):
    await rig.steps(3)
    rig.workspace.world.forget(rig.posts[0])
    rig.ledger.decide(alert.number, "dismiss", "U0ADA", "", clock())
    await rig.steps(5)
    assert rig.posts == ()
    assert rig.ledger.due(rig.clock()) == ()


async def test_joined_evidence_replies_in_the_thread_and_updates_the_card(rig, alert, story, clock):
    await rig.steps(3)
    later = replace(story.conflict.bridge, topic="strait-monitors-2", proposition="other")
    with rig.ledger.work() as work:
        work.position(later)
        work.join(alert.number, later, now=clock())
        work.commit()
    await rig.steps(5)
    (card,) = rig.posts
    assert "1 further statement joined" in json.dumps(card.blocks)
    assert [reply.text.partition(" on")[0] for reply in rig.workspace.replies(DESK_CHANNEL, card.ts)] == [
        f"Evidence for {alert.name}: Halasz vs Velden",
        "Further evidence",
    ]


async def test_a_channel_may_be_given_by_name(rig, ledger, story, record):
    record(ledger, story, "#fact-desk")
    await rig.steps(2)
    assert len(rig.posts) == 1


async def test_a_channel_nobody_knows_sets_the_alert_aside(rig, ledger, story, record):
    number = record(ledger, story, "no-such-desk").number
    await rig.steps(2)
    assert ledger.alert(number).reason.startswith("channel_not_found")


async def test_the_loop_delivers_until_told_to_stop(rig, workspace, alert):
    stop = asyncio.Event()
    running = asyncio.create_task(rig.loop.run(stop))
    await workspace.wait_for(lambda: len(rig.posts) == 1)
    stop.set()
    await asyncio.wait_for(running, 5)


async def test_a_fault_of_the_ledger_is_logged_and_tried_again(rig, alert, caplog):
    rig.ledger.close()
    stop = asyncio.Event()
    running = asyncio.create_task(rig.loop.run(stop))
    done, _ = await asyncio.wait({running}, timeout=0.5)
    assert not done
    stop.set()
    await asyncio.wait_for(running, 5)
    (trouble,) = rig.loop.troubles
    assert re.fullmatch(r"outbox: the ledger /.*/record\.db is closed", trouble), "in the ledger's own words"
    assert "delivery to outbox failed" in caplog.text
    assert rig.workspace.bot_token not in caplog.text


async def test_everything_sent_was_valid(rig, alert, clock):
    await rig.steps(3)
    rig.ledger.decide(alert.number, "confirm", "U0ADA", "", clock())
    await rig.steps(3)
    assert len(rig.writes) == 4
    for call in rig.writes:
        assert faults({"text": call.arguments["text"], "blocks": call.arguments["blocks"]}) == ()


class UnluckyDesk(Desk):
    """A desk on which no alert can be written."""

    def alert_url(self, alert):
        raise RuntimeError(f"no words for {alert.name}")


async def test_an_alert_that_cannot_be_written_is_set_aside_rather_than_hold_up_its_channel(rig, story, alert):
    rig.story = replace(story, desk=UnluckyDesk(sides=story.desk.sides))
    rig.restart()
    await rig.steps()
    stored = rig.ledger.alert(alert.number)
    assert (stored.state, stored.reason) == ("stuck", "its message cannot be written: RuntimeError")


async def test_a_channel_that_cannot_be_read_is_named_in_the_log_once(rig, alert, caplog):
    rig.workspace.inject("conversations.history", error="token_revoked", times=1000)
    await rig.steps(100)
    assert rig.posts == ()
    assert [line for line in caplog.messages if "nothing is posted for now" in line] == [
        "nothing is posted for now, C0FACTDESK cannot be read: token_revoked"
    ]


async def test_the_pace_runs_from_the_answer_however_long_it_took(rig, alert):
    """Two posts begun a second apart could otherwise be taken up at once, where the first was slow on its way."""
    fault = rig.workspace.inject("chat.postMessage", delay=0.05)
    step = asyncio.create_task(rig.loop.step(rig.clock()))
    await rig.workspace.wait_for(lambda: fault.hits == 1)
    rig.clock.forward(5 * PACE)
    await step
    assert await rig.loop.step(rig.clock.forward(PACE / 2)) == 0
    assert len(rig.writes) == 1
    await rig.loop.step(rig.clock.forward(PACE / 2))
    assert len(rig.writes) == 2


async def test_a_new_life_keeps_the_pace_of_the_last_one_which_may_have_posted_until_it_ended(rig, alert):
    await rig.steps()
    assert len(rig.writes) == 1
    rig.clock.forward(20)  # for so long the post may have been under way
    rig.restart()
    assert await rig.loop.step(rig.clock()) == 0
    assert await rig.loop.step(rig.clock.forward(PACE / 2)) == 0
    assert len(rig.writes) == 1
    await rig.loop.step(rig.clock.forward(PACE / 2))
    assert len(rig.writes) == 2


async def test_a_new_life_waits_for_nothing_where_nothing_was_posted_lately(rig, alert):
    await rig.steps()
    rig.clock.forward(60)
    rig.restart()
    await rig.loop.step(rig.clock())
    assert len(rig.writes) == 2

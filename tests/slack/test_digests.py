"""What is held arrives in one digest, once a local day, whatever the clock, a restart or Slack does meanwhile."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import islice, pairwise, permutations, product

import pytest

from bot.ledger import Bulletin, Target
from bot.ledger.flow.folding import ROWS
from bot.ledger.flow.sources import SourceChange
from bot.slack import commands
from bot.slack.blocks import Desk, digests
from bot.slack.sources import watched
from bot.slack.validate import faults
from bot.slack.web_api import remedies
from bot.workspace import Channel as Room
from bot.workspace.faults import Fault
from bot.workspace.world import BOT, Person
from config.schema import Channel, Feed
from watchers.model import FeedState

DESK = "C0FACTDESK"
NIGHT = Channel(id=DESK, quiet="22:00-07:00 Europe/London", digest="08:00 Europe/London")
HOUR = 3600


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.fixture
def hold(ledger, story):
    """Raise alerts that are held in the desk's channel (or in another state elsewhere); their numbers."""

    def raised(count=1, *, at, state="held", channel=DESK, after=0):
        shown = (story.conflict.earlier, story.conflict.bridge, story.conflict.fresh)
        kinds = ("denied_claim", "reversal", "same_side", "disputed")
        pairs = islice(product(permutations(shown, 2), kinds), after, after + count)
        with ledger.work() as work:
            for told in story.articles:
                work.article(told)
            for position in shown:
                work.statement(position.statement)
                work.position(position)
            numbers = []
            for (fresh, earlier), kind in pairs:
                pair = replace(story.conflict, fresh=fresh, earlier=earlier, kind=kind, case=f"{kind}{len(numbers)}")
                alert = work.alert(pair, channel, "medium", at, state=state)
                numbers.append(alert.number)
            work.commit()
        return numbers

    return raised


def digests_in(rig, channel=DESK):
    return [post for post in rig.workspace.messages(channel) if post.metadata["event_payload"]["kind"] == "digest"]


@pytest.mark.parametrize(
    ("night", "ends"),
    [
        (utc(2031, 1, 14, 23), utc(2031, 1, 15, 7)),
        (utc(2031, 3, 29, 23), utc(2031, 3, 30, 6)),  # the clock goes forward
        (utc(2031, 10, 25, 23), utc(2031, 10, 26, 7)),  # the clock goes back
    ],
)
async def test_what_quiet_hours_held_comes_in_one_message_when_they_end(rig_of, hold, clock, night, ends):
    clock.now = night
    (number,) = hold(at=night)
    rig = rig_of(channels=(NIGHT,))
    clock.now = ends.replace(minute=0)
    clock.forward(-10)
    await rig.loop.step(clock())
    assert rig.posts == ()
    clock.forward(10)
    for _ in range(5):
        rig.restart()
        await rig.steps(7)
    (digest,) = digests_in(rig)
    assert digest.text.startswith("While it was quiet: 1 alert. OR-1001 Halasz vs Velden on monitors at the strait")
    assert rig.state(number) == "folded"
    clock.forward(2 * HOUR)
    await rig.steps(7)
    assert len(rig.posts) == 1  # and no second one at the hour of the digest


@pytest.mark.parametrize(("days", "told"), [(0.1, True), (7, False)])
async def test_what_is_muted_before_its_card_is_posted_is_held_and_told_after_the_mute_alone(  # noqa: PLR0917
    rig_of, hold, clock, ledger, story, days, told
):
    clock.now = utc(2031, 6, 2, 12)
    (number,) = hold(at=clock(), state="pending")
    topic = Target(kind="topic", id=story.conflict.fresh.topic, name="monitors")
    until = clock() + timedelta(days=days)
    ledger.mute(DESK, topic, until, "U0ADA", clock())
    rig = rig_of(channels=(Channel(id=DESK, digest="08:00 Europe/London"),))
    await rig.steps(3)
    assert rig.posts == ()
    assert rig.state(number) == "held"
    (held,) = [one for one in ledger.routed(number) if one.outcome == "held"]
    assert held.reason == f"monitors was muted here before it was posted, until {until:%d %b %H:%M} UTC"
    clock.now = utc(2031, 6, 3, 7)
    await rig.steps(7)
    assert [post.text.split(".")[0] for post in rig.posts] == ["Daily digest: 1 alert"] * told
    assert rig.state(number) == ("folded" if told else "listed")


async def test_a_card_that_is_in_slack_or_in_doubt_is_not_held_by_a_mute(rig, alert, ledger, clock, story):
    rig.workspace.inject("chat.postMessage", drop=True, after_commit=True)
    await rig.steps(1)
    ledger.mute(
        DESK, Target(kind="topic", id=story.conflict.fresh.topic, name="monitors"), utc(2032, 1, 1), "U1", clock()
    )
    await rig.steps(70)
    assert rig.state(alert.number) == "sent"
    assert len(rig.posts) == 1


async def test_a_digest_leaves_out_what_was_dismissed_or_withdrawn_while_it_was_held_and_names_it(
    rig_of, hold, clock, ledger
):
    clock.now = utc(2031, 6, 2, 12)
    stays, dismissed, withdrawn = hold(3, at=clock())
    ledger.decide(dismissed, "dismiss", "U0ADA", "old news", clock())
    ledger.withdraw(withdrawn, "wrong speaker", clock())
    rig = rig_of(channels=(Channel(id=DESK, digest="08:00 Europe/London"),))
    clock.now = utc(2031, 6, 3, 7)
    await rig.steps(7)
    (digest,) = digests_in(rig)
    assert digest.text.startswith(f"Daily digest: 1 alert. OR-{stays} ")
    left = f"Left out, dismissed or withdrawn before this came: OR-{dismissed}, OR-{withdrawn}"
    assert left in str(digest.blocks)
    assert f"digest:OR-{dismissed}" not in str(digest.blocks)
    ledger.decide(dismissed, "undo", "U0ADA", "", clock())
    await rig.steps(7)
    (digest,) = digests_in(rig)
    assert digest.text.startswith("Daily digest: 2 alerts")
    ledger.withdraw(stays, "satire", clock())
    await rig.steps(7)
    (digest,) = digests_in(rig)
    assert "Withdrawn" in str(digest.blocks), "what is withdrawn after it was told stands there as such"
    assert faults({"text": digest.text, "blocks": list(digest.blocks)}) == ()


async def test_no_digest_comes_of_what_is_over(rig_of, hold, clock, ledger):
    clock.now = utc(2031, 6, 2, 12)
    (number,) = hold(at=clock())
    ledger.decide(number, "dismiss", "U0ADA", "old news", clock())
    rig = rig_of(channels=(Channel(id=DESK, digest="08:00 Europe/London"),))
    clock.now = utc(2031, 6, 3, 7)
    await rig.steps(7)
    assert rig.posts == ()


async def test_what_is_over_the_cap_waits_for_the_hour_of_the_digest_once_a_day(rig_of, hold, clock):
    day = Channel(id=DESK, digest="08:00 Europe/London")
    clock.now = utc(2031, 6, 2, 12)
    hold(at=clock())
    rig = rig_of(channels=(day,))
    clock.now = utc(2031, 6, 3, 6, 59)
    await rig.loop.step(clock())
    assert rig.posts == ()
    clock.now = utc(2031, 6, 3, 7)
    await rig.steps(7)
    assert [post.text.split(":")[0] for post in rig.posts] == ["Daily digest"]


async def test_the_digest_of_the_day_on_which_its_hour_comes_twice_is_posted_once(rig_of, hold, clock):
    rig = rig_of(channels=(Channel(id=DESK, digest="01:30 Europe/London"),))
    clock.now = utc(2031, 10, 25, 12)
    hold(at=clock())
    for minutes in range(0, 150, 5):
        clock.now = utc(2031, 10, 26).replace(hour=minutes // 60, minute=minutes % 60)
        await rig.loop.step(clock())
        await rig.steps(2)
    assert len(digests_in(rig)) == 1


async def test_a_clock_that_jumps_tells_a_digest_once_and_puts_off_the_next_by_a_day_at_most(rig_of, hold, clock):
    rig = rig_of(channels=(Channel(id=DESK, digest="08:00 Europe/London"),))
    clock.now = utc(2031, 6, 2, 12)
    (first,) = hold(at=clock())
    clock.forward(24 * HOUR)  # it is not true
    await rig.steps(7)
    clock.forward(-HOUR)
    await rig.steps(7)
    assert len(digests_in(rig)) == 1
    clock.forward(-23 * HOUR)
    await rig.steps(7)
    (second,) = hold(at=clock(), after=1)
    for when in (utc(2031, 6, 3, 7, 1), utc(2031, 6, 4, 7, 1)):
        clock.now = when
        await rig.steps(7)
    assert [one.alerts[0].number for one in map(rig.ledger.bulletin, (1, 2))] == [first, second]
    assert len(digests_in(rig)) == 2


async def test_what_was_missed_while_the_service_was_down_comes_at_the_start(rig_of, hold, clock):
    clock.now = utc(2031, 6, 2, 21, 30)
    hold(at=clock())
    rig = rig_of(channels=(NIGHT,))
    clock.now = utc(2031, 6, 3, 15)
    await rig.steps(2)
    assert len(digests_in(rig)) == 1


async def test_ten_cards_at_once_are_one_digest_and_nine_are_cards(rig_of, hold, clock):
    rig = rig_of(channels=(Channel(id=DESK, cap=0),))
    hold(10, at=clock(), state="pending")
    hold(9, at=clock(), state="pending", channel="C0OTHER")
    rig.workspace.world.put_channel(Room(id="C0OTHER", name="other", members=frozenset({BOT, "U0ADA"})))
    await rig.steps(25)
    (digest,) = rig.posts
    assert digest.text.startswith("Many alerts at once: 10 alerts. ")
    assert digest.buttons == ()
    assert sum("Open record" in str(block) for block in digest.blocks) == 10
    assert digests_in(rig, "C0OTHER") == []
    assert len(rig.workspace.messages("C0OTHER")) == 9


@pytest.mark.parametrize(
    "fault",
    [
        {"status": 503, "after_commit": True},
        {"malformed": True, "after_commit": True},
        {"status": 500},
        {"error": "internal_error", "after_commit": True},
    ],
)
async def test_a_digest_whose_answer_is_lost_is_posted_once(rig_of, hold, clock, fault):
    clock.now = utc(2031, 6, 2, 22)
    hold(at=clock())
    rig = rig_of(channels=(NIGHT,))
    clock.now = utc(2031, 6, 3, 6)
    rig.workspace.inject("chat.postMessage", **fault)
    await rig.loop.step(clock())
    rig.restart()  # killed, with the answer unknown
    await rig.steps(10)
    assert len(rig.writes) == 1  # no second attempt within the settling time
    clock.forward(60)
    await rig.steps(3)
    assert len(digests_in(rig)) == 1
    assert rig.ledger.bulletins_due(clock.forward(HOUR)) == ()


async def test_a_ledger_restored_from_a_copy_finds_its_digest_in_the_channel(rig_of, hold, clock):
    clock.now = utc(2031, 6, 2, 22)
    hold(at=clock())
    rig = rig_of(channels=(NIGHT,))
    clock.now = utc(2031, 6, 3, 6)
    await rig.steps(2)
    (digest,) = digests_in(rig)
    with rig.ledger._writing() as connection:  # as the copy has it, from before the post
        connection.exec_driver_sql("UPDATE bulletin SET state = 'pending', slack_ts = NULL")
    rig.restart()
    await rig.steps(3)
    assert digests_in(rig) == [digest]
    assert len(rig.writes) == 1


async def test_quiet_hours_hold_what_waited_for_slack_when_they_began(rig_of, alert, clock):
    clock.now = utc(2031, 6, 2, 22)
    rig = rig_of(channels=(NIGHT,))
    await rig.steps(3)
    assert rig.posts == ()
    assert rig.state(alert.number) == "held"
    clock.now = utc(2031, 6, 3, 6)
    await rig.steps(2)
    assert len(digests_in(rig)) == 1


async def test_a_digest_that_is_refused_waits_its_turn_and_one_to_a_closed_channel_says_so(rig_of, hold, clock):
    clock.now = utc(2031, 6, 2, 22)
    hold(at=clock())
    rig = rig_of(channels=(NIGHT,))
    clock.now = utc(2031, 6, 3, 6)
    rig.workspace.inject("chat.postMessage", status=429, retry_after="30")
    rig.workspace.inject("chat.postMessage", error="is_archived")
    await rig.steps(20)
    assert len(rig.writes) == 1
    await rig.steps(12)
    assert any("is_archived" in trouble for trouble in rig.loop.troubles)
    assert rig.ledger.release(clock()) == 1
    await rig.steps(3)
    assert len(digests_in(rig)) == 1
    assert rig.loop.troubles == ()


async def test_a_person_who_follows_gets_cards_and_digests_in_direct_messages(rig_of, hold, clock):
    clock.now = utc(2031, 6, 2, 12)
    (number,) = hold(at=clock(), state="pending", channel="U0ADA")
    rig = rig_of()
    await rig.steps(4)
    stored = rig.ledger.alert(number)
    assert (stored.state, stored.slack_channel) == ("sent", "D0ADA")
    assert len(rig.workspace.messages("D0ADA")) == 1


async def test_somebody_who_followed_as_a_member_and_is_a_guest_now_is_sent_nothing(rig_of, hold, clock):
    rig, person = rig_of(), Person(id="U0GUEST", handle="guest", name="Guest")
    rig.workspace.world.put_person(person)
    (before,) = hold(at=clock(), state="pending", channel=person.id)
    await rig.steps(4)
    rig.workspace.world.put_person(replace(person, guest=True))
    clock.forward(HOUR)
    (after,) = hold(at=clock(), state="pending", channel=person.id, after=1)
    await rig.steps(4)
    assert (rig.state(before), rig.state(after)) == ("sent", "stuck")
    assert len(rig.workspace.messages("D0GUEST")) == 1
    assert any("no member of the workspace" in trouble for trouble in rig.loop.troubles)


async def test_a_card_to_somebody_who_is_gone_is_set_aside_and_said(rig_of, hold, clock):
    (number,) = hold(at=clock(), state="pending", channel="U0GONE")
    rig = rig_of()
    await rig.steps(2)
    assert rig.state(number) == "stuck"


async def test_a_feed_that_fails_for_six_hours_is_one_notice_to_the_operators_over_restarts(rig_of, ledger, clock):
    rig = rig_of(operator_channel="C0OPERATORS", feeds=lambda: {"post": "Harbour Post"})
    rig.workspace.world.put_channel(Room(id="C0OPERATORS", name="operators", members=frozenset({BOT, "U0ADA"})))
    ledger.save_feed_state(FeedState(feed="post", polled_at=clock(), failures=3, reason="HTTP 503"))
    for _ in range(30):
        rig.restart()
        await rig.loop.step(clock.forward(HOUR / 2))
    (told,) = rig.workspace.messages("C0OPERATORS")
    assert told.text == "Harbour Post (post) has failed for six hours, never good so far: HTTP 503"
    ledger.save_feed_state(FeedState(feed="post", polled_at=clock(), good_at=clock()))
    for _ in range(4):
        rig.restart()
        await rig.steps(6)
    assert [post.text for post in rig.workspace.messages("C0OPERATORS")][1:] == ["Harbour Post (post) is read again."]


async def test_the_operators_are_told_of_sources_of_slack_and_not_of_paused_ones(rig_of, ledger, clock, newsroom):
    def change(what, source, url=""):
        by = {"past": "skip", "by": "U0ADA", "at": clock()}
        ledger.change_source(SourceChange(source=source, what=what, name=source.title(), url=url, **by))

    feeds = (Feed(id="post", name="Harbour Post", url="https://post.example.org/rss"),)
    desk = replace(newsroom, config=newsroom.config.model_copy(update={"feeds": feeds}))
    rig = rig_of(operator_channel="C0OPERATORS", feeds=lambda: watched(desk))
    rig.workspace.world.put_channel(Room(id="C0OPERATORS", name="operators", members=frozenset({BOT, "U0ADA"})))
    change("added", "tide", "https://tide.example.org/feed")
    for feed in ("post", "tide"):
        ledger.save_feed_state(FeedState(feed=feed, polled_at=clock(), failures=3, reason="HTTP 503"))
    await rig.loop.step(clock.forward(HOUR))
    change("paused", "post")
    for _ in range(2):
        await rig.loop.step(clock.forward(7 * HOUR))
    change("resumed", "post")
    await rig.loop.step(clock.forward(HOUR))
    (told,) = rig.workspace.messages("C0OPERATORS")
    assert told.text == "Tide (tide) has failed for six hours, never good so far: HTTP 503"


async def test_a_channel_that_refuses_is_one_notice_over_restarts_and_one_when_it_works_again(rig_of, alert):
    rig = rig_of(operator_channel="C0OPERATORS")
    rig.workspace.world.put_channel(Room(id="C0OPERATORS", name="operators", members=frozenset({BOT, "U0ADA"})))
    for _ in range(3):
        rig.workspace.inject("chat.postMessage", error="not_in_channel")
        rig.restart()
        rig.ledger.release(rig.clock())
        await rig.steps(3)
    await rig.steps(6)
    assert [post.text for post in rig.workspace.messages("C0OPERATORS")] == [
        f"{alert.name} could not be delivered to {DESK} and waits for you: {remedies.told('not_in_channel')}"
    ]
    rig.ledger.release(rig.clock())
    await rig.steps(6)
    assert rig.workspace.messages("C0OPERATORS")[-1].text == f"{DESK} can be posted to again."


async def test_a_digest_that_is_refused_is_one_notice_and_one_when_its_channel_works_again(rig_of, hold, clock, ledger):
    clock.now = utc(2031, 6, 2, 22)
    (number,) = hold(at=clock())
    rig = rig_of(channels=(NIGHT,), operator_channel="C0OPERATORS")
    rig.workspace.world.put_channel(Room(id="C0OPERATORS", name="operators", members=frozenset({BOT, "U0ADA"})))
    clock.now = utc(2031, 6, 3, 6)
    for _ in range(3):
        rig.workspace.inject("chat.postMessage", error="is_archived")
        rig.restart()
        ledger.release(clock())
        await rig.steps(3)
    assert [post.text for post in rig.workspace.messages("C0OPERATORS")] == [
        f"A digest could not be delivered to {DESK} and waits for you: {remedies.told('is_archived')}"
    ]
    assert [one.digest for one in ledger.routed(number)] == [None] * len(ledger.routed(number))
    ledger.release(clock())
    await rig.steps(6)
    assert len(digests_in(rig)) == 1
    assert rig.workspace.messages("C0OPERATORS")[-1].text == f"{DESK} can be posted to again."


async def test_one_message_tries_a_channel_that_refused_and_where_it_is_taken_the_others_follow(
    rig_of, hold, ledger, clock
):
    rig = rig_of()
    numbers = hold(2, at=clock(), state="pending")
    workspace, refusal = rig.workspace, {"error": "is_archived", "times": 10}
    workspace.inject("chat.postMessage", **refusal)
    await rig.steps(4)
    assert [rig.state(number) for number in numbers] == ["stuck", "stuck"]
    assert ledger.try_channels(clock()) == 1
    await rig.steps(4)
    assert [rig.state(number) for number in numbers] == ["stuck", "stuck"]
    assert len(rig.writes) == 3
    workspace.clear_faults()
    assert ledger.try_channels(clock()) == 1
    await rig.steps(8)
    assert [rig.state(number) for number in numbers] == ["sent", "sent"]
    assert ledger.try_channels(clock()) == 0


async def test_a_notice_that_the_operators_channel_refuses_tells_nobody_there(rig_of, ledger, clock):
    rig = rig_of(operator_channel="C0OPERATORS")
    ledger.trouble("feed:post", "HTTP 503", "Harbour Post fails", "C0OPERATORS", clock())
    await rig.steps(5)
    assert any("C0OPERATORS" in trouble for trouble in rig.loop.troubles)
    assert len(rig.writes) == 1, "no notice about a notice"


async def test_a_digest_that_is_taken_ends_what_slack_refused(rig_of, hold, clock, ledger):
    clock.now = utc(2031, 6, 2, 22)
    hold(at=clock())
    rig = rig_of(channels=(NIGHT,))
    clock.now = utc(2031, 6, 3, 6)
    rig.workspace.inject("chat.postMessage", error="missing_scope")
    await rig.steps(2)
    assert "missing_scope" in ledger.status().refused
    await rig.steps(70)
    assert len(digests_in(rig)) == 1
    assert ledger.status().refused == ""
    assert rig.loop.troubles == ()


def test_the_largest_digest_is_within_what_slack_takes(story):
    nasty = "&<>" * 200 + "𝔘" * 200
    alerts = tuple(
        replace(story.alert, number=10**8 + step, conflict=replace(story.conflict, title=nasty)) for step in range(ROWS)
    )
    desk = replace(story.desk, record_url="https://" + "r" * 200 + ".example.org")
    big = Bulletin(
        id=1, key="k" * 64, kind="digest", channel=DESK, words="While it was quiet (12 of 12)", state="pending",
        attempts=0, attempted_at=None, alerts=alerts,
    )  # fmt: skip
    assert faults(digests.bulletin(big, desk)) == ()


async def test_a_digest_follows_what_becomes_of_its_alerts(rig_of, hold, clock):
    clock.now = utc(2031, 6, 2, 22)
    (number,) = hold(at=clock())
    rig = rig_of(channels=(NIGHT,))
    clock.now = utc(2031, 6, 3, 6)
    await rig.steps(5)
    (before,) = digests_in(rig)
    rig.ledger.decide(number, "confirm", "U0ADA", "", clock())
    rig.workspace.inject("chat.update", status=503)
    rig.restart()
    await rig.steps(70)
    (confirmed,) = digests_in(rig)
    assert (confirmed.ts, "confirmed" in str(confirmed.blocks)) == (before.ts, True)
    rig.ledger.withdraw(number, "wrong speaker", clock())
    await rig.steps(3)
    (withdrawn,) = digests_in(rig)
    assert "Withdrawn" in str(withdrawn.blocks)
    ids = [{block["block_id"] for block in post.blocks if "OR-" in block["block_id"]} for post in (before, withdrawn)]
    assert ids[0].isdisjoint(ids[1])
    updates = len(rig.writes)
    await rig.steps(10)
    assert len(rig.writes) == updates


async def test_what_is_muted_while_it_is_held_is_left_out(rig_of, hold, clock, story):
    clock.now = utc(2031, 6, 2, 22)
    kept, muted = hold(2, at=clock())
    rig = rig_of(channels=(NIGHT,))
    kind = Target(kind="kind", id="reversal", name="changes of position")
    rig.ledger.mute(DESK, kind, utc(2031, 6, 5), "U0ADA", clock())
    clock.now = utc(2031, 6, 3, 6)
    await rig.steps(3)
    (digest,) = digests_in(rig)
    assert digest.text.startswith("While it was quiet: 1 alert. ")
    assert (rig.state(kept), rig.state(muted)) == ("folded", "listed")
    assert rig.ledger.routed(muted)[-1].reason == "muted here before the digest came"


async def test_a_digest_that_is_asked_for_tells_nothing_that_is_muted_or_in_slack_already(  # noqa: PLR0917 - fixtures
    rig_of, hold, clock, newsroom, ada, ledger
):
    clock.now = utc(2031, 6, 3, 9)
    (told,) = hold(1, at=clock(), state="pending")
    rig = rig_of(channels=(NIGHT,))
    await rig.steps(3)
    with ledger._writing() as connection:  # as a copy has it, from before the post
        connection.exec_driver_sql(
            "UPDATE delivery SET state = 'held', attempts = 0, slack_ts = NULL, slack_channel = NULL WHERE kind = 'card'"
        )
    kept, muted = hold(2, at=clock(), after=1)
    ledger.mute(DESK, Target(kind="kind", id="same_side", name="differences"), utc(2031, 6, 5), "U0ADA", clock())
    rig.restart()
    commands.answer(newsroom, "digest now", ada, clock())
    await rig.steps(4)
    (digest,) = digests_in(rig)
    assert digest.text.startswith("Digest as asked for: 1 alert. ")
    assert (rig.state(kept), rig.state(muted)) == ("folded", "listed")
    assert rig.state(told) != "folded"
    assert ledger.digests_asked() == {}


class UnluckyDesk(Desk):
    """A desk on which the alerts of the fact desk cannot be written."""

    def alert_url(self, alert):
        if alert.channel == DESK:
            raise RuntimeError(f"no words for {alert.name}")
        return super().alert_url(alert)


async def test_a_digest_that_cannot_be_written_is_set_aside_and_cards_go_on(rig_of, hold, clock, story):
    clock.now = utc(2031, 6, 2, 22)
    hold(at=clock())
    rig = rig_of(channels=(NIGHT,))
    rig.story = replace(story, desk=UnluckyDesk(sides=story.desk.sides))
    rig.restart()
    rig.workspace.world.put_channel(Room(id="C0OTHER", name="other", members=frozenset({BOT, "U0ADA"})))
    clock.now = utc(2031, 6, 3, 6)
    hold(at=clock(), state="pending", channel="C0OTHER")
    await rig.steps(4)
    assert digests_in(rig) == []
    assert any("cannot be written" in trouble for trouble in rig.loop.troubles)
    assert len(rig.workspace.messages("C0OTHER")) == 1


@pytest.mark.parametrize("fault", [{"drop": True}, {"status": 429, "retry_after": "30"}])
@pytest.mark.parametrize("slow_at", ["conversations.history", "chat.postMessage"])
async def test_however_long_a_digest_took_it_is_in_doubt_or_waits_from_its_answer_on(
    rig_of, hold, clock, fault, slow_at
):
    clock.now = utc(2031, 6, 2, 22)
    hold(at=clock())
    rig = rig_of(channels=(NIGHT,))
    clock.now = utc(2031, 6, 3, 6)
    slow = [90]  # seconds, longer than any settling time or wait below

    faults = [Fault(method="chat.postMessage", **fault)]

    def weather(method):
        if slow and method == slow_at:
            clock.forward(slow.pop())
        return faults.pop() if faults and method == "chat.postMessage" else None

    rig.workspace.weather(weather)
    await rig.steps(20)
    assert clock() > utc(2031, 6, 3, 6, 1, 30), "it was slow"
    assert len(rig.writes) == 1, "neither looked for nor posted anew before its time"
    await rig.steps(60)
    assert len(digests_in(rig)) == 1


async def test_no_card_comes_within_a_second_of_a_digest_in_its_channel_though_the_step_began_before_both(
    rig_of, hold, clock
):
    clock.now = utc(2031, 6, 2, 22)
    hold(2, at=clock())
    rig = rig_of(channels=(NIGHT,))
    clock.now = utc(2031, 6, 3, 6)
    hold(1, at=clock(), state="pending", after=2)

    def slack_takes_a_moment(method):
        if method == "chat.postMessage":
            clock.forward(0.1)

    rig.workspace.weather(slack_takes_a_moment)
    for _ in range(30):
        await rig.steps(1, every=0.2)
    stamps = [float(message.ts) for message in rig.posts]
    assert len(digests_in(rig)) == 1
    assert len(stamps) == 2
    assert min(later - one for one, later in pairwise(stamps)) >= 1

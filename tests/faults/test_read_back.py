"""A ledger put back from a copy tells nothing again, be it read anew all at once, or started again meanwhile."""

from __future__ import annotations

import json
import shutil
from collections import Counter
from datetime import timedelta

from delivering import Delivering, delivering
from ledger_sample import NO, YES, article, conflict, join, on_day, record, told

from bot.ledger import Ledger
from watchers.model import FeedState

MANY = 10  # as many as make a burst


def _raise(rig, numbers, apart=0.0, channel="C0DESK000"):
    """Raise alerts of these numbers, seconds apart, the newest now; nothing that is on record already is new."""
    for number in numbers:
        mark = f" {number}"
        earlier = told(YES + mark, f"yes{number}", **on_day(1))
        fresh = told(NO + mark, f"no{number}", stance="against", **on_day(3))
        record(rig.ledger, earlier, fresh)
        verdict = conflict(fresh[1], earlier[1], case=f"bridge{mark}", score=0.6 + number / 100)
        with rig.ledger.work() as work:
            at = rig.clock() - timedelta(seconds=(len(numbers) - number) * apart)
            work.alert(verdict, channel, "medium", at)
            work.commit()
    rig.ledger.save_feed_state(FeedState(feed="a", polled_at=rig.clock()))


def _open(rig, path):
    rig.ledger.close()
    rig.ledger = Ledger.open(str(path), durable=False)
    rig.restart()


async def _copied_then_posted(rig, folder):
    """As many alerts as make a burst have their cards in Slack, of which a copy of the ledger knows nothing."""
    (channel,) = rig.channels(1)
    rig.ledger.save_feed_state(FeedState(feed="a", polled_at=rig.clock()))
    rig.ledger.close()
    shutil.copy(folder / "record.db", folder / "copy.db")
    _open(rig, folder / "record.db")
    _raise(rig, range(MANY), apart=90.0)
    await rig.steps(200, rig.empty)
    before = [one.ts for one in rig.workspace.messages(channel)]
    assert len(before) == MANY
    return channel, before


async def test_alerts_read_again_all_at_once_after_a_restore_become_no_digest(tmp_path):
    async with delivering(tmp_path) as rig:
        channel, before = await _copied_then_posted(rig, tmp_path)
        rig.clock.forward(600)
        _open(rig, tmp_path / "copy.db")
        _raise(rig, range(MANY))
        rig.workspace.inject("conversations.history", error="internal_error")  # until it can be read, nothing is folded
        await rig.steps(3, rig.empty)
        rig.workspace.clear_faults()
        await rig.steps(200, rig.empty)
        assert rig.empty()
        assert [one.ts for one in rig.workspace.messages(channel)] == before
        assert {rig.ledger.alert(number + 1001).state for number in range(MANY)} == {"sent"}
        rig.ledger.close()


async def _told_in_a_digest(rig, folder):
    """A copy of the ledger, and a digest in Slack that told a burst of alerts after it was taken."""
    (channel,) = rig.channels(1)
    rig.ledger.save_feed_state(FeedState(feed="a", polled_at=rig.clock()))
    rig.ledger.close()
    shutil.copy(folder / "record.db", folder / "copy.db")
    _open(rig, folder / "record.db")
    _raise(rig, range(MANY))
    await rig.steps(30, rig.empty)
    (digest,) = rig.workspace.messages(channel)
    assert len(digest.metadata["event_payload"]["carries"]) == MANY
    rig.clock.forward(600)
    return channel, digest


async def test_alerts_that_only_a_digest_told_since_the_copy_are_not_told_again_and_it_shows_them_as_they_are(tmp_path):
    async with delivering(tmp_path) as rig:
        channel, digest = await _told_in_a_digest(rig, tmp_path)
        _open(rig, tmp_path / "copy.db")
        _raise(rig, [3, 7])
        await rig.steps(10, lambda: False)
        _raise(rig, [number for number in reversed(range(MANY)) if number not in {3, 7}])
        _open(rig, tmp_path / "copy.db")
        await rig.steps(30, lambda: False)
        (shown,) = rig.workspace.messages(channel)
        assert shown.ts == digest.ts
        assert {rig.ledger.alert(number + 1001).state for number in range(MANY)} == {"folded"}
        for number in range(MANY):  # under the numbers that they have now
            alert = rig.ledger.alert(number + 1001)
            assert f"{alert.name} {alert.conflict.title}" in shown.text
        rig.ledger.withdraw(1003, "taken back", rig.clock())
        await rig.steps(3, lambda: False)
        (shown,) = rig.workspace.messages(channel)
        assert "withdrawn" in json.dumps(shown.blocks).casefold()
        rig.ledger.close()


async def test_news_of_an_alert_that_this_ledger_told_in_a_digest_is_told_after_a_start(tmp_path):
    async with delivering(tmp_path) as rig:
        channel, digest = await _told_in_a_digest(rig, tmp_path)
        _open(rig, tmp_path / "record.db")
        with rig.ledger.work() as work:
            work.show(1001, "pending")
            work.commit()
        await rig.steps(10, rig.empty)
        first, second = rig.workspace.messages(channel)
        assert first.ts == digest.ts
        assert second.metadata["event_payload"]["dedupe_key"] == rig.ledger.alert(1001).dedupe_key
        rig.ledger.close()


async def test_a_channel_that_cannot_be_read_holds_up_no_other(tmp_path):
    async with delivering(tmp_path) as rig:
        well, shut = rig.channels(2)
        _raise(rig, [0], channel=well)
        await rig.steps(10, rig.empty)
        asked = len(rig.workspace.calls)
        rig.workspace.inject("conversations.history", error="internal_error", times=1000)
        _raise(rig, range(1, MANY + 1), channel=shut)
        _raise(rig, range(20, 23), channel=well)
        await rig.steps(10, lambda: False, every=10.0)
        assert len(rig.workspace.messages(well)) == 4
        assert rig.workspace.messages(shut) == ()
        assert rig.loop.troubles == (f"{shut} cannot be read: internal_error",)
        assert sum(call.method == "conversations.history" for call in rig.workspace.calls[asked:]) == 4
        rig.workspace.clear_faults()
        await rig.steps(6, rig.empty, every=10.0)
        assert len(rig.workspace.messages(shut)) == 1
        assert rig.loop.troubles == ()
        rig.ledger.close()


async def test_a_channel_that_was_closed_to_us_at_first_is_told_nothing_again_once_we_are_let_in(tmp_path):
    async with delivering(tmp_path) as rig:
        channel, digest = await _told_in_a_digest(rig, tmp_path)
        _open(rig, tmp_path / "copy.db")
        for method in ("conversations.history", "chat.postMessage"):
            rig.workspace.inject(method, error="not_in_channel", times=1000)
        _raise(rig, [0])
        await rig.steps(10, lambda: False)
        assert rig.ledger.status().alerts["stuck"] == 1
        rig.workspace.clear_faults()  # the bot is invited again
        _raise(rig, [1, 2])
        await rig.steps(10, lambda: False)
        rig.ledger.release(rig.clock())
        await rig.steps(10, lambda: False)
        assert rig.workspace.messages(channel) == (digest,)
        assert {rig.ledger.alert(number + 1001).state for number in range(3)} == {"folded"}
        rig.ledger.close()


async def _copied_after_a_card(rig, folder, half_days=0):
    """A card in Slack, of which a copy of the ledger knows, too, taken when so much was read since."""
    (channel,) = rig.channels(1)
    _raise(rig, [0])
    await rig.steps(20, rig.empty)
    (card,) = rig.workspace.messages(channel)
    for number in range(half_days):
        with rig.ledger.work() as work:
            name = f"half day {number}"
            work.article(article(f"Nothing was said in {name}.", name, retrieved=rig.clock.forward(43_200)))
            work.commit()
    rig.ledger.close()
    shutil.copy(folder / "record.db", folder / "copy.db")
    _open(rig, folder / "record.db")
    return channel, card


async def test_a_thread_is_told_once_what_joined_it_whatever_numbers_a_copy_gives_it(tmp_path):
    async with delivering(tmp_path) as rig:
        channel, card = await _copied_after_a_card(rig, tmp_path)
        join(rig.ledger, 1001, "from the first paper")
        await rig.steps(20, rig.empty)
        before = rig.workspace.replies(channel, card.ts)
        rig.clock.forward(600)
        _open(rig, tmp_path / "copy.db")
        join(rig.ledger, 1001, "from the second paper")
        await rig.steps(20, rig.empty)
        join(rig.ledger, 1001, "from the first paper")
        await rig.steps(20, rig.empty)
        *known, fresh = rig.workspace.replies(channel, card.ts)
        assert tuple(known) == before
        assert "from the second paper" in json.dumps(fresh.blocks)
        rig.ledger.close()


async def test_a_thread_of_a_card_from_long_before_is_read_once_before_it_is_told_anything(tmp_path):
    async with delivering(tmp_path) as rig:
        channel, card = await _copied_after_a_card(rig, tmp_path, half_days=8)
        for path in ("record.db", "copy.db"):
            _open(rig, tmp_path / path)
            for name in ("one", "two"):
                join(rig.ledger, 1001, name)
                await rig.steps(20, rig.empty)
        assert len(rig.workspace.replies(channel, card.ts)) == 3  # with the opening one
        reads = [call for call in rig.workspace.calls if call.method == "conversations.replies"]
        assert len(reads) == 2, "once in each life, and not when the card was new"
        rig.ledger.close()


async def test_notes_and_notices_that_come_after_a_restore_are_told_whatever_was_told_before(tmp_path):
    async with delivering(tmp_path) as rig:
        channel, card = await _copied_after_a_card(rig, tmp_path)
        for path, note, notice in (
            ("record.db", "checked with the office in Oslo", "400 MB are free"),
            ("copy.db", "the minister denies it", "3 MB are free"),
        ):
            _open(rig, tmp_path / path)
            rig.clock.forward(600)
            rig.ledger.note(1001, note, "U0ADA", rig.clock())
            rig.ledger.trouble("room:disk", "disk", notice, channel, rig.clock())
            await rig.steps(20, rig.empty)
        threads = json.dumps([reply.blocks for reply in rig.workspace.replies(channel, card.ts)])
        assert "Oslo" in threads
        assert "the minister denies it" in threads
        assert [one.text for one in rig.workspace.messages(channel)[1:]] == ["400 MB are free", "3 MB are free"]
        rig.ledger.close()


async def test_two_services_with_a_ledger_each_tell_twice_what_is_new_and_once_what_one_told_before_the_other_began(
    tmp_path,
):
    """A limit, not a promise: neither knows of the other, and Slack has no key by which it would refuse the second."""
    async with delivering(tmp_path) as rig:
        (channel,) = rig.channels(1)
        _raise(rig, [0])
        await rig.steps(10, rig.empty)
        with Ledger.open(str(tmp_path / "elsewhere.db"), durable=False) as theirs:
            other = Delivering(theirs, rig.workspace, rig.clock)
            _raise(other, [0])
            await other.steps(10, other.empty)
            for one in (rig, other):
                _raise(one, [1])
                await one.steps(10, one.empty)
            told = Counter(one.metadata["event_payload"]["alert_id"] for one in rig.workspace.messages(channel))
        assert told == {"OR-1001": 1, "OR-1002": 2}
        rig.ledger.close()

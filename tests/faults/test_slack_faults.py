"""A sample of `make faults`: whatever Slack does, an alert is there exactly once, with its evidence once."""

from __future__ import annotations

import pytest
from burst import burst
from delivering import delivering
from each_kind import MOST, STEP, one_kind
from kinds import KINDS, Kind

from bot.workspace.faults import Kinds

ELSEWHERE = ("connection closed", "HTTP 503", "cut JSON", "internal_error", "fatal_error", "an hour")  # test_settle.py
QUICK = [
    kind for name, kind in KINDS.items() if kind.post and not kind.slow and not any(one in name for one in ELSEWHERE)
]
SLOW = [kind for kind in KINDS.values() if kind.slow]


async def one_each(kinds, folder):
    """All these faults at once, each befalling the first post to another channel."""
    async with delivering(folder) as rig:
        channels = rig.channels(len(kinds))
        rig.alert_each(channels)
        planted = [rig.workspace.inject("chat.postMessage", **kind.post) for kind in kinds]
        await rig.steps(6, rig.empty, STEP)
        assert [fault.hits for fault in planted] == [1] * len(kinds)
        rig.ledger.release(rig.clock())  # a person has repaired what was stuck
        await rig.steps(MOST, rig.empty, 24 * STEP)
        return rig.tally(channels)


async def test_any_answer_to_a_post_makes_one_message(tmp_path):
    tally = await one_each(QUICK, tmp_path)
    assert tally.clean, tally


@pytest.mark.campaign
async def test_no_answer_before_our_deadline_makes_one_message(tmp_path):
    tally = await one_each(SLOW, tmp_path)
    assert tally.clean, tally


@pytest.mark.parametrize("name", [name for name, kind in KINDS.items() if kind.reading or kind.lag or kind.unplugged])
async def test_a_channel_that_cannot_be_read_back_makes_one_message(tmp_path, name):
    tally = await one_kind(KINDS[name], 2, tmp_path)
    assert tally.clean, tally


async def test_a_fault_that_befalls_nothing_shows_nothing_and_fails(tmp_path):
    never_read = Kind(post=Kinds(error="is_archived"), repaired=True, reading=Kinds(status=500))
    with pytest.raises(AssertionError, match="status 500 befell 0 calls"):
        await one_kind(never_read, 1, tmp_path)


@pytest.mark.campaign
@pytest.mark.parametrize("apart", [0.0, 90.0])
async def test_a_burst_keeps_pace_and_order_and_loses_nothing(tmp_path, apart):
    came = await burst(20, 2, tmp_path, apart=apart)
    assert came.clean, came
    assert came.alerts == 20

"""A sample of `make crash`: real processes killed with -9 leave nothing untold and tell nothing twice."""

from __future__ import annotations

import signal
from dataclasses import replace

import pytest
from copying import ANYWHERE, COPIES, apart, campaign
from crash import Campaign, Figures
from nursery import nursery
from world import Count, counted, hurried


async def test_an_alert_of_a_service_that_is_killed_at_three_steps_on_its_way_is_told_once():
    async with nursery() as cradle:
        campaign = Campaign(cradle, seed=3)

        async def killed(place):
            place.publish(1)  # one alert alone: nothing else is being posted, whose doubt would have to be settled
            for point in ("in-transaction:2", "committed", "marked-sent"):
                assert await (await campaign.born(place, point)).end(60) == -signal.SIGKILL

        await campaign.in_world("a sample", killed)
    figures = campaign.figures
    assert figures.failed == []
    assert (figures.lost, figures.doubled, figures.threads_wrong, figures.parked, figures.pairs) == (0, 0, 0, 0, 1)


async def test_twenty_kills_at_random_while_slack_fails_lose_and_double_nothing():
    async with nursery() as cradle:
        campaign = Campaign(cradle, seed=4)
        await campaign.in_world("twenty kills", lambda place: campaign.at_random(place, 20))
    figures = campaign.figures
    figures.judge({"random": 20})
    assert figures.failed == []
    assert (figures.lost, figures.doubled, figures.threads_wrong, figures.parked, figures.pairs) == (0, 0, 0, 0, 60)


@pytest.mark.campaign
async def test_kills_at_random_and_after_a_post_and_three_starts_at_once_lose_and_double_nothing():
    async with nursery() as cradle:
        campaign = Campaign(cradle, seed=3)

        async def killed(place):
            await campaign.at_random(place, 1)
            await campaign.at(place, "posted", 1)
            await campaign.three_at_once(place, 1)

        await campaign.in_world("a sample", killed)
    figures = campaign.figures
    assert figures.failed == []
    assert (figures.lost, figures.doubled, figures.threads_wrong, figures.parked) == (0, 0, 0, 0)
    assert (figures.kills.total(), figures.starts_of_three, figures.pairs) == (2, 1, 6)


def test_a_restore_that_is_killed_leaves_a_whole_ledger_and_given_again_it_ends_well():
    assert campaign(["kept"]) == ({"kept": 1}, [])


@pytest.mark.campaign
def test_copies_killed_at_every_step_and_anywhere_leave_a_whole_ledger_and_given_again_they_end_well():
    assert apart(1, anywhere=6) == {"kills": {**dict.fromkeys(COPIES, 1), ANYWHERE: 6}, "wrong": []}


def test_a_campaign_fails_where_a_life_was_not_killed_as_often_as_was_asked():
    figures = Figures(slack_faults=1)
    figures.kills.update({"random": 2, "posted": 1})
    figures.judge({"random": 2, "posted": 1, "decided": 0})
    assert figures.failed == []
    figures.missed["posted"] += 1
    figures.judge({"random": 3, "posted": 1, "decided": 1})
    assert figures.failed == [
        "2 of 3 kills at “random”, 0 missed",
        "1 of 1 kills at “posted”, 1 missed",
        "0 of 1 kills at “decided”, 0 missed",
    ]


def test_a_campaign_fails_where_slack_never_failed_or_the_disk_was_never_full_or_messages_hurried():
    figures = Figures()
    figures.judge({"random": 0})
    assert figures.failed == []
    figures.kills["random"] = 20
    figures.judge({"random": 20})
    assert figures.failed == ["20 kills and no fault of Slack among them"]
    clean = Count(pairs=1, lost=0, doubled=0, threads_wrong=0, parked=0, shortest_gap=1.0, hurried=0, integrity="ok")
    assert (clean.clean, replace(clean, hurried=1).clean) == (True, False)
    stamps = [[1.0, 2.0, 2.5], [7.0, 7.2]]
    assert [hurried(stamps, late=late) for late in (0, 1, 2, 3)] == [2, 1, 0, 0]


def test_a_pair_that_is_told_twice_makes_up_for_none_that_is_not_told():
    once = {"OR-1": "a", "OR-2": "b"}
    assert counted({"OR-1": 1, "OR-2": 1}, once, ["a", "b"]) == {"lost": 0, "doubled": 0}
    assert counted({"OR-1": 1, "OR-2": 1}, {"OR-1": "a", "OR-2": "a"}, ["a", "b"]) == {"lost": 1, "doubled": 1}
    assert counted({"OR-1": 2}, once, ["a", "b"]) == {"lost": 1, "doubled": 1}
    assert counted({"OR-1": 1, "OR-2": 1}, {"OR-1": "a", "OR-2": "else"}, ["a", "b"]) == {"lost": 1, "doubled": 1}
    assert counted({"OR-1": 1}, once | {"OR-3": "b"}, ["a", "b"]) == {"lost": 1, "doubled": 1}

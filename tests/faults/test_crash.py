"""A sample of `make crash`: real processes killed with -9 leave nothing untold and tell nothing twice."""

from __future__ import annotations

from crash import Campaign
from nursery import nursery


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

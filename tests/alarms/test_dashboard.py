"""Each panel of the dashboard asks for figures that there are, and shows something while the service works."""

from __future__ import annotations

import asyncio
import re

import pytest
from watched import FEEDS, NotHere, newsrooms, panels, prometheus

from bot.health.figures import FIGURES, OF_THE_PROCESS

KNOWN = {one.shown for one in FIGURES.values()} | set(OF_THE_PROCESS)


def test_every_panel_asks_for_figures_that_the_service_shows_with_labels_that_they_have() -> None:
    for panel in panels():
        for target in panel.targets:
            names = {re.sub(r"_bucket$", "", name) for name in re.findall(r"\b(?:onrecord|process)_\w+", target.query)}
            assert names <= KNOWN, panel.title
            assert names or "ALERTS" in target.query, panel.title
            labels = {label for name in names for label in _labels(name)} | {"job", "instance", "le"}
            named = re.findall(r"\bby \(([^)]*)\)|\{\{(\w+)\}\}", target.query + target.legend)
            assert {one.strip() for pair in named for word in pair if word for one in word.split(",")} <= labels


def _labels(name: str) -> tuple[str, ...]:
    return next((one.labels for one in FIGURES.values() if one.shown == name), ())


def test_every_figure_is_on_the_dashboard_but_for_one() -> None:
    asked = " ".join(target.query for panel in panels() for target in panel.targets)
    assert [one.shown for one in FIGURES.values() if one.shown not in asked] == ["onrecord_canary_late_seconds"]


def test_panels_do_not_lie_over_each_other() -> None:
    taken: set[tuple[int, int]] = set()
    for panel in panels():
        place = panel.place
        own = {(place["x"] + x, place["y"] + y) for x in range(place["w"]) for y in range(place["h"])}
        assert not own & taken, panel.title
        assert max(x for x, _ in own) < 24
        taken |= own


@pytest.mark.campaign
async def test_every_panel_shows_something_of_newsrooms_at_work(tmp_path, postgresql) -> None:
    queries = [target for panel in panels() for target in panel.targets]
    empty: list[str] = []
    try:
        async with (
            newsrooms(tmp_path, postgresql.database("watched", "model")) as both,
            prometheus(tmp_path, both.jobs) as asked,
            asyncio.timeout(300),
        ):
            while not both.alone.cards() or not both.several.cards():
                both.publish(4)
                await both.alone.stand.looked_at(FEEDS[0], 1)
            both.break_feed(FEEDS[1])
            await both.alone.workspace.slash("ada", "fact-desk", "help")
            while empty := [target.query for target in queries if not await asked.values(target.query)]:
                await both.alone.stand.looked_at(FEEDS[0], 2)
            rules = (await asked.ask("rules"))["groups"][0]["rules"]
            assert {one["health"] for one in rules} == {"ok"}, rules
    except NotHere:
        pytest.skip("THE DASHBOARD IS NOT TESTED: prometheus is not installed")
    except TimeoutError:
        raise AssertionError(f"after five minutes there is nothing to be seen of {empty}") from None

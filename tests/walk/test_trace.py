"""One search in the log gives the whole life of an alert: its entry, article, record, posts and what people decide."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest
from stage.house import House
from test_service import NO, YES, one_card

from bot import log
from bot.demo.stories import with_invented_country
from config import trace


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """All that the service logs, one object a line."""
    root, kept = logging.getLogger(), io.StringIO()
    before, level = root.handlers[:], root.level
    log.set_up(as_json=True)
    root.handlers[0].setStream(kept)
    yield kept
    root.handlers[:] = before
    root.setLevel(level)


async def test_one_search_gives_an_alerts_whole_life_also_after_a_restart(house: House, written: io.StringIO) -> None:
    house.adjust = with_invented_country
    house.names = ["times"]
    house.stand.stand("times").items = [NO]
    async with house.open():
        await house.stand.looked_at("times", 2)
        house.workspace.inject("chat.postMessage", status=429, retry_after=1, times=1000)
        house.stand.stand("times").items = [NO, YES]
        async with house.until(lambda: "OR-1001 raised" in written.getvalue()):
            pass
    house.workspace.clear_faults()
    async with house.open():
        await one_card(house)
        await house.delivered("times")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    mine = next(line["trace"] for line in lines if line["message"].startswith("OR-1001 raised"))
    assert mine
    life = [line["message"] for line in lines if line.get("trace") == mine]
    steps = (
        f"feed times: new entry {YES.title!r}",
        f"/times/{YES.guid}: ",
        "OR-1001 raised for fact-desk: ",
        "OR-1001: its card is in fact-desk as ",
        "OR-1001: its reply is in fact-desk as ",
    )
    found = [next((place for place, line in enumerate(life) if step in line), -1) for step in steps]
    assert found == sorted(set(found)), life
    assert -1 not in found, life
    others = {line["trace"] for line in lines if NO.title in line["message"] and line.get("trace")}
    assert others
    assert mine not in others


async def test_a_fault_on_the_way_of_an_article_is_found_with_it(house: House, written: io.StringIO) -> None:
    house.adjust = with_invented_country
    house.names = ["times"]
    house.stand.stand("times").items = [NO, YES]
    house.workspace.inject("chat.postMessage", error="is_archived", times=1000)
    async with house.open(), house.until(lambda: "is stuck" in written.getvalue()):
        pass
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    stuck = next(line for line in lines if "is stuck" in line["message"])
    assert stuck["trace"] == next(line["trace"] for line in lines if "OR-1001 raised" in line["message"])


def test_the_id_follows_from_the_article_alone() -> None:
    with trace.following("id:1"):
        assert trace.current() == trace.of("id:1") != trace.of("id:2")
    assert trace.current() == ""

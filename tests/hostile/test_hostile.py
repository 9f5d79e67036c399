"""The light part of the hostile set; `make hostile` runs all of it."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from pathlib import Path

import corpora
import pytest
import pytest_asyncio
from campaign import PIECES
from feeds import CRASHERS, FEEDS
from figures import ended
from pages import PAGES
from polled import side_by_side
from reader import Reader, reader
from served import HEALTHY, served
from unruly import slow
from wires import PATHS, WIRES

from config.settings import Fetching

HEAVY = frozenset(
    {
        "feed: 100,000 nested tags", "feed: 100,000 escaped tags", "feed: 100,000 unclosed tags", "feed: 10,000 entries",
        "feed: 100,000 entries", "feed: description of 100 MB", "feed: 100 MB of escaped brackets", "feed: 1 MB of brackets",
        "feed: 100,000 attributes", "feed: attribute of 10 MB", "feed: title of 1.6 MB of markup", "feed: 50,000 namespaces",
        "feed: comment without end", "feed: CDATA without end", "feed: entity of quadratic size", "page: 100,000 nested blocks",
        "page: 20,000 nested bold", "page: paragraph of 5 MB", "page: 100,000 paragraphs", "page: 1 MB of brackets",
        "page: 100,000 attributes", "page: script alone", "wire: gzip of 2 GiB",
    }
)  # fmt: skip
REFUSED = {
    "feed: codec of text (rot13)": "other XML",
    "feed: web page": "a web page",
    "feed: no bytes": "it is empty",
    "feed: white space": "it is empty",
    "feed: one NUL": "it is empty",
    "feed: 1 MB of chance": "it is not XML",
    "feed: gzip that no header names": "a gzip file",
    "feed: JSON feed": "JSON",
    "wire: endless body": "larger than allowed",
    "wire: gzip in gzip": "a gzip file",
    "wire: brotli unasked": "content encoding br",
    "wire: zstd unasked": "content encoding zstd",
    "wire: a byte each 0.1 s": "no complete answer within 0.5 s",
    "wire: silence": "no complete answer within 0.5 s",
    "wire: headers without end": "no complete answer within 0.5 s",
    "wire: redirects without end": "redirects more than 5 times",
    "wire: redirect to nowhere": "leads nowhere",
    "wire: redirect into the private network": "link-local",
    "wire: less than declared": "broke off",
    "wire: status 500": "status 500",
    **{f"body is a path: {path}": "it is not XML" for path in PATHS},
}
LIGHT = [(name, path) for name, path in PIECES if name not in HEAVY]


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def place() -> AsyncIterator[str]:
    async with served() as address:
        yield address


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def reading(place: str) -> AsyncIterator[Reader]:
    async with reader(place) as opened:
        yield opened


@pytest_asyncio.fixture(scope="module", loop_scope="session")
async def impatient(place: str) -> AsyncIterator[Reader]:
    """For servers of which no answer is ever complete."""
    async with reader(place, Fetching(deadline_seconds=0.5)) as opened:
        yield opened


def test_the_set_holds_what_it_says() -> None:
    assert (len(FEEDS), len(PAGES), len(CRASHERS), len(WIRES), len(PATHS)) == (45, 12, 14, 13, 6)
    assert {name for name, _ in PIECES} >= HEAVY | REFUSED.keys()


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize(("name", "path"), LIGHT, ids=[name for name, _ in LIGHT])
async def test_a_hostile_piece_is_read_or_refused_with_its_reason_and_the_next_feed_is_served(
    reading: Reader, impatient: Reader, name: str, path: str
) -> None:
    never = "no complete answer" in REFUSED.get(name, "")
    state, _, _ = await (impatient if never else reading).poll(path)
    assert REFUSED.get(name, "") in state.reason
    assert bool(state.reason) == (name in REFUSED)
    good, came, _ = await reading.poll(f"{HEALTHY}/harbour")
    assert (came, good.reason) == (1, "")


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("number", range(len(CRASHERS)), ids=list(CRASHERS))
async def test_an_entry_that_ends_feedparser_costs_no_other(reading: Reader, number: int) -> None:
    reading.record.states.clear()
    reading.record.keys.clear()
    before = len(reading.desk.articles)
    state, _, _ = await reading.poll(f"/crashers/{number}")
    assert state.reason == ""
    assert {"First one", "Last one"} <= set(reading.desk.titles[before:])


@pytest.mark.parametrize(
    "name", [name for name in (*FEEDS, *CRASHERS) if f"feed: {name}" not in HEAVY and "chance" not in name]
)
def test_a_hostile_feed_polled_again_hands_over_what_it_would_if_nothing_were_remembered(name: str) -> None:
    body = {**FEEDS, **CRASHERS}[name]()
    begins = body.find(b"<item")
    gained = b"<item><title>Gained</title><guid>gained</guid></item>"
    side_by_side([body, body + b"\n", body[:begins] + gained + body[begins:] if begins > 0 else body])


def test_a_late_event_loop_is_missed_on_a_busy_machine_too() -> None:
    assert slow(own=3.0, lag=60.0, idle=20.0) == []
    assert slow(own=3.0, lag=51.0, idle=0.1) == [
        "the event loop was 51.0 ms late, an idle one 0.1 ms (99th percentile)"
    ]
    assert [len(slow(own=own, lag=90.0, idle=29.0)) for own in (3.0, 50.0)] == [1, 2]


def test_a_campaign_that_breaks_off_says_so_in_its_line_and_fails(capsys) -> None:
    def breaks() -> int:
        raise RuntimeError("the service ended by itself")

    assert ended("soak", breaks) == 1
    line = json.loads(capsys.readouterr().out.splitlines()[-1])
    assert line == {
        "campaign": "soak",
        "missed": ["it did not come to its end: RuntimeError: the service ended by itself"],
    }
    assert ended("soak", lambda: 0) == 0


async def test_feed_files_that_are_held_against_no_gold_are_no_success(tmp_path: Path, capsys) -> None:
    (tmp_path / "one.xml").write_text("<rss/>")
    assert await corpora.measure(tmp_path) == 1
    assert "MISSED there is no gold.json" in capsys.readouterr().out

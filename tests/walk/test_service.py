"""The service lives on: nothing is posted twice, and bad feeds are states with reasons."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import socket
import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import web
from stage.house import House, title
from stage.newsstand import Item

from bot.demo.stories import with_invented_country
from bot.ledger import Ledger
from bot.slack.errors import SlackRefused
from config.schema import Config, Feed
from watchers import identity
from watchers.model import Article, Entry, Handed

NO = Item(
    guid="no",
    title="No toll for ships",
    text="“A toll on foreign ships in the port of Ostermouth is out of the question,” Velmarkian Prime Minister"
    " Ilse Marken told reporters on Monday.\nThe shipping association welcomed her words in a statement to this paper.",
    published=datetime(2025, 3, 3, 9, tzinfo=UTC),
)
YES = Item(
    guid="yes",
    title="Ships to pay",
    text="“We support a toll on foreign ships in the port of Ostermouth,” Prime Minister Ilse Marken said on"
    " Wednesday.\nThe first bills are to go out in summer, according to the harbour office in the capital.",
    published=datetime(2025, 3, 5, 9, tzinfo=UTC),
)


async def one_card(house: House) -> None:
    await house.workspace.wait_for(lambda: len(house.cards()) == 1, within=30, what="one card")


async def test_a_reversal_is_posted_once_whatever_is_polled_restarted_or_renamed(house: House) -> None:
    house.adjust = with_invented_country
    house.names = ["times"]
    stand = house.stand.stand("times")
    stand.items = [NO]
    async with house.open():
        await house.stand.looked_at("times", 2)
        stand.items = [NO, YES]
        await one_card(house)
        await house.stand.looked_at("times", 2)
    assert [title(card) for card in house.cards()] == ["Marken, earlier and now, on the port toll"]

    async with house.open():  # restarted on the same ledger
        await house.stand.looked_at("times", 2)
        later = datetime(2025, 3, 7, 9, tzinfo=UTC)
        stand.items = [replace(NO, published=later), replace(YES, published=later)]  # dates changed
        await house.stand.looked_at("times", 2)
        stand.items = [replace(NO, guid="no-2"), replace(YES, guid="yes-2")]  # ids and links changed
        await house.stand.looked_at("times", 2)
        again = house.stand.stand("courier")
        again.items = [YES]
    assert len(house.cards()) == 1


async def test_the_first_poll_is_silent_where_the_setting_says_so(house: House) -> None:
    house.adjust = with_invented_country
    house.names = ["times"]
    house.first_poll = "silent"
    house.stand.stand("times").items = [NO, YES]
    async with house.open() as service:
        await house.stand.looked_at("times", 3)
        assert service.ledger is not None
        assert service.ledger.status().articles == 2
    assert house.cards() == []


async def test_an_entry_that_an_older_version_gave_up_on_is_read_by_this_one(house: House) -> None:
    house.adjust = with_invented_country
    house.names = ["times"]
    house.stand.stand("times").items = [NO]
    ((key, *_),) = identity.keys("times", [identity.Marks(id=NO.guid, link=None, title="", text="")])
    entry = Entry(feed="times", keys=(key,), title=NO.title, url=None, published=None, summary="", full=False)
    with Ledger.open(str(house.database)) as ledger:
        ledger.give_up_entry(entry, "Something unexpected happened.", datetime(2025, 3, 3, tzinfo=UTC))
    with contextlib.closing(sqlite3.connect(house.database)) as older, older:
        older.execute("UPDATE entry_attempt SET parked_by = '0.0.1'")
    async with house.open() as service:
        await house.stand.looked_at("times", 2)
        assert service.ledger is not None
        assert (service.ledger.status().articles, service.ledger.status().parked) == (1, 0)


def _with_bad_feeds(house: House) -> dict[str, str]:
    """Adds one bad feed of each kind; the words that its reason must hold."""
    answers = {
        "missing": lambda: web.Response(status=404),
        "broken": lambda: web.Response(status=500),
        "page": lambda: web.Response(
            text="<!doctype html><html><body><p>Log in</p></body></html>", content_type="text/html"
        ),
        "nothing": lambda: web.Response(body=b""),
        "noise": lambda: web.Response(body=b"not a feed at all", content_type="application/rss+xml"),
    }
    for name, answer in answers.items():
        house.stand.stand(name).raw = answer
    house.extra_feeds = (
        *(
            Feed(id=name, name=name, url=house.stand.url(name), every_minutes=1 / 100, allow=(house.stand.address,))
            for name in answers
        ),
        Feed(id="unreachable", name="unreachable", url="http://127.0.0.1:9/feed", allow=("127.0.0.1:9",)),
        Feed(id="private", name="private", url=house.stand.url("times").replace("/times/", "/private/")),
    )
    return {"missing": "404", "broken": "500", "unreachable": "", "private": "", "page": "", "nothing": "", "noise": ""}


async def test_a_failing_feed_is_a_state_with_its_reason_and_the_others_are_read(house: House) -> None:
    def adjust(config: Config) -> Config:
        return with_invented_country(config)

    house.adjust = adjust
    house.names = ["times"]
    reasons = _with_bad_feeds(house)
    empty = b'<?xml version="1.0"?><rss version="2.0"><channel><title>t</title></channel></rss>'
    house.stand.stand("empty").raw = lambda: web.Response(body=empty, content_type="application/rss+xml")
    house.extra_feeds += (
        Feed(
            id="empty", name="empty", url=house.stand.url("empty"), every_minutes=1 / 100, allow=(house.stand.address,)
        ),
    )
    stand = house.stand.stand("times")
    stand.items = [NO]
    async with house.open() as service:
        await house.stand.looked_at("times", 2)
        stand.items = [NO, YES]
        await one_card(house)
        assert service.ledger is not None
        ledger = service.ledger
        await house.workspace.wait_for(
            lambda: all(ledger.feed_state(name).polled_at for name in (*reasons, "empty")), within=30, what="all polls"
        )
        for name, words in reasons.items():
            state = ledger.feed_state(name)
            assert state.failures >= 1, name
            assert words in state.reason, (name, state.reason)
            assert len(state.reason) > 10, (name, state.reason)
        assert ledger.feed_state("empty").failures == 0
        answer = await house.workspace.slash("ada", "fact-desk", "status")
        assert answer.error is None


async def _a_reversal(house: House) -> None:
    stand = house.stand.stand("times")
    stand.items = [NO]
    await house.stand.looked_at("times", 2)
    stand.items = [NO, YES]


async def test_feeds_are_watched_while_slack_cannot_be_reached_and_the_alert_follows(house: House) -> None:
    house.adjust = with_invented_country
    house.names = ["times"]
    house.reach_again = 1.0
    house.workspace.inject("auth.test", status=503, times=10_000)
    async with house.open() as service:
        assert service.ledger is not None
        await _a_reversal(house)
        await house.stand.looked_at("times", 2)
        assert service.ledger.status().alerts["pending"] == 1
        house.workspace.clear_faults()
        await one_card(house)


async def test_an_alert_is_of_the_moment_at_which_its_article_had_its_turn(house: House) -> None:
    house.adjust = with_invented_country
    async with house.open() as service:
        assert service.ledger is not None
        recording = service.recording
        assert recording is not None
        await recording.receive([Handed(_article(NO))], quiet=False)
        busy = threading.Event()
        before = asyncio.create_task(recording.turn(busy.wait))
        waits = asyncio.create_task(recording.receive([Handed(_article(YES))], quiet=False))
        await asyncio.sleep(0)  # both are in the queue now
        turn = datetime.now(UTC)
        busy.set()
        await asyncio.gather(before, waits)
        assert len(service.ledger.alerts_since(turn)) == 1


def _article(item: Item) -> Article:
    return Article(
        id=item.guid,
        keys=(item.guid,),
        url=None,
        outlet="times",
        title=item.title,
        text=item.text,
        published=item.published,
        retrieved=datetime.now(UTC),
    )


async def test_a_token_that_slack_refuses_ends_the_start_with_its_reason(house: House) -> None:
    house.workspace.inject("auth.test", error="invalid_auth")
    with pytest.raises(SlackRefused, match=r"SLACK_BOT_TOKEN.*invalid_auth"):
        async with house.open():
            pass


async def test_what_was_stuck_is_tried_again_after_a_restart(house: House) -> None:
    house.adjust = with_invented_country
    house.names = ["times"]
    house.workspace.inject("chat.postMessage", error="not_in_channel")
    async with house.open() as service:
        assert service.ledger is not None
        ledger = service.ledger
        await _a_reversal(house)
        while not ledger.status().alerts["stuck"]:
            await house.stand.looked_at("times", 1)
    assert house.cards() == []
    async with house.open():
        await one_card(house)


async def test_a_ledger_that_cannot_be_written_is_one_line_in_the_log_and_no_fault_of_the_feed(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.names = ["times"]
    house.stand.stand("times").items = [NO]
    async with house.open() as service:
        await house.stand.looked_at("times", 2)
        assert service.ledger is not None
        heard = asyncio.Event()
        states = logging.getLogger("watchers.states")  # nothing new stands in the feed

        def hear(_line: logging.LogRecord) -> bool:
            heard.set()
            return True

        states.addFilter(hear)
        service.ledger.close()
        await asyncio.wait_for(heard.wait(), 30)
        states.removeFilter(hear)
    polls = [line for line in caplog.records if line.name.startswith(("watchers", "apscheduler"))]
    assert sum("cannot take articles" in line.getMessage() for line in polls) == 1
    assert [line.getMessage() for line in polls if line.levelno >= logging.ERROR] == []


async def test_stopping_waits_for_no_slow_site(house: House, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.INFO)
    asked = asyncio.Event()

    async def silent(reader: asyncio.StreamReader, _writer: asyncio.StreamWriter) -> None:
        asked.set()
        await reader.read()

    house.names = ["times"]
    house.stand.stand("times").items = [NO]
    async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
        place = f"127.0.0.1:{server.sockets[0].getsockname()[1]}"
        house.extra_feeds = (Feed(id="slow", name="slow", url=f"http://{place}/feed", allow=(place,)),)
        async with house.open():
            await asyncio.wait_for(asked.wait(), 60)
    said = [line.getMessage() for line in caplog.records if "feed slow" in line.getMessage()]
    assert said[1:] == ["feed slow: stopped in the middle of a poll, which will be done again"]


async def test_people_are_answered_while_no_name_on_the_network_can_be_resolved(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    resolve, answered = socket.getaddrinfo, threading.Event()
    asked = threading.Semaphore(0)

    def resolving(host: str, *rest: Any, **more: Any) -> Any:
        if not host.endswith(".example"):
            return resolve(host, *rest, **more)
        asked.release()
        answered.wait()
        raise socket.gaierror(socket.EAI_AGAIN, "no name server answers")

    monkeypatch.setattr(socket, "getaddrinfo", resolving)
    house.extra_feeds = tuple(
        Feed(id=f"feed-{number}", name="Far", url=f"http://far-{number}.example/feed") for number in range(34)
    )
    try:
        async with house.open():
            with ThreadPoolExecutor(1) as apart:
                await asyncio.get_running_loop().run_in_executor(apart, lambda: [asked.acquire() for _ in range(6)])
            async with asyncio.timeout(5):
                answer = await house.workspace.slash("ada", "fact-desk", "status")
            assert answer.error is None
            answered.set()
    finally:
        answered.set()

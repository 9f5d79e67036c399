"""Wherever a feed is polled, in this process or by whoever is woken, the same holds: one contract for both."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import count
from pathlib import Path

import pytest
import pytest_asyncio
from aiohttp import web
from loopback import Web
from postgres import Server
from sqlalchemy import create_engine
from test_service import NO, YES

from bot.demo.stories import with_invented_country
from bot.judges.chosen import Chosen
from bot.ledger import Ledger
from bot.ledger.database.wakeups import Wakeups
from bot.recording import Recording
from bot.remembered import Remembered
from config.load import load
from config.schema import Channel, Config, Feed
from watchers.child import ParserChild
from watchers.dispatch import SHARDS, Errand, Errands, Round, shard_of
from watchers.fetch import Downloader
from watchers.model import FeedState
from watchers.schedule import Polled
from watchers.watcher import Watcher

_numbers = count(1)
pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def parser() -> AsyncIterator[ParserChild]:
    """One for all: to start one takes longer than most of these tests."""
    child = ParserChild(seconds=30)
    yield child
    await child.close()


@pytest_asyncio.fixture(loop_scope="module")
async def site() -> AsyncIterator[Web]:
    served = Web()
    await served.start()
    yield served
    await served.stop()


class Newsroom:
    """A ledger, and how feeds are polled into it: `watched` gives each as a schedule runs it."""

    def __init__(self, ledger: Ledger, site: Web, parser: ParserChild, stack: contextlib.AsyncExitStack) -> None:
        self.ledger, self.stack = ledger, stack
        self._site, self._parser, self._config = site, parser, _config()

    def feed(self, path: str = "/feed") -> Feed:
        return Feed(
            id=path.strip("/"), name="Wire", url=self._site.url(path), every_minutes=5, allow=(self._site.place,)
        )

    def watcher(self, feed: Feed) -> Watcher:
        """One of a process of its own: nothing is shared with others but the ledger."""
        downloader = Downloader(self._config.settings.fetching)
        recording = Recording(self._config, self.ledger, Chosen())
        self.stack.push_async_callback(downloader.close)
        self.stack.callback(recording.close)
        return recording.watcher(feed, None, downloader=downloader, parser=self._parser)

    def watched(self, feed: Feed) -> Polled:
        return self.watcher(feed)


class Apart(Newsroom):
    """Feeds are polled by whoever is woken."""

    def __init__(
        self, place: str, ledger: Ledger, site: Web, parser: ParserChild, stack: contextlib.AsyncExitStack
    ) -> None:
        super().__init__(ledger, site, parser, stack)
        self.place = place
        self.states = Remembered(ledger).feed_states_of
        self.wanted: set[str] = set()
        self.round = Round(self.states)
        self.errands = Errands(
            states=self.states,
            wake=Wakeups(place).wake,
            wanted=lambda: self.wanted,
            polling=self._config.settings.polling,
            look=0.1,
        )

    async def start(self) -> None:
        await Wakeups(self.place).prepare()
        self.beside(self.errands.run())
        self.beside(Wakeups(self.place).answer(self.round.poll))

    def beside(self, work) -> asyncio.Task[None]:
        task = asyncio.create_task(work)

        async def over() -> None:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)

        self.stack.push_async_callback(over)
        return task

    def watched(self, feed: Feed) -> Polled:
        self.wanted.add(feed.id)
        self.round.add(self.watcher(feed))
        return Errand(feed, self._config.settings.polling, self.errands)


def _config() -> Config:
    config = with_invented_country(load(environ={}))
    polling = config.settings.polling.model_copy(update={"first_poll": "alert", "jitter_seconds": 0})
    settings = config.settings.model_copy(update={"polling": polling})
    return config.model_copy(update={"settings": settings, "channels": (Channel(id="desk"),)})


@pytest.fixture
def place(postgresql: Server) -> str:
    return postgresql.database(f"dispatch{next(_numbers)}", "model")


@pytest_asyncio.fixture(loop_scope="module")
async def apart(place: str, site: Web, parser: ParserChild) -> AsyncIterator[Apart]:
    async with contextlib.AsyncExitStack() as stack:
        room = Apart(place, stack.enter_context(Ledger.open(place)), site, parser, stack)
        await room.start()
        yield room


@pytest_asyncio.fixture(params=["in this process", "by who is woken"], loop_scope="module")
async def room(
    request: pytest.FixtureRequest, tmp_path: Path, blank_at: Callable[[Path], str], site: Web, parser: ParserChild
) -> AsyncIterator[Newsroom]:
    async with contextlib.AsyncExitStack() as stack:
        if request.param == "in this process":
            ledger = stack.enter_context(Ledger.open(blank_at(tmp_path / "a.db"), durable=False))
            yield Newsroom(ledger, site, parser, stack)
            return
        place = request.getfixturevalue("place")
        there = Apart(place, stack.enter_context(Ledger.open(place)), site, parser, stack)
        await there.start()
        yield there


def rss(*items) -> str:
    entries = "".join(
        f"<item><guid>{one.guid}</guid><title>{one.title}</title><description>{one.text}</description>"
        f"<pubDate>{format_datetime(one.published)}</pubDate></item>"
        for one in items
    )
    return f'<rss version="2.0"><channel><title>Wire</title>{entries}</channel></rss>'


async def run(polled: Polled) -> FeedState | None:
    async with asyncio.timeout(60):
        return await polled.run(datetime.now(UTC))


async def test_a_feed_that_is_due_is_polled_and_what_became_of_it_comes_back(room: Newsroom, site: Web) -> None:
    site.put("/feed", rss(NO))
    polled = room.watched(room.feed())
    state = await run(polled)
    assert state is not None
    assert (state.failures, state.seeded, site.hits("/feed")) == (0, True, 1)
    assert room.ledger.feed_state("feed").polled_at == state.polled_at
    assert room.ledger.status().articles == 1
    assert polled.interval == timedelta(minutes=5)


async def test_a_feed_that_backs_off_is_not_polled_and_says_until_when(room: Newsroom, site: Web) -> None:
    until = datetime.now(UTC) + timedelta(hours=1)
    room.ledger.save_feed_state(FeedState(feed="feed", polled_at=datetime.now(UTC), next_at=until, failures=1))
    state = await run(room.watched(room.feed()))
    assert state is not None
    assert (state.next_at, site.hits("/feed")) == (until, 0)


async def test_a_feed_that_fails_comes_back_with_its_reason_and_stops_no_other(room: Newsroom, site: Web) -> None:
    site.put("/good", rss(NO))
    bad, good = await asyncio.gather(run(room.watched(room.feed("/bad"))), run(room.watched(room.feed("/good"))))
    assert bad is not None
    assert good is not None
    assert (bad.failures, bad.next_at is not None, "404" in bad.reason) == (1, True, True)
    assert (good.failures, room.ledger.status().articles) == (0, 1)


async def test_a_feed_asked_for_twice_is_never_polled_twice_at_once(room: Newsroom, site: Web) -> None:
    open_ = most = 0

    async def slow(_: web.Request) -> web.Response:
        nonlocal open_, most
        open_ += 1
        most = max(most, open_)
        await asyncio.sleep(0.3)
        open_ -= 1
        return web.Response(text=rss(NO), content_type="application/rss+xml")

    site.handle("/feed", slow)
    polled = room.watched(room.feed())
    await asyncio.gather(run(polled), run(polled))
    assert most == 1


async def test_a_poll_that_is_cut_short_is_done_again_and_doubles_nothing(room: Newsroom, site: Web) -> None:
    begun = asyncio.Event()

    async def hang(_: web.Request) -> web.Response:
        begun.set()
        return web.Response(text=rss(NO, YES), content_type="application/rss+xml")

    site.handle("/feed", hang)
    polled = room.watched(room.feed())
    cut = asyncio.create_task(run(polled))
    await asyncio.wait_for(begun.wait(), 30)
    cut.cancel()
    await asyncio.gather(cut, return_exceptions=True)
    await run(polled)
    assert (room.ledger.status().articles, len(room.ledger.conflicts())) == (2, 1)


# By who is woken


async def test_who_lost_a_shard_in_the_midst_of_a_poll_and_goes_on_doubles_nothing(apart: Apart, site: Web) -> None:
    """The reason why no fence is needed: whoever comes second finds everything known, and stores what is true."""
    site.put("/feed", rss(NO, YES))
    feed = apart.feed()
    shifts = [Round(apart.states) for _ in range(2)]
    for shift in shifts:
        shift.add(apart.watcher(feed))
    await asyncio.gather(*(shift.poll(shard_of(feed)) for shift in shifts))
    assert site.hits("/feed") == 2
    assert (apart.ledger.status().articles, len(apart.ledger.conflicts())) == (2, 1)
    for shift in shifts:
        await shift.poll(shard_of(feed))
    assert site.hits("/feed") == 2, "it is not due for five minutes, whoever polled it"


@pytest.mark.campaign
async def test_wake_ups_come_through_again_after_the_server_has_ended_every_session(apart: Apart, site: Web) -> None:
    site.put("/feed", rss(NO))
    site.put("/other", rss(YES))
    await run(apart.watched(apart.feed()))
    engine = create_engine(apart.place, isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        others = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()"
        connection.exec_driver_sql(f"SELECT pg_terminate_backend(pid) {others}").all()
    engine.dispose()
    state = await run(apart.watched(apart.feed("/other")))
    assert state is not None
    assert (state.failures, apart.ledger.status().articles) == (0, 2)


async def test_a_feed_that_is_taken_away_while_it_is_asked_for_is_asked_for_no_more(apart: Apart) -> None:
    polled = apart.watched(apart.feed())
    apart.round.remove("feed")  # nobody polls it
    waits = asyncio.create_task(run(polled))
    await asyncio.sleep(0)
    assert not waits.done()
    apart.wanted.clear()
    state = await waits
    assert state is not None
    assert state.polled_at is None


async def test_a_poll_that_fails_altogether_keeps_the_shard_until_the_others_of_it_have_ended(
    apart: Apart, site: Web, caplog: pytest.LogCaptureFixture
) -> None:
    """Else another worker is given the shard while polls of it go on here."""
    begun, goes_on = asyncio.Event(), asyncio.Event()

    async def slow(_: web.Request) -> web.Response:
        begun.set()
        await goes_on.wait()
        return web.Response(text=rss(NO), content_type="application/rss+xml")

    class Falls(Watcher):
        async def run(self, now: datetime) -> FeedState | None:
            await begun.wait()
            raise RuntimeError("what nobody foresaw")

    site.handle("/slow", slow)
    bad = apart.watcher(apart.feed("/bad"))
    bad.__class__ = Falls
    apart.round.add(bad)
    apart.round.add(apart.watcher(apart.feed("/slow")))
    poll = asyncio.create_task(apart.round.poll(shard_of(bad.feed)))
    await begun.wait()
    done, _ = await asyncio.wait({poll}, timeout=0.2)
    assert not done
    goes_on.set()
    await poll
    assert apart.ledger.status().articles == 1
    assert "feed bad: the poll failed" in caplog.text


async def test_feeds_of_one_site_share_a_shard_and_others_spread() -> None:
    def shard(url: str) -> int:
        return shard_of(Feed(id="a", name="A", url=url))

    assert shard("https://feeds.times.co.uk/world") == shard("http://www.times.co.uk/rss?x=1")
    assert shard("https://times.co.uk/a") != shard("https://courier.co.uk/a")
    assert shard("http://127.0.0.1:8000/a") == shard("http://127.0.0.1:9000/b")
    shards = [shard(f"https://outlet{number}.example/feed") for number in range(2000)]
    assert (min(shards) >= 0, max(shards) < SHARDS, len(set(shards)) > 450) == (True, True, True)

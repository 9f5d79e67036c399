"""Who polls a feed where several processes may: the ledger says which are due, and the wake-up of a shard is no more.

In one process the schedule runs the watchers itself. Else it runs an `Errand` for each feed, which has the shard of the
feed woken until the ledger says that it is not due any more; whoever is woken polls what is due there.
"""

from __future__ import annotations

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Collection, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from urllib.parse import urlsplit

from tld import get_fld

from config.schema import Feed
from config.settings import Polling
from watchers import pace, state
from watchers.errors import NotOnRecord
from watchers.model import FeedState
from watchers.watcher import Watcher

SHARDS = 512
LOOK = 5.0  # seconds between two looks at what became of a feed that is due; its shard is woken again each time
GATHER = 0.25  # seconds in which wake-ups are gathered, to be sent together

States = Callable[[Collection[str]], Mapping[str, FeedState]]  # blocks; feeds never polled are left out

log = logging.getLogger(__name__)


def shard_of(feed: Feed) -> int:
    """The shard of a feed, by its site: one process at a time polls a shard, so it keeps to each site's limits alone.

    The site is the registered domain: feeds.times.example and www.times.example mostly are one server.
    """
    site = get_fld(feed.url, fail_silently=True) or (urlsplit(feed.url).hostname or "")
    return int.from_bytes(blake2b(site.encode(), digest_size=8).digest()) % SHARDS


class Errand:
    """A feed that others poll, as the schedule sees it."""

    def __init__(self, feed: Feed, polling: Polling, errands: Errands) -> None:
        self.feed = feed
        self.shard = shard_of(feed)
        self.interval = pace.usual(feed, polling)
        self._errands = errands

    async def run(self, _now: datetime) -> FeedState | None:
        """Have the feed polled if it is due. The state once it is not due, with the moment when it will be."""
        return await self._errands.seen_to(self)


class Errands:
    """Has feeds polled by others.

    `wake` wakes shards, and is asked again where that came to nothing; `wanted` gives the feeds that are to be polled.
    """

    def __init__(
        self,
        *,
        states: States,
        wake: Callable[[Collection[int]], Awaitable[None]],
        wanted: Callable[[], Collection[str]],
        polling: Polling,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        look: float = LOOK,
    ) -> None:
        self._states = states
        self._wake = wake
        self._wanted = wanted
        self._jitter = polling.jitter_seconds
        self._clock = clock
        self._look = look
        self._under_way: dict[str, tuple[Errand, asyncio.Future[FeedState]]] = {}
        self._new: set[str] = set()  # of these, those that were not looked at yet
        self._asked = asyncio.Event()

    async def seen_to(self, errand: Errand) -> FeedState:
        """The state of a feed as soon as it is not due."""
        name = errand.feed.id
        done = self._under_way.setdefault(name, (errand, asyncio.get_running_loop().create_future()))[1]
        self._new.add(name)
        self._asked.set()
        try:
            return await asyncio.shield(done)
        finally:
            self._under_way.pop(name, None)

    async def run(self) -> None:
        """Look after the errands that are under way; never returns."""
        logging.getLogger("apscheduler").setLevel(logging.ERROR)  # of feeds that wait for a worker, health tells
        looked = 0.0
        ticks = asyncio.get_running_loop().time
        while True:
            try:
                async with asyncio.timeout(self._look if self._under_way else None):
                    await self._asked.wait()
                await asyncio.sleep(min(GATHER, self._look))
            except TimeoutError:
                pass
            self._asked.clear()
            if ticks() - looked >= self._look:
                looked, self._new = ticks(), set(self._under_way)
            try:
                await self.look()
            except NotOnRecord as error:
                log.warning("which feeds are due is not known: %s", error.reason)

    async def look(self) -> None:
        """Wake the shards of the new errands whose feeds are due, and end the others."""
        names, self._new = self._new & self._under_way.keys(), set()
        known = await asyncio.to_thread(self._states, names) if names else {}
        now, wanted = self._clock(), self._wanted()
        due: set[int] = set()
        for name in names & self._under_way.keys():
            errand, done = self._under_way[name]
            found = state.of_address(known.get(name, FeedState(feed=name)), errand.feed.url)
            if name in wanted and state.due_by_now(found, errand.interval, now):
                due.add(errand.shard)
            elif not done.done():
                done.set_result(self._planned(found, errand))
        if due:
            await self._wake(due)

    def _planned(self, found: FeedState, errand: Errand) -> FeedState:
        if found.polled_at is None:
            return found
        most = min(self._jitter, errand.interval.total_seconds() / 4)
        spread = timedelta(seconds=random.uniform(0, most))  # noqa: S311  no secret
        return replace(found, next_at=(found.next_at or found.polled_at + errand.interval) + spread)


class Round:
    """The feeds that a process can poll when it is woken. At any time one process alone has a shard."""

    def __init__(self, states: States, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._states = states
        self._clock = clock
        self._shards: dict[int, dict[str, Watcher]] = {}
        self._places: dict[str, int] = {}

    @property
    def feeds(self) -> frozenset[str]:
        """The ids of the feeds that can be polled."""
        return frozenset(self._places)

    def add(self, watcher: Watcher) -> None:
        """Poll one more feed from now on; one of the same id gives way."""
        self.remove(watcher.feed.id)
        shard = self._places[watcher.feed.id] = shard_of(watcher.feed)
        self._shards.setdefault(shard, {})[watcher.feed.id] = watcher

    def remove(self, feed: str) -> None:
        """Poll a feed no more; a poll under way comes to its end. One that is not polled: nothing."""
        if (shard := self._places.pop(feed, None)) is not None:
            del self._shards[shard][feed]

    async def poll(self, shard: int) -> None:
        """Poll what is due in a shard. A wake-up that came too late or twice finds nothing due."""
        watchers = dict(self._shards.get(shard, {}))
        if not watchers:
            return
        try:
            known = await asyncio.to_thread(self._states, watchers)
        except NotOnRecord as error:
            log.warning("which feeds of shard %d are due is not known: %s", shard, error.reason)
            return
        now = self._clock()
        due = [
            watcher
            for name, watcher in watchers.items()
            if state.due_by_now(
                state.of_address(known.get(name, FeedState(feed=name)), watcher.feed.url), watcher.interval, now
            )
        ]
        ended = await asyncio.gather(*(watcher.run(now) for watcher in due), return_exceptions=True)
        for watcher, fault in zip(due, ended, strict=True):
            if isinstance(fault, BaseException):  # the shard stays in hand until the others of it have ended
                log.error("feed %s: the poll failed", watcher.feed.id, exc_info=fault)

"""When feeds are polled: one APScheduler interval job a feed, in UTC."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Protocol

from apscheduler.jobstores.base import JobLookupError
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.interval import IntervalTrigger

from config.schema import Feed
from config.settings import Polling
from watchers.model import FeedState

SPREAD = timedelta(seconds=0.25)  # between the first polls of two feeds
LONGEST_SPREAD = timedelta(seconds=60)  # within which all first polls begin, unless they are too many for that
QUICKEST = timedelta(seconds=0.01)  # between two of very many: a poll has its price
LOOK = 15.0  # seconds between two looks at whether the clock was set
SET = timedelta(seconds=30)  # by so much, or it is no matter
SOON = timedelta(seconds=1)  # what is due while a poll still runs is passed over; by then it has ended

log = logging.getLogger(__name__)


def apart(feeds: int, usual: timedelta) -> timedelta:
    """The time between the first polls of two feeds.

    All begin within a minute, or a hundred a second where that takes longer, and in any case within the usual interval.
    So they stay spread: what is polled together once is due together from then on.
    """
    within = max(LONGEST_SPREAD, min(usual, feeds * QUICKEST))
    return min(SPREAD, within / max(1, feeds))


class Polled(Protocol):
    """A feed, and how it is polled: here by its watcher, or by whoever `watchers.dispatch` finds."""

    @property
    def feed(self) -> Feed:
        """Which."""
        ...

    @property
    def interval(self) -> timedelta:
        """The time between two polls, unless the state of the feed names another."""
        ...

    async def run(self, now: datetime) -> FeedState | None:
        """See that it is polled if it is due; the state afterwards, None where that is not known."""
        ...


class Schedule:
    """Has each feed polled at its interval, and after a failure when its state says so. Started within a loop."""

    def __init__(
        self,
        watchers: Sequence[Polled],
        polling: Polling,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        ticks: Callable[[], float] = time.monotonic,
    ) -> None:
        self._watchers = {watcher.feed.id: watcher for watcher in watchers if watcher.feed.enabled}
        self._polling = polling
        self._clock = clock
        self._ticks = ticks
        self._seen = clock(), ticks()
        self._steadying: asyncio.Task[None] | None = None
        self._scheduler = AsyncIOScheduler(timezone=UTC)
        self._running: set[asyncio.Task[None]] = set()

    def start(self) -> None:
        """Begin: the first feed at once, the others spread over the time that follows, see `apart`."""
        step = apart(len(self._watchers), timedelta(minutes=self._polling.every_minutes))
        begin = datetime.now(UTC)  # the scheduler's own clock is the wall clock
        for place, watcher in enumerate(self._watchers.values()):
            self._plan(watcher, begin + place * step)
        self._scheduler.start()
        self._seen = self._clock(), self._ticks()
        self._steadying = asyncio.create_task(self._steady(), name="steady polls")

    async def _steady(self) -> None:
        while True:
            await asyncio.sleep(LOOK)
            self.follow_clock()

    def follow_clock(self) -> timedelta:
        """Move the plan with a clock that was set since the last look, and say by how much.

        The scheduler plans by the time of day. A clock set back by an hour would silence every feed for that hour; one
        set forward, or a machine that slept, would have all of them polled at once.
        """
        (day, tick), self._seen = self._seen, (self._clock(), self._ticks())
        moved = self._seen[0] - day - timedelta(seconds=self._seen[1] - tick)
        if abs(moved) < SET:
            return timedelta()
        log.warning("the clock was set by %s: the plan of the polls moves with it", moved)
        for job in self._scheduler.get_jobs():
            if job.next_run_time is not None:
                job.modify(next_run_time=job.next_run_time + moved)
        return moved

    @property
    def feeds(self) -> frozenset[str]:
        """The ids of the feeds that are polled."""
        return frozenset(self._watchers)

    @property
    def intervals(self) -> Mapping[str, timedelta]:
        """The time between two polls of each feed that is polled."""
        return {feed: watcher.interval for feed, watcher in self._watchers.items()}

    def add(self, watcher: Polled) -> None:
        """Poll one more feed, at once for the first time; one of the same id gives way."""
        self.remove(watcher.feed.id)
        self._watchers[watcher.feed.id] = watcher
        if self._scheduler.running:  # else `start` plans it with the others
            self._plan(watcher, datetime.now(UTC))

    def remove(self, feed: str) -> None:
        """Poll a feed no more; a poll under way comes to its end. One that is not polled: nothing."""
        if self._watchers.pop(feed, None) is not None:
            with suppress(JobLookupError):
                self._scheduler.remove_job(feed)

    def _plan(self, watcher: Polled, first: datetime) -> None:
        seconds = watcher.interval.total_seconds()
        self._scheduler.add_job(
            self._job,
            IntervalTrigger(seconds=seconds, timezone=UTC, jitter=min(self._polling.jitter_seconds, seconds / 4)),
            args=(watcher,),
            id=watcher.feed.id,
            name=f"poll {watcher.feed.id}",
            next_run_time=first,
            misfire_grace_time=None,  # late is better than never
            coalesce=True,
            max_instances=1,
        )

    async def stop(self, *, seconds: float = 10) -> None:
        """Begin no further poll, give those under way a moment to end, then cancel them; they are done again."""
        if self._steadying is not None:
            self._steadying.cancel()
        if self._scheduler.running:
            self._scheduler.remove_all_jobs()
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        if self._scheduler.running:
            self._scheduler.shutdown(wait=False)

    async def _job(self, watcher: Polled) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        begun, now = datetime.now(UTC), self._clock()
        try:
            state = await watcher.run(now)
        except asyncio.CancelledError:
            log.info("feed %s: stopped in the middle of a poll, which will be done again", watcher.feed.id)
            return
        if state is not None and state.next_at is not None and not state.paused:
            # Ask again exactly when the back-off ends, rather than at the first interval after it.
            due = max(begun + (state.next_at - now), datetime.now(UTC) + SOON)
            try:
                self._scheduler.modify_job(watcher.feed.id, next_run_time=due)
            except JobLookupError:
                log.debug("feed %s: stopped meanwhile", watcher.feed.id)

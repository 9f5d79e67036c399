"""Whether 100,000 feeds are polled when they are due: the real schedule with APScheduler, on a clock that does not wait.

python tests/benchmarks/schedules.py                          2,000, 20,000 and 100,000 feeds, each due every 10 minutes
python tests/benchmarks/schedules.py --feeds 100000 --minutes 60 --poll-ms 1.0

The clock of the loop, of APScheduler and of the schedule is the processor time of this process, and where nothing is to
be done it goes on to the next timer at once: an hour takes as long as its work, and lateness is that on a core of one's
own, whatever else the machine does. A poll is a wait of 300 ms, as for an answer, and beside it `--poll-ms` of processor
(what a real one costs stands in docs/performance.md); it returns the state of a feed that is paced by `watchers.pace`,
with news in one of four. Lateness is the start of a poll after it was due; the first minutes, in which all feeds are
polled for the first time, are told apart.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import resource
import selectors
import sys
import time
from datetime import UTC, datetime
from typing import Any

import apscheduler.schedulers.base
import apscheduler.triggers.interval
from goals import Figure, note

import watchers.schedule
from config.schema import Feed
from config.settings import Polling
from watchers import pace
from watchers.model import FeedState
from watchers.schedule import Schedule

SIZES = (2_000, 20_000, 100_000)
ANSWER = 0.3  # seconds that a feed takes to answer
NEWS = 0.25  # of the polls
BEGIN = datetime(2031, 1, 1, tzinfo=UTC).timestamp()


class Clock:
    """Processor time, and what was skipped because nothing was to be done."""

    skipped = 0.0

    @classmethod
    def now(cls) -> float:
        """Seconds."""
        return cls.skipped + time.process_time()


class Moment(datetime):
    """The time of day by that clock."""

    @classmethod
    def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
        """Aware."""
        return datetime.fromtimestamp(BEGIN + Clock.now(), tz or UTC)


class Skipping(selectors.DefaultSelector):  # type: ignore[misc,valid-type]
    """Waits for nothing but what is there: the clock goes on instead."""

    def select(self, timeout: float | None = None) -> Any:
        """What is ready."""
        ready = super().select(0)
        if not ready and timeout:
            Clock.skipped += timeout
        return ready


class Loop(asyncio.SelectorEventLoop):
    """A loop on that clock."""

    def time(self) -> float:
        """Seconds of it."""
        return Clock.now()


class Polled:
    """A feed as the schedule knows it; it notes when it is polled."""

    def __init__(self, number: int, polling: Polling, late: list[tuple[float, float]], cost: float) -> None:
        self.feed = Feed(id=f"feed-{number}", name=f"Feed {number}", url=f"https://{number}.example/feed")
        self.interval = pace.usual(self.feed, polling)
        self._polling, self._late, self._cost = polling, late, cost
        self._state = FeedState(feed=self.feed.id, seeded=True)

    async def run(self, now: datetime) -> FeedState:
        """One poll."""
        if (due := self._state.next_at) is not None:
            self._late.append((Clock.now(), (now - due).total_seconds()))
        await asyncio.sleep(ANSWER)
        until = time.process_time() + self._cost
        while time.process_time() < until:
            pass
        news = random.random() < NEWS  # noqa: S311
        read = FeedState(feed=self.feed.id, seeded=True, polled_at=now, next_at=now + self.interval)
        self._state = pace.paced(self._state, read, self.interval, self._polling, news=news)
        return self._state


async def simulated(size: int, minutes: float, polling: Polling, cost: float) -> dict[str, float]:
    """Run the schedule of so many feeds for so long."""
    random.seed(size)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    late: list[tuple[float, float]] = []
    feeds = [Polled(number, polling, late, cost) for number in range(size)]
    begun = Clock.now(), time.process_time()
    schedule = Schedule(feeds, polling, clock=lambda: Moment.now(UTC), ticks=Clock.now)  # type: ignore[arg-type]
    schedule.start()
    started = time.process_time() - begun[1]
    warm = (1 + polling.every_minutes) * 60  # each has been polled once, and is due by its own state
    await asyncio.sleep(begun[0] + warm - Clock.now())
    settled, mark = len(late), time.process_time()
    await asyncio.sleep(minutes * 60)
    busy = time.process_time() - mark
    found = sorted(one for _, one in late[settled:])
    await schedule.stop(seconds=1)
    return {
        "due": len(found) / (minutes * 60),
        "start": started,
        "first round": (mark - begun[1]),
        "p50": found[len(found) // 2],
        "p99": found[len(found) * 99 // 100],
        "max": found[-1],
        "each": 1000 * (busy / len(found) - cost),
        "cores": busy / (minutes * 60),
        "memory": (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024,
    }


def main() -> int:
    """Simulate, print, write down beside the other figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, nargs="+", default=SIZES)
    parser.add_argument("--minutes", type=float, default=10, help="that are looked at, after all were polled once")
    parser.add_argument("--every", type=float, default=10, help="minutes between two polls of a feed")
    parser.add_argument("--poll-ms", type=float, default=0.0, help="of processor that a poll costs beside the schedule")
    parser.add_argument("--fixed", action="store_true", help="every feed at its interval, without pacing")
    asked = parser.parse_args()
    for module in (apscheduler.schedulers.base, apscheduler.triggers.interval, watchers.schedule):
        module.datetime = Moment  # type: ignore[attr-defined]
    limits = {} if asked.fixed else {"fastest_minutes": asked.every / 2, "slowest_minutes": asked.every * 2}
    polling = Polling(every_minutes=asked.every, **limits)
    for size in asked.feeds:
        with asyncio.Runner(loop_factory=lambda: Loop(Skipping())) as runner:
            told = runner.run(simulated(size, asked.minutes, polling, asked.poll_ms / 1000))
        sys.stdout.write(
            f"{size:7,} feeds, {told['due']:6.1f} due a second: late p50 {told['p50']:.3f} s, p99 {told['p99']:.3f} s, "
            f"most {told['max']:.3f} s; {told['each']:.3f} ms of processor a due feed, {told['cores']:.3f} cores; start "
            f"{told['start']:.1f} s, until all were polled once {told['first round']:.1f} s; {told['memory']:.0f} MB\n"
        )
        sys.stdout.flush()
        for name, key in (("late p99, s", "p99"), ("late at most, s", "max"), ("processor a due feed, ms", "each")):
            value = round(told[key], 4)
            note(Figure(f"schedule of {size:,} feeds: {name}", value, None, (value, value), less=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())

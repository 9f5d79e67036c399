"""`make unruly`: the whole service while 200 feeds misbehave; how late its event loop is, and the healthy feeds.

So many times faster than delivered (5: polls every 60 s, downloads within 6 s, parsing within 1.6 s). Each feed has a
host of its own, as on the Web; that takes the addresses of loopback that Linux has.

`unruly.py SECONDS --feeds 2000 --dead 0.05 --drip 0.05`: so many feeds, of which these shares never answer or send a byte
each tenth of a second, and all others do well: none of these may be shown as failing.

A machine that others keep busy is late by itself: how late is measured before and after, and what the loop is late beyond
that is judged, as its own work is.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from figures import ended, peak, resting, told
from served import HEALTHY, LOOKS, QUIET, served
from stage.house import House, working
from wires import WIRES

from bot.sharing import share
from config.schema import Config, Feed
from config.settings import Settings

DELIVERED = Settings()
LAG = 50.0  # ms, of the 99th percentile
TICK = 0.005
_KINDS = (
    *(f"/wires/{list(WIRES).index(name)}" for name in ("a byte each 0.1 s", "silence", "headers without end")),
    *(f"/wires/{list(WIRES).index(name)}" for name in ("gzip of 2 GiB", "endless body", "status 500")),
    *(f"/wires/{list(WIRES).index(name)}" for name in ("redirects without end", "less than declared")),
    "/feeds/13",  # 100,000 attributes: the parser is killed
    "/feeds/34",  # a web page
)
USUAL = 200  # that misbehave in ten ways, beside a tenth of them that do well


@dataclass(frozen=True)
class Cast:
    """The feeds: what is asked of each unruly one, and how many do well, with news at each look or at every tenth."""

    unruly: tuple[str, ...]
    well: int
    healthy: str = HEALTHY

    @classmethod
    def of(cls, feeds: int, dead: float, drip: float) -> Cast:
        """So many feeds, some of them dead or dripping."""
        names = ["silence"] * round(feeds * dead) + ["a byte each 0.1 s"] * round(feeds * drip)
        places = {name: f"/wires/{list(WIRES).index(name)}" for name in set(names)}
        return cls(tuple(places[name] for name in names), feeds - len(names), QUIET)

    @property
    def hosts(self) -> list[tuple[str, str, str]]:
        """Name, address and path of each feed."""
        unruly = [(f"unruly-{n}", f"127.0.{1 + n // 250}.{n % 250 + 1}", path) for n, path in enumerate(self.unruly)]
        well = ((f"well-{n}", f"127.1.{n // 250}.{n % 250 + 1}", f"{self.healthy}/well-{n}") for n in range(self.well))
        return [*unruly, *well]


class Lags:
    """How much later than asked the loop comes back, over and over; and how much of it was the loop's own work."""

    def __init__(self) -> None:
        self.late: list[float] = []
        self.busy: list[float] = []  # processor time of the loop's thread: what a busy machine adds is not in it

    async def note(self, seconds: float) -> None:
        """Look for so long."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while (asked := loop.time() + TICK) < end:
            spent = time.thread_time()
            await asyncio.sleep(TICK)
            self.late.append(loop.time() - asked)
            self.busy.append(time.thread_time() - spent)


def _shares(values: list[float], *shares: float) -> dict[str, float]:
    """The percentiles, in milliseconds."""
    ordered = sorted(values)
    places = {share: min(len(ordered) - 1, int(share / 100 * len(ordered))) for share in shares}
    return {f"p{share:g}": round(1000 * ordered[place], 1) for share, place in places.items()}


def slow(own: float, lag: float, idle: float) -> list[str]:
    """What is amiss with the loop's own work, and with how late it is beyond an idle one: 99th percentiles, in ms."""
    missed = []
    if own >= LAG:
        missed.append(f"the event loop worked for {own} ms without a break (99th percentile)")
    if lag - idle >= LAG:
        missed.append(f"the event loop was {lag} ms late, an idle one {idle} ms (99th percentile)")
    return missed


def _feeds(cast: Cast, port: str, minutes: float) -> tuple[Feed, ...]:
    def feed(name: str, host: str, path: str) -> Feed:
        place = f"{host}:{port}"
        return Feed(id=name, name=name, url=f"http://{place}{path}", every_minutes=minutes, allow=(place,))

    return tuple(feed(*one) for one in cast.hosts)


def _faster(config: Config, times: float) -> Config:
    fetching, polling = config.settings.fetching, config.settings.polling
    quick = fetching.model_copy(
        update={
            "deadline_seconds": fetching.deadline_seconds / times,
            "parse_seconds": fetching.parse_seconds / times,
        }
    )
    often = polling.model_copy(update={"jitter_seconds": polling.jitter_seconds / times, "first_poll": "silent"})
    return config.model_copy(
        update={"settings": config.settings.model_copy(update={"fetching": quick, "polling": often})}
    )


async def measure(cast: Cast, seconds: float, times: float) -> int:
    """Run for so long, so many times faster than delivered, and print the figures; the exit code."""
    poll = DELIVERED.polling.every_minutes * 60 / times
    addresses = [address for _, address, _ in cast.hosts]
    with tempfile.TemporaryDirectory() as folder:
        async with served(*addresses) as place, working(Path(folder) / "record.db") as house:
            house.extra_feeds = _feeds(cast, place.rpartition(":")[2], poll / 60)
            house.adjust = lambda config: _faster(config, times)
            idle, lags = Lags(), Lags()
            await idle.note(5)
            async with house.open():
                rest = resting()
                spent = time.process_time()
                await lags.note(seconds)
                spent = time.process_time() - spent
                grown = peak() - rest
                late, looks = await asyncio.to_thread(_lateness, place, cast.well, seconds, poll)
                failing, wrongly, reasons, articles = await asyncio.to_thread(_shown, house)
            await idle.note(5)
    missed = slow(*(_shares(values, 99)["p99"] for values in (lags.busy, lags.late, idle.late)))
    if late > poll:
        missed.append(f"a healthy feed was polled {late:.0f} s late, that is more than one interval")
    if failing < len(cast.unruly):
        missed.append(f"only {failing} of {len(cast.unruly)} misbehaving feeds are shown as failing")
    if wrongly:
        missed.append(f"{wrongly} feeds that do well are shown as failing")
    figures = {
        "feeds": len(cast.hosts),
        "seconds": seconds,
        "times_faster": times,
        "lag_ms": _shares(lags.late, 50, 99, 99.9, 100),
        "own_work_ms": _shares(lags.busy, 50, 99, 99.9, 100),
        "idle_lag_ms": _shares(idle.late, 50, 99, 100),  # without the service: what the machine adds
        "processor_s": round(spent, 1),
        "healthy_latest_s": round(late, 1),
        "healthy_looks": looks,
        "articles": articles,
        "failing": failing,
        "wrongly_failing": wrongly,
        "reasons": reasons,
        "memory_mb": round(grown, 1),
    }
    return told("unruly", figures, missed)


def _lateness(place: str, well: int, seconds: float, poll: float) -> tuple[float, int]:
    """The longest that a healthy feed was overdue, and how often they were looked at in all."""
    with urllib.request.urlopen(f"http://{place}{LOOKS}") as answer:
        told_of = json.load(answer)
    now, began = told_of["now"], told_of["now"] - seconds
    late = 0.0
    for number in range(well):
        times = [began, *told_of["looks"].get(f"well-{number}", []), now]
        late = max(late, *(after - before - poll for before, after in pairwise(times)))
    return late, sum(map(len, told_of["looks"].values()))


def _shown(house: House) -> tuple[int, int, dict[str, int], int]:
    """What /record source health would show: how many fail, rightly or not, and why; and the articles on record."""
    assert house.service is not None
    assert house.service.ledger is not None
    status = house.service.ledger.status()
    failing = [state for state in status.feeds if state.reason]
    reasons = Counter(state.reason.partition(".")[0][:70] for state in failing)
    wrongly = sum(state.feed.startswith("well-") for state in failing)
    return len(failing) - wrongly, wrongly, dict(reasons.most_common()), status.articles


def main() -> int:
    """The exit code: 0 if the loop was prompt, the healthy feeds on time, and every other feed told of."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", type=float, nargs="?", default=180.0)
    parser.add_argument("--faster", type=float, default=5.0, metavar="TIMES")
    parser.add_argument("--feeds", type=int, help="so many, of which --dead and --drip do not do well")
    parser.add_argument("--dead", type=float, default=0.05, metavar="SHARE")
    parser.add_argument("--drip", type=float, default=0.05, metavar="SHARE")
    logging.disable(logging.ERROR)
    share()
    began = time.perf_counter()
    asked = parser.parse_args()
    usual = Cast(tuple(_KINDS[number % len(_KINDS)] for number in range(USUAL)), USUAL // 10)
    cast = Cast.of(asked.feeds, asked.dead, asked.drip) if asked.feeds else usual
    code = asyncio.run(measure(cast, asked.seconds, asked.faster))
    print(f"{time.perf_counter() - began:.0f} s in all", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(ended("unruly", main))

"""`make unruly`: the whole service while 200 feeds misbehave; how late its event loop is, and the healthy feeds.

Ten times faster than delivered: polls every 30 s, downloads within 3 s, parsing within 0.8 s. Each feed has a host of
its own, as on the Web; that takes the addresses of loopback that Linux has.
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
from itertools import pairwise
from pathlib import Path

from figures import peak, resting, told
from served import HEALTHY, LOOKS, served
from stage.house import House, working
from wires import WIRES

from config.schema import Config, Feed

UNRULY, WELL = 200, 20
POLL = 30.0  # seconds, of which the delivered settings have 300
LAG = 0.050  # seconds, of the 99th percentile
TICK = 0.005
_KINDS = (
    *(f"/wires/{list(WIRES).index(name)}" for name in ("a byte each 0.1 s", "silence", "headers without end")),
    *(f"/wires/{list(WIRES).index(name)}" for name in ("gzip of 2 GiB", "endless body", "status 500")),
    *(f"/wires/{list(WIRES).index(name)}" for name in ("redirects without end", "less than declared")),
    "/feeds/13",  # 100,000 attributes
    "/feeds/15",  # title of 1.6 MB of markup
)


async def _late(lags: list[float]) -> None:
    """Note how much later than asked the loop comes back, over and over."""
    loop = asyncio.get_running_loop()
    while True:
        asked = loop.time() + TICK
        await asyncio.sleep(TICK)
        lags.append(loop.time() - asked)


async def _noted(seconds: float) -> list[float]:
    lags: list[float] = []
    task = asyncio.create_task(_late(lags))
    await asyncio.sleep(seconds)
    task.cancel()
    return sorted(lags)


def _share(lags: list[float], share: float) -> float:
    """In milliseconds."""
    return round(1000 * lags[min(len(lags) - 1, int(share * len(lags)))], 1)


def _feeds(port: str) -> tuple[Feed, ...]:
    def feed(name: str, host: str, path: str) -> Feed:
        place = f"{host}:{port}"
        return Feed(id=name, name=name, url=f"http://{place}{path}", every_minutes=POLL / 60, allow=(place,))

    unruly = (
        feed(f"unruly-{number}", f"127.0.1.{number + 1}", _KINDS[number % len(_KINDS)]) for number in range(UNRULY)
    )
    well = (feed(f"well-{number}", f"127.0.2.{number + 1}", f"{HEALTHY}/well-{number}") for number in range(WELL))
    return (*unruly, *well)


def _adjusted(config: Config) -> Config:
    fetching = config.settings.fetching.model_copy(update={"deadline_seconds": 3.0, "parse_seconds": 0.8})
    polling = config.settings.polling.model_copy(update={"first_poll": "silent", "jitter_seconds": 2})
    return config.model_copy(
        update={"settings": config.settings.model_copy(update={"fetching": fetching, "polling": polling})}
    )


async def measure(seconds: float) -> int:
    """Run for so long and print the figures; the exit code."""
    addresses = [f"127.0.1.{n + 1}" for n in range(UNRULY)] + [f"127.0.2.{n + 1}" for n in range(WELL)]
    with tempfile.TemporaryDirectory() as folder:
        async with served(*addresses) as place, working(Path(folder) / "record.db") as house:
            house.extra_feeds, house.adjust = _feeds(place.rpartition(":")[2]), _adjusted
            idle = await _noted(5)
            rest = resting()
            async with house.open():
                lags = await _noted(seconds)
                grown = peak() - rest
                late, looks = await asyncio.to_thread(_lateness, place, seconds)
                failing, reasons, articles = await asyncio.to_thread(_shown, house)
    missed = []
    if _share(lags, 0.99) >= 1000 * LAG:
        missed.append(f"the event loop was {_share(lags, 0.99)} ms late (99th percentile)")
    if late > POLL:
        missed.append(f"a healthy feed was polled {late:.0f} s late, that is more than one interval")
    if failing < UNRULY:
        missed.append(f"only {failing} of {UNRULY} misbehaving feeds are shown as failing")
    figures = {
        "feeds": UNRULY + WELL,
        "seconds": seconds,
        "lag_ms": {f"p{share:g}": _share(lags, share / 100) for share in (50, 99, 99.9, 100)},
        "idle_lag_ms": {f"p{share:g}": _share(idle, share / 100) for share in (50, 99, 100)},
        "healthy_latest_s": round(late, 1),
        "healthy_looks": looks,
        "articles": articles,
        "failing": failing,
        "reasons": reasons,
        "memory_mb": round(grown, 1),
    }
    return told("unruly", figures, missed)


def _lateness(place: str, seconds: float) -> tuple[float, int]:
    """The longest that a healthy feed was overdue, and how often they were looked at in all."""
    with urllib.request.urlopen(f"http://{place}{LOOKS}") as answer:
        told_of = json.load(answer)
    now, began = told_of["now"], told_of["now"] - seconds
    late = 0.0
    for number in range(WELL):
        times = [began, *told_of["looks"].get(f"well-{number}", []), now]
        late = max(late, *(after - before - POLL for before, after in pairwise(times)))
    return late, sum(map(len, told_of["looks"].values()))


def _shown(house: House) -> tuple[int, dict[str, int], int]:
    """What /record source health would show: how many fail, for which reasons; and the articles on record."""
    assert house.service is not None
    assert house.service.ledger is not None
    status = house.service.ledger.status()
    failing = [state for state in status.feeds if state.reason]
    reasons = Counter(state.reason.partition(".")[0][:70] for state in failing)
    return len(failing), dict(reasons.most_common()), status.articles


def main() -> int:
    """The exit code: 0 if the loop was prompt, the healthy feeds on time, and every other feed told of."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seconds", type=float, nargs="?", default=120.0)
    logging.disable(logging.ERROR)
    began = time.perf_counter()
    code = asyncio.run(measure(parser.parse_args().seconds))
    print(f"{time.perf_counter() - began:.0f} s in all", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())

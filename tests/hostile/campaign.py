"""`make hostile`: every piece through our own download and parser; each in time and memory, the next feed served."""

from __future__ import annotations

import asyncio
import logging
import sys

from feeds import CRASHERS, FEEDS
from figures import ended, peak, resting, told
from pages import PAGES
from reader import Reader, reader
from served import HEALTHY, served
from wires import PATHS, WIRES

from config.settings import Fetching

SECONDS = 10.0  # for any one piece
GROWTH = 50.0  # MB of this process over its rest
DEADLINE = 8.0  # of a download here; the delivered one is 30 s, which is the same path and a longer wait

PIECES = (
    *((f"feed: {name}", f"/feeds/{number}") for number, name in enumerate(FEEDS)),
    *((f"crasher: {name}", f"/crashers/{number}") for number, name in enumerate(CRASHERS)),
    *((f"page: {name}", f"/entries/{number}") for number, name in enumerate(PAGES)),
    *((f"wire: {name}", f"/wires/{number}") for number, name in enumerate(WIRES)),
    *((f"body is a path: {name}", f"/paths/{number}") for number, name in enumerate(PATHS)),
)


async def measure() -> int:
    """Run all pieces one after another and print what came of each; the exit code."""
    missed: list[str] = []
    slowest, most = 0.0, 0.0
    async with served() as place, reader(place, Fetching(deadline_seconds=DEADLINE)) as reading:
        await _serves(reading)
        await reading.poll("/entries/6")
        rest = resting()
        for name, path in PIECES:
            state, came, seconds = await reading.poll(path)
            grown = peak() - rest
            slowest, most = max(slowest, seconds), max(most, grown)
            print(f"{seconds:6.2f} s {grown:+6.1f} MB  {name}: {_outcome(state.reason, came, reading)}", flush=True)
            if seconds >= SECONDS:
                missed.append(f"{name}: {seconds:.1f} s")
            if grown >= GROWTH:
                missed.append(f"{name}: memory +{grown:.0f} MB")
            if not await _serves(reading):
                missed.append(f"{name}: the next feed was not served")
            resting()
    figures = {
        "pieces": len(PIECES),
        "slowest_s": round(slowest, 2),
        "most_memory_mb": round(most, 1),
    }
    return told("hostile", figures, missed)


async def _serves(reading: Reader) -> bool:
    """Whether a healthy feed brings its next article."""
    state, came, _ = await reading.poll(f"{HEALTHY}/harbour")
    return (came, state.reason) == (1, "")


def _outcome(reason: str, came: int, reading: Reader) -> str:
    if reason:
        return reason
    if came:
        return f"{came} read, {'; '.join(reading.desk.articles[-1].notes) or reading.desk.articles[-1].text[:60]!r}"
    return "nothing to read"


if __name__ == "__main__":
    logging.disable(logging.ERROR)
    sys.exit(ended("hostile", lambda: asyncio.run(measure())))

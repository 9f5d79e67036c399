"""`make spread`: 5,000 articles over two workers, while every role and PostgreSQL are killed, stopped and restarted.

What must hold at the end: every article is on record once, every pair of remarks that contradict each other has one
alert that was told once with its evidence, whichever workers took them down; nobody ended but who was killed. One JSON
line at the end.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import shutil
import sys
import tempfile
import time
from collections import Counter
from dataclasses import asdict
from pathlib import Path

from cluster import ROLES, Cluster, cluster
from nursery import nursery

BLOWS = ("work-1", "work-2", "schedule", "deliver", "postgresql crashes", "postgresql restarts", "work-1 is stopped")
STOPPED = 40.0  # seconds, longer than a worker may be silent before its shards are another's
EACH = 40  # articles that come at once
PAIRS = 0.04  # of the articles are remarks in a pair
UNREACHED = {f"{name}: 1" for name in ROLES}  # who starts while there is no server ends, and says so


async def _strike(place: Cluster, blow: str) -> None:
    if blow.startswith("postgresql"):
        await asyncio.to_thread(place.server.stop, "immediate" if blow.endswith("crashes") else "fast")
        await asyncio.sleep(1)
        await asyncio.to_thread(place.server.start)
    elif blow.endswith("is stopped"):
        life = place.lives["work-1"]
        life.send(19)
        await asyncio.sleep(STOPPED)
        life.send(18)
    else:
        await place.kill(blow)


async def campaign(folder: Path, articles: int, blows: int, feeds: int, seed: int) -> dict[str, object]:
    """The run, and what came of it."""
    dice = random.Random(seed)
    failed: list[str] = []
    done: Counter[str] = Counter()
    async with nursery() as cradle, cluster(folder, cradle, feeds=feeds, minutes=0.1, seed=seed) as place:
        await place.keep(*ROLES)
        began = time.monotonic()

        async def strikes() -> None:
            order = [blow for _ in range(blows) for blow in dice.sample(BLOWS, len(BLOWS))]
            for number, blow in enumerate(order):
                if not await place.until(articles * (number + 1) // (len(order) + 2), within=900):
                    failed.append(f"nothing more was taken down before “{blow}”")
                await asyncio.sleep(dice.uniform(0, 3))
                await _strike(place, blow)
                done[blow] += 1
                print(f"{time.monotonic() - began:5.0f} s  {blow}", flush=True)

        striking = asyncio.create_task(strikes())
        while place.published < articles:
            some = min(EACH, articles - place.published)
            place.publish(some, round(some * PAIRS / 2))
            await place.until(place.published - 8 * EACH)  # so that the feeds grow as they are read
        await striking
        rested = await place.until()
        took = time.monotonic() - began
        codes = await place.rest()
        found = place.found()
        if not rested:
            failed.append("it did not come to rest")
        failed += [f"{name} ended with {code} when told to" for name, code in codes.items() if code != 0]
        failed += [f"{name} ended by itself ({times})" for name, times in place.ended.items() if name not in UNREACHED]
        if not found.clean:
            failed.append("lost, doubled or left over")
    told = {"articles": found.articles, "blows": dict(done), "seconds": round(took), "ended": dict(place.ended)}
    return told | asdict(found) | {"failed": failed}


def main() -> int:
    """Run, and say what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, default=5000)
    parser.add_argument("--blows", type=int, default=3, help=f"of each: {', '.join(BLOWS)}")
    parser.add_argument("--feeds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    folder = Path(tempfile.mkdtemp(prefix="onrecord-spread-"))
    found = asyncio.run(campaign(folder, asked.articles, asked.blows, asked.feeds, asked.seed))
    if not found["failed"]:
        shutil.rmtree(folder)
    else:
        print(f"see {folder}", flush=True)
    print(json.dumps({"spread": found}))
    return 1 if found["failed"] else 0


if __name__ == "__main__":
    sys.exit(main())

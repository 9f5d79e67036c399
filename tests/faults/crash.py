"""`make crash`: the real service is killed with -9, at random and at every named step, while a fifth of its posts fail.

Then three are started at once, again and again. What must hold at the end of each world: every conflict that the site
has carried is told once, with its evidence once, and the ledger is whole. One JSON line at the end.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median

import copying
import disk_full
import steps
from nursery import Life, Nursery, nursery
from world import Count, World, world

from config.failpoint import POINTS

KILLS = 25  # in one world; after that everything must come to rest
PAIRS = 3  # that the site carries before each life
FRESH = 10  # one in so many lives begins with `python -m bot run`, the others are forked
STORM = 20  # seconds for which faults go on after the last kill
ENOUGH = 10  # kills, among which Slack fails for certain
BUSY = 75


@dataclass(kw_only=True)
class Figures:
    """What a campaign has done and found."""

    kills: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)  # steps that a life did not come to
    starts_of_three: int = 0
    pairs: int = 0
    slack_faults: int = 0
    lost: int = 0
    doubled: int = 0
    threads_wrong: int = 0
    parked: int = 0
    shortest_gap: float = 9.0  # between two messages in a channel, seconds of real time
    starts: list[float] = field(default_factory=list)  # seconds from `python -m bot run` until it is heard
    failed: list[str] = field(default_factory=list)

    def add(self, name: str, count: Count, faults: int) -> None:
        """Take in what came of a world."""
        self.pairs += count.pairs
        self.slack_faults += faults
        self.lost += count.lost
        self.doubled += count.doubled
        self.threads_wrong += count.threads_wrong
        self.parked += count.parked
        self.shortest_gap = min(self.shortest_gap, count.shortest_gap)
        if not count.clean:
            self.failed.append(f"{name}: {count}")

    def judge(self, asked: Mapping[str, int]) -> None:
        """Fail for each place at which a life was to be killed so often, and was not; and where Slack never failed."""
        for point, kills in asked.items():
            if self.missed[point] or self.kills[point] != kills:
                self.failed.append(f"{self.kills[point]} of {kills} kills at “{point}”, {self.missed[point]} missed")
        if self.kills.total() >= ENOUGH and not self.slack_faults:
            self.failed.append(f"{self.kills.total()} kills and no fault of Slack among them")

    def line(self) -> dict[str, object]:
        """As JSON has it."""
        return {
            "kills": self.kills.total(),
            "kills_by_step": dict(self.kills),
            "missed": dict(self.missed),
            "starts_of_three": self.starts_of_three,
            "conflicts": self.pairs,
            "slack_faults": self.slack_faults,
            "lost": self.lost,
            "doubled": self.doubled,
            "threads_wrong": self.threads_wrong,
            "parked": self.parked,
            "shortest_gap_seconds": self.shortest_gap,
            "start_seconds_median": round(median(self.starts), 2) if self.starts else None,
            "failed": self.failed,
        }


class Campaign:
    """Kills in one world after the other."""

    def __init__(self, cradle: Nursery, seed: int) -> None:
        self.figures = Figures()
        self.dice = random.Random(seed)
        self._cradle = cradle
        self._born = 0

    async def in_world(self, name: str, act: Callable[[World], Awaitable[None]]) -> None:
        """Do something to a world, let it come to rest, and count."""
        folder = Path(tempfile.mkdtemp(prefix="onrecord-crash-"))
        began = time.monotonic()
        before = len(self.figures.failed)
        async with world(folder, self.dice) as place:
            try:
                await act(place)
            except AssertionError as error:
                self.figures.failed.append(f"{name}: {error}")
            life = await self.born(place)
            await place.connected(life)  # before that, SIGTERM would find nobody who minds it
            await place.delivered(STORM)
            place.workspace.clear_faults()
            rested = await place.delivered()
            life.send(signal.SIGTERM)
            code = await life.end(15)
            if code is None:
                await life.kill()
            self.figures.add(name, place.count(), place.faults)
            if not rested or code != 0:
                self.figures.failed.append(f"{name}: at rest {rested}, exit code {code}")
        fine = len(self.figures.failed) == before
        print(f"{'ok    ' if fine else 'FAILED'} {name}, {time.monotonic() - began:.0f} s", flush=True)
        if fine:
            shutil.rmtree(folder)
        else:
            print(f"       see {folder}", flush=True)

    async def born(self, place: World, failpoint: str = "") -> Life:
        """A life; every so many a fresh one, whose start is timed."""
        self._born += 1
        if self._born % FRESH:
            return await self._cradle.forked(place.environ(failpoint), place.log)
        began = time.monotonic()
        life = await self._cradle.fresh(place.environ(failpoint), place.log)
        if not failpoint and await place.connected(life):
            self.figures.starts.append(time.monotonic() - began)
        return life

    async def at_random(self, place: World, kills: int) -> None:
        """Kill life after life at some moment, a quarter of them while they start."""
        place.storm()
        for _ in range(kills):
            place.publish(PAIRS)
            life = await self.born(place)
            if self.dice.random() > 0.25:
                await place.connected(life)
            await asyncio.sleep(self.dice.uniform(0, 4))
            await life.kill()
            self.figures.kills["random"] += 1

    async def at(self, place: World, point: str, kills: int) -> None:
        """Kill life after life at a named step."""

        async def killed(times: int = 1, act: Callable[[], Awaitable[None]] | None = None) -> bool:
            life = await self.born(place, f"{point}:{times}")
            if act is not None and await place.connected(life):
                await act()
            code = await life.end(45)
            if code is None:
                await life.kill()
            self.figures.kills[point] += code == -signal.SIGKILL
            self.figures.missed[point] += code != -signal.SIGKILL
            return code == -signal.SIGKILL

        async def lived(until: Callable[[], Awaitable[bool]]) -> None:
            life = await self.born(place)
            await until()
            await life.kill()

        await steps.kill(place, point, kills, dice=self.dice, killed=killed, lived=lived)

    async def three_at_once(self, place: World, starts: int) -> None:
        """Start three, of which one works and two are turned away; kill it, and again."""
        place.storm()
        for _ in range(starts):
            place.publish(1)
            lives = [await self.born(place) for _ in range(3)]
            ended = [asyncio.ensure_future(life.end(60)) for life in lives]
            done: set[asyncio.Future[int | None]] = set()
            while len(done) < 2:
                done, _ = await asyncio.wait(ended, return_when=asyncio.FIRST_COMPLETED if not done else asyncio.ALL_COMPLETED, timeout=0.2 if done else 60)  # fmt: skip
            codes = sorted(str(life.ended.result()) if life.ended.done() else "alive" for life in lives)
            await asyncio.sleep(self.dice.uniform(0, 1.5))
            for life in lives:
                await life.kill()
            if codes != [str(BUSY), str(BUSY), "alive"]:
                self.figures.failed.append(f"three at once ended as {codes}")
            self.figures.starts_of_three += 1
            await asyncio.gather(*ended)


async def main(cycles: int, each: int, starts: int, seed: int, *, disk: bool) -> Figures:
    """Kills at random, kills at each step, three at once, and a full disk."""
    async with nursery() as cradle:
        campaign = Campaign(cradle, seed)
        for first in range(0, cycles, KILLS):
            kills = min(KILLS, cycles - first)
            name = f"{kills} kills at random, after {first}"
            await campaign.in_world(name, lambda place, kills=kills: campaign.at_random(place, kills))
        for point in steps.KILLED if each else ():
            for first in range(0, each, KILLS):
                kills = min(KILLS, each - first)
                name = f"{kills} kills at “{point}”, after {first}"
                await campaign.in_world(name, lambda place, point=point, kills=kills: campaign.at(place, point, kills))
        for first in range(0, starts, KILLS):
            some = min(KILLS, starts - first)
            name = f"{some} starts of three at once, after {first}"
            await campaign.in_world(name, lambda place, some=some: campaign.three_at_once(place, some))
    if each:
        found = copying.apart(each, anywhere=each, seed=seed)
        campaign.figures.kills.update(found["kills"])
        campaign.figures.failed += found["wrong"]
        print(f"{'FAILED' if found['wrong'] else 'ok    '} copies and restores that are killed", flush=True)
    if disk and disk_full.possible():
        came = await disk_full.apart()
        if came["count"]:
            campaign.figures.add("a full disk", Count(**came["count"]), 0)
        campaign.figures.failed += [f"a full disk: {what}" for what in came["wrong"]]
        print(f"{'FAILED' if came['wrong'] else 'ok    '} a full disk that is given room again", flush=True)
    elif disk:
        campaign.figures.failed.append("a full disk: nothing may be mounted here; --without-disk does without")
    campaign.figures.judge({"random": cycles} | dict.fromkeys((*steps.KILLED, *copying.COPIES, copying.ANYWHERE), each))
    return campaign.figures


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cycles", type=int, default=20, help="kills at random")
    parser.add_argument("--each", type=int, default=1, help=f"kills at each of {', '.join(POINTS)}")
    parser.add_argument("--starts", type=int, default=1, help="starts of three at once")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--without-disk", action="store_true", help="fill no disk, which has to be mounted for that")
    given = parser.parse_args()
    began = time.monotonic()
    figures = asyncio.run(main(given.cycles, given.each, given.starts, given.seed, disk=not given.without_disk))
    print(json.dumps({"crash": figures.line() | {"took_seconds": round(time.monotonic() - began)}}))
    sys.exit(1 if figures.failed else 0)

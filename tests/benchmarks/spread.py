"""python tests/benchmarks/spread.py: what a second worker brings, what bounds it, and what the task engine costs.

Three measurements on a PostgreSQL of our own, printed and noted in build/bench.json:

- share: of the processor time of an article, worker and server together, the part in which the writer's turn is held:
  of the server the time of the session that holds it. Whatever the number of workers, articles pass there one by one,
  so its inverse bounds what any number can bring.
- wake-ups: the processor time of a wake-up that finds nothing to do, both ends and server, beside that of an article.
- workers: real roles over real HTTP; articles a second with one worker and with two, in turns. On a machine with fewer
  cores than processes at work this says what the cores allow, not what the design does. `--host .2` puts each worker
  and each session of the database on a host of its own, of a fifth of a core (`slow_hosts`): so there are cores enough.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

TESTS = Path(__file__).parents[1]
sys.path[:0] = [
    str(TESTS.parent),
    *(str(TESTS / room) for room in ("benchmarks", "faults", "walk", "slack", "ledger", "soak")),
]

import page_walk  # noqa: E402
from cluster import Cluster, Sites, cluster  # noqa: E402
from goals import Figure, note  # noqa: E402
from news import FILLER, Newsroom, write_world  # noqa: E402
from nursery import nursery  # noqa: E402
from postgres import Server  # noqa: E402
from slow_hosts import SlowHosts, slow_hosts  # noqa: E402
from sqlalchemy import Engine, Pool, event  # noqa: E402

from bot.ledger import Ledger  # noqa: E402
from bot.ledger.database.engine import WRITES  # noqa: E402
from bot.ledger.database.wakeups import Wakeups  # noqa: E402
from bot.pipeline import Pipeline  # noqa: E402
from config.load import load  # noqa: E402
from watchers.model import Article  # noqa: E402

_TICKS = os.sysconf("SC_CLK_TCK")


def cpu(*pids: int) -> float:
    """Seconds of processor time of these processes, of all below them, and of those of them that have ended."""
    parents: dict[int, int] = {}
    times: dict[int, float] = {}
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text().rpartition(")")[2].split()
        except OSError:
            continue
        pid = int(path.parent.name)
        parents[pid], times[pid] = int(fields[1]), sum(map(int, fields[11:15])) / _TICKS
    below = set(pids)
    while more := {pid for pid, parent in parents.items() if parent in below} - below:
        below |= more
    return sum(times.get(pid, 0.0) for pid in below)


def articles(number: int) -> Iterator[Article]:
    """The news of the made world, as a watcher hands it over."""
    newsroom, now = Newsroom(1), datetime.now(UTC)
    for _ in range(number):
        item = newsroom.article(now)
        yield Article(
            id=item.guid, keys=(item.guid,), url=f"https://times.example/{item.guid}", outlet="Times", title=item.title,
            text=item.text, published=item.published, retrieved=now, feed="times",
        )  # fmt: skip


@dataclass
class Held:
    """The processor time of this process, and of the server's session, while the writer's turn was held."""

    here: float = 0.0
    there: float = 0.0
    session: int | None = None
    since: tuple[float, float] = (0.0, 0.0)

    def taken(self, connection) -> None:  # called before the ledger's own, which waits for the turn
        if connection.get_execution_options().get(WRITES):
            self.session = connection.connection.driver_connection.info.backend_pid
            self.since = self._now()

    def given_back(self, _connection, _record) -> None:
        if self.session is not None:
            here, there = self._now()
            self.here, self.there = self.here + here - self.since[0], self.there + there - self.since[1]
            self.session = None

    def _now(self) -> tuple[float, float]:
        ran = Path(f"/proc/{self.session}/schedstat").read_text().split()[0]
        return time.process_time(), int(ran) / 1e9


@contextmanager
def turns() -> Iterator[Held]:
    """What passes while the writer's turn is held."""
    told = Held()
    event.listen(Engine, "begin", told.taken)
    event.listen(Pool, "checkin", told.given_back)
    yield told
    event.remove(Engine, "begin", told.taken)
    event.remove(Pool, "checkin", told.given_back)


def share(server: Server, what: str, read: Callable[[int], object], number: int) -> tuple[float, float]:
    """The part of an article's processor time in which the turn is held, and that time in seconds."""
    with turns() as told:
        for one in range(number):  # something is on record, and all is imported
            read(one)
        told.here, told.there, mine, theirs = 0.0, 0.0, cpu(os.getpid()), cpu(server.pid())
        for one in range(number, 2 * number):
            read(one)
        mine, theirs = cpu(os.getpid()) - mine, cpu(server.pid()) - theirs
    part = (told.here + told.there) / (mine + theirs)
    print(
        f"{what}: {1000 * mine / number:.0f} ms in the worker, of it {1000 * told.here / number:.0f} with the turn held,"
    )
    print(f"  and {1000 * theirs / number:.0f} in the server, of it {1000 * told.there / number:.0f}: {part:.2f}, so workers bring {1 / part:.1f} times one at most")  # fmt: skip
    note(Figure(f"turn held, part of an article's time: {what}", round(part, 3), None, (part, part), less=True))
    return part, (mine + theirs) / number


def of_news(server: Server, number: int) -> tuple[float, float]:
    """News in which everybody is known and speaks of one of eight subjects, and that needs no page: the worst case."""
    with tempfile.TemporaryDirectory() as folder, Ledger.open(server.database("news")) as ledger:
        write_world(Path(folder))
        (Path(folder) / "onrecord.toml").write_text('[judge]\nuse = "rules"\n', "utf-8")
        pipeline, given = Pipeline(load(Path(folder))), list(articles(2 * number))
        return share(
            server, "talk alone", lambda one: pipeline.record(given[one], ledger, now=datetime.now(UTC)), number
        )


def of_pages(server: Server, number: int) -> tuple[float, float]:
    """Pages of 100 KB that are fetched, with an article of which most is told by nobody who is tracked."""
    with ExitStack() as stack:
        return share(server, "whole pages", page_walk.ours(stack, page_walk.page, server.database("pages")), number)


async def wakeups(server: Server, name: str, number: int) -> float:
    """Seconds of processor time of one wake-up with nothing to do, in batches as a schedule sends them."""
    place = server.database(name)
    asks, answers = Wakeups(place), Wakeups(place)
    await asks.prepare()
    done, all_done = 0, asyncio.Event()

    async def poll(_shard: int) -> None:
        nonlocal done
        done += 1
        if done >= number:
            all_done.set()

    answering = asyncio.create_task(answers.answer(poll))
    await asyncio.sleep(1)
    before = time.process_time() + cpu(server.pid())
    for first in range(0, number, 20):
        await asks.wake(range(first, first + 20))  # more shards than there are: none of them is in the way of another
    await asyncio.wait_for(all_done.wait(), 300)
    used = time.process_time() + cpu(server.pid()) - before
    answering.cancel()
    await asyncio.gather(answering, return_exceptions=True)
    await asks.close()
    return used / number


def _like_outlets(sites: Sites) -> None:
    """Let the pages be of 100 KB; what stands around the article is made once, for that costs more than to serve it."""
    around = page_walk.furnished("TITLE", "STORY", FILLER[0].split(), random.Random(1))  # noqa: S311 - made-up pages
    sites.document = lambda title, story: around.replace("TITLE", title).replace("STORY", story)


async def speed(place: Cluster, workers: int, number: int, hosts: SlowHosts | None) -> tuple[float, float]:
    """Articles a second from the first to the last, and the processor time of one, with so many workers."""
    place.publish(number, 0)
    names = ("schedule", *(f"work-{one}" for one in range(1, workers + 1)))
    await place.keep(*names)
    for name in names[1:] if hosts else ():
        hosts.place(place.lives[name].pid)
    first = place.published - number
    await place.until(first + number // 10)
    pids = [place.server.pid(), *(life.pid for life in place.lives.values())]
    begun, used, had = time.monotonic(), cpu(*pids), place.on_record()
    await place.until(place.published)
    took, used = time.monotonic() - begun, cpu(*pids) - used
    await place.rest()
    return (number - (had - first)) / took, used / (number - (had - first))


async def workers(folder: Path, rounds: int, number: int, part: float, pages: bool) -> list[tuple[float, float]]:
    """Articles a second with one worker and with two, a round each, on hosts of this part of a core."""
    found = []
    async with (
        nursery() as cradle,
        cluster(folder, cradle, feeds=48, minutes=0.1 / part, seed=1) as place,
        slow_hosts(part, place.server.pid()) as hosts,
    ):
        if pages:
            _like_outlets(place.sites)
        await speed(place, 2, number // 2, hosts)  # everything is warm
        for turn in range(rounds):
            told: dict[int, float] = {}
            for count in (1, 2) if turn % 2 == 0 else (2, 1):
                told[count], each = await speed(place, count, number, hosts)
                print(f"  {count} workers: {told[count]:.2f} articles/s, {1000 * each:.0f} ms an article", flush=True)
            found.append((told[1], told[2]))
    return found


def alone(number: int, in_poll: float) -> None:
    """The share of the turn and the cost of a wake-up."""
    server = Server("fsync=on")
    try:
        of_news(server, number)
        _, each = of_pages(server, number)
        costs = [asyncio.run(wakeups(server, f"wakeups{turn}", 1000)) for turn in range(3)]
    finally:
        server.close()
    cost = median(costs)
    part = cost / in_poll / (each + cost / in_poll)
    print(f"a wake-up: {1e6 * cost:.0f} µs of processor time, {100 * part:.2f} % of an article's at {in_poll:g} a wake-up")  # fmt: skip
    note(Figure("task engine's part of an article, %", round(100 * part, 3), 1.0, tuple(100 * one / (each + one) for one in (min(costs), max(costs))), less=True))  # fmt: skip


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--rounds", type=int, default=5, help="of one worker and two; 0 leaves them out")
    parser.add_argument("--host", type=float, default=1.0, help="part of a core that each worker has; 1: as it comes")
    parser.add_argument("--pages", action="store_true", help="two workers and one read pages of 100 KB")
    parser.add_argument("--workers-only", action="store_true", help="leave out the share and the wake-ups")
    parser.add_argument("--in-poll", type=float, default=1.0, help="articles that a wake-up brings")
    asked = parser.parse_args()
    if not asked.workers_only:
        alone(asked.articles, asked.in_poll)
    if asked.rounds:
        with tempfile.TemporaryDirectory() as folder:
            found = asyncio.run(workers(Path(folder), asked.rounds, asked.articles, asked.host, asked.pages))
        ratios = sorted(two / one for one, two in found)
        print(f"two workers beside one: {median(ratios):.2f} ({ratios[0]:.2f} to {ratios[-1]:.2f}) on {os.cpu_count()} cores, hosts of {asked.host:g} of one{', pages of 100 KB' * asked.pages}")  # fmt: skip
        note(
            Figure(
                f"articles/s, two workers beside one, hosts of {asked.host:g} of a core{', pages of 100 KB' * asked.pages}",
                round(median(ratios), 3),
                1.8,
                (ratios[0], ratios[-1]),
            )
        )


if __name__ == "__main__":
    main()

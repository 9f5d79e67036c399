"""How long the server takes for each page of the record, and how large each is.

make bench                                              10,000 statements in SQLite
python tests/benchmarks/web_pages.py                        100,000
python tests/benchmarks/web_pages.py --size 1000000 --keep FILE    a million, in a file that is kept: eight minutes to fill, 3 GB

Each page is asked for over HTTP on loopback, one after the other, of people, topics, sides and words drawn by chance,
half of them of the prolific. The time is that from the first byte sent to the last received, so that it holds what the
server does and a fraction of a millisecond of the way; beside it stands the processor time of the whole process. The
record is that of commands.py. The first of each kind is not counted: what is read once is in memory, as in service.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import statistics
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import quote

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "benchmarks"))

import aiohttp  # noqa: E402
import commands as answers  # noqa: E402  the benchmark of that name
import nearby  # noqa: E402
from goals import Figure, note  # noqa: E402

from bot.ledger import Ledger  # noqa: E402
from bot.model import Party  # noqa: E402
from bot.web.archive import Archive  # noqa: E402
from bot.web.server import WebServer  # noqa: E402
from config.schema import Config, Mandate, Official, Side  # noqa: E402
from config.settings import WebSettings  # noqa: E402

GOAL = 100.0  # ms, p95
LARGEST = 150.0  # kB
ROUNDS = 40


def record(ledger: Ledger, size: int) -> answers.Talk:
    """What the ledger holds, put in first where it is empty."""
    if not ledger.some_names():
        return answers.fill(ledger, size)
    plain = nearby.Made.of(size)
    parties = [Party(**{**answers._fields(one), "name": answers.name(n)}) for n, one in enumerate(plain.parties)]
    return answers.Talk(
        parties=parties, speaker=plain.speaker, question=plain.question, day=plain.day, centres=plain.centres
    )


def config(made: answers.Talk) -> Config:
    """Sides and the people who are asked about most."""
    officials = tuple(
        Official(id=str(one.official), name=one.name, mandates=(Mandate(role="minister", side=str(one.side)),))
        for one in made.parties[:200]
    )
    return Config(sides=tuple(Side(id=f"side-{n}", name=f"Side {n}") for n in range(nearby.SIDES)), officials=officials)


def asked(made: answers.Talk) -> dict[str, list[str]]:
    """By kind of page, the addresses that are asked for."""
    chance = random.Random(len(made.speaker))  # noqa: S311
    prolific = max(1, int(len(made.speaker) * 0.6) // nearby.PROLIFIC)
    alerts = min(answers.ALERTS, len(made.speaker) // 200)

    def person() -> str:
        number = chance.randrange(prolific if chance.random() < 0.5 else len(made.parties))
        return quote(str(made.parties[number].official))

    def topic() -> str:
        return f"topic-{chance.randrange(answers.NAMED)}"

    def words() -> str:
        return quote(" ".join(made.position(chance.randrange(len(made.speaker)), b"").statement.quote.split()[2:5]))

    def cursor() -> str:
        return f"{chance.randrange(739_000, 742_000)}.{chance.randrange(1, len(made.speaker))}"

    kinds = {
        "front": lambda: "/",
        "conflicts": lambda: f"/conflicts?{chance.choice(('', 'state=open', 'kind=reversal', 'side=side-3'))}",
        "conflicts of a person": lambda: f"/conflicts?person={person()}",
        "alert": lambda: f"/a/OR-{1001 + chance.randrange(alerts)}",
        "people": lambda: "/people",
        "people like a name": lambda: f"/people?q={quote(answers.name(chance.randrange(len(made.parties))))}",
        "person": lambda: f"/p/{person()}",
        "person, deep": lambda: f"/p/{person()}?after={cursor()}",
        "person on a topic": lambda: f"/p/{person()}?topic={topic()}&stance=for",
        "timeline": lambda: f"/p/{person()}/on/{topic()}",
        "topics": lambda: "/topics",
        "topic": lambda: f"/t/{topic()}",
        "topic, deep": lambda: f"/t/{topic()}?after={cursor()}",
        "sides": lambda: "/sides",
        "side": lambda: f"/side/side-{chance.randrange(nearby.SIDES)}",
        "sources": lambda: "/sources",
        "source": lambda: "/source/Harbour%20Post",
        "search": lambda: f"/search?q={words()}",
        "search, narrowed": lambda: f"/search?q={words()}&side=side-{chance.randrange(nearby.SIDES)}",
        "search of a person": lambda: f"/search?q={words()}&person={person()}",
        "stats": lambda: "/stats",
        "balance": lambda: "/balance",
        "audit": lambda: "/audit",
    }
    return {kind: [ask() for _ in range(ROUNDS + 1)] for kind, ask in kinds.items()}


async def measured(ledger: Ledger, made: answers.Talk, only: str | None) -> dict[str, list[tuple[float, float, int]]]:
    """By kind of page: milliseconds on the clock and of the processor, and bytes."""
    running = config(made)
    archive = Archive(
        ledger=ledger,
        running=lambda: running,
        settings=WebSettings(enabled=True, port=0),
        clock=lambda: answers.NOW,
    )
    server = WebServer(archive)
    base = f"http://127.0.0.1:{await server.start()}"
    took: dict[str, list[tuple[float, float, int]]] = {}
    try:
        async with aiohttp.ClientSession() as session:
            for kind, paths in asked(made).items():
                if only and only != kind:
                    continue
                for path in paths:
                    begun, busy = time.perf_counter(), time.process_time()
                    async with session.get(base + path) as answer:
                        body = await answer.read()
                    spent = (1000 * (time.perf_counter() - begun), 1000 * (time.process_time() - busy), len(body))
                    if answer.status not in {200, 404}:
                        raise SystemExit(f"{path}: {answer.status}")
                    took.setdefault(kind, []).append(spent)
                p50, p95, cpu, largest = figures(took[kind][1:])
                sys.stdout.write(
                    f"{kind:24} p50 {p50:7.1f}  p95 {p95:7.1f}  CPU p95 {cpu:7.1f} ms  largest {largest / 1000:6.1f} kB\n"
                )
                sys.stdout.flush()
    finally:
        await server.stop()
    return took


def figures(rows: list[tuple[float, float, int]]) -> tuple[float, float, float, int]:
    """Median and p95 of the clock, p95 of the processor, the largest page."""
    at = max(0, -(-len(rows) * 95 // 100) - 1)
    clock, cpu = sorted(one[0] for one in rows), sorted(one[1] for one in rows)
    return statistics.median(clock), clock[at], cpu[at], max(one[2] for one in rows)


def main() -> int:
    """Measure, print, write down beside the other figures; 1 where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--keep", metavar="FILE", help="a ledger that is kept, to measure again without filling")
    parser.add_argument("--only", help="this kind of page alone")
    wanted = parser.parse_args()
    missed = 0
    with (
        tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder,
        Ledger.open(wanted.keep or str(Path(folder) / "onrecord.db"), durable=False) as ledger,
    ):
        begun = time.monotonic()
        made = record(ledger, wanted.size)
        sys.stdout.write(f"{wanted.size:,} statements are there after {time.monotonic() - begun:.0f} s\n")
        for kind, rows in asyncio.run(measured(ledger, made, wanted.only)).items():
            _, p95, cpu, largest = figures(rows[1:])
            named = f"page {kind}, {wanted.size:,} statements"
            clock = Figure(f"{named}, p95, ms", p95, GOAL, (rows[1][0], p95), less=True)
            size = Figure(f"{named}, largest, kB", largest / 1000, LARGEST, (largest / 1000, largest / 1000), less=True)
            note(clock)
            note(Figure(f"{named}, p95 of CPU time, ms", cpu, None, (cpu, cpu), less=True))
            note(size)
            missed += (not clock.reached) + (not size.reached)
    return 1 if missed else 0


if __name__ == "__main__":
    sys.exit(main())

"""How long the server takes for the record as data, page by page of 50 rows.

python tests/benchmarks/web_data.py                                      100,000 statements in SQLite
python tests/benchmarks/web_data.py --size 1000000 --keep FILE           a million, in the file that pages.py keeps

Measured as pages.py measures, on the same record: over HTTP on loopback, the first of each kind not counted.
"""

from __future__ import annotations

import argparse
import asyncio
import random
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
from web_pages import ROUNDS, config, figures, record  # noqa: E402

from bot.ledger import Ledger  # noqa: E402
from bot.web.api.places import ROOT as API  # noqa: E402
from bot.web.archive import Archive  # noqa: E402
from bot.web.server import WebServer  # noqa: E402
from config.settings import WebSettings  # noqa: E402


def asked(made: answers.Talk) -> dict[str, list[str]]:
    """By kind, the addresses that are asked for."""
    chance = random.Random(len(made.speaker))  # noqa: S311
    prolific = max(1, int(len(made.speaker) * 0.6) // nearby.PROLIFIC)
    alerts = min(answers.ALERTS, len(made.speaker) // 200)

    def person() -> str:
        return quote(
            str(made.parties[chance.randrange(prolific if chance.random() < 0.5 else len(made.parties))].official)
        )

    def cursor() -> int:
        return chance.randrange(1, len(made.speaker))

    kinds = {
        "statements": lambda: f"statements?cursor={cursor()}",
        "statements as CSV": lambda: f"statements.csv?cursor={cursor()}",
        "statements of a person": lambda: f"statements?person={person()}&cursor={cursor()}",
        "positions of a person": lambda: f"positions?person={person()}",
        "positions on a topic": lambda: f"positions?topic=topic-{chance.randrange(answers.NAMED)}",
        "positions of a side": lambda: f"positions?side=side-{chance.randrange(nearby.SIDES)}&stance=for",
        "alerts": lambda: f"alerts?cursor={1001 + chance.randrange(alerts)}",
        "alerts of a person": lambda: f"alerts?person={person()}",
        "alert": lambda: f"alerts/OR-{1001 + chance.randrange(alerts)}",
        "people": lambda: f"people?cursor={1 + chance.randrange(len(made.parties))}",
        "topics": lambda: "topics",
        "feed of alerts": lambda: "alerts.atom",
    }
    return {kind: [ask() for _ in range(ROUNDS + 1)] for kind, ask in kinds.items()}


async def measured(ledger: Ledger, made: answers.Talk) -> dict[str, list[tuple[float, float, int]]]:
    """By kind: milliseconds on the clock and of the processor, and bytes."""
    running, settings = config(made), WebSettings(enabled=True, port=0, calls_a_minute=100_000)
    server = WebServer(Archive(ledger=ledger, running=lambda: running, settings=settings, clock=lambda: answers.NOW))
    base = f"http://127.0.0.1:{await server.start()}{API}/"
    took: dict[str, list[tuple[float, float, int]]] = {}
    try:
        async with aiohttp.ClientSession() as session:
            for kind, paths in asked(made).items():
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


def main() -> int:
    """Measure, print, write down beside the other figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=100_000)
    parser.add_argument("--keep", metavar="FILE", help="a ledger that is kept, to measure again without filling")
    wanted = parser.parse_args()
    with (
        tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder,
        Ledger.open(wanted.keep or str(Path(folder) / "onrecord.db"), durable=False) as ledger,
    ):
        made = record(ledger, wanted.size)
        for kind, rows in asyncio.run(measured(ledger, made)).items():
            _, p95, cpu, _ = figures(rows[1:])
            named = f"data {kind}, {wanted.size:,} statements"
            note(Figure(f"{named}, p95, ms", p95, None, (rows[1][0], p95), less=True))
            note(Figure(f"{named}, p95 of CPU time, ms", cpu, None, (cpu, cpu), less=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())

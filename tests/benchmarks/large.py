"""What a large record costs: the check of a fresh statement, answers to /record, a step of the retention, its size.

python tests/benchmarks/commands.py --size 1000000 --keep FILE     makes the record that is multiplied
python tests/benchmarks/large.py FILE --times 5                    in place: five times as many of everything
python tests/benchmarks/large.py FILE                              what it has is measured again
onrecord migrate-to URL, then large.py URL --times 10              the same in PostgreSQL, by a superuser

Needs 3 GB of disk for each million. Each further million is the first one said by other people (multiplying.py).
Articles get a text of 3,000 characters, statements four fingerprints each; `--bare` leaves both away but for the oldest
texts. Times are milliseconds of processor time of the thread that asks, and of the clock beside them, for the disk and
the server take part: what lies in memory of a record of 15 GB is up to the system.
"""

from __future__ import annotations

import argparse
import random
import statistics
import sys
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from types import SimpleNamespace
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "benchmarks"))

import commands as answers  # noqa: E402  the benchmark of that name
import nearby  # noqa: E402
from goals import Figure, note  # noqa: E402
from multiplying import multiply  # noqa: E402
from sqlalchemy import func, select  # noqa: E402

from bot import conflicts  # noqa: E402
from bot.calibration import Rules  # noqa: E402
from bot.desk import close  # noqa: E402
from bot.ledger import Ledger  # noqa: E402
from bot.ledger.tables import schema  # noqa: E402
from bot.model import Party  # noqa: E402
from bot.slack import commands  # noqa: E402
from bot.slack.blocks import Desk  # noqa: E402
from bot.slack.newsroom import Asker, Newsroom  # noqa: E402
from config.schema import Config, Side  # noqa: E402
from config.settings import Settings  # noqa: E402

FIRST = 1_000_000  # statements of the record that is multiplied
CHECKS, STEPS, ASKED = 300, 60, 60
NOW = datetime(2031, 1, 1, 12, tzinfo=UTC)
_SERVED = (
    "SELECT c.relname, pg_relation_size(c.oid) + coalesce(pg_total_relation_size(nullif(c.reltoastrelid, 0)), 0) "
    "FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = 'public' AND c.relkind IN ('r', 'i')"
)


class Figures:
    """What was measured, printed as it comes."""

    def __init__(self, size: int) -> None:
        self._size = size
        self.rows: list[dict[str, Any]] = []

    def add(self, name: str, unit: str, values: list[tuple[float, float]]) -> None:
        """Pairs of processor time and clock."""
        for kind, at in (("processor", 0), ("clock", 1)):
            sorted_ = sorted(pair[at] for pair in values)
            told = (
                statistics.median(sorted_),
                answers.p99(sorted_) if len(sorted_) < 100 else sorted_[int(len(sorted_) * 0.95)],
            )
            name_of = f"{name}, {self._size:,} statements, {kind}"
            worst = "p99" if len(sorted_) < 100 else "p95"
            sys.stdout.write(f"{name_of:75} median {told[0]:9.2f} {worst} {told[1]:9.2f} {unit}\n")
            self.rows.append({"name": f"{name_of}, median", "value": round(told[0], 3), "unit": unit, "goal": ""})
            self.rows.append({"name": f"{name_of}, {worst}", "value": round(told[1], 3), "unit": unit, "goal": ""})
        sys.stdout.flush()

    def note(self, name: str, value: float, unit: str) -> None:
        """One value."""
        sys.stdout.write(f"{name + f', {self._size:,} statements':75} {value:12.2f} {unit}\n")
        self.rows.append(
            {"name": f"{name}, {self._size:,} statements", "value": round(value, 3), "unit": unit, "goal": ""}
        )


def _timed(act: Any) -> tuple[float, float]:
    wall, busy = time.perf_counter(), time.thread_time()
    act()
    return 1000 * (time.thread_time() - busy), 1000 * (time.perf_counter() - wall)


def measure(place: str, *, only: str | None) -> list[dict[str, Any]]:
    """Ask the record as it is asked in service."""
    with Ledger.open(place) as ledger:
        with ledger._reading() as connection:
            size = connection.scalar(select(func.count()).select_from(schema.statement)) or 0
        figures = Figures(size)
        made = nearby.Made.of(FIRST)
        parties = [Party(**{**answers._fields(one), "name": answers.name(n)}) for n, one in enumerate(made.parties)]
        talk = answers.Talk(
            parties=parties, speaker=made.speaker, question=made.question, day=made.day, centres=made.centres
        )
        if only in {None, "check"}:
            _checks(ledger, talk, figures)
        if only in {None, "answers"}:
            _answers(ledger, talk, figures)
        if only in {None, "health"}:
            figures.add("the figures of /metrics", "ms", [_timed(ledger.vitals) for _ in range(20)])
        if only in {None, "retention"}:
            _retention(ledger, figures)
    if only in {None, "size"}:
        _sizes(place, size, figures)
    return figures.rows


def _checks(ledger: Ledger, made: answers.Talk, figures: Figures) -> None:
    took = []
    for fresh in islice(nearby.probes(made), CHECKS + 20):
        with ledger.work() as work:
            took.append(_timed(lambda fresh=fresh, work=work: conflicts.find(fresh, work.near(fresh), ())))
    figures.add("check of a fresh statement", "ms", took[20:])


def _answers(ledger: Ledger, made: answers.Talk, figures: Figures) -> None:
    settings = Settings()
    sides = tuple(Side(id=f"side-{n}", name=f"Side {n}") for n in range(nearby.SIDES))
    config = Config(settings=settings, sides=sides)
    newsroom = Newsroom(
        ledger=ledger, config=config, desk=Desk(), rules=Rules.of(settings), troubles=lambda: (),
        inquiries=SimpleNamespace(close=lambda sought: close.found(sought, ledger, config)),
    )  # fmt: skip
    asker = Asker(user="U0ADA", role="admin", channel="C1")
    took: dict[str, list[tuple[float, float]]] = {}
    asked = [one for one in answers.questions(made, random.Random(FIRST)) if one[0] != answers.SLOW]  # noqa: S311
    kinds = list(dict.fromkeys(kind for kind, _ in asked))
    for _, typed in asked[: len(kinds)]:
        commands.answer(newsroom, typed, asker, NOW)
    for kind, typed in asked:
        took.setdefault(kind, []).append(_timed(lambda typed=typed: commands.answer(newsroom, typed, asker, NOW)))
    for kind, values in took.items():
        figures.add(f"/record {kind}", "ms", values)


def _retention(ledger: Ledger, figures: Figures) -> None:
    took, gone = [], 0
    for _ in range(STEPS):

        def step() -> None:
            nonlocal gone
            gone += ledger.let_go(NOW - timedelta(days=365), NOW)

        took.append(_timed(step))
    figures.add("a step of the retention, up to 20 texts", "ms", took)
    figures.note("texts let go in these steps", gone, "texts")


def _sizes(place: str, size: int, figures: Figures) -> None:
    if "://" in place:
        whole, pages = "SELECT pg_database_size(current_database())", _SERVED
    else:
        whole, pages = "SELECT sum(pgsize) FROM dbstat", "SELECT name, sum(pgsize) FROM dbstat GROUP BY name"
    with closing(Ledger.open(place)) as ledger, ledger._reading() as connection:
        figures.note("the whole record", connection.exec_driver_sql(whole).scalar_one() / size, "bytes a statement")
        rows = connection.exec_driver_sql(f"{pages} ORDER BY 2 DESC LIMIT 24").all()
    for name, taken in rows:
        figures.note(f"  {name}", taken / size, "bytes a statement")


def main() -> int:
    """Multiply, measure, write down beside the other figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("place", metavar="FILE", help="a ledger in SQLite, or the URL of one in PostgreSQL")
    parser.add_argument("--times", type=int, default=1, help="millions of statements it is to have")
    parser.add_argument("--bare", action="store_true", help="without fingerprints, texts of the oldest articles alone")
    parser.add_argument("--only", choices=("check", "answers", "health", "retention", "size", "nothing"))
    asked = parser.parse_args()
    multiply(asked.place, asked.times, bare=asked.bare)
    if asked.only == "nothing":
        return 0
    for one in measure(asked.place, only=asked.only):
        note(Figure(one["name"], one["value"], None, (one["value"], one["value"]), less=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())

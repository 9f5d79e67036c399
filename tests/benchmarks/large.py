# ruff: noqa: S608 - the names are those of our own schema
"""What a large record costs: the check of a fresh statement, answers to /record, a step of the retention, its size.

python tests/benchmarks/commands.py --size 1000000 --keep FILE     makes the record that is multiplied
python tests/benchmarks/large.py FILE --times 5                    in place: five times as many of everything
python tests/benchmarks/large.py FILE                              what it has is measured again

Needs 3 GB of disk for each million. Each further million is the first one said by other people of the same sides, on
the same topics and days, so that all that is shared grows: sides, topics, cells of meaning, words. Articles get a text
of 3,000 characters, statements four fingerprints each. Times are milliseconds of processor time of the thread that
asks, and of the clock beside them, for the disk takes part: what lies in memory of a file of 15 GB is up to the system.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
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
from sqlalchemy import func, select  # noqa: E402

from bot import conflicts  # noqa: E402
from bot.calibration import Rules  # noqa: E402
from bot.desk import close  # noqa: E402
from bot.ledger import Ledger  # noqa: E402
from bot.ledger.nearness import fulltext  # noqa: E402
from bot.ledger.tables import schema  # noqa: E402
from bot.model import Party  # noqa: E402
from bot.slack import commands  # noqa: E402
from bot.slack.blocks import Desk  # noqa: E402
from bot.slack.newsroom import Asker, Newsroom  # noqa: E402
from config.schema import Config, Settings, Side  # noqa: E402

FIRST = 1_000_000  # statements of the record that is multiplied
AWAY = 2_000_000  # between the numbers of one million and the next
TABLES = (schema.party, schema.article, schema.utterance, schema.statement, schema.position)
TEXT = "replace(hex(randomblob(1500)), '0', ' ')"
PRINTS = 4
CHECKS, STEPS, ASKED = 300, 60, 60
NOW = datetime(2031, 1, 1, 12, tzinfo=UTC)


def multiply(file: Path, times: int) -> None:
    """Make the record so many times as large, million by million; one that is, stays."""
    Ledger.open(str(file)).close()  # of today's schema
    with closing(sqlite3.connect(file, isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode=OFF")  # what is made here can be made again
        base.execute("PRAGMA synchronous=OFF")
        base.execute("PRAGMA cache_size=-500000")
        there = base.execute("SELECT max(id) / ? FROM statement", (AWAY,)).fetchone()[0] + 1
        if there >= times:
            return
        names = ", ".join(repr(table.name) for table in TABLES)
        indexes = base.execute(
            f"SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name IN ({names})"
        ).fetchall()
        for name, _ in indexes:
            base.execute(f'DROP INDEX "{name}"')
        if there == 1:
            base.execute(f"UPDATE article SET text = {TEXT}")
            prints(base, 0)
        for turn in range(there, times):
            begun = time.monotonic()
            base.execute("BEGIN")
            for table in TABLES:
                columns = ", ".join(f'"{one.name}"' for one in table.columns)
                values = ", ".join(moved(one, turn) for one in table.columns)
                first = f"WHERE id <= {AWAY}"
                base.execute(f"INSERT INTO {table.name} ({columns}) SELECT {values} FROM {table.name} {first}")
            prints(base, turn)
            base.execute("COMMIT")
            sys.stdout.write(f"million {turn + 1} within {time.monotonic() - begun:.0f} s\n")
            sys.stdout.flush()
        begun = time.monotonic()
        for _, sql in indexes:
            base.execute(sql)
        sys.stdout.write(f"{len(indexes)} indexes within {time.monotonic() - begun:.0f} s\n")
    begun = time.monotonic()
    with Ledger.open(str(file), durable=False) as ledger:
        for turn in range(there, times):
            words(ledger, turn)
        with ledger._writing() as connection:
            connection.exec_driver_sql("ANALYZE")
    sys.stdout.write(f"words indexed within {time.monotonic() - begun:.0f} s\n")


def moved(column: Any, turn: int) -> str:
    """The value of a column in another million."""
    of_row = column.name == "utterance_id" or any(key.column.table in TABLES for key in column.foreign_keys)
    if column.name == "id" or of_row:
        return f'"{column.name}" + {turn * AWAY}'
    if column.name == "key":
        return f"'{turn}:' || key"
    if column.name == "official":
        return f"'m{turn}-' || official"
    if column.table is schema.party and column.name == "name":
        return f"name || '-{turn}'"
    return f'"{column.name}"'


def prints(base: sqlite3.Connection, turn: int) -> None:
    """Fingerprints, as many as a statement has in the mean."""
    some = " UNION ALL ".join(["SELECT 1"] * PRINTS)
    base.execute(
        "INSERT INTO fingerprint (party_id, hash, day, statement_id) SELECT party_id, random(), day, id FROM statement, "
        f"({some}) WHERE id > ? AND id <= ? ORDER BY party_id",
        (turn * AWAY, (turn + 1) * AWAY),
    )


def words(ledger: Ledger, turn: int) -> None:
    """The index of the words of one million."""
    last, end = turn * AWAY, (turn + 1) * AWAY
    told = schema.statement.c
    while True:
        page = select(told.id, told.party_id, told.quote).where(told.id > last, told.id <= end).order_by(told.id)
        with ledger._writing() as connection:
            rows = connection.execute(page.limit(fulltext.SLICE)).all()
            fulltext.add(connection, [(row.id, row.party_id, row.quote) for row in rows])
        if not rows:
            return
        last = rows[-1].id


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


def measure(file: Path, *, only: str | None) -> list[dict[str, Any]]:
    """Ask the record as it is asked in service."""
    with Ledger.open(str(file)) as ledger:
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
        _sizes(file, size, figures)
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


def _sizes(file: Path, size: int, figures: Figures) -> None:
    figures.note("the file", file.stat().st_size / size, "bytes a statement")
    with closing(sqlite3.connect(file)) as base:
        rows = base.execute("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY 2 DESC LIMIT 24").fetchall()
    for name, pages in rows:
        figures.note(f"  {name}", pages / size, "bytes a statement")


def main() -> int:
    """Multiply, measure, write down beside the other figures."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", type=Path)
    parser.add_argument("--times", type=int, default=1, help="millions of statements it is to have")
    parser.add_argument("--only", choices=("check", "answers", "health", "retention", "size", "nothing"))
    asked = parser.parse_args()
    multiply(asked.file, asked.times)
    if asked.only == "nothing":
        return 0
    for one in measure(asked.file, only=asked.only):
        note(Figure(one["name"], one["value"], None, (one["value"], one["value"]), less=True))
    return 0


if __name__ == "__main__":
    sys.exit(main())

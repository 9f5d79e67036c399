"""How long it takes to tell whether a fresh statement reports a remark on record, as the record grows.

python tests/benchmarks/reports.py --size 10000 --keep FOLDER    what is filled stays there; nearby.py uses the same record

The check is all of `bot.ledger.nearness.utterances.place` and what it asks of the statement, in CPU time of its thread, in a
transaction of its own that is rolled back. Of four fresh statements one is new; one is a copy with other punctuation,
one is cut by a sixth with a word changed, one is seven words of it in a row, each said by the same speaker on the same
day. How many of these are told is the second figure. One phrase opens each fifth of all that a prolific speaker says.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import nearby
import numpy as np
from sqlalchemy import func, insert, select

from bot.ledger import Ledger
from bot.ledger.nearness.likeness import Wording, fingerprints
from bot.ledger.nearness.utterances import candidates, likeliest, place, report
from bot.ledger.record.rows import day_of
from bot.ledger.tables import schema
from bot.model import Span, Statement

CHECKS = 400
WARMING = 20
KINDS = ("new", "punctuation", "cut", "seven words")


def fill(ledger: Ledger, made: nearby.Made) -> None:
    """The fingerprints of every statement, unless they are there."""
    rows = schema.fingerprint.c
    with ledger._reading() as connection:
        last = connection.scalar(select(func.max(rows.statement_id)).where(rows.party_id == 1))
    if last is not None:
        return
    for start in range(0, len(made.speaker), nearby.SLICE):
        numbers = range(start, min(start + nearby.SLICE, len(made.speaker)))
        prints = [
            {"party_id": int(made.speaker[n]) + 1, "hash": value, "statement_id": n + 1}
            for n in numbers
            for value in fingerprints(Wording.of(nearby._remark(int(made.question[n]), n)))
        ]
        with ledger._writing() as connection:
            connection.execute(insert(schema.fingerprint), prints)
    with ledger._writing() as connection:
        connection.exec_driver_sql("ANALYZE")


def fresh(made: nearby.Made, number: int, kind: str) -> Statement:
    """Statement `number` once more, as another outlet has it; a new one of the same speaker."""
    told = made.position(number, b"").statement
    words = told.quote.rstrip(".").split()
    quote = {
        "new": nearby._remark(int(made.question[number]) + 7, number + 50_000_017),
        "punctuation": " – ".join(told.quote.rstrip(".").split(", ")) + "!",
        "cut": " ".join(words[: len(words) // 6 * 5 + 2]).replace(" the ", " that ", 1),
        "seven words": " ".join(words[6:13]),
    }[kind]
    span = Span(start=0, end=len(quote))
    return replace(told, quote=quote, content=quote, span=span, verbatim=(span,))


def measure(place_at: str, size: int) -> tuple[list[float], list[float], dict[str, float]]:
    """Milliseconds of each check, of a bare loop beside it, and by kind the share that was told rightly."""
    made = nearby.Made.of(size)
    with Ledger.open(place_at, durable=False) as ledger:
        nearby._filled(ledger, made)
        fill(ledger, made)
        chance = np.random.default_rng(9)
        prolific = max(1, int(size * 0.6) // nearby.PROLIFIC)
        took, bare, right = [], [], {kind: list[bool]() for kind in KINDS}
        for at in range(WARMING + CHECKS):
            number = int(chance.integers(0, size))
            while at % 5 and int(made.speaker[number]) >= prolific:  # four of five by the prolific
                number = int(chance.integers(0, size))
            kind = KINDS[at % len(KINDS)]
            told = fresh(made, number, kind)
            with ledger.work() as work:
                begun = time.thread_time()
                fresh_, party = report(told, day_of(told)), int(made.speaker[number]) + 1
                best = likeliest(fresh_, candidates(work._live, fresh_, [party]))
                placed = place(work._live, fresh_, party, best)
                took.append(1000 * (time.thread_time() - begun))
            bare.append(1000 * nearby._bare())
            right[kind].append(best is None if kind == "new" else placed == number + 1)
    return took[WARMING:], bare[WARMING:], {kind: statistics.mean(told) for kind, told in right.items()}


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--keep", metavar="FOLDER", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder:
        took, bare, right = measure(str((asked.keep or Path(folder)) / f"onrecord-{asked.size}.db"), asked.size)
    p95, loop = statistics.quantiles(took, n=20)[-1], statistics.median(bare)
    sys.stdout.write(
        f"{asked.size:,} statements: median {statistics.median(took):.2f} ms, p95 {p95:.2f} ms (goal: 1), in bare loops "
        f"{statistics.median(took) / loop:.2f} and {p95 / loop:.2f}; told rightly: "
        + ", ".join(f"{kind} {share:.2f}" for kind, share in right.items())
        + "\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

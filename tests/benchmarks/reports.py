"""How long it takes to tell whether a fresh statement reports a remark on record, as the record grows.

python tests/benchmarks/reports.py --size 10000 --keep FOLDER    what is filled stays there

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
from datetime import timedelta
from pathlib import Path
from typing import Any

import nearby
import numpy as np
from sqlalchemy import func, insert, select

from bot.ledger import Ledger
from bot.ledger.database.prepared import asked
from bot.ledger.nearness.likeness import Wording, fingerprints
from bot.ledger.nearness.utterances import candidates, likeliest, place, report
from bot.ledger.record.rows import day_of, party_row, statement_row
from bot.ledger.tables import schema
from bot.model import Span, Statement

CHECKS = 400
WARMING = 20
REMARKS, STATEMENTS, PRINTS = map(insert, (schema.utterance, schema.statement, schema.fingerprint))
KINDS = ("new", "punctuation", "cut", "seven words")


def fill(ledger: Ledger, made: nearby.Made) -> None:
    """All that the check reads of the record: remarks, statements and their fingerprints, slice by slice."""
    size = len(made.speaker)
    with ledger._reading() as connection:
        start = connection.scalar(select(func.max(schema.statement.c.id))) or 0
    if start == size:
        return
    if not start:
        with ledger._writing() as connection:
            parties = [{"id": at + 1, **party_row(party)} for at, party in enumerate(made.parties)]
            connection.execute(insert(schema.party), parties)
            article = {"id": 1, "key": "", "name": "", "outlet": "", "title": "", "text": "", "text_hash": ""}
            rest = {"retrieved": nearby.NOW, "partial": False, "garbled": False, "notes": ()}
            connection.execute(insert(schema.article), article | rest)
    alike = {"article_id": 1, "mended": 0} | statement_row(made.position(0, b"").statement)  # and is not read
    for first in range(start, size, nearby.SLICE):
        rows = [_rows(made, number, alike) for number in range(first, min(first + nearby.SLICE, size))]
        with ledger._writing() as connection:
            asked(connection, REMARKS).done(connection, *(remark for remark, _, _ in rows))
            asked(connection, STATEMENTS).done(connection, *(told for _, told, _ in rows))
            asked(connection, PRINTS).done(connection, *(one for _, _, prints in rows for one in prints))
    with ledger._writing() as connection:
        connection.exec_driver_sql("ANALYZE")


def _rows(
    made: nearby.Made, number: int, alike: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any], list[dict[str, Any]]]:
    """The remark that is statement `number`, the statement, and its fingerprints."""
    party, quote = int(made.speaker[number]) + 1, nearby._remark(int(made.question[number]), number)
    day, wording = nearby.END - timedelta(days=nearby.YEARS * 365 - int(made.day[number])), Wording.of(quote)
    start = number % 10 * 200
    told = alike | {
        "id": number + 1,
        "key": f"{number:09}",
        "utterance_id": number + 1,
        "party_id": party,
        "day": day,
        "length": len(wording.words),
        "size": len(wording.words),
        "start": start,
        "end": start + len(quote),
        "quote": quote,
        "verbatim": [(start, start + len(quote))],
        "said_first": day,
        "said_last": day,
        "content": quote,
    }
    prints = [
        {"party_id": party, "hash": value, "day": day, "statement_id": number + 1} for value in fingerprints(wording)
    ]
    return {"id": number + 1, "party_id": party, "first": day, "last": day}, told, prints


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
        took, bare, right = measure(str((asked.keep or Path(folder)) / f"reports-{asked.size}.db"), asked.size)
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

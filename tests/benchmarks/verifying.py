"""How long `onrecord verify` takes on a large record, and what it holds in memory.

python tests/benchmarks/verifying.py              100,000 statements in 20,000 texts, in SQLite
python tests/benchmarks/verifying.py --size N
"""

from __future__ import annotations

import argparse
import json
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "ledger")]

from ledger_sample import MARA, NOW, TILO, article, position, statement  # noqa: E402
from sqlalchemy import insert  # noqa: E402

from bot.ledger import Ledger  # noqa: E402
from bot.ledger.keeping.inspection import Tally  # noqa: E402
from bot.ledger.record.rows import party_row, position_row, statement_row  # noqa: E402
from bot.ledger.tables import schema  # noqa: E402

EACH = 5  # statements of a text
SLICE = 200  # texts put in at once
_AROUND = "The harbour was calm all day, and the ferries went as they always do at this time of the year. " * 6


def rows(first: int, most: int) -> Iterator[tuple[str, dict[str, object]]]:
    """Tables and rows of the texts from `first` on; ids run with the numbers."""
    for number in range(first, first + most):
        quotes = [f"We will build bridge number {number} for the {nth}th time, come what may." for nth in range(EACH)]
        of = article(" ".join(f"“{quote}” {_AROUND}" for quote in quotes), f"a{number}")
        yield "article", {"id": number + 1, "of": of}
        for nth, quote in enumerate(quotes):
            party = (MARA, TILO)[nth % 2]
            yield "statement", {"id": number * EACH + nth + 1, "of": statement(of, quote, party), "party": nth % 2 + 1}


def fill(ledger: Ledger, texts: int) -> None:
    """Put so many texts on record, past the walk: only what is proven matters here."""
    with ledger._writing() as connection:
        connection.execute(
            insert(schema.party), [{"id": n + 1, **party_row(one)} for n, one in enumerate((MARA, TILO))]
        )
        connection.execute(insert(schema.topic), {"key": "bridge", "name": "the strait bridge"})
        for number in (1, 2):
            day = NOW.date()
            connection.execute(insert(schema.utterance), {"id": number, "party_id": number, "first": day, "last": day})
    from bot.ledger.record import articles

    for start in range(0, texts, SLICE):
        with ledger._writing() as connection:
            said, held = [], []
            for table, row in rows(start, min(SLICE, texts - start)):
                if table == "article":
                    articles.add(connection, row["of"], "")
                    continue
                told, party = row["of"], row["party"]
                remark = {"party_id": party, "utterance_id": party}
                article_id = (row["id"] - 1) // EACH + 1
                said.append(
                    {"id": row["id"], "article_id": article_id, "length": 9, "size": 9, **remark, **statement_row(told)}
                )
                held.append(
                    {
                        "statement_id": row["id"],
                        "utterance_id": party,
                        "holder_id": party,
                        **position_row(position(told)),
                    }
                )
            connection.execute(insert(schema.statement), said)
            connection.execute(insert(schema.position), held)


def main() -> None:
    """Build, verify, print one line."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--size", type=int, default=100_000)
    size = parser.parse_args().size
    with tempfile.TemporaryDirectory() as folder:
        place = str(Path(folder) / "a.db")
        with Ledger.open(place, durable=False) as ledger:
            fill(ledger, size // EACH)
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        tally, wall, cpu = Tally(), time.perf_counter(), time.process_time()
        with Ledger.look_into(place) as ledger:
            faults = sum(1 for _ in ledger.inspect(tally))
        print(
            json.dumps({
                "statements": tally.proven["quotations"],
                "texts": tally.proven["texts"],
                "faults": faults,
                "seconds": round(time.perf_counter() - wall, 1),
                "cpu_seconds": round(time.process_time() - cpu, 1),
                "ledger_mb": round(Path(place).stat().st_size / 1e6),
                "more_memory_mb": round((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024, 1),
            })
        )  # fmt: skip


if __name__ == "__main__":
    main()

"""What it costs to move a record to another database, proof included, for each 100,000 statements.

python tests/benchmarks/moving.py                      100,000 statements from SQLite to SQLite
python tests/benchmarks/moving.py --to URL             to an empty database in PostgreSQL, and back into SQLite
python tests/benchmarks/moving.py --from FILE          a ledger that is there, such as commands.py keeps one

Processor time is that of the command; PostgreSQL's own is not in it, so the clock is told as well.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "benchmarks"))

import commands as answers  # noqa: E402  the benchmark of that name

from bot.ledger import Ledger  # noqa: E402
from bot.ledger.interchange.moving import move  # noqa: E402


def moved(place: str, target: str, statements: int, words: str) -> None:
    """Move, and print what it took."""
    busy, wall = time.process_time(), time.monotonic()
    rows = sum(one.rows[1] for one in move(place, target) if one.equal)
    busy, wall = time.process_time() - busy, time.monotonic() - wall
    each = statements / 100_000
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(
        f"{words:28} {rows:,} rows, {statements:,} statements: {busy:.1f} s of processor, {wall:.1f} s by the clock; for "
        f"each 100,000 {busy / each:.1f} s and {wall / each:.1f} s; at most {memory:.0f} MB of memory so far\n"
    )
    sys.stdout.flush()


def main() -> int:
    """Fill where nothing is given, move, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--to", metavar="URL", help="an empty database in PostgreSQL")
    parser.add_argument("--from", dest="place", metavar="FILE", help="a ledger that is there")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="onrecord-bench-") as folder:
        place = asked.place or str(Path(folder) / "onrecord.db")
        with Ledger.open(place, durable=False) as ledger:
            if not asked.place:
                answers.fill(ledger, 100_000)
            statements = ledger.status().statements
        back = str(Path(folder) / "there.db")
        if asked.to:
            moved(place, asked.to, statements, "SQLite to PostgreSQL")
            moved(asked.to, back, statements, "PostgreSQL to SQLite")
        else:
            moved(place, back, statements, "SQLite to SQLite")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""What the check of one fresh statement costs against another state of the code, check by check and turn about.

python tests/benchmarks/nearby.py --size 10000 --keep FOLDER               fills the record, once
python tests/benchmarks/nearby_against.py OTHER --size 10000 --keep FOLDER    OTHER: a checkout of another commit
    --before FOLDER    where OTHER has a copy of the record, if its tables are others

Each state makes the checks of nearby.py in a process of its own on the same record, now the one first and now the
other, so that other work on the machine slows both alike. CPU milliseconds of `near()` and `conflicts.find()`, and how
many bare loops of 20,000 squarings the whole takes, run beside each check. It ends with an error unless both choose the
same positions and find the same conflicts.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


def check(place: str, size: int) -> None:
    """For each line of standard input make the next check, and tell what it took and gave."""
    import nearby  # of the state that is measured

    from bot import conflicts
    from bot.ledger import Ledger
    from bot.sharing import keep

    with Ledger.open(place, durable=False) as ledger:
        for at, fresh in enumerate(islice(nearby.probes(nearby.Made.of(size)), nearby.CHECKS + 20)):
            sys.stdin.readline()
            if not at:
                keep()
            with ledger.work() as work:
                begun = time.thread_time()
                near = work.near(fresh, date.min)
                half = time.thread_time()
                found = conflicts.find(fresh, near, ())
                done = time.thread_time()
            gave = [one.key for one in near], [(one.key, one.score) for one in found]
            sys.stdout.write(json.dumps([half - begun, done - half, nearby._bare(), gave]) + "\n")
            sys.stdout.flush()


def checker(checkout: Path, asked: Sequence[str]) -> subprocess.Popen[str]:
    """A process that checks by the code of one checkout."""
    return subprocess.Popen(
        [sys.executable, __file__, "--check", *asked],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=checkout,
        env=os.environ | {"PYTHONPATH": f"{checkout}:{checkout / 'tests' / 'benchmarks'}"},
    )


def told(values: Sequence[float], unit: float = 1.0) -> str:
    """Median and p95."""
    return f"{unit * statistics.median(values):.2f} / {unit * statistics.quantiles(values, n=20)[-1]:.2f}"


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("other", nargs="?", type=Path)
    parser.add_argument("--size", type=int, default=10_000)
    parser.add_argument("--keep", metavar="FOLDER", type=Path, required=True)
    parser.add_argument("--before", metavar="FOLDER", type=Path)
    parser.add_argument("--check", action="store_true", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.check:
        check(str(asked.keep / f"onrecord-{asked.size}.db"), asked.size)
        return 0
    if asked.other is None:
        parser.error("name the checkout of another commit")
    words = ["--size", str(asked.size), "--keep"]
    both = {
        "before": checker(asked.other.resolve(), [*words, str((asked.before or asked.keep).resolve())]),
        "now": checker(ROOT, [*words, str(asked.keep.resolve())]),
    }
    took: dict[str, list[Any]] = {name: [] for name in both}
    for turn in range(320):
        for name in list(both)[:: 1 if turn % 2 else -1]:
            child = both[name]
            if child.stdin is None or child.stdout is None:
                raise SystemExit("the check has no pipes")
            child.stdin.write("\n")
            child.stdin.flush()
            took[name].append(json.loads(child.stdout.readline()))
    for child in both.values():
        child.communicate()
    if [one[3] for one in took["before"]] != [one[3] for one in took["now"]]:
        raise SystemExit("the two do not find the same")
    for name, some in took.items():
        warm = some[20:]
        whole = [near + find for near, find, *_ in warm]
        loop = statistics.median(one[2] for one in warm)
        sys.stdout.write(
            f"{name:7} near {told([one[0] for one in warm], 1000)}, find {told([one[1] for one in warm], 1000)}, "
            f"whole {told(whole, 1000)} ms; in bare loops {told(whole, 1 / loop)}\n"
        )
    pairs = zip(took["before"][20:], took["now"][20:], strict=True)
    ratio = statistics.median(sum(one[:2]) / sum(other[:2]) for one, other in pairs)
    sys.stdout.write(f"before : now, median of the checks {ratio:.2f}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())

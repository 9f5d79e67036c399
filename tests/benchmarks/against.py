"""What the whole way of an article costs against another state of the code, article by article and turn about.

python tests/benchmarks/against.py OTHER --articles 110 --skip 200    OTHER: a checkout of another commit

Each state walks the same articles in a process and a ledger of its own; now the one goes first and now the other, so
that a machine which is busy with other work slows both alike. CPU seconds. The ratio is the result: over 1, this state
is the quicker one. The tenth of the articles at either end, where other work fell on one of the two, is left out.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from reading import ROOT, rows

NOW = datetime(2025, 6, 1, tzinfo=UTC)


def walk() -> None:
    """Walk the articles that stand in standard input, a line each, and tell after each what it took."""
    from bot import lines  # of the state that is measured
    from bot.judges.chosen import choose
    from bot.ledger import Ledger
    from bot.pipeline import Pipeline
    from bot.sharing import keep
    from config.load import load
    from config.schema import Channel

    config = load()
    chosen = choose(config.settings.judge)
    keep()  # as the command does: it settles the collector
    pipeline = Pipeline(
        config.model_copy(update={"channels": (Channel(id="against"),)}), chosen.judge, chosen.reader, chosen.encoder
    )
    with tempfile.TemporaryDirectory() as folder, Ledger.open(f"{folder}/walked.db", durable=False) as ledger:
        for line in sys.stdin:
            article = lines.article(json.loads(line), NOW)
            before = time.process_time()
            pipeline.record(article, ledger, now=article.published or NOW)
            sys.stdout.write(f"{time.process_time() - before}\n")
            sys.stdout.flush()


class Walker:
    """A process that walks by the code of one checkout."""

    def __init__(self, checkout: Path) -> None:
        self._child = subprocess.Popen(
            [sys.executable, __file__, "--walk"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=checkout,
            env=os.environ | {"PYTHONPATH": str(checkout)},
        )

    def took(self, line: str) -> float:
        """CPU seconds of one article."""
        if self._child.stdin is None or self._child.stdout is None:
            raise SystemExit("the walk has no pipes")
        self._child.stdin.write(line + "\n")
        self._child.stdin.flush()
        return float(self._child.stdout.readline())

    def close(self) -> None:
        """No more articles."""
        self._child.communicate()


def main() -> int:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("other", nargs="?", type=Path)
    parser.add_argument("--walk", action="store_true", help=argparse.SUPPRESS)
    parser.add_argument("--articles", type=int, default=400)
    parser.add_argument("--skip", type=int, default=0)
    asked = parser.parse_args()
    if asked.walk:
        walk()
        return 0
    if asked.other is None:
        parser.error("name the checkout of another commit")
    kind, held = rows()
    held = sorted(held, key=lambda one: one["published"] or "")[asked.skip :][: asked.articles]
    walkers = Walker(asked.other.resolve()), Walker(ROOT)
    pairs: list[tuple[float, float]] = []
    for number, one in enumerate(held):
        line, turn = json.dumps(one), number % 2
        took = {at: walkers[at].took(line) for at in (turn, 1 - turn)}
        pairs.append((took[0], took[1]))
    for walker in walkers:
        walker.close()
    pairs = sorted(pairs[1:], key=lambda pair: pair[0] / pair[1])  # the first one fills what is filled once
    middle = pairs[len(pairs) // 10 : len(pairs) - len(pairs) // 10]
    before, now = (sum(pair[at] for pair in middle) for at in (0, 1))
    halfway = statistics.median(pair[0] / pair[1] for pair in pairs)
    sys.stdout.write(
        f"{len(held)} {kind}: the other {len(middle) / before:.1f} articles a CPU second, this one "
        f"{len(middle) / now:.1f}; before : now {before / now:.3f}, median of the articles {halfway:.3f}\n"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())

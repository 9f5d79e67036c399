"""Where on the walk the labelled conflicts that are not raised are lost: a table by step, for each news set.

.venv/bin/python tests/benchmarks/losses.py [SET ...] [--each FILE]

Of all reports of its two statements, the pair that comes furthest counts. With --each every conflict worth an alert is
written with the step at which it is lost and how the two were read: for reading errors, not for keeping.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import product
from pathlib import Path
from typing import Any

from answers import scorer
from holders import bare
from labelled import BENCH, NEWS, rows

from bot import conflicts, lines
from bot.conflicts import denied_claim, disputed, reversal, same_side, scope
from bot.conflicts.opposition import in_words, opposed
from bot.conflicts.standing import known
from bot.judges.chosen import choose
from bot.ledger import Ledger
from bot.model import Conflict, Position, Statement
from bot.pipeline import Pipeline
from config.load import load
from config.schema import Channel

WORTH = 2  # importance from which a conflict is worth an alert
_SIGN = {"for": 1, "conditional": 1, "open": 1, "against": -1}
# In the order of the walk; a pair is counted where it comes furthest.
STEPS = (
    "statement not found",
    "speaker not found",
    "nobody in particular",
    "whose position: read otherwise",
    "relation allows no alert",
    "not linked",
    "linked by meaning alone",
    "stances that the labels do not oppose",
    "stance read otherwise",
    "stance only implied",
    "opposed, of a kind that needs more",
    "a slot sets apart",
    "the judge takes it back",
    "score too low",
    "not brought by the record",
    "evidence on a card",
    "raised",
)

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Lost:
    """A labelled conflict, the step that the best pair of its reports reached, and that pair."""

    conflict: Row
    step: str
    pair: tuple[Position, Position] | None = None


class Walk:
    """A news set walked through a throw-away ledger: what was told of it, and every statement with its positions."""

    def __init__(self, name: str) -> None:
        self.score = scorer(NEWS / "score_news.py")
        self.data = self.score.load(NEWS / name)
        self.labels: dict[str, Row] = {row["id"]: row for row in self.data["statements"]}
        config = load(environ={}).model_copy(update={"channels": (Channel(id="walk"),)})
        chosen = choose(config.settings.judge)
        self.judge, self.sides = chosen.judge, config.sides
        self.names = {side.id: side.name for side in self.sides}
        self.least = config.settings.alerts.minimum_score
        pipeline = Pipeline(config, chosen.judge, chosen.reader, chosen.encoder)
        retrieved = datetime.now(UTC)
        articles = [lines.article(row, retrieved) for row in rows(NEWS / name / "articles.jsonl")]
        articles.sort(key=lambda one: one.published or datetime(1, 1, 1, tzinfo=UTC))
        heard: list[tuple[Statement, tuple[Position, ...]]] = []
        raised: list[Conflict] = []
        with tempfile.TemporaryDirectory(prefix="losses-") as folder:
            ledger = Ledger.open(str(Path(folder) / "walk.db"), durable=False)
            for article in articles:
                raised += [alert.conflict for alert in pipeline.record(article, ledger, now=article.published).raised]
                heard += pipeline.read(article)
            found = ledger.conflicts_since(datetime(1, 1, 1, tzinfo=UTC))
            ledger.close()
        self.shown: dict[str, list[tuple[Statement, tuple[Position, ...]]]] = {name: [] for name in self.labels}
        by_article: dict[str, list[Row]] = {}
        for row in self.labels.values():
            by_article.setdefault(row["article"], []).append(row)
        self._labels_in = by_article
        for statement, taken in heard:
            for label in self._landed(statement):
                self.shown[label].append((statement, taken))
        posted = [one for one in found if one.kind != "opposed" and one.score >= self.least]
        self._raised, self._told = self._hits(raised), self._hits(posted)

    def _landed(self, statement: Statement) -> set[str]:
        span = {"start": statement.span.start, "end": statement.span.end, "article": statement.source.article}
        landed: set[str] = self.score.landed(self._labels_in, span)
        return landed

    def _hits(self, found: Iterable[Conflict]) -> list[tuple[set[str], set[str]]]:
        return [(self._landed(one.fresh.statement), self._landed(one.earlier.statement)) for one in found]

    def lost(self) -> list[Lost]:
        """Every labelled conflict that is worth an alert, with the step that it reached."""
        _, side = self.score.groups(self.data)
        return [
            self._lost(row, side(row, "a"), side(row, "b"))
            for row in self.data["conflicts"]
            if row["importance"] >= WORTH
        ]

    def _lost(self, row: Row, one: set[str], other: set[str]) -> Lost:
        for hits, step in ((self._raised, "raised"), (self._told, "evidence on a card")):
            if any((x & one and y & other) or (x & other and y & one) for x, y in hits):
                return Lost(row, step)
        best = Lost(row, STEPS[0])
        for left, right in product(sorted(one & set(self.shown)), sorted(other & set(self.shown))):
            for mine, theirs in product(self.shown[left], self.shown[right]):
                if mine[0].key == theirs[0].key:
                    continue
                for step, pair in self._steps(self.labels[left], self.labels[right], mine, theirs):
                    if STEPS.index(step) > STEPS.index(best.step):
                        best = Lost(row, step, pair)
        return best

    def _steps(
        self,
        left: Row,
        right: Row,
        mine: tuple[Statement, tuple[Position, ...]],
        theirs: tuple[Statement, tuple[Position, ...]],
    ) -> Iterable[tuple[str, tuple[Position, Position] | None]]:
        """The step that each reading of two statements of ours reaches, which show these two labels."""
        if not (self._speaker(left, mine[0]) and self._speaker(right, theirs[0])):
            yield "speaker not found", None
            return
        for one, other in product(mine[1], theirs[1]):
            yield self._step(left, right, one, other), (one, other)

    def _speaker(self, label: Row, statement: Statement) -> bool:
        return statement.party is not None and self.score.same_name(label["speaker"], statement.party.name)

    def _step(self, left: Row, right: Row, one: Position, other: Position) -> str:
        if not (known(one.voice) and known(other.voice)):
            return "nobody in particular"
        if not (self._holder(left, one) and self._holder(right, other)):
            return "whose position: read otherwise"
        earlier, fresh = sorted((one, other), key=lambda held: (held.said_first is None, str(held.said_first)))
        found = [
            pair
            for fresh, earlier in ((one, other), (other, one))
            for pair in conflicts.candidates(fresh, (earlier,), self.sides)
            if pair.kind != "opposed"
        ]
        hits = [pair for pair in found if pair.hit]
        if hits:
            return max((self._after(pair) for pair in hits), key=STEPS.index)
        if not found:
            return "not linked" if self._possible(fresh, earlier) else "relation allows no alert"
        if not any(pair.link.firm for pair in found):
            return "linked by meaning alone"
        if _SIGN.get(left["stance"], 0) * _SIGN.get(right["stance"], 0) >= 0:
            return "stances that the labels do not oppose"
        if not opposed(one, other):
            return "stance read otherwise"
        return "opposed, of a kind that needs more" if in_words(one, other) else "stance only implied"

    def _possible(self, fresh: Position, earlier: Position) -> bool:
        """Whether who speaks for whom lets the two be anything that is alerted."""
        bars = (
            reversal.barred(fresh, earlier),
            same_side.barred(fresh, earlier, self.sides),
            denied_claim.barred(fresh, earlier, self.sides),
            disputed.barred(fresh, earlier, self.sides),
        )
        return not all(bars)

    def _after(self, pair: Any) -> str:
        if scope.separating(pair, self.sides):
            return "a slot sets apart"
        found = conflicts.find(pair.later, (pair.earlier,), self.sides, self.judge) or conflicts.find(
            pair.earlier, (pair.later,), self.sides, self.judge
        )
        alerted = [one for one in found if one.kind != "opposed"]
        if not alerted:
            return "the judge takes it back"
        return "not brought by the record" if max(one.score for one in alerted) >= self.least else "score too low"

    def _holder(self, label: Row, position: Position) -> bool:
        """Whether the position is told of another side where the label says so, and only there."""
        own = self.score.same_name(label["holder"], label["speaker"]) or bare(label["holder"]) == bare(
            self.names.get(label["side"], label["side"] or "")
        )
        if own:
            return position.claimed_by is None
        return position.claimed_by is not None or self.score.same_name(label["holder"], position.holder.name)


def table(found: dict[str, Sequence[Lost]]) -> list[str]:
    """How many conflicts stop at each step, importance 3 and 2, in each set."""
    head = "| lost at | " + " | ".join(f"{name}: {grade}" for name in found for grade in (3, 2)) + " |"
    lines_ = [head, "|---" * (1 + 2 * len(found)) + "|"]
    counts = {
        (name, grade): Counter(one.step for one in lost if one.conflict["importance"] == grade)
        for name, lost in found.items()
        for grade in (3, 2)
    }
    for step in STEPS:
        if any(of[step] for of in counts.values()):
            lines_.append(f"| {step} | " + " | ".join(str(of[step]) for of in counts.values()) + " |")
    return [*lines_, "| all | " + " | ".join(str(of.total()) for of in counts.values()) + " |"]


def main() -> int:
    """Walk the sets and print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("sets", nargs="*", default=["real", "retold"])
    asked.add_argument("--each", type=Path)
    given = asked.parse_args()
    if not BENCH.is_dir():
        sys.stderr.write(f"the labelled data is not here: {BENCH} is no folder\n")
        return 2
    found = {name: Walk(name).lost() for name in given.sets}
    print("\n".join(table(found)))
    if given.each:
        given.each.write_text("".join(map(_shown, (one for lost in found.values() for one in lost))), "utf-8")
    return 0


def _shown(one: Lost) -> str:
    told = f"{one.conflict['id']} {one.conflict['importance']} {one.conflict['type']}: {one.step}\n"
    for position in one.pair or ():
        statement = position.statement
        told += (
            f"    {statement.source.article}:{statement.span.start} {position.voice.name} [{position.voice.side}]"
            f" for {position.holder.name}, {position.topic}/{position.proposition}: {position.stance}"
            f" {position.strength:.2f} {position.operators} “{' '.join(statement.content.split())}”\n"
        )
    return told


if __name__ == "__main__":
    sys.exit(main())

"""What a score means: of those with about that score, how many are worth an alert; and whether two halves agree.

Stories held out of training are walked one by one (tests/training/chain.py); a map of scores to probabilities, two
numbers, is fitted on one half of them and measured on the other. On real and retold news nothing is ever fitted.
"""

from __future__ import annotations

import math
import shutil
import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
from labelled import NEWS, ROOT, rows, score, write

from bot import conflicts, positions
from bot.judges.chosen import choose
from bot.model import content_key
from bot.pipeline import Pipeline
from config.load import load

sys.path.append(str(ROOT / "tests" / "training"))

EDGES = (0.0, 0.1, 0.2, 0.3, 0.5, 0.7, 1.0)
HALVES = ("A", "B")
WORTH = 2  # importance from which a conflict is worth an alert
TOLD = ("topic_bcubed_f1", "stance_accuracy", "stance_macro_f1", "recall_direct", "recall_mixed", "recall_indirect")


@dataclass(frozen=True, slots=True)
class Judged:
    """A score that a pair was given, whether the pair is worth an alert, and in which half it is told of."""

    score: float
    worth: bool
    half: str


def half(name: str) -> str:
    """The half that a story or a topic belongs to: it hangs on its id alone."""
    return HALVES[int(content_key("half", name), 16) % 2]


def brier(judged: Sequence[Judged]) -> float:
    """The mean squared distance of scores from what was so: 0 is best, and the share × its rest is knowing nothing."""
    return sum((one.score - one.worth) ** 2 for one in judged) / max(1, len(judged))


def bins(judged: Sequence[Judged]) -> list[tuple[str, int, float, float]]:
    """The scores in ranges: how many, their mean, and the share that is worth an alert."""
    found = []
    for low, high in pairwise(EDGES):
        last = high == EDGES[-1]
        held = [one for one in judged if low <= one.score < high or (last and one.score == high)]
        if held:
            mean, share = (sum(values) / len(held) for values in ([h.score for h in held], [h.worth for h in held]))
            found.append((f"{low:.1f} to {high:.1f}", len(held), mean, share))
    return found


def platt(judged: Sequence[Judged]) -> Callable[[float], float]:
    """A rising map of scores to probabilities, two numbers on the log-odds, fitted with Platt's soft targets."""
    odds = np.array([_odds(one.score) for one in judged])
    worth = np.array([one.worth for one in judged])
    good, bad = worth.sum(), (~worth).sum()
    target = np.where(worth, (good + 1) / (good + 2), 1 / (bad + 2))
    given = np.stack([odds, np.ones_like(odds)], 1)

    def loss(weights: np.ndarray) -> float:
        reach = given @ weights
        return float((np.logaddexp(0, reach) - target * reach).sum())

    weights = np.array([1.0, 0.0])
    for _ in range(50):  # Newton's steps on a convex loss, shortened where they go too far
        told = 1 / (1 + np.exp(-given @ weights))
        bend = (given * (told * (1 - told))[:, None]).T @ given + 1e-6 * np.eye(2)
        step = np.linalg.solve(bend, given.T @ (told - target))
        while loss(weights - step) > loss(weights) and np.abs(step).max() > 1e-9:
            step /= 2
        weights -= step
    rise, base = max(0.0, float(weights[0])), float(weights[1])
    return lambda value: 1 / (1 + math.exp(-rise * _odds(value) - base))


def _odds(share: float) -> float:
    share = min(0.995, max(0.005, share))
    return math.log(share / (1 - share))


def stories() -> dict[str, list[Judged]]:
    """Held-out stories: every listed pair as compared without a record, and every alert of a walk."""
    import chain
    import sources
    from split import held

    base = load(environ={})
    chosen = choose(base.settings.judge)
    if chosen.judge is None or chosen.encoder is None:
        return {}
    found: dict[str, list[Judged]] = {"compared": [], "alerts": []}
    for origin, story in sources.stories():
        if not held(story.id) or origin == "newsroom":
            continue
        config, part = chain.configured(base, story), half(story.id)
        for row in chain.compared(story, config, chosen.judge, chosen.encoder):
            found["compared"].append(Judged(row["score"], row["importance"] >= WORTH, part))
        pipeline, seen = Pipeline(config, encoder=chosen.encoder), []
        for article in sorted(story.articles, key=lambda one: one.published):
            read = [one for _, taken in pipeline.read(chain.article_of(story, article)) for one in taken]
            for fresh in sorted(read, key=lambda one: (one.said_first or date.max, one.statement.span.start)):
                near = chain.near(fresh, seen)
                filed = positions.filed(fresh, near)
                for raised in conflicts.find(filed, near, config.sides, chosen.judge):
                    label, listed = chain.labelled(story, raised.earlier, raised.fresh)
                    worth = label == "conflict" and listed is not None and listed.importance >= WORTH
                    if raised.kind != "opposed":
                        found["alerts"].append(Judged(raised.score, worth, part))
                seen.append(filed)
    return found


def news_pairs(name: str, judged: Path, pairs: Path) -> list[Judged]:
    """The listed pairs of a labelled news set with the score that `onrecord compare` gives them."""
    folder = NEWS / name
    topics = {row["id"]: row["topic"] for row in rows(folder / "statements.jsonl")}
    told = {row["id"]: row for table in ("conflicts", "hard_negatives") for row in rows(folder / f"{table}.jsonl")}
    scores = {row["id"]: row["score"] for row in rows(judged)}
    return [
        Judged(scores.get(row["id"], 0.0), "importance" in told[row["id"]], half(topics[told[row["id"]]["a"]]))
        for row in rows(pairs)
    ]


def halves(name: str, said: Path, alerts: Path, work: Path) -> dict[str, dict[str, Any]]:
    """What the scorer says of each half of the topics of a news set, for figures that a half can have."""
    import evaluate

    found = {}
    for part in HALVES:
        folder = _restricted(NEWS / name, part, work / f"half-{part}")
        told = evaluate.figures(score(NEWS / "score_news.py", "statements", folder, said))
        raised = evaluate.figures(score(NEWS / "score_news.py", "alerts", folder, alerts))
        found[part] = {"statements labelled": told["gold"]}
        found[part] |= {key: told[key] for key in TOLD if key in told}
        found[part] |= {f"alerts {key}": raised[key] for key in ("recall_importance_3", "recall_importance_2up")}
    return found


def _restricted(source: Path, part: str, target: Path) -> Path:
    """A news set with the labels of one half of its topics."""
    target.mkdir()
    shutil.copy(source / "articles.jsonl", target)
    shutil.copy(source / "not_statements.jsonl", target)
    held = [row for row in rows(source / "statements.jsonl") if half(row["topic"]) == part]
    known = {row["id"] for row in held}
    write(target / "statements.jsonl", held)
    for table in ("conflicts", "hard_negatives", "either_way", "near_duplicates"):
        if (source / f"{table}.jsonl").exists():
            kept = [row for row in rows(source / f"{table}.jsonl") if not _named(row) - known]
            write(target / f"{table}.jsonl", kept)
    return target


def _named(row: dict[str, Any]) -> set[str]:
    return {row[key] for key in ("a", "b") if key in row}


def area(judged: Sequence[Judged]) -> float:
    """The area under the curve: how often one that is worth an alert has the higher score of two."""
    good, bad = ([one.score for one in judged if one.worth is worth] for worth in (True, False))
    wins = sum((one > other) + 0.5 * (one == other) for one in good for other in bad)
    return wins / max(1, len(good) * len(bad))


def summary(judged: Sequence[Judged]) -> dict[str, Any]:
    """All that the page shows of one set."""
    share = sum(one.worth for one in judged) / max(1, len(judged))
    return {
        "pairs": len(judged),
        "worth": share,
        "brier": brier(judged),
        "brier of the share alone": share * (1 - share),
        "bins": bins(judged),
        "halves": {
            part: {"pairs": len(held), "worth": _share(held), "brier": brier(held), "auc": area(held)}
            for part in HALVES
            if (held := [one for one in judged if one.half == part])
        },
    }


def mapped(judged: Sequence[Judged]) -> dict[str, Any]:
    """The Brier score of each half as it is, and through the map that was fitted on the other half."""
    found = {}
    for part in HALVES:
        seen, unseen = ([one for one in judged if (one.half == part) is same] for same in (False, True))
        if {one.worth for one in seen} == {True, False} and unseen:
            fitted = platt(seen)
            through = [Judged(fitted(one.score), one.worth, one.half) for one in unseen]
            found[part] = {"as it is": brier(unseen), "mapped": brier(through), "share": _share(unseen)}
    return found


def _share(judged: Sequence[Judged]) -> float:
    return sum(one.worth for one in judged) / max(1, len(judged))


def page(measured: dict[str, Any]) -> list[str]:
    """The section of docs/evaluation.md."""
    lines = [
        "",
        "## What a score means",
        "",
        "Of the pairs with about that score, the share that is worth an alert (importance 2 and up). A Brier score is the"
        " mean squared distance from what was so, 0 is best; giving every pair the share of its set has the second"
        " figure. Held-out stories are fictional and were not trained on; what is raised there and not listed counts as"
        " wrong. On real and retold pairs nothing was fitted.",
        "",
    ]
    for name, told in measured["sets"].items():
        shown = f"{told['pairs']} pairs, {told['worth']:.2f} worth an alert; Brier {told['brier']:.3f}"
        lines += [f"### {name}: {shown}, the share alone {told['brier of the share alone']:.3f}", ""]
        lines += _table(
            ("score", "pairs", "mean score", "worth an alert"),
            [(where, count, f"{mean:.2f}", f"{share:.2f}") for where, count, mean, share in told["bins"]],
        )
    lines += [
        "A map of scores to probabilities (Platt, two numbers), fitted on the stories of the other half:",
        "",
        *_table(
            ("set", "half", "worth an alert", "Brier as it is", "Brier mapped"),
            [
                (name, part, f"{one['share']:.2f}", f"{one['as it is']:.3f}", f"{one['mapped']:.3f}")
                for name, parts in measured["mapped"].items()
                for part, one in parts.items()
            ],
        ),
        "## Whether what holds on one half of the issues holds on the other",
        "",
        "Stories and topics fall into two halves by their id alone. Both halves were looked at: they show how far figures"
        " scatter, and are no set apart.",
        "",
        *_table(
            ("pairs", "half", "pairs", "worth an alert", "Brier", "AUC"),
            [
                (name, part, one["pairs"], f"{one['worth']:.2f}", f"{one['brier']:.3f}", f"{one['auc']:.3f}")
                for name, told in measured["sets"].items()
                for part, one in told["halves"].items()
            ],
        ),
    ]
    sets = measured["news"]
    names = list(dict.fromkeys(key for parts in sets.values() for one in parts.values() for key in one))
    columns = [(name, part) for name, parts in sets.items() for part in parts]
    head = ("figure", *(f"{name}, {part}" for name, part in columns))
    return [*lines, *_table(head, [(key, *(_number(sets[n][p].get(key)) for n, p in columns)) for key in names])][:-1]


def _number(value: Any) -> str:
    return "–" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)


def _table(head: Sequence[object], lines: Iterable[Sequence[object]]) -> list[str]:
    return [f"| {' | '.join(map(str, x))} |" for x in (head, ("---",) * len(head), *lines)] + [""]


def measure(news: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Held-out stories, with what was measured of news sets: their `summary` and their `halves`."""
    told = {f"held-out stories, {name}": judged for name, judged in stories().items()}
    sets = {name: summary(judged) for name, judged in told.items()}
    return {
        "sets": sets | {f"{name}, compared": found["scores"] for name, found in news.items() if "scores" in found},
        "mapped": {name: mapped(judged) for name, judged in told.items()},
        "news": {name: found["halves"] for name, found in news.items() if "halves" in found},
    }


if __name__ == "__main__":
    print("\n".join(page(measure({}))))

"""Fit weights of signs (bot/conflicts/comparing.py) on what chain.py has written, and say what precision they reach.

python tests/training/fit.py         needs scikit-learn: see requirements-training.txt

For the pairs that a judge is asked about on the walk: how many are right at several thresholds, by weights that have
not seen their story. For pairs put side by side: how well the judge tells them apart alone, and all signs together.
Then the weights that all stories give. A conflict counts from importance 2 on; lesser ones count for nothing either
way. Not every conflict of a story is listed, so a "wrong" pair that is unlisted may be none.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sources import MADE
from story import WORTH

Row = dict[str, Any]
FOLDS = 8
JUDGED = "judged a conflict"
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)


def right(row: Row) -> bool:
    """Whether an alert on this pair would be right."""
    return row["label"] == "conflict" and row["importance"] >= WORTH


def numbers(rows: Sequence[Row], names: Sequence[str]) -> NDArray[np.float64]:
    """The signs of each pair, in the order of `names`."""
    return np.array([[row["signs"].get(name, 0.0) for name in names] for row in rows])


def cross_validated(rows: Sequence[Row], names: Sequence[str]) -> NDArray[np.float64]:
    """The probability of each pair by weights that have not seen its story."""
    signs, labels = numbers(rows, names), np.array([right(row) for row in rows])
    told = np.zeros(len(rows))
    for seen, unseen in GroupKFold(FOLDS).split(signs, labels, [row["story"] for row in rows]):
        told[unseen] = _fitted(signs[seen], labels[seen]).predict_proba(signs[unseen])[:, 1]
    return told


def table(rows: Sequence[Row], told: Sequence[float]) -> list[str]:
    """Precision and what is found, a line a threshold."""
    lines = []
    for threshold in THRESHOLDS:
        kept = [row for row, share in zip(rows, told, strict=True) if share >= threshold]
        good = {(row["story"], row["listed"]) for row in kept if right(row)}
        bad = {_identity(row) for row in kept if row["label"] != "conflict"}
        harmless = {_identity(row) for row in kept if row["label"] == "harmless"}
        cases = {(row["story"], row["case"]) for row in kept}
        kinds = ", ".join(
            f"{kind} {count}" for kind, count in Counter(r["kind"] for r in kept if right(r)).most_common()
        )
        lines.append(
            f"from {threshold}: {len(kept)} pairs in {len(cases)} cases, {len(good)} right, {len(bad)} wrong"
            f" ({len(harmless)} of them listed as harmless), precision {len(good) / max(1, len(good) + len(bad)):.2f};"
            f" {kinds}"
        )
    return lines


def _identity(row: Row) -> tuple[Any, ...]:
    """A pair, whichever statement comes first and whatever kind it is taken for."""
    ends = sorted((row[side]["article"], row[side]["start"], row[side]["end"]) for side in ("one", "other"))
    return row["story"], *ends


def _fitted(signs: NDArray[np.float64], labels: NDArray[np.bool_]) -> LogisticRegression:
    return LogisticRegression(C=1.0, max_iter=2000).fit(signs, labels)


def _rows(name: str) -> list[Row]:
    rows = [json.loads(line) for line in (MADE / f"{name}.jsonl").read_text("utf-8").splitlines()]
    return [row for row in rows if row["label"] != "conflict" or right(row)]


def _weights(rows: Sequence[Row], names: Sequence[str]) -> list[str]:
    fitted = _fitted(numbers(rows, names), np.array([right(row) for row in rows]))
    sized = zip(names, fitted.coef_[0].tolist(), strict=True)
    return [f"base {float(fitted.intercept_[0]):.2f}", *(f"{name}: {weight:.2f}" for name, weight in sized)]


def main() -> int:
    """Print the tables and the weights."""
    if not (MADE / "compared.jsonl").is_file():
        print(f"{MADE / 'compared.jsonl'} is not here: run tests/training/chain.py first", file=sys.stderr)
        return 1
    for name in ("candidates", "compared"):
        rows = _rows(name)
        names = sorted({sign for row in rows for sign in row["signs"]})
        labels = [right(row) for row in rows]
        found = {(row["story"], row["listed"]) for row in rows if right(row)}
        print(
            f"\n{name}: {len(rows)} pairs of {len({row['story'] for row in rows})} held-out stories, {len(found)} conflicts"
        )
        print(
            f"area under the curve: the judge alone {roc_auc_score(labels, numbers(rows, [JUDGED])[:, 0]):.3f}",
            end=", ",
        )
        told = cross_validated(rows, names)
        print(f"all signs, cross-validated {roc_auc_score(labels, told):.3f}")
        if name == "candidates":
            print(*table(rows, told.tolist()), sep="\n")
        print("weights:", *_weights(rows, names), sep="\n  ")
        print("weights of the judge alone:", *_weights(rows, [JUDGED]), sep="\n  ")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Imagined desks: how often, and after how many verdicts, thresholds move where the truth is known.

    python tests/benchmarks/desks.py

Each desk sees alerts with scores drawn from a fixed list, from its threshold on, and decides two a day; its verdicts are
right, and some of its dismissals come without a reason. The figures are those of docs/feedback.md.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable

from bot.calibration import Rules, Ruling, plan
from config.settings import Settings

RULES = Rules.of(Settings())
SCORES = (0.51, 0.53, 0.56, 0.58, 0.61, 0.63, 0.66, 0.68, 0.72, 0.77, 0.82, 0.85, 0.9)
DESKS, A_DAY = 200, 2
AFTER = (50, 100, 180, 400)
TRUTHS: dict[str, Callable[[float], float]] = {
    "every score .93": lambda score: 0.93,
    "under .65 .70, above .93": lambda score: 0.7 if score < 0.65 else 0.93,
    "under .65 .50, above .93": lambda score: 0.5 if score < 0.65 else 0.93,
    "under .65 .30, above .93": lambda score: 0.3 if score < 0.65 else 0.93,
    "under .65 .10, above .93": lambda score: 0.1 if score < 0.65 else 0.93,
    "under .60 .20, above .96": lambda score: 0.2 if score < 0.6 else 0.96,
}


def desk(share: Callable[[float], float], chance: random.Random, silent: float) -> list[float]:
    """The threshold of one desk after each number of verdicts in `AFTER`."""
    rulings: list[Ruling] = []
    threshold, seen = RULES.start, []
    while len(rulings) < AFTER[-1]:
        score = chance.choice([one for one in SCORES if one >= threshold])
        wrong = "unexplained" if chance.random() < silent else "refused"
        said = "confirmed" if chance.random() < share(score) else wrong
        rulings.append(Ruling(kind="reversal", score=score, said=said))  # type: ignore[arg-type]
        if len(rulings) % A_DAY == 0 and (move := plan("reversal", rulings, threshold, RULES)):
            threshold = move.new
        if len(rulings) in AFTER:
            seen.append(threshold)
    return seen


def main() -> None:
    """Print a line for each truth and number of verdicts."""
    for silent in (0.0, 0.5):
        for name, share in TRUTHS.items():
            ways = [desk(share, random.Random(seed), silent) for seed in range(DESKS)]  # noqa: S311 - imagined desks
            for place, verdicts in enumerate(AFTER):
                ends = sorted(Counter(way[place] for way in ways).items())
                shares = " ".join(f"{end:.2f}:{number / DESKS:.0%}" for end, number in ends)
                print(f"{name} | unexplained {silent:.0%} | {verdicts} verdicts | {shares}")


if __name__ == "__main__":
    main()

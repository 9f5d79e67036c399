"""The desk's rulings on pairs, counted, with exact bounds and with the share that an isotonic curve fits to them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from typing import Literal, Self

from config.values import ConflictKind

Said = Literal["confirmed", "refused", "unexplained"]

ERROR = 0.05  # of each one-sided bound
_HALVINGS = 40  # of the interval in which a bound is looked for: to the twelfth decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruling:
    """What the desk said of one pair that was posted with this score.

    "refused": not a conflict. "unexplained": dismissed, and nobody said why. What was dismissed for anything but the
    judgement (changed context, wrong extraction, already known, old news) is no ruling.
    """

    kind: ConflictKind
    score: float
    said: Said


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """How many rulings said what."""

    confirmed: int = 0
    refused: int = 0
    unexplained: int = 0

    @classmethod
    def of(cls, rulings: Iterable[Ruling]) -> Self:
        """The rulings counted."""
        said = [ruling.said for ruling in rulings]
        return cls(
            confirmed=said.count("confirmed"), refused=said.count("refused"), unexplained=said.count("unexplained")
        )

    @property
    def explained(self) -> int:
        """Rulings of which the reason is known."""
        return self.confirmed + self.refused

    @property
    def total(self) -> int:
        """All of them."""
        return self.explained + self.unexplained

    @property
    def least(self) -> float:
        """The share confirmed is at least this; what nobody explained counts against."""
        return lower(self.confirmed, self.total)

    @property
    def most(self) -> float:
        """The share confirmed is at most this; what nobody explained does not count."""
        return upper(self.confirmed, self.explained)


@lru_cache(maxsize=4096)
def lower(successes: int, of: int) -> float:
    """The exact lower bound (Clopper and Pearson) of a share, one-sided, wrong in at most `ERROR` of cases."""
    if successes == 0:
        return 0.0
    low, high = 0.0, 1.0
    for _ in range(_HALVINGS):
        share = (low + high) / 2
        if _at_least(successes, of, share) <= ERROR:
            low = share
        else:
            high = share
    return low


def upper(successes: int, of: int) -> float:
    """The exact upper bound of a share, one-sided; 1 where nothing is known."""
    return 1.0 - lower(of - successes, of)


def _at_least(successes: int, of: int, share: float) -> float:
    """How likely so many successes or more are, each coming with probability `share` (0 < share < 1)."""
    whole, yes, no = math.lgamma(of + 1), math.log(share), math.log1p(-share)
    return math.fsum(
        math.exp(whole - math.lgamma(k + 1) - math.lgamma(of - k + 1) + k * yes + (of - k) * no)
        for k in range(successes, of + 1)
    )


def fitted(rulings: Iterable[Ruling]) -> dict[float, float]:
    """By score, the share confirmed that fits best among all that never fall as the score rises.

    Isotonic regression by pooling adjacent violators; rulings without a reason are left out.
    """
    blocks: list[tuple[int, int, list[float]]] = []  # confirmed, all, scores
    for score, confirmed, of in _by_score(rulings):
        blocks.append((confirmed, of, [score]))
        while len(blocks) > 1 and blocks[-2][0] * blocks[-1][1] >= blocks[-1][0] * blocks[-2][1]:
            yes, many, scores = blocks.pop()
            before = blocks.pop()
            blocks.append((before[0] + yes, before[1] + many, [*before[2], *scores]))
    return {score: confirmed / of for confirmed, of, scores in blocks for score in scores}


def _by_score(rulings: Iterable[Ruling]) -> Sequence[tuple[float, int, int]]:
    known = sorted((one.score, one.said == "confirmed") for one in rulings if one.said != "unexplained")
    grouped = ((score, [yes for _, yes in group]) for score, group in groupby(known, key=lambda one: one[0]))
    return [(score, sum(said), len(said)) for score, said in grouped]

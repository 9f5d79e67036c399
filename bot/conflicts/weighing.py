"""What the rules see and what a judge says of a pair, in one probability that it is a conflict worth an alert."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.conflicts.opposition import EXPLICIT, agree, opposed
from bot.conflicts.order import last_day
from bot.opinions import NO_OPINION

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.conflicts.pair import Pair
    from bot.model import Position
    from bot.opinions import Verdict

# Log-odds, fitted on story clusters that the network was not trained on: tests/training/fit.py.
_BASE: Final = 0.0
_WEIGHTS: Final[Mapping[str, float]] = {}
_LEAST: Final = 0.05  # what is less likely than this is not kept


def weighed(pair: Pair, verdict: Verdict) -> Pair | None:
    """The pair with its probability after the verdict, None where it is no conflict.

    A judge without an opinion leaves a pair as the rules have it; one that may veto takes it back.
    """
    if verdict.veto:
        return None
    if verdict == NO_OPINION or pair.kind == "opposed":
        return pair if pair.hit else None
    doubts = (*pair.doubts, verdict.doubt) if verdict.doubt else pair.doubts
    score = round(probability(pair, verdict), 2)
    return replace(pair, score=score, doubts=doubts) if score >= _LEAST else None


def probability(pair: Pair, verdict: Verdict) -> float:
    """How likely a pair is worth an alert, 0..1, from a verdict and the rules' reading."""
    odds = _BASE + sum(_WEIGHTS.get(name, 0.0) * size for name, size in signs(pair, verdict).items())
    return 1 / (1 + math.exp(-odds))


def signs(pair: Pair, verdict: Verdict) -> dict[str, float]:
    """What speaks for or against a conflict, each with its size."""
    one, two = older_first(pair)
    explicit = sum(position.strength >= EXPLICIT for position in (one, two))
    return {
        "judged a conflict": _odds(verdict.conflict),
        "judged to agree": _odds(verdict.agree),
        "alike in meaning": pair.link.likeness,
        "on one configured proposition": float(pair.link.configured),
        "opposite in so many words": float(opposed(one, two) and explicit == len((one, two))),
        "opposite, implied": float(opposed(one, two) and explicit < len((one, two))),
        "the same stance": float(agree(one, two)),
        "in one article": float(one.statement.source.article == two.statement.source.article),
        "deferred": float(pair.bridge is not None),
        pair.kind: 1.0,
    }


def older_first(pair: Pair) -> tuple[Position, Position]:
    """What is judged: for a deferral, the claim and what was pointed back to."""
    if pair.bridge is None:
        return pair.earlier, pair.later
    one, other = sorted((pair.earlier, pair.bridge), key=lambda p: str(last_day(p) or ""))
    return one, other


def _odds(share: float) -> float:
    share = min(0.995, max(0.005, share))
    return math.log(share / (1 - share))

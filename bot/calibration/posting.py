"""What becomes of a conflict with a score, where its kind is posted from a threshold on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.calibration.moves import Rules


def kept(score: float, threshold: float, rules: Rules) -> bool:
    """Whether it stays on record: what a raised threshold holds back does, what never was worth a message does not."""
    return score >= min(rules.start, threshold)


def posted(score: float, threshold: float) -> bool:
    """Whether it is posted."""
    return score >= threshold

"""Two sides that disagree: kept on record, the normal state of things."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conflicts.holders import one_side, own, voice
from bot.conflicts.nearness import link
from bot.conflicts.opposition import EXPLICIT, opposed, score
from bot.conflicts.order import sorted_by_day
from bot.conflicts.pair import Pair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.model import Position
    from config.schema import Side


def pairs(fresh: Position, near: Sequence[Position], sides: Sequence[Side]) -> Iterator[Pair]:
    """Pairs of two known, different sides, both with their stance in so many words."""
    for other in near:
        if barred(fresh, other, sides):
            continue
        if not opposed(fresh, other) or min(fresh.strength, other.strength) < EXPLICIT:
            continue
        linked = link(fresh, other)
        if linked and linked.firm:
            earlier, later = sorted_by_day(fresh, other)
            yield Pair(
                kind="opposed", earlier=earlier, later=later, link=linked, hit=True, score=score(earlier, later, linked)
            )


def barred(fresh: Position, other: Position, sides: Sequence[Side]) -> str:
    """Why the two can be no disagreement of two sides, whatever they say; "" where they can."""
    one, two = voice(fresh), voice(other)
    if not (own(fresh) and own(other)):
        return "one of them tells the position of another side"
    if not (one.side and two.side):
        return "the side of one of them is not known"
    return "they are of one side" if one_side(one, two, sides) else ""

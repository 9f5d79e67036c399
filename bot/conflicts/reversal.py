"""One person on one proposition, earlier and now: the stance has turned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conflicts.holders import own, voice
from bot.conflicts.nearness import one_breath, one_utterance
from bot.conflicts.one_party import pair_of
from bot.conflicts.order import before

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.conflicts.pair import Pair
    from bot.model import Position
    from config.schema import Side


def pairs(fresh: Position, near: Sequence[Position], sides: Sequence[Side], *, hits: bool = False) -> Iterator[Pair]:
    """Pairs of one voice speaking for itself on two different days; with `hits` those that conflict alone.

    Without two certain days there is no turn, and an old statement that arrives late makes none: what was said last
    was news before.
    """
    for other in near:
        if not barred(fresh, other):
            pair = pair_of("reversal", other, fresh, sides, hits=hits)
            if pair:
                yield pair


def barred(fresh: Position, other: Position) -> str:
    """Why the two can be no reversal, whatever they say; "" where they can."""
    if not (own(fresh) and own(other)):
        return "one of them tells the position of another side"
    if not voice(fresh).same(voice(other)):
        return "two voices speak"
    if not fresh.holder.same(other.holder) and fresh.holder.side != other.holder.side:
        return "they speak for two different sides"
    if before(other, fresh) and not before(fresh, other):
        return ""
    if before(fresh, other):
        return "the older words came on record last, and what was said last was news before"
    if one_utterance(other, fresh):
        return "both may be reports of one remark"
    if one_breath(other, fresh):
        return "both were said in one article on one day: two halves of a thought, or one remark told twice"
    return "the days do not show for sure which was said first"

"""One person on one proposition, earlier and now: the stance has turned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conflicts.dealings import taken_back
from bot.conflicts.holders import own, voice
from bot.conflicts.nearness import joined, link, one_breath, one_utterance
from bot.conflicts.opposition import opposes, score
from bot.conflicts.order import before, sorted_by_day
from bot.conflicts.pair import Pair
from bot.conflicts.turned import turned

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.model import Position
    from config.schema import Side


def pairs(fresh: Position, near: Sequence[Position], sides: Sequence[Side]) -> Iterator[Pair]:
    """Pairs of one voice speaking for itself on two different days.

    Without two certain days there is no turn, and an old statement that arrives late makes none: what was said last
    was news before.
    """
    for other in near:
        if barred(fresh, other):
            continue
        earlier, later = sorted_by_day(fresh, other)
        turn = turned(earlier, later, sides)
        linked = link(earlier, later) or joined(turn)
        back = taken_back("reversal", earlier, later, linked)
        if back:
            yield back
        elif linked:
            yield Pair(
                kind="reversal",
                earlier=earlier,
                later=later,
                link=linked,
                hit=opposes(earlier, later, linked, turn),
                score=score(earlier, later, linked, turn),
                turn=turn,
            )


def barred(fresh: Position, other: Position) -> str:
    """Why the two can be no reversal, whatever they say; "" where they can."""
    if not (own(fresh) and own(other)):
        return "one of them tells the position of another side"
    if not voice(fresh).same(voice(other)):
        return "two voices speak"
    if not fresh.holder.same(other.holder) and fresh.holder.side != other.holder.side:
        return "they speak for two different sides"
    earlier, later = sorted_by_day(fresh, other)
    if one_utterance(earlier, later):
        return "both may be reports of one remark"
    if one_breath(earlier, later):
        return "both were said in one article on one day: two halves of a thought, or one remark told twice"
    if not before(earlier, later):
        return "the days do not show for sure which was said first"
    if later is not fresh:
        return "the older words came on record last, and what was said last was news before"
    return ""

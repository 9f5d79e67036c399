"""Two positions of one person or one side, in the order of their days: whether the later one goes back on the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conflicts.dealings import by_dealings, taken_back
from bot.conflicts.nearness import joined, link
from bot.conflicts.opposition import differ, may_oppose, opposes, score
from bot.conflicts.pair import Pair
from bot.conflicts.turned import turned

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model import Position
    from config.schema import Side
    from config.values import ConflictKind


def pair_of(
    kind: ConflictKind,
    earlier: Position,
    later: Position,
    sides: Sequence[Side],
    less: float = 0.0,
    *,
    hits: bool,
) -> Pair | None:
    """The pair where the two are linked, its score by `less` lower; with `hits` only if the rules see a conflict.

    What is quickly told comes first: to lay words side by side takes longer than all else.
    """
    back = taken_back(later, earlier)
    settled = hits and not back
    if settled and not may_oppose(earlier, later):
        return None
    turn = turned(earlier, later, sides)
    if settled and not differ(earlier, later, turn):
        return None
    linked = link(earlier, later) or joined(turn)
    if back:
        return by_dealings(kind, earlier, later, linked)
    if not linked:
        return None
    return Pair(
        kind=kind,
        earlier=earlier,
        later=later,
        link=linked,
        hit=opposes(earlier, later, linked, turn),
        score=round(max(0.0, score(earlier, later, linked, turn) - less), 2),
        turn=turn,
    )

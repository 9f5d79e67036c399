"""Conflicts that the article itself tells of: somebody denies what another says, or has dropped an earlier position.

Neither the words nor the stances are compared: the journalist did that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.conflicts.holders import one_side, own, voice
from bot.conflicts.nearness import Link
from bot.conflicts.pair import Pair
from bot.conflicts.standing import answers, known

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.model import Position
    from config.schema import Side
    from config.values import ConflictKind

_SCORE: Final = 0.75
_LINK: Final = Link(score=0.5)


def pairs(fresh: Position, near: Sequence[Position], sides: Sequence[Side]) -> Iterator[Pair]:
    """Pairs of two statements of one article of which it says that the one denies the other, or gives it up."""
    for other in near:
        for earlier, later in ((other, fresh), (fresh, other)):
            if not tells(earlier, later):
                continue
            kind = _kind(earlier, later, sides)
            if kind:
                denied = kind in {"denied_claim", "disputed"}
                yield Pair(
                    kind=kind,
                    earlier=earlier,
                    later=later,
                    link=_LINK,
                    hit=True,
                    score=_SCORE,
                    answer="denied" if denied else None,
                    told=later.statement.told,
                )


def told_of(one: Position, other: Position) -> bool:
    """Whether the article of both sets one against the other, whichever way."""
    return tells(one, other) or tells(other, one)


def tells(earlier: Position, later: Position) -> bool:
    """Whether the article of both says that `later` denies `earlier`, or gives it up."""
    one, two = earlier.statement, later.statement
    return two.told is not None and one.source.article == two.source.article and two.told.of == one.quote


def _kind(earlier: Position, later: Position, sides: Sequence[Side]) -> ConflictKind | None:
    """Of which kind it is by who speaks for whom; None where nobody is set against anybody."""
    one, two = voice(earlier), voice(later)
    told = later.statement.told
    if not known(one) or not answers(two):
        return None
    together = one_side(one, two, sides)
    if not own(later):
        return None
    if told is not None and told.how == "turned":
        same = one.same(two) or (one.side is not None and one.side == two.side)
        return "reversal" if same and own(earlier) else None
    if one.same(two):
        return None
    if earlier.claimed_by and not together and one_side(earlier.holder, two, sides):
        return "denied_claim"
    if together:
        return "same_side" if own(earlier) and (one.side != two.side or (one.person and two.person)) else None
    return "disputed"

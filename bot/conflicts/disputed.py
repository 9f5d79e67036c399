"""Two sides whose accounts of one matter cannot both be true: what happened, who did it, how much, whether at all.

That two sides want different things is the normal state of things (see `opposing`); that one says what the other says
is untrue is news. Words alone do not tell these apart, so the rules raise nothing here: a judge has to.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.conflicts.holders import one_side, voice
from bot.conflicts.nearness import link, one_utterance
from bot.conflicts.order import gap, sorted_by_day
from bot.conflicts.pair import Pair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.model import Position
    from config.schema import Side

_WITHIN: Final = 60  # days: an account is disputed while it is news


def pairs(fresh: Position, near: Sequence[Position], sides: Sequence[Side]) -> Iterator[Pair]:
    """Pairs of two voices of different sides, each with its own account, not far apart in time."""
    for other in near:
        one, two = voice(fresh), voice(other)
        if one.same(two) or one_side(one, two, sides):
            continue
        linked = link(fresh, other)
        if not linked or one_utterance(fresh, other):
            continue
        earlier, later = sorted_by_day(fresh, other)
        if earlier.statement.source.article != later.statement.source.article and gap(earlier, later).days > _WITHIN:
            continue
        yield Pair(kind="disputed", earlier=earlier, later=later, link=linked, hit=False)

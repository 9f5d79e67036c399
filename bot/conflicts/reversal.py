"""One person on one proposition, earlier and now: the stance has turned."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.conflicts.holders import own, voice
from bot.conflicts.nearness import link, one_breath, one_utterance
from bot.conflicts.opposition import in_words, score
from bot.conflicts.order import before, sorted_by_day
from bot.conflicts.pair import Pair

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.model import Position


def pairs(fresh: Position, near: Sequence[Position]) -> Iterator[Pair]:
    """Pairs of one voice speaking for itself on two different days.

    Without two certain days there is no turn, and an old statement that arrives late makes none: what was said last
    was news before.
    """
    for other in near:
        if not (own(fresh) and own(other) and voice(fresh).same(voice(other))):
            continue
        if not fresh.holder.same(other.holder) and fresh.holder.side != other.holder.side:
            continue
        earlier, later = sorted_by_day(fresh, other)
        if (
            later is not fresh
            or not before(earlier, later)
            or one_breath(earlier, later)
            or one_utterance(earlier, later)
        ):
            continue
        linked = link(earlier, later)
        if linked:
            hit = linked.firm and in_words(earlier, later)
            yield Pair(
                kind="reversal", earlier=earlier, later=later, link=linked, hit=hit, score=score(earlier, later, linked)
            )

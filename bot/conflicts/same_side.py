"""Two people of one side who differ on one proposition."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.conflicts.holders import one_side, own, voice
from bot.conflicts.nearness import one_utterance
from bot.conflicts.one_party import pair_of
from bot.conflicts.order import sorted_by_day

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bot.conflicts.pair import Pair
    from bot.model import Party, Position
    from config.schema import Side

_LIGHT: Final = frozenset({"legislator", "other"})  # ranks that do not bind the side
_LIGHTER = 0.1


def pairs(fresh: Position, near: Sequence[Position], sides: Sequence[Side], *, hits: bool = False) -> Iterator[Pair]:
    """Pairs of two voices of one side, each speaking for the side or for itself; with `hits` those in conflict alone.

    "Norrland says" is the voice of one of Norrland's officials: the two are never set against each other.
    """
    for other in near:
        if barred(fresh, other, sides):
            continue
        less = _LIGHTER if not _LIGHT.isdisjoint((voice(fresh).rank, voice(other).rank)) else 0.0
        pair = pair_of("same_side", *sorted_by_day(fresh, other), sides, less, hits=hits)
        if pair:
            yield pair


def barred(fresh: Position, other: Position, sides: Sequence[Side]) -> str:
    """Why the two can be no difference within a side, whatever they say; "" where they can."""
    if not (own(fresh) and own(other)):
        return "one of them tells the position of another side"
    one, two = voice(fresh), voice(other)
    if one.same(two):
        return "one voice speaks"
    if not one_side(one, two, sides):
        return "they are not known to be of one side"
    if speaks_through(one, two):
        return "the one speaks for the very body that is the other: they are one voice"
    return "both may be reports of one remark" if one_utterance(fresh, other) else ""


def speaks_through(one: Party, two: Party) -> bool:
    """Whether one is a body and the other a person who speaks for that very body."""
    return one.person != two.person and one.side == two.side

"""Who is one side with whom, and whose words a position is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.conflicts.sides import names, within

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model import Party, Position
    from config.schema import Side

_PARTS: Final = re.compile(r",? and |, ")


def voice(position: Position) -> Party:
    """Who said it, as far as is known: the speaker, else the holder."""
    return position.voice


def one_side(one: Party, other: Party, sides: Sequence[Side]) -> bool:
    """Whether both belong to one side, or the side of one is a part of the other's.

    Two parts of a larger whole (two member states) are not one side.
    """
    if one.same(other):
        return True
    if not one.side or not other.side:
        return False
    return one.side == other.side or within(one.side, other.side, sides) or within(other.side, one.side, sides)


def concerns(whole: Party, one: Party, sides: Sequence[Side]) -> bool:
    """Whether a position of `whole` is one of `one`'s side: also where it is one of several, "Norrland and Ostmark"."""
    if one_side(whole, one, sides):
        return True
    if whole.person or whole.side or " and " not in whole.name:
        return False
    return not set(_PARTS.split(whole.name)).isdisjoint(names(one.side, sides))


def own(position: Position) -> bool:
    """Whether somebody of the holder's own side speaks."""
    return position.claimed_by is None

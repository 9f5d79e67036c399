"""What the words show and what a small network makes of them, in one stance."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.positions.stance import EXPLICIT

if TYPE_CHECKING:
    from bot.model import Position
    from bot.opinions import Glance

_SURE: Final = 0.5  # from here on the network is believed where no word shows a stance
_SURER: Final = 0.9  # and from here on against words that show one
_IMPLIED: Final = 0.55  # how sure a stance is at most that no word shows: less than an explicit one
_SILENT: Final = ("no_comment",)


def weighed(position: Position, glance: Glance) -> Position:
    """The position with its meaning; with the network's stance where the words show none, or little against it.

    Words that show a stance go before the network, and a refusal to answer before everything.
    """
    position = replace(position, meaning=glance.meaning)
    if not glance.stances or position.stance in _SILENT or position.defers_to:
        return position
    stance = max(glance.stances, key=lambda name: glance.stances[name])
    share = glance.stances[stance]
    if stance == position.stance:
        return position
    needed = _SURER if position.strength >= EXPLICIT else _SURE
    if share < needed:
        return position
    return replace(position, stance=stance, strength=min(_IMPLIED, share))

"""What the words show and what a small network makes of them, in one stance."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Final

from bot.positions.lexicon import LEXICON
from bot.positions.stance import EVALUATION, EXPLICIT

if TYPE_CHECKING:
    from bot.model import Position
    from bot.opinions import Glance

_SURE: Final = 0.8  # from here on the network is believed against words that only imply a stance
_IMPLIED: Final = 0.35  # how sure a stance is at most that no word shows: too little to alert anybody


def weighed(position: Position, glance: Glance) -> Position:
    """The position with its meaning; with the network's stance where no word shows one, or hardly.

    Words that show a stance go before the network, and a refusal to answer before everything. Which goes before which
    was chosen on story clusters that the network was not trained on. A condition that stands in words stays one.
    """
    position = replace(position, meaning=glance.meaning)
    if not glance.stances or position.stance == "no_comment" or position.defers_to or _shown(position):
        return position
    if position.stance == "none":
        stance = max(glance.stances, key=lambda name: glance.stances[name])
        return replace(position, stance=stance, strength=min(_IMPLIED, glance.stances[stance]))
    stance = max((name for name in glance.stances if name != "none"), key=lambda name: glance.stances[name])
    share = glance.stances[stance]
    if stance == position.stance or share < _SURE or position.stance == "conditional" or _lessens(position):
        return position
    return replace(position, stance=stance, strength=min(_IMPLIED, share))


def _shown(position: Position) -> bool:
    """Whether words show the stance, and not merely that a report denies what was said ("did not say whether …")."""
    return position.strength >= (EXPLICIT if position.statement.negated else EVALUATION)


def _lessens(position: Position) -> bool:
    """Whether it is against what it would lessen: who is for lifting sanctions is against them, and sounds for.

    So it is where nothing lessens it any more: "no longer limits it" is for it, and sounds against.
    """
    less = any(LEXICON.get(tuple(op.split())) == "less" for op in position.operators)
    return less and (position.stance == "against" or "no longer" in position.operators)

"""Whether two stances oppose, and how surely."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.conflicts.nearness import Link
    from bot.contrast import Contrast
    from bot.model import Position

_SIGN = {"for": 1, "conditional": 1, "open": 1, "against": -1}
EXPLICIT = 0.6  # strength from which the words themselves show the stance
_JUDGED = 0.7  # from here on a stance is more than "there is no …"
_UNDECIDED = frozenset(
    {"no decision", "not decided", "undecided", "unclear", "not clear", "remains to be seen", "under discussion"}
)
# Who studies a thing that he refused has not changed his mind.
_STUDIES = ("look at", "looking at", "looking into", "examin", "being examined", "under discussion", "talk about")
_BOTH, _ONE, _NONE = 0.75, 0.55, 0.3  # both stances in so many words, one, neither
_TURNED = 0.8  # one denies what the other asserts, word by word
_UNSAID = 0.4  # below this a stance is a bare assertion: too little to alert anybody
_LESS_SAFE = 0.1
_CONFIGURED = 0.1
_SOFT = 0.15  # off for a condition, or a door left open


def opposed(one: Position, other: Position) -> bool:
    """Whether one is for and one against; silence and an unknown stance oppose nothing."""
    left, right = _SIGN.get(one.stance, 0), _SIGN.get(other.stance, 0)
    return left * right < 0 and not (_unsettled(one, other) or _unsettled(other, one))


def _unsettled(one: Position, other: Position) -> bool:
    """Whether the one says that it is studied, or that nothing is decided where the other says only that nothing is."""
    if one.stance == "open" and any(words.casefold().startswith(_STUDIES) for words in one.operators):
        return other.stance == "against"
    undecided = one.stance == "open" and any(words.casefold() in _UNDECIDED for words in one.operators)
    return undecided and other.stance == "against" and other.strength < _JUDGED


def in_words(one: Position, other: Position) -> bool:
    """Whether they oppose and both say so in so many words, not only by a negation somewhere near."""
    return opposed(one, other) and min(one.strength, other.strength) >= EXPLICIT


def may_oppose(one: Position, other: Position) -> bool:
    """Whether they can oppose by any words at all: not where both take one stance in so many words."""
    return one.stance != other.stance or min(one.strength, other.strength) < EXPLICIT


def differ(one: Position, other: Position, turn: Contrast | None, *, claimed: bool = False) -> bool:
    """Whether the rules see two positions oppose if they are linked: the words are turned, or both stances say so.

    Words that say the same once more oppose nothing, however their stances are read; nor do words that are turned where
    both take one stance in so many words ("unrealistic", "off the table"). Of a `claimed` position an implied stance
    may be enough.
    """
    if turn:
        return turn.turned and may_oppose(one, other)
    return opposed(one, other) if claimed else in_words(one, other)


def opposes(one: Position, other: Position, link: Link, turn: Contrast | None, *, claimed: bool = False) -> bool:
    """Whether the rules see two linked positions oppose; an implied stance is enough on a configured issue alone."""
    implied = claimed and link.configured
    return differ(one, other, turn, claimed=implied) and (turn is not None or implied or link.firm)


def agree(one: Position, other: Position) -> bool:
    """Whether both lean the same way."""
    return _SIGN.get(one.stance, 0) * _SIGN.get(other.stance, 0) > 0


def score(one: Position, other: Position, link: Link, turn: Contrast | None = None) -> float:
    """How surely two opposed positions conflict, 0..1; those whose words are turned, whatever stance is implied."""
    if turn and turn.turned and not in_words(one, other):
        return round(_TURNED + (_CONFIGURED if link.configured else 0.1 * link.score), 2)
    explicit = sum(position.strength >= EXPLICIT for position in (one, other))
    value = (_NONE, _ONE, _BOTH)[explicit]
    if any(position.strength < _UNSAID and position.claimed_by is None for position in (one, other)):
        value -= _LESS_SAFE  # "he believes that Ostrava would cede the port" asserts its position, and needs no more
    value += _CONFIGURED if link.configured else 0.1 * link.score
    if partial(one) or partial(other):
        value -= _SOFT
    return round(max(0.0, min(1.0, value)), 2)


def partial(position: Position) -> bool:
    """Whether a condition or an open door stands in the way of a full stance."""
    return position.stance in {"conditional", "open"}

"""Words that point back at something named before: "he will accept that"."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from bot.positions.clauses import clauses
from bot.positions.words import listed, words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.positions.clauses import Clause
    from bot.positions.words import Word

_POINTING: Final = listed("it this that these those them such")
_BEHIND_THAT: Final = listed(
    "is was are were would will has had can must and but as in on at for of because when now yet too"
)


def points_back(text: str) -> bool:
    """Whether a stance is taken in so many words towards something named before: "he will accept that"."""
    held = words(text)
    return any(points(part, held) for part in clauses(text))


def points(part: Clause, held: Sequence[Word]) -> bool:
    """Whether a stance operator of the clause touches a word that points back."""
    for op in part.operators:
        if op.kind not in {"accept", "reject"}:
            continue
        places = range(max(part.first, op.first - 4), min(part.last + 1, op.last + 4))
        if any(held[place].form in _POINTING and not _joins(place, part, held) for place in places):
            return True
    return False


def _joins(place: int, part: Clause, held: Sequence[Word]) -> bool:
    """Whether "that" opens a clause of its own ("said that Norrland …") and so points at nothing."""
    if held[place].form != "that" or place == part.last:
        return False
    return held[place + 1].form not in _BEHIND_THAT

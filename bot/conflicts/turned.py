"""Two statements laid side by side, each in the voice of who holds it: whether one denies what the other asserts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.conflicts.holders import one_side, voice
from bot.conflicts.nearness import own_words
from bot.conflicts.order import before
from bot.conflicts.sides import names
from bot.contrast import Voice, contrast, named, turns
from bot.matter import salient

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.contrast import Contrast
    from bot.model import Party, Position
    from config.schema import Side

_SHARED: Final = 2  # words that carry the matter, of texts
_BRIEF: Final = 3  # that have more than so many of them
_TWICE: Final = 2  # turned and turned back: "did not rule out"
_CONCEDES: Final = re.compile(r"\b(?:disput|contest|question|doubt|challeng)", re.IGNORECASE)  # "does not dispute that"


def turned(earlier: Position, later: Position, sides: Sequence[Side]) -> Contrast | None:
    """How the words of two positions stand to each other, None where that cannot be told for sure.

    Of a claim and its answer, the one claimed of and the one who answers are one party. Of words whose order nobody
    knows, what might have come true in between turns nothing.
    """
    found = _laid(earlier, later, sides)
    if found and found.turned and not (before(earlier, later) or before(later, earlier)):
        back = _laid(later, earlier, sides)
        return found if back and back.turned else back
    return found


def _laid(earlier: Position, later: Position, sides: Sequence[Side]) -> Contrast | None:
    left, right = salient(earlier.statement.content), salient(later.statement.content)
    shared = len(left & right)
    if not shared or (shared < _SHARED and min(len(left), len(right)) > _BRIEF):
        return None  # laying them side by side would take longer, and find nothing
    one, other = _owner(earlier), _owner(later)
    one_party = one_side(one, other, sides)
    ours = _names(one, sides), _names(other, sides)
    known = (ours[0] | ours[1],) * 2 if one_party else ours
    first, second = _voice(earlier, known[0]), _voice(later, known[1])
    return contrast(first, second, one_party=one_party) if first and second else None


def _owner(position: Position) -> Party:
    """Whose position the words tell."""
    return position.holder if position.claimed_by else voice(position)


def _voice(position: Position, known: frozenset[str]) -> Voice | None:
    """The words as they are told; None where the report turns them twice and leaves them open."""
    statement = position.statement
    cue = statement.cue or ""
    times = turns(cue) if statement.kind != "direct" else 0
    if times >= _TWICE or (times and _CONCEDES.search(cue)):
        return None
    return Voice(
        text=own_words(position),
        about=statement.content.partition(" [about: ")[2].rstrip("]"),
        names=known,
        indirect=statement.kind != "direct",
        denied=times == 1 or (statement.negated and not times),
    )


def _names(party: Party, sides: Sequence[Side]) -> frozenset[str]:
    return _called(party.name, party.role or "", names(party.side, sides))


@lru_cache(maxsize=2048)
def _called(name: str, role: str, side: tuple[str, ...]) -> frozenset[str]:
    return named((name, role, *side))

"""How a headline calls a person or a body."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from bot.conflicts.sides import names

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model import Party
    from config.schema import Side

_PARTICLES: Final = frozenset(
    {"von", "van", "der", "den", "de", "del", "della", "di", "da", "dos", "du", "la", "le", "el", "al", "bin", "bint"}
    | {"ibn", "ben", "abu", "ter", "ten", "zu", "st", "mac"}
)
_SUFFIXES: Final = frozenset({"jr", "sr", "ii", "iii", "iv"})
# Sides whose people are named family name first.
_FAMILY_FIRST: Final = frozenset(
    {"china", "taiwan", "north-korea", "south-korea", "vietnam", "cn", "tw", "kp", "kr", "vn"}
)


def surname(party: Party) -> str:
    """The name under which the press files a person; a body's name whole."""
    parts = party.name.split()
    if not party.person or len(parts) < 2 or _describes(parts):
        return party.name
    if party.side in _FAMILY_FIRST and "-" not in parts[0]:
        return parts[0]
    while len(parts) > 2 and parts[-1].strip(".,").casefold() in _SUFFIXES:
        parts.pop()
    at = len(parts) - 1
    while at > 1 and parts[at - 1].casefold() in _PARTICLES:
        at -= 1
    return " ".join(parts[at:]).strip(",")


def _describes(parts: list[str]) -> bool:
    """Whether a name is a description: "Norrland's ambassador to the Compact", "Castle official"."""
    return any(part[0].islower() and part.casefold() not in _PARTICLES for part in parts)


def possessive(name: str) -> str:
    """The name with the mark of ownership: “Putin’s”."""
    return f"{name}’s"


def names_side(text: str, party: Party, sides: Sequence[Side]) -> bool:
    """Whether a text names somebody, or the side that he is of, by any of its names."""
    return _called(all_names(party, sides)).search(text) is not None


def all_names(party: Party, sides: Sequence[Side]) -> tuple[str, ...]:
    """Under which names somebody may be spoken of, and the side that he is of."""
    return (surname(party), *names(party.side, sides))


@lru_cache(maxsize=2048)
def _called(forms: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, forms))})s?\b")

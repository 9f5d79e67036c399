"""How a headline calls a person or a body."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from bot.model import Party

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

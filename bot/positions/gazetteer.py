"""The words that name the sides, as forms ready to be found among the words of a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from bot.positions.words import phrase

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from config.schema import Side

_Forms = tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Gazetteer:
    """The configured sides and what they are called; build it once with `of`. Of equal words the first side's count."""

    sides: Mapping[str, Side]
    named: Mapping[_Forms, str]  # name or metonym -> side
    single: Mapping[str, str]  # one-word name, metonym or adjective -> side
    places: frozenset[_Forms]  # names, metonyms and adjectives
    owners: frozenset[str]  # one-word adjectives, and one-word names of organisations: "Norrlandic troops"

    @classmethod
    def of(cls, sides: Sequence[Side]) -> Self:
        """The gazetteer of these sides."""
        named: dict[_Forms, str] = {}
        every: dict[_Forms, str] = {}
        owners: set[_Forms] = set()
        for side in sides:
            names = [phrase(entry) for entry in (side.name, *side.names)]
            adjectives = [phrase(entry) for entry in side.adjectives]
            for forms in names:
                named.setdefault(forms, side.id)
            for forms in (*names, *adjectives):
                every.setdefault(forms, side.id)
            owners.update(adjectives, map(phrase, side.names) if side.kind == "organisation" else ())
        every.pop((), None)
        return cls(
            sides={side.id: side for side in sides},
            named=named,
            single={forms[0]: side for forms, side in every.items() if len(forms) == 1},
            places=frozenset(every),
            owners=frozenset(forms[0] for forms in owners if len(forms) == 1),
        )

    def one_side(self, one: str, other: str) -> bool:
        """Whether two sides are one, or one is a part of the other."""
        return one == other or other in self._within(one) or one in self._within(other)

    def _within(self, side: str) -> tuple[str, ...]:
        known = self.sides.get(side)
        return known.within if known else ()

"""The configured sides, read once: which larger ones each is a part of, and what they are called.

A newsroom configures hundreds of sides and asks about them for every pair: going through all of them took longer than
everything else that is asked of a pair.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from config.schema import Side


def within(part: str, whole: str, sides: Sequence[Side]) -> bool:
    """Whether the side `part` belongs to the side `whole`, directly or through another."""
    return whole in _read(_Given(sides)).larger(part)


def names(side: str | None, sides: Sequence[Side]) -> tuple[str, ...]:
    """What a side is called: its name, its metonyms and its adjectives; nothing where it is not configured."""
    return _read(_Given(sides)).names.get(side or "", ())


def called(sides: Sequence[Side]) -> frozenset[str]:
    """Every word by which any of the sides is called, in lower case."""
    return _read(_Given(sides)).called


class _Given:
    """The sides as they were given: one configuration is one object, and comparing its sides one by one is dear."""

    __slots__ = ("sides",)

    def __init__(self, sides: Sequence[Side]) -> None:
        self.sides = sides

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Given) and self.sides is other.sides

    def __hash__(self) -> int:
        return id(self.sides)


class _Sides:
    def __init__(self, sides: Sequence[Side]) -> None:
        first = {side.id: side for side in reversed(sides)}  # of equal ids the first counts
        self._within = {key: side.within for key, side in first.items()}
        self._larger: dict[str, frozenset[str]] = {}
        self.names = {key: (side.name, *side.names, *side.adjectives) for key, side in first.items()}
        words = ((side.name, *side.names, *side.adjectives) for side in sides)
        self.called = frozenset(word.casefold() for some in words for word in some)

    def larger(self, part: str) -> frozenset[str]:
        """Every side that `part` belongs to, directly or through another."""
        if part not in self._larger:
            found: set[str] = set()
            todo = [part]
            while todo:
                above = set(self._within.get(todo.pop(), ())) - found
                found |= above
                todo += above
            self._larger[part] = frozenset(found)
        return self._larger[part]


@lru_cache(maxsize=8)  # a new configuration may be taken up while the service runs
def _read(given: _Given) -> _Sides:
    return _Sides(given.sides)

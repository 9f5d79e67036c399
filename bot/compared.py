"""What was compared before the writer's turn is not compared again within it, where it is the same."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot import conflicts, positions

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.model import Conflict, Position
    from bot.opinions import Judge
    from config.schema import Side


@dataclass(frozen=True, slots=True)
class Compared:
    """The comparisons of one article: each fresh position with what it was held against last, and what came of it.

    What is given back is made of the positions of this time, for by these very objects the record knows their rows.
    """

    sides: Sequence[Side]
    judge: Judge | None
    _placed: dict[object, tuple[tuple[Position, ...], tuple[Position, Position | None]]] = field(default_factory=dict)
    _found: dict[object, tuple[tuple[Position, ...], tuple[Conflict, ...]]] = field(default_factory=dict)

    def placed(self, read: Position, near: Sequence[Position]) -> tuple[Position, Position | None]:
        """As `positions.placed`."""
        these = read, *near
        before, (put, beside) = self._placed.get(read.place, ((), (read, None)))
        if not _same(before, these):
            self._placed[read.place] = these, positions.placed(read, near)
            return self._placed[read.place][1]
        now = _by_identity(before, these)
        return now.get(id(put), put), beside and now.get(id(beside), beside)

    def find(self, fresh: Position, near: Sequence[Position]) -> tuple[Conflict, ...]:
        """As `conflicts.find`."""
        these = fresh, *near
        before, found = self._found.get(fresh.place, ((), ()))
        if not _same(before, these):
            self._found[fresh.place] = these, conflicts.find(fresh, near, self.sides, self.judge)
            return self._found[fresh.place][1]
        now = _by_identity(before, these)
        return tuple(
            replace(
                one,
                fresh=now.get(id(one.fresh), one.fresh),
                earlier=now.get(id(one.earlier), one.earlier),
                bridge=one.bridge and now.get(id(one.bridge), one.bridge),
            )
            for one in found
        )


def _same(before: tuple[Position, ...], these: tuple[Position, ...]) -> bool:
    """Whether nothing is another; two that are equal may still have come under their topic in different ways."""
    return before == these and all(old.link == new.link for old, new in zip(before, these, strict=True))


def _by_identity(before: tuple[Position, ...], these: tuple[Position, ...]) -> Mapping[int, Position]:
    return {id(old): new for old, new in zip(before, these, strict=True)}

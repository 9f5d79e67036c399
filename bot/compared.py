"""What was compared before the writer's turn is not compared again within it, where it is the same."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from bot import conflicts

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model import Conflict, Position
    from bot.opinions import Judge
    from config.schema import Side


@dataclass(frozen=True, slots=True)
class Compared:
    """The comparisons of one article: each fresh position with what it was held against last, and what came of it."""

    sides: Sequence[Side]
    judge: Judge | None
    _last: dict[object, tuple[tuple[Position, ...], tuple[Conflict, ...]]] = field(default_factory=dict)

    def find(self, fresh: Position, near: Sequence[Position]) -> tuple[Conflict, ...]:
        """As `conflicts.find`: between these very positions, for by them the record knows their rows."""
        these = fresh, *near
        before, found = self._last.get(fresh.place, ((), ()))
        if not _same(before, these):
            self._last[fresh.place] = these, conflicts.find(fresh, near, self.sides, self.judge)
            return self._last[fresh.place][1]
        now = {id(old): new for old, new in zip(before, these, strict=True)}
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

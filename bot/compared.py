"""What was compared before the writer's turn is not compared again within it, where it is the same."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from bot import conflicts, positions

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
    _last: dict[object, tuple[Position, Sequence[Position], tuple[Conflict, ...]]] = field(default_factory=dict)
    _placed: dict[object, tuple[Position, Sequence[Position], tuple[Position, Position | None]]] = field(
        default_factory=dict
    )

    def placed(self, read: Position, near: Sequence[Position]) -> tuple[Position, Position | None]:
        """As `positions.placed`."""
        last = self._placed.get(read.place)
        if last is None or last[:2] != (read, near):
            last = self._placed[read.place] = read, near, positions.placed(read, near)
        return last[2]

    def find(self, fresh: Position, near: Sequence[Position]) -> tuple[Conflict, ...]:
        """As `conflicts.find`."""
        last = self._last.get(fresh.place)
        if last is None or last[:2] != (fresh, near):
            last = self._last[fresh.place] = fresh, near, conflicts.find(fresh, near, self.sides, self.judge)
        return last[2]

"""Where a page of a list ended: the day and the row, in one short word that stays good as the record grows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, or_

_WORD = re.compile(r"(\d{1,7})\.(\d{1,18})", re.ASCII)
_LAST_DAY = date.max.toordinal()


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """The last row that was shown."""

    day: date
    row: int

    def __str__(self) -> str:
        return f"{self.day.toordinal()}.{self.row}"

    @classmethod
    def of(cls, word: str) -> Cursor | None:
        """The cursor that a word stands for; None where it is none: the list begins at its beginning then."""
        found = _WORD.fullmatch(word)
        if found is None or not 1 <= int(found[1]) <= _LAST_DAY:
            return None
        return cls(date.fromordinal(int(found[1])), int(found[2]))

    def older(self, day: Any, row: Any) -> ColumnElement[bool]:  # noqa: ANN401 - columns
        """Whether a row comes after this one in a list that begins with the newest; said so that an index helps."""
        return and_(day <= self.day, or_(day < self.day, row < self.row))


def numbered(word: str) -> int | None:
    """The row that ended a page of a list in the order of rows; None where the word names none."""
    return int(word) if word.isascii() and word.isdecimal() and len(word) < 19 else None

"""Which page of a list: it begins after the entry with which the one before ended, whatever was added meanwhile."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Connection, Select, and_, literal, or_

from bot.ledger.tables.columns import Big

_WORD = re.compile(r"(\d{1,7})\.(\d{1,18})", re.ASCII)
_LAST_DAY = date.max.toordinal()
Entry = TypeVar("Entry")
Entry_co = TypeVar("Entry_co", covariant=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Generic[Entry_co]):
    """One page of a list; `following` is where the next one begins, and empty where there is none."""

    entries: tuple[Entry_co, ...]
    following: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """So many entries after the one with which a page ended, which its `following` names.

    A word that is none of this list's begins it at its beginning. A list in the order of recording can be asked for
    with the `oldest` first: then something always follows, for what is recorded later will be there.
    """

    limit: int = 20
    after: str = ""
    oldest: bool = False

    def numbers(self, connection: Connection, query: Select[Any], number: ColumnElement[int]) -> tuple[list[int], str]:
        """The numbers of rows that a query gives, of this page in the order of recording, and where the next begins."""
        last = numbered(self.after)
        if last is not None:
            after = literal(last, Big)  # PostgreSQL refuses one that the column could not hold
            query = query.where(number > after if self.oldest else number < after)
        query = query.order_by(number if self.oldest else number.desc()).limit(self.limit + 1)
        found = list(connection.scalars(query))
        shown = found[: self.limit]
        if self.oldest:
            return shown, str(shown[-1] if shown else last or 0)
        return shown, str(shown[-1]) if len(found) > self.limit else ""

    def page(self, found: Iterable[Entry], named: Callable[[Entry], object]) -> Listing[Entry]:
        """The first of what was found after `after`, one more than a page holds; `named` is the cursor of an entry."""
        entries: Sequence[Entry] = tuple(found)
        shown = tuple(entries[: self.limit])
        return Listing(entries=shown, following=str(named(shown[-1])) if len(entries) > self.limit else "")


FIRST = Cut()


@dataclass(frozen=True, slots=True, order=True)
class Cursor:
    """The last row that was shown of a list by days: the day and the row."""

    day: date
    row: int

    def __str__(self) -> str:
        return f"{self.day.toordinal()}.{self.row}"

    @classmethod
    def of(cls, word: str) -> Cursor | None:
        """The cursor that a word stands for; None where it is none."""
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

"""In which ways rows stand to a fresh position: what is equal in both, and how many of the newest are looked at."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Final, NamedTuple

from sqlalchemy import ColumnElement, Connection, Dialect, bindparam, select

from bot.ledger.database.prepared import Asked, kind
from bot.ledger.record.rows import position, statement
from bot.ledger.tables import schema
from bot.ledger.tables.columns import Big

SOON: Final = (position.day >= bindparam("since"), position.utterance_id != bindparam("own"))


class Row(NamedTuple):
    """What ranks and tells apart a position on record, each value as the driver gives it."""

    id: int
    meaning: bytes | None
    utterance: int
    day: Any
    strength: float
    holder: int
    topic: str
    proposition: str
    claimed_by: int | None
    side: str | None
    cell: int | None
    key: str
    article: int
    start: int


_COLUMNS: Final = {
    "id": position.id,
    "meaning": position.meaning,
    "utterance": position.utterance_id,
    "day": position.day,
    "strength": position.strength,
    "holder": position.holder_id,
    "topic": position.topic,
    "proposition": position.proposition,
    "claimed_by": position.claimed_by_id,
    "side": position.side,
    "cell": position.cell,
    "key": position.key,
    "article": statement.article_id,
    "start": statement.start,
}


@dataclass(frozen=True, slots=True)
class Relation:
    """One way of standing to a fresh position: columns, each with the name of the value that it equals."""

    why: int
    most: int  # rows, the newest first
    equal: tuple[tuple[str, str], ...]
    others: tuple[str, ...] = ()  # names of parties of which none holds it

    def conditions(self) -> tuple[ColumnElement[bool], ...]:
        """The same as a condition of a query on positions."""
        whose = [bindparam(name, type_=Big) for name in self.others]
        apart = (position.holder_id.not_in(whose),) if whose else ()
        return (*(_COLUMNS[column] == bindparam(name) for column, name in self.equal), *apart)

    def fits(self, row: Row, given: Mapping[str, Any]) -> bool:
        """Whether a row stands so to what is given, which is as it is stored."""
        return (
            all(getattr(row, column) == given[name] for column, name in self.equal)
            and row.holder not in {given[name] for name in self.others}
            and row.day >= given["since"]
            and row.utterance != given["own"]
        )


@lru_cache(maxsize=4)
def _since(dialect: Dialect) -> Asked:
    rows = select(*_COLUMNS.values()).select_from(schema.position)
    rows = rows.join(schema.statement, position.statement_id == statement.id)
    return Asked.of(rows.where(position.id > bindparam("after", type_=Big)).order_by(position.id), dialect)


def rows_since(connection: Connection, after: int) -> list[Row]:
    """What has come on record behind a row, in that order."""
    return [Row(*row) for row in _since(kind(connection)).rows(connection, {"after": after})]


def as_stored(connection: Connection, given: Mapping[str, Any]) -> dict[str, Any]:
    """Values of columns of `Row`, each as the driver gives it; of other names as they are."""
    puts = _puts(kind(connection))
    return {name: puts[name](value) if name in puts and value is not None else value for name, value in given.items()}


@lru_cache(maxsize=4)
def _puts(dialect: Dialect) -> dict[str, Any]:
    kinds = {**_COLUMNS, "since": position.day}
    kinds.pop("meaning")  # it is wrapped only to be sent
    found = {name: one.type.dialect_impl(dialect).bind_processor(dialect) for name, one in kinds.items()}
    return {name: put for name, put in found.items() if put}


def newest(rows: Iterable[Sequence[Any]], fresh: Iterable[Sequence[Any]], most: int, day: int) -> list[Sequence[Any]]:
    """The newest of both, by the column of the day and then the id, which comes first."""
    return sorted((*rows, *fresh), key=lambda row: (row[day], row[0]), reverse=True)[:most]

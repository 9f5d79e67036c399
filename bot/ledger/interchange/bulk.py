"""All rows of a table out of a database and into another, as lines; indexes and keys stand aside meanwhile."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from sys import float_info
from typing import Any

from sqlalchemy import (
    Connection,
    Date,
    Float,
    Table,
    Text,
    case,
    cast,
    func,
    literal,
    or_,
    select,
    text,
)

from bot.ledger.database.engine import called
from bot.ledger.database.prepared import driver
from bot.ledger.errors import LedgerError
from bot.ledger.interchange import copy_text
from bot.ledger.interchange.counted import ROWS, in_key_order
from bot.ledger.tables.columns import Moment, metadata

_BYTES = 1 << 18  # of lines of PostgreSQL that are handled at once
_SORTS_IN = "256MB"  # PostgreSQL's own 64 have it sort the keys of a million rows on disk
_AT_HAND = 64 * 1024  # KB of SQLite's file: keys are stored in no order
_LINE = re.compile(r"COPY \S+, line (\d+)")
_PLAIN = (  # how PostgreSQL is to write values, whatever it was set to
    "SET LOCAL TimeZone = 'UTC'",
    "SET LOCAL DateStyle = 'ISO, YMD'",
    "SET LOCAL bytea_output = 'hex'",
    "SET LOCAL extra_float_digits = 1",
)
_KEPT: tuple[tuple[type[Any], Any, Any], ...] = (  # PostgreSQL has NaN, and days that no calendar of Python's has
    (Moment, datetime.min.replace(tzinfo=UTC), datetime.max.replace(tzinfo=UTC)),
    (Date, date.min, date.max),
    (Float, -float_info.max, float_info.max),
)
_ALTERED = "nothing was moved. onrecord verify tells what else was altered; put it right, or move an older copy"
_KEYS = (  # first those that lean on others: what drops each, and what makes it again
    "SELECT format('ALTER TABLE %s DROP CONSTRAINT %I', conrelid::regclass, conname), "
    "format('ALTER TABLE %s ADD CONSTRAINT %I %s', conrelid::regclass, conname, pg_get_constraintdef(oid)) "
    "FROM pg_constraint WHERE contype IN ('f', 'u') AND conrelid = ANY(CAST(:tables AS regclass[])) "
    "ORDER BY contype, conname",
    "SELECT format('DROP INDEX %s', indexrelid::regclass), pg_get_indexdef(indexrelid) FROM pg_index "
    "WHERE indrelid = ANY(CAST(:tables AS regclass[])) AND indexrelid NOT IN (SELECT conindid FROM pg_constraint)",
)
_LITE_KEYS = "SELECT printf('DROP INDEX \"%w\"', name), sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL"


class Refused(Exception):
    """A database does not take a row."""

    def __init__(self, number: int, said: str) -> None:
        super().__init__(said)
        self.number = number  # of the row, from 1
        self.said = said


def lines_of(connection: Connection, table: Table) -> Iterator[bytes]:
    """All rows in the order of their keys as the database has them, some whole lines at a time."""
    asked, columns = in_key_order(connection, table), list(table.columns)
    if _served(connection):
        _look_over(connection, table)
        told = [func.to_char(one, copy_text.NUMBER) if isinstance(one.type, Float) else one for one in columns]
        asked = asked.with_only_columns(*told)
    question = str(asked.compile(dialect=connection.dialect, compile_kwargs={"literal_binds": True}))
    if _served(connection):
        yield from _copied_out(connection, question)
        return
    with driver(connection, question, ()) as cursor:
        cursor.execute(question)
        while rows := cursor.fetchmany(ROWS):
            try:
                yield copy_text.written(columns, rows)
            except ValueError as error:
                raise LedgerError(_unread(connection, table, rows)) from error


def put(connection: Connection, table: Table, lines: Iterable[bytes]) -> None:
    """Store the rows of these lines; `Refused` says of the first that is not taken which it was."""
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    if _served(connection):
        _copied_in(connection, f'COPY "{table.name}" ({names}) FROM STDIN', lines)
        return
    columns, rows = list(table.columns), _Rows()
    insert = f'INSERT INTO "{table.name}" ({names}) VALUES ({", ".join("?" * len(columns))})'  # noqa: S608 - our names
    with driver(connection, insert, ()) as cursor:
        for some in lines:
            try:
                cursor.executemany(insert, rows.of(copy_text.read(columns, some)))
            except connection.dialect.loaded_dbapi.IntegrityError as error:
                raise Refused(rows.taken, str(error)) from error


@contextmanager
def bare(connection: Connection) -> Iterator[None]:
    """Indexes and keys of all tables are gone within, and made again behind: at once they cost a third of it.

    The keys by which rows are numbered stay. Whatever a key forbids is refused when it is made again.
    """
    if _served(connection):
        named = {"tables": [f'"{table.name}"' for table in metadata.sorted_tables] + ["said_words"]}
        keys = [tuple(row) for question in _KEYS for row in connection.execute(text(question), named)]
        connection.exec_driver_sql(
            f"SELECT set_config('maintenance_work_mem', '{_SORTS_IN}', true) "
            f"WHERE pg_size_bytes(current_setting('maintenance_work_mem')) < pg_size_bytes('{_SORTS_IN}')"
        )
    else:
        connection.exec_driver_sql(f"PRAGMA cache_size=-{_AT_HAND}")
        keys = [tuple(row) for row in connection.exec_driver_sql(_LITE_KEYS)]
    for drop, _ in keys:
        connection.exec_driver_sql(drop)
    yield
    for _, make in reversed(keys):
        with driver(connection, make, ()) as cursor:
            try:
                cursor.execute(make)
            except connection.dialect.loaded_dbapi.IntegrityError as error:
                said = " ".join(str(error).split())
                raise LedgerError(
                    f"{called(connection.engine.url)} refused what the record holds: {said}; nothing was kept there. "
                    "onrecord verify tells what is wrong with the record"
                ) from error


class _Rows:
    """Rows that are taken one by one, and how many were."""

    def __init__(self) -> None:
        self.taken = 0

    def of(self, rows: Iterable[Sequence[Any]]) -> Iterator[Sequence[Any]]:
        for row in rows:
            self.taken += 1
            yield row


def _served(connection: Connection) -> bool:
    return connection.dialect.name == "postgresql"


def _copied_out(connection: Connection, question: str) -> Iterator[bytes]:
    # Whoever stops before the last row fails what it stands in: that is to be no more than this.
    with connection.begin_nested(), driver(connection, question, ()) as cursor:
        for setting in _PLAIN:
            cursor.execute(setting)
        some, size = list[bytes](), 0
        with cursor.copy(f"COPY ({question}) TO STDOUT") as copy:
            for line in copy:  # the server sends a row at a time
                some.append(line)
                size += len(line)
                if size > _BYTES:
                    yield b"".join(some)
                    some, size = [], 0
        if some:
            yield b"".join(some)


def _copied_in(connection: Connection, order: str, lines: Iterable[bytes]) -> None:
    with driver(connection, order, ()) as cursor:
        for setting in _PLAIN:
            cursor.execute(setting)
        try:
            with cursor.copy(order) as copy:
                for some in lines:
                    copy.write(some)
        except connection.dialect.loaded_dbapi.Error as error:
            told: Any = getattr(error, "diag", None)
            if told is None or not (line := _LINE.search(told.context or "")):
                raise
            raise Refused(int(line[1]), str(told.message_primary)) from error


def _look_over(connection: Connection, table: Table) -> None:
    """Refuse what the ledger never writes there and no line could tell."""
    bounds = [(one, least, most) for one in table.columns for kind, least, most in _KEPT if isinstance(one.type, kind)]
    beyond = [(column, ~column.between(least, most)) for column, least, most in bounds]
    if not beyond:
        return
    keys = list(table.primary_key)
    says = case(
        *((out, literal(f"{one.name} is not what the ledger writes there: ") + cast(one, Text)) for one, out in beyond)
    )
    query = select(*keys, says).where(or_(*(out for _, out in beyond))).order_by(*keys).limit(1)
    for *row, said in connection.execute(query):
        key = ", ".join(f"{one.name} {value}" for one, value in zip(keys, row, strict=True))
        raise LedgerError(_unfit(connection, table, key, said))


def _unfit(connection: Connection, table: Table, key: str, says: str) -> str:
    name = called(connection.engine.url)
    return f"{name} has a row of {table.name} with {key} that cannot be moved: {says}; {_ALTERED}"


def _unread(connection: Connection, table: Table, rows: Sequence[Sequence[Any]]) -> str:
    """Which row of these is not what the ledger writes."""
    for row in rows:
        try:
            copy_text.written(list(table.columns), [row])
        except ValueError as error:
            key = ", ".join(f"{one.name} {row[at]}" for at, one in enumerate(table.columns) if one.primary_key)
            return _unfit(connection, table, key, str(error))
    return f"{called(connection.engine.url)} has rows of {table.name} that cannot be moved"

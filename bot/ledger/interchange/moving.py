"""A record moved to another database, SQLite or PostgreSQL: every row copied, and proven equal before it counts."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection, Table, func, inspect, select
from sqlalchemy.engine import URL

from bot.ledger.database.engine import Opened, address, called, connect, file_of
from bot.ledger.database.lock import one_writer
from bot.ledger.database.migrate import behind, forward, look_over
from bot.ledger.errors import LedgerError, Unequal
from bot.ledger.interchange.bulk import Refused, bare, lines_of, put
from bot.ledger.interchange.counted import in_key_order
from bot.ledger.nearness import fulltext
from bot.ledger.tables.columns import metadata
from config.failpoint import reached

SAID = 100_000  # rows after which it is said how far it is

Heard = Callable[[str], None]  # is told how far it is


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """A table in the old place and in the new: its rows, and a digest of all of them in the order of their keys."""

    table: str
    rows: tuple[int, int]
    digests: tuple[str, str]

    @property
    def equal(self) -> bool:
        """Whether nothing was lost or altered on the way."""
        return self.rows[0] == self.rows[1] and self.digests[0] == self.digests[1]


def move(place: str, target: str, heard: Heard = lambda _: None) -> Iterator[Moved]:
    """Copy the record at `place` into the empty database at `target`; each table as it is proven there.

    All of it is one transaction: whatever ends this early, also kill -9, leaves `target` as empty as it was, and the
    same may be done again. The record at `place` is not changed, and nobody writes to it meanwhile. `LedgerBusy` while
    a service runs on either; `Unequal` once all were told, and `target` is empty again; `LedgerError` where there is
    no record, one of an older schema, or one at `target` already.
    """
    here, there = address(place), address(target)
    if (path := file_of(here)) and not path.is_file():
        raise LedgerError(f"{place}: there is no ledger to move")
    if _one(here, there):
        raise LedgerError(f"{called(here)} cannot be moved to itself; name another, empty database")
    with ExitStack() as unless:
        for each in (place, target):
            unless.enter_context(one_writer(each))
        ends = (End(connect(one, busy_seconds=5, durable=True)) for one in (place, target))
        old, new = (unless.enter_context(closing(end)) for end in ends)
        new.look_over()
        with old.turn() as source:
            if behind(source, called(here)):
                raise LedgerError(f"{called(here)} is empty or has an older schema; onrecord status brings it forward")
            with new.turn() as copy:
                _take(copy, called(there))
                yield from _proven(old, source, copy, heard)
                copy.exec_driver_sql("ANALYZE")  # that it takes stock of what it holds, and answers by its indexes
                reached("in-move")


class End(Opened):
    """One of the two databases."""

    def look_over(self) -> None:
        """Refuse a file that is damaged or no database."""
        with self._named(), self._engine.connect() as connection:
            look_over(connection, self._name)

    @contextmanager
    def turn(self) -> Iterator[Connection]:
        """The transaction of its one writer, which stands still for as long as the other database is at work."""
        with self._writing() as connection:
            if connection.dialect.name == "postgresql":
                connection.exec_driver_sql("SET LOCAL idle_in_transaction_session_timeout = 0")
            yield connection

    def named(self, lines: Iterator[bytes]) -> Generator[bytes]:
        """The same; what goes wrong with them is an error of this database, though another one is written meanwhile."""
        with self._named():
            yield from lines


def _one(here: URL, there: URL) -> bool:
    """Whether both name one file; one database under two names is held by the lock of the first."""
    first, second = file_of(here), file_of(there)
    return here == there if first is None or second is None else first == second


def _take(copy: Connection, name: str) -> None:
    """Make the tables; refuse a database that holds anything."""
    empty(copy, name)
    forward(copy, name)


def empty(copy: Connection, name: str) -> bool:
    """Refuse a database that holds anything on record; whether there are no tables either."""
    behind(copy, name)  # what is no ledger, or a newer one, is refused there
    there = set(inspect(copy).get_table_names())
    for table in metadata.sorted_tables:
        if table.name in there and copy.execute(select(*table.primary_key).limit(1)).first():
            raise LedgerError(
                f"{name} holds a record already, and nothing is ever written over one; name an empty database"
            )
    return not there


def _proven(old: End, source: Connection, copy: Connection, heard: Heard) -> Iterator[Moved]:
    told: dict[str, _Ends] = {}
    with bare(copy):
        for table in metadata.sorted_tables:
            told[table.name] = _copied(old, source, copy, table, heard)
            reached("in-move")
        heard("all rows are there; now the index of words")
        fulltext.fill(copy)
        heard("now the other indexes and the keys")
    numbered_on(copy)
    heard("now every row is read again")
    differ = []
    for table in metadata.sorted_tables:
        here, there = told[table.name], _Ends()
        for lines in lines_of(copy, table):
            there.add(lines)
        moved = Moved(table=table.name, rows=(here.rows, there.rows), digests=(here.digest, there.digest))
        differ += [] if moved.equal else [table.name]
        yield moved
    if differ:
        raise Unequal(
            f"{called(copy.engine.url)} does not give back what was put in ({', '.join(differ)}), so nothing was kept "
            "there; look for triggers, rules or damage, or name another database"
        )


def _copied(old: End, source: Connection, copy: Connection, table: Table, heard: Heard) -> _Ends:
    ends = _Ends()

    def passing(pages: Iterable[bytes]) -> Iterator[bytes]:
        for lines in pages:
            before = ends.rows // SAID
            ends.add(lines)
            yield lines
            if ends.rows // SAID > before:
                heard(f"{table.name}: {ends.rows:,} rows copied")

    try:
        with closing(old.named(lines_of(source, table))) as pages:
            put(copy, table, passing(pages))
    except Refused as error:
        keys = list(table.primary_key)
        row = source.execute(in_key_order(source, table, keys).offset(error.number - 1).limit(1)).one()
        key = ", ".join(f"{one.name} {value}" for one, value in zip(keys, row, strict=True))
        raise LedgerError(
            f"{called(copy.engine.url)} refused the row of {table.name} with {key}: {error.said}; nothing was kept "
            f"there, and {called(source.engine.url)} is as it was"
        ) from error
    return ends


class _Ends:
    """How many rows, and a SHA-256 of their lines, which tell them to the last bit (see `copy_text`)."""

    def __init__(self) -> None:
        self.rows = 0
        self._digest = hashlib.sha256()

    @property
    def digest(self) -> str:
        """Of all rows so far."""
        return self._digest.hexdigest()

    def add(self, lines: bytes) -> None:
        """Count some lines more."""
        self.rows += lines.count(b"\n")
        self._digest.update(lines)


def numbered_on(copy: Connection) -> None:
    """Let PostgreSQL number on after the last row; SQLite does."""
    if copy.dialect.name == "sqlite":
        return
    for table in metadata.sorted_tables:
        if (column := table.autoincrement_column) is not None:
            sequence = func.pg_get_serial_sequence(table.name, column.name)
            last = select(func.setval(sequence, func.max(column))).having(func.max(column).is_not(None))
            copy.execute(last.select_from(table))

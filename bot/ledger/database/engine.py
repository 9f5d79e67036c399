"""How the database is reached: every writer takes its turn before it reads, every reader sees one moment."""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from threading import Lock, local
from time import monotonic
from typing import Any, Protocol, TypeVar, cast

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from bot.ledger.database.refusals import told
from bot.ledger.database.totals import Totals
from bot.ledger.errors import LedgerBusy, LedgerError
from bot.log import HIDDEN

WRITES = "onrecord_writes"  # execution option of a connection that will write
_TOLD = "onrecord_told"  # of a connection that reads one moment: what was asked there once and stays so
WRITER_TURN = 0x4F6E526563000001  # advisory lock of one transaction; the service's own lock is in lock.py
STANDSTILL = (
    60  # seconds after which PostgreSQL ends a writer that does nothing: its machine is gone, or it was stopped
)
WAL_BYTES = 64 * 1024 * 1024
_KNOWN_AFTER = (
    1  # times that a question was asked: then PostgreSQL keeps it, as planning takes longer than many answers
)
_KNOWN = 300  # questions that it keeps for a connection
_UNREADABLE = (
    "the ledger's URL cannot be read; write it like postgresql://user@host:5432/name, and in a password %40 for @, %2F "
    "for / and %3A for :"
)
_PATIENCE = 60.0  # seconds that one thread waits for the others


_read = lru_cache(maxsize=1 << 10)(json.loads)  # the same parties all day; whoever gets a value leaves it as it is


def address(place: str) -> URL:
    """The database meant by a path or a URL."""
    try:
        url = make_url(place) if "://" in place else URL.create("sqlite", database=place)
    except (ArgumentError, ValueError) as error:  # of a port that is no number it raises the latter
        raise LedgerError(_UNREADABLE) from error
    if "@" in (url.host or ""):  # the end of a password, which nobody is to be told as the name of a host
        raise LedgerError(_UNREADABLE)
    if url.drivername in {"postgres", "postgresql"}:
        url = url.set(drivername="postgresql+psycopg")
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise LedgerError(f"a ledger is kept in SQLite or PostgreSQL, not in {url.get_backend_name()}")
    if url.get_backend_name() == "sqlite" and url.database in {None, "", ":memory:"}:
        raise LedgerError("a ledger in memory would forget; give it a file")
    return url


def called(url: URL) -> str:
    """What to call the ledger in a message: the path, or the URL without its password, wherever that stands in it."""
    if url.get_backend_name() == "sqlite":
        return f"the ledger {url.database}"
    return f"the ledger {url.difference_update_query(HIDDEN).render_as_string(hide_password=True)}"


def connect(place: str, *, busy_seconds: float, durable: bool) -> Engine:
    """An engine with our rules for transactions; nothing is dialled or opened yet."""
    url = address(place)
    if url.get_backend_name() == "sqlite":
        return _sqlite(url, busy_seconds, durable=durable)
    return _postgresql(url, busy_seconds)


def _sqlite(url: URL, busy_seconds: float, *, durable: bool) -> Engine:
    engine = create_engine(url, connect_args={"timeout": busy_seconds}, json_deserializer=_read)

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: ConnectionPoolEntry) -> None:  # noqa: ANN401 - the driver's own
        connection.isolation_level = None  # sqlite3 must not open transactions by itself: we say BEGIN
        cursor = connection.cursor()
        cursor.execute("PRAGMA foreign_keys=ON")
        cursor.execute(f"PRAGMA synchronous={'FULL' if durable else 'OFF'}")
        cursor.execute(f"PRAGMA journal_size_limit={WAL_BYTES}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        # A deferred transaction that reads and then writes fails at once when another writer committed between,
        # whatever the timeout (https://sqlite.org/rescode.html#busy_snapshot). So writers begin immediate, and a
        # reader cannot become one.
        writes = bool(connection.get_execution_options().get(WRITES))
        driver: Any = connection.connection.driver_connection  # half of a transaction would be SQLAlchemy's way to it
        if connection.info.get(WRITES) != writes:  # not each time: it makes SQLite forget every statement it has parsed
            driver.execute(f"PRAGMA query_only={'OFF' if writes else 'ON'}")
            connection.info[WRITES] = writes
        driver.execute("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _postgresql(url: URL, busy_seconds: float) -> Engine:
    try:
        from psycopg import Cursor, IsolationLevel  # noqa: PLC0415

        class Counted(Cursor[Any]):
            """Has the server count a standstill also from many rows on.

            They are sent in a pipeline, and whatever ends it ends the count that the server has begun.
            """

            def executemany(self, query: Any, params_seq: Iterable[Any], *, returning: bool = False) -> None:  # noqa: ANN401 - the driver's own
                super().executemany(query, params_seq, returning=returning)
                self.connection.pgconn.exec_(b"")

        engine = create_engine(
            url,
            # Whatever the server begins with by itself: who waited for a turn must see what came of those before.
            isolation_level="READ COMMITTED",
            pool_pre_ping=True,
            pool_use_lifo=True,  # whoever asks next gets the connection that knows the most questions
            connect_args={"connect_timeout": 10, "cursor_factory": Counted, "prepare_threshold": _KNOWN_AFTER},
            json_deserializer=_read,
        )
    except ModuleNotFoundError as error:
        raise LedgerError("PostgreSQL needs the extra: pip install 'on-record[postgresql]'") from error

    @event.listens_for(engine, "connect")
    def _on_connect(connection: Any, _record: ConnectionPoolEntry) -> None:  # noqa: ANN401 - the driver's own
        connection.autocommit = True
        connection.execute("SET jit = off")  # in a large record it takes longer than most questions do without it
        connection.autocommit = False
        connection.prepared_max = _KNOWN

    turn = (
        f"SELECT set_config('lock_timeout', '{max(1, int(busy_seconds * 1000))}', true), "
        f"set_config('idle_in_transaction_session_timeout', '{STANDSTILL * 1000}', true), "
        f"pg_advisory_xact_lock({WRITER_TURN})"
    )

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        writes = bool(connection.get_execution_options().get(WRITES))
        if connection.info.get(WRITES) != writes:  # what the driver begins with, without a way to the server of its own
            driver: Any = connection.connection.driver_connection
            driver.isolation_level = IsolationLevel.READ_COMMITTED if writes else IsolationLevel.REPEATABLE_READ
            driver.read_only = not writes
            connection.info[WRITES] = writes
        if writes:
            connection.exec_driver_sql(turn)

    return engine


_T = TypeVar("_T")


def once(connection: Connection, what: Hashable, ask: Callable[[], _T]) -> _T:
    """What a question is told; at one moment (`at_one_moment`) it is asked but once, for it is told the same again."""
    told: dict[Hashable, Any] | None = connection.get_execution_options().get(_TOLD)
    if told is None:
        return ask()
    if what not in told:
        told[what] = ask()
    return cast("_T", told[what])


class Turns(Protocol):
    """Is told of each writer, in its thread."""

    def __call__(self, seconds: float, *, had: bool) -> None:
        """For how long it waited for its turn, and whether it had it."""
        ...


class Opened:
    """A database that is open for reading and writing, one transaction at a time."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._name = called(engine.url)
        self._one_writes = Lock()
        self._writer: Connection | None = None  # kept between two turns
        self._closed = False
        self._moments = local()  # of each thread, the connection that reads its moment
        self._totals = Totals()
        self.turns: Turns | None = None

    @property
    def shared(self) -> bool:
        """Whether several processes may put something on record, each in its turn."""
        return self._engine.dialect.name != "sqlite"

    def close(self) -> None:
        """Let go of every connection; whatever is asked afterwards is an error."""
        self._closed = True
        writer, self._writer = self._writer, None
        if writer is not None:
            writer.close()
        self._engine.dispose()

    @contextmanager
    def at_one_moment(self) -> Iterator[None]:
        """Whatever this thread asks within is answered from the record as it was at its first question.

        Many questions take one transaction, and what all of them ask is asked once. What is written meanwhile, also by
        this thread, is not seen before the end.
        """
        with self._reading() as connection:
            if self._moment is connection:
                yield
                return
            connection.execution_options(**{_TOLD: {}})
            self._moments.connection = connection
            try:
                yield
            finally:
                self._moments.connection = None

    @property
    def _moment(self) -> Connection | None:
        """What this thread reads, if it is at one moment."""
        found: Connection | None = getattr(self._moments, "connection", None)
        return found

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with self._named():
            if self._moment is not None:
                yield self._moment
                return
            with self._engine.connect() as connection:
                yield connection
                connection.commit()  # nothing, but with a rollback psycopg has the server forget every plan it made

    @contextmanager
    def _writing(self) -> Iterator[Connection]:
        """One transaction of a writer: kept when the block ends well, else nothing of it remains."""
        with self._turn() as turn:
            yield turn
            turn.commit()

    @contextmanager
    def _turn(self) -> Iterator[Connection]:
        """One transaction of a writer, of which nothing remains unless it is committed."""
        since = monotonic()
        with self._telling(since), self._named(), self._in_turn():
            turn, self._writer = self._writer, None
            if turn is None:
                turn = self._engine.connect()
            options = {**self._engine.get_execution_options(), WRITES: True}
            if turn.get_execution_options() != options:  # they may have changed
                turn.execution_options(**options)
            try:
                turn.begin()
                self._had_its_turn(monotonic() - since)
                yield turn
            except BaseException:
                turn.close()
                raise
            turn.rollback()  # what was not committed
            # What has read and is to write must parse every statement anew: a file's connection stays a writer's.
            if self._engine.dialect.name == "sqlite" and not self._closed:
                self._writer = turn
            else:
                turn.close()

    def _had_its_turn(self, seconds: float, *, had: bool = True) -> None:
        if self.turns is not None:
            self.turns(seconds, had=had)

    @contextmanager
    def _telling(self, since: float) -> Iterator[None]:
        try:
            yield
        except LedgerBusy:
            self._had_its_turn(monotonic() - since, had=False)
            raise

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        """Wait for the writers of this process: SQLite lets in whoever asks at the right moment, and others starve."""
        if not self._one_writes.acquire(timeout=_PATIENCE):
            raise LedgerBusy(f"{self._name} is being written by this process, which did not finish in time")
        try:
            yield
        finally:
            self._one_writes.release()

    @contextmanager
    def _named(self) -> Iterator[None]:
        if self._closed:
            raise LedgerError(f"{self._name} is closed")
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error) as error:
            raise told(error, self._name) from error


def file_of(url: URL) -> Path | None:
    """The SQLite file, beside which SQLite keeps the rest of it: no link to it. None for a server."""
    return Path(os.path.realpath(str(url.database))) if url.get_backend_name() == "sqlite" else None

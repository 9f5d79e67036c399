"""Who may work on a ledger at once: one service alone, or those that do a part each; a killed one leaves no lock."""

from __future__ import annotations

import fcntl
import logging
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Literal, Protocol

from sqlalchemy import Connection, create_engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from bot.ledger.database.disk import across
from bot.ledger.database.engine import address, called, file_of
from bot.ledger.database.refusals import told
from bot.ledger.errors import InUse, LedgerError, Replaced

log = logging.getLogger(__name__)

Role = Literal["all", "schedule", "work", "deliver"]  # what a running service does of the whole

# Advisory locks of a running service, held for its life: alone, or shared by all who do a part; and of who delivers.
SERVICE, DELIVERER = 0x4F6E526563000002, 0x4F6E526563000003
# A server that is gone is noticed in seconds, and a firewall does not take the session for one that nobody uses.
_ALIVE = {"connect_timeout": 10, "keepalives_idle": 30, "tcp_user_timeout": 20_000}
_SESSION = "SELECT pid, backend_start::text FROM pg_stat_activity WHERE pid = pg_backend_pid()"
# A server may not notice for hours that a session's other end is gone, and keeps its lock meanwhile.
_END = (
    "SELECT pg_terminate_backend(pid), pg_sleep(0.1) FROM pg_stat_activity "
    "WHERE pid = %s AND backend_start = CAST(%s AS timestamptz)"
)
_MOST_ENDS = 50  # it ends at once, or hardly at all


class Held(Protocol):
    """A ledger that is this process's alone."""

    def still(self) -> None:
        """Make sure of it, and take it again where it was let go of without us; blocks.

        `InUse` where another service was faster, `Replaced` where the file is another one than before, `LedgerError`
        where nobody can tell now.
        """
        ...


@contextmanager
def one_writer(place: str, role: Role = "all") -> Iterator[Held]:
    """Hold the ledger for this process; `InUse` at once when another holds it.

    A service that does all is alone. Those that do a part, in PostgreSQL, share it with any number of others, but for
    the one that delivers: there is one of it.
    """
    url = address(place)
    path = file_of(url)
    if path and role != "all":
        raise LedgerError(f"{called(url)} cannot be shared by several services; that takes PostgreSQL")
    held = _File(path, url) if path else _Session(url, role)
    try:
        held.take()
        yield held
    finally:
        held.leave()


class _File:
    """A lock on a file beside the ledger: the kernel frees it, also after kill -9; the empty file stays."""

    def __init__(self, path: Path, url: URL) -> None:
        self._path, self._beside, self._name = path, path.with_name(path.name + ".lock"), called(url)
        self._file: IO[str] | None = None
        self._ledger: os.stat_result | None = None  # the file that is open, once it was looked at

    def take(self) -> None:
        try:
            opened = self._beside.open("a")
        except OSError as error:
            raise LedgerError(f"{self._name} cannot be locked: {error.strerror} ({self._beside})") from error
        try:
            fcntl.flock(opened, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            opened.close()
            if isinstance(error, BlockingIOError):
                raise InUse(f"{self._name} is in use by another running service") from error
            raise LedgerError(f"{self._name} cannot be locked here: {error.strerror}") from error
        self._file = opened
        if kind := across(self._path):
            log.warning(
                "%s lies on a network file system (%s), where locks and the write-ahead log are not to be relied on: "
                "move it to a disk of this machine, or keep the record in PostgreSQL",
                self._name,
                kind,
            )

    def still(self) -> None:
        if across(self._path):  # there a file may have another number the next time
            return
        ours = self._file
        if ours is None or not _same(os.fstat(ours.fileno()), self._beside):
            self.take()
            log.warning("%s was deleted or replaced: leave it where it is, it keeps a second service out", self._beside)
            if ours is not None:
                ours.close()
        if self._ledger is not None and not _same(self._ledger, self._path):
            raise Replaced(
                f"{self._name} was moved, deleted or replaced while it was open: put it back, with what lies beside it"
            )
        if self._path.exists():
            self._ledger = self._path.stat()

    def leave(self) -> None:
        if self._file is not None:
            self._file.close()
            self._file = None


def _same(known: os.stat_result, path: Path) -> bool:
    return path.exists() and os.path.samestat(known, path.stat())


class _Session:
    """Advisory locks of PostgreSQL: the server frees them with the session."""

    def __init__(self, url: URL, role: Role) -> None:
        self._url, self._name, self._role = url, called(url), role
        self._connection: Connection | None = None
        self._session: tuple[int, str] | None = None  # that held the lock last: its process, and when it began

    def take(self) -> None:
        with ExitStack() as unless:
            try:
                engine = create_engine(
                    self._url, poolclass=NullPool, isolation_level="AUTOCOMMIT", connect_args=dict(_ALIVE)
                )
                connection = engine.connect()
                unless.callback(_ended, connection)
                for _ in range(_MOST_ENDS):
                    if self._session is None or connection.exec_driver_sql(_END, self._session).first() is None:
                        break
                in_use = self._in_use(connection)
                session = connection.exec_driver_sql(_SESSION).one()
            except SQLAlchemyError as error:
                raise told(error, self._name) from error
            except ModuleNotFoundError as error:
                raise LedgerError("PostgreSQL needs the extra: pip install 'on-record[postgresql]'") from error
            if in_use:
                raise InUse(f"{self._name} {in_use}")
            unless.pop_all()
            self._connection, self._session = connection, (session[0], session[1])

    def _in_use(self, connection: Connection) -> str:
        """Take what the role needs; empty, or by whom it is held in words."""

        def free(how: str, key: int) -> bool:
            return bool(connection.exec_driver_sql(f"SELECT pg_try_advisory_lock{how}({key})").scalar())

        if self._role == "all":
            return "" if free("", SERVICE) else "is in use by another running service"
        if not free("_shared", SERVICE):
            return "is in use by another running service, which does everything alone (--role all)"
        if self._role == "deliver" and not free("", DELIVERER):
            return "is in use by another running service that delivers, and there can be only one"
        return ""

    def still(self) -> None:
        if self._connection is not None:
            try:
                self._connection.exec_driver_sql("SELECT 1")
            except SQLAlchemyError:
                self.leave()
        if self._connection is None:
            self.take()
            log.warning("%s was free for a moment, for the database ended our session; it is held again", self._name)

    def leave(self) -> None:
        if self._connection is not None:
            _ended(self._connection)
            self._connection = None


def _ended(connection: Connection) -> None:
    connection.invalidate()  # of a session that is over already, too
    connection.close()

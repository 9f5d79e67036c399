"""A ledger looked at from outside, while a service may be running on it: nothing is made, migrated, locked or written.

What is found is told as pairs of a subject and what to do about it; nothing to do is an empty text.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.ledger.database.disk import across
from bot.ledger.database.engine import address, called, connect, file_of
from bot.ledger.database.files import named, reading
from bot.ledger.database.lock import DELIVERER, SERVICE
from bot.ledger.database.migrate import behind
from bot.ledger.database.refusals import told
from bot.ledger.database.room import room_of
from bot.ledger.errors import LedgerError

LONGEST = 60.0  # seconds for the pages of a file; `onrecord verify` takes its time
_LOCKS = Path("/proc/locks")
_STEPS = 100_000  # of SQLite's machine between two looks at the clock
_SUPPORTED = 13  # the oldest PostgreSQL that its makers still mended when this was written
_HOLDERS = (
    "SELECT DISTINCT a.pid, coalesce(host(a.client_addr), 'this machine') FROM pg_locks l "
    "JOIN pg_stat_activity a ON a.pid = l.pid WHERE l.locktype = 'advisory' AND l.granted AND a.datname = "
    "current_database() AND (l.classid::bigint << 32) + l.objid::bigint IN (%s, %s) ORDER BY 1"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One thing seen: what it is about, how it is, and what to do; nothing to do where it is well."""

    subject: str
    says: str
    todo: str = ""


def look_at(place: str) -> Iterator[Seen]:
    """Whether it opens, its schema, its pages, who holds it, the room it has, how its server is set."""
    try:
        url = address(place)
        path = file_of(url)
        name = called(url)
        if path is None:
            yield from _server(place, name)
        else:
            yield from _file(path, place, name)
    except LedgerError as error:
        yield Seen(subject="database", says=str(error), todo="see to that, or name another place in [ledger] path")


def _file(path: Path, place: str, name: str) -> Iterator[Seen]:
    folder = path.parent
    if not folder.is_dir():
        yield Seen(subject="database", says=f"there is no folder {folder}", todo=f"make it: mkdir -p {folder}")
        return
    if kind := across(path):
        yield Seen(
            subject="disk",
            says=f"{folder} lies on a network file system ({kind}), where locks are not to be relied on",
            todo="keep the ledger on a disk of this machine, or in PostgreSQL (docs/scaling.md)",
        )
    for wanted in (folder, path) if path.exists() else (folder,):
        if not os.access(wanted, os.W_OK):
            yield Seen(
                subject="database",
                says=f"{wanted} cannot be written by this user",
                todo=f"run the service as the owner of it, or: chown {os.getuid()} {wanted}",
            )
            return
    if path.exists():
        yield from _opened(place, name)
        yield _pages(path)
        yield Seen(subject="lock", says=_lock(place))
    else:
        yield Seen(subject="database", says=f"{path} is not there yet; onrecord run makes it")
    room = room_of(address(place))
    if room is not None:
        for subject, trouble in room.troubles.items():
            says, _, todo = trouble.partition(": ")
            yield Seen(subject=subject, says=says, todo=todo.rstrip("."))
        if "disk" not in room.troubles:
            yield Seen(subject="disk", says=f"{room.free // 1_000_000:,} MB free in {folder}")


def _opened(place: str, name: str) -> Iterator[Seen]:
    """Whether it opens, and has the schema of this release."""
    engine = connect(place, busy_seconds=5, durable=True)
    try:
        with engine.connect() as connection:
            old = behind(connection, name)
    except (SQLAlchemyError, sqlite3.Error) as error:
        yield Seen(
            subject="database", says=str(told(error, name)), todo="restore it from a copy: onrecord restore FILE"
        )
    except LedgerError as error:
        yield Seen(subject="schema", says=str(error), todo="do that; nothing was changed")
    else:
        yield _schema(old=old)
    finally:
        engine.dispose()


def _schema(*, old: bool) -> Seen:
    if old:
        return Seen(
            subject="schema",
            says="the ledger has an older schema than this release, or is empty",
            todo="start onrecord run: it keeps a copy and brings the ledger forward",
        )
    return Seen(subject="schema", says="that of this release")


def _pages(path: Path) -> Seen:
    """Whether the pages of a file fit together, as far as that can be seen in a minute."""
    ends = time.monotonic() + LONGEST
    try:
        with named(str(path)), closing(reading(path)) as connection:
            connection.set_progress_handler(lambda: int(time.monotonic() > ends), _STEPS)
            try:
                answer = connection.execute("PRAGMA quick_check(1)").fetchone()
            except sqlite3.OperationalError as error:
                if getattr(error, "sqlite_errorname", "") != "SQLITE_INTERRUPT":
                    raise
                return Seen(
                    subject="pages", says=f"sound for {LONGEST:g} s, then not looked at; onrecord verify reads all"
                )
    except LedgerError as error:
        answer = (str(error),)
    if answer == ("ok",):
        return Seen(subject="pages", says="sound")
    return Seen(
        subject="pages",
        says=f"the file is damaged ({answer[0] if answer else 'no answer'})",
        todo="stop the service and restore a copy: onrecord restore FILE",
    )


def holder(place: str) -> int | None:
    """The process of the service that runs on a ledger in a file; None where there is none.

    `LedgerError` for a ledger in PostgreSQL, whose sessions may be of other machines, and where this system does not
    tell it.
    """
    path = file_of(address(place))
    if path is None:
        raise LedgerError("processes on a ledger in PostgreSQL may be on other machines: send each of them SIGHUP")
    try:
        return _held_by(path.with_name(f"{path.name}.lock"))
    except OSError as error:
        raise LedgerError("this system does not tell which process it is: send it SIGHUP") from error


def _held_by(lock: Path) -> int | None:
    """Which process holds a lock file, as the kernel tells; asking for it would keep a service out for a moment."""
    try:
        stands = lock.stat()
    except OSError:
        return None
    mark = f"{os.major(stands.st_dev):02x}:{os.minor(stands.st_dev):02x}:{stands.st_ino}"
    lines = [line.split() for line in _LOCKS.read_text("ascii").splitlines()]
    # Each line is like: 1: FLOCK ADVISORY WRITE 4242 00:2f:1234 0 EOF
    return next((int(line[4]) for line in lines if len(line) > 5 and line[1] == "FLOCK" and line[5] == mark), None)


def _lock(place: str) -> str:
    try:
        process = holder(place)
    except LedgerError:
        return "whether a service runs is not told by this system"
    return f"held by process {process}, the running service" if process else "no service runs on it"


def _server(place: str, name: str) -> Iterator[Seen]:
    engine = connect(place, busy_seconds=5, durable=True)
    try:
        with engine.connect() as connection:
            yield Seen(subject="database", says=f"{name} answers")
            try:
                yield _schema(old=behind(connection, name))
            except LedgerError as error:
                yield Seen(subject="schema", says=str(error), todo="do that; nothing was changed")
            yield from _settings(connection)
            held = connection.exec_driver_sql(_HOLDERS, (SERVICE, DELIVERER)).all()
            who = ", ".join(f"session {pid} from {host}" for pid, host in held)
            yield Seen(subject="lock", says=f"held by {who}" if who else "no service runs on it")
    except SQLAlchemyError as error:
        yield Seen(
            subject="database",
            says=str(told(error, name)),
            todo="see whether the server runs, and whether ONRECORD_DATABASE_URL names it with its user",
        )
    finally:
        engine.dispose()


def _settings(connection: Connection) -> Iterator[Seen]:
    """What the server is set to, as far as the record rests on it."""

    def setting(name: str) -> str:
        return str(connection.exec_driver_sql("SELECT current_setting(%s)", (name,)).scalar())

    version = int(setting("server_version_num")) // 10_000
    if version < _SUPPORTED:
        yield Seen(subject="server", says=f"PostgreSQL {version}", todo=f"upgrade it to {_SUPPORTED} or later")
    if (encoding := setting("server_encoding")) != "UTF8":
        yield Seen(
            subject="server",
            says=f"the database is encoded as {encoding}",
            todo="make one with ENCODING 'UTF8' and move the record there: onrecord migrate-to URL",
        )
    if setting("in_hot_standby" if version >= 14 else "transaction_read_only") == "on" and version >= 14:
        yield Seen(subject="server", says="it is a standby, which cannot be written", todo="name the primary server")
    elif setting("default_transaction_read_only") == "on":
        yield Seen(
            subject="server",
            says="the database is read-only by default_transaction_read_only",
            todo="ALTER DATABASE … RESET default_transaction_read_only",
        )
    risks = [name for name in ("fsync", "full_page_writes", "synchronous_commit") if setting(name) == "off"]
    if risks:
        yield Seen(
            subject="server",
            says=f"{' and '.join(risks)} off: a power cut may lose what was posted, and then it is posted again",
            todo="set it to on in postgresql.conf",
        )
    else:
        yield Seen(subject="server", says=f"PostgreSQL {version}, {encoding}, durable")

"""Copies of the record: taken while the service runs, proven before they count, put back with the old one kept."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from alembic.script import ScriptDirectory
from sqlalchemy.engine import URL

from bot.ledger.database.engine import address, called, file_of
from bot.ledger.database.files import aside_of, cleared, copy_of, durable, named, reading, written
from bot.ledger.database.lock import one_writer
from bot.ledger.database.migrate import alembic_config
from bot.ledger.database.refusals import told
from bot.ledger.errors import LedgerBusy, LedgerError, NewerSchema, NotALedger
from bot.log import HIDDEN
from config.failpoint import reached

COUNTED = ("article", "statement", "position", "conflict", "alert", "delivery")
_PIECES = ("", "-wal", "-shm", "-journal")  # what SQLite keeps of one database, and would take for another's


@dataclass(frozen=True, slots=True, kw_only=True)
class Copied:
    """A copy that was proven: where it is, its schema, how many rows of each table, and (restored) the one before."""

    path: Path
    schema: str
    rows: dict[str, int]
    kept: Path | None = None


def backup(place: str, target: Path) -> Copied:
    """Copy the ledger at `place`, as it is at one moment, into a new file; a service may be running.

    It is written aside, proven (pages, schema, number of rows), made durable and only then given its name. Never over
    a file that is there. A ledger in PostgreSQL is refused with the command that does it.
    """
    source = _file(place, f"pg_dump --format=custom --file={target}")
    if not source.is_file():
        raise LedgerError(f"{source}: there is no ledger to copy")
    with written(target):
        if target.exists():
            raise LedgerError(f"{target} is there already; nothing is ever written over a file")
        if not target.parent.is_dir():
            raise LedgerError(f"{target.parent}: there is no such folder")
    aside = aside_of(target, "partial")
    with written(target), cleared(aside):
        with named(f"{target}, the copy of {source},"), closing(reading(source)) as connection:
            connection.execute("BEGIN")
            rows, schema = _counts(connection, source), _schema(connection)
            copy_of(connection, aside)
        _prove(aside, rows, schema)
        _publish(aside, target)
    return Copied(path=target, schema=schema, rows=rows)


def restore(place: str, source: Path, now: datetime) -> Copied:
    """Put a copy in the place of the ledger; what was there stays beside it. `LedgerBusy` while anybody uses it.

    The copy is proven first. At every moment the one or the other stands whole in that place, unless the old one is
    damaged. What was posted after the copy was taken is found in Slack before the first post.
    """
    ledger = _file(place, f"pg_restore --clean --if-exists --no-owner {source}")
    if not source.is_file():
        raise LedgerError(f"{source}: there is no such file")
    with one_writer(place), written(ledger):
        aside = aside_of(ledger, "restoring")
        with cleared(aside):
            with named(f"{ledger}, the copy of {source},"), closing(reading(source)) as connection:
                connection.execute("BEGIN")
                rows, schema = _counts(connection, source), _schema(connection)
                copy_of(connection, aside)
            _prove(aside, rows, schema)
            durable(aside)
            reached("in-restore")
            kept = _keep(ledger, now)
            durable(ledger.parent)
            reached("kept")
            aside.replace(ledger)
            reached("restored")
        durable(ledger.parent)
        with named(str(ledger)):
            if not _whole(ledger, rows, schema):
                raise NotALedger(
                    f"{ledger} is not what {source} holds, though it was put there: another program writes beside it, "
                    f"or the disk fails. What was there is kept as {kept}; end that program and restore again"
                )
    return Copied(path=ledger, schema=schema, rows=rows, kept=kept)


def _file(place: str, instead: str) -> Path:
    url = address(place)
    path = file_of(url)
    if path is None:
        raise LedgerError(f"{called(url)} is copied by PostgreSQL's own tools: {instead} --dbname='{_bare(url)}'")
    return path


def _bare(url: URL) -> str:
    """For libpq: without our driver's name, and without the password, which belongs in PGPASSWORD or .pgpass."""
    bare = url.difference_update_query(HIDDEN)._replace(drivername="postgresql", password=None)
    return bare.render_as_string(hide_password=False)


def _counts(connection: sqlite3.Connection, path: Path) -> dict[str, int]:
    there = {name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    if not {"alembic_version", *COUNTED} <= there:
        raise NotALedger(f"{path} is not a ledger")
    return {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in COUNTED}  # noqa: S608


def _schema(connection: sqlite3.Connection) -> str:
    row = connection.execute("SELECT version_num FROM alembic_version").fetchone()
    return str(row[0]) if row else ""


def _prove(copy: Path, rows: dict[str, int], schema: str) -> None:
    """Refuse a copy that is not whole, or that this release could not open."""
    with named(str(copy)):
        if not _whole(copy, rows, schema):
            raise NotALedger(f"{copy} is not whole; nothing was changed")
    if schema not in {script.revision for script in ScriptDirectory.from_config(alembic_config()).walk_revisions()}:
        raise NewerSchema(f"{copy} was written by a newer release; nothing was changed")


def _whole(copy: Path, rows: dict[str, int], schema: str) -> bool:
    with closing(reading(copy)) as connection:
        sound = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
        return sound and (rows, schema) == (_counts(connection, copy), _schema(connection))


def _publish(aside: Path, target: Path) -> None:
    """Give a finished copy its name: at once, and never over another file."""
    durable(aside)
    _name(aside, target)
    durable(target.parent)


def _name(there: Path, target: Path) -> None:
    """Give a file that name as well; on a file system without links, instead of its own. Never over another file."""
    try:
        target.hardlink_to(there)
    except FileExistsError:
        raise LedgerError(f"{target} is there already; nothing is ever written over a file") from None
    except OSError:
        if target.exists():
            raise LedgerError(f"{target} is there already; nothing is ever written over a file") from None
        there.rename(target)


def _too(there: Path, target: Path) -> None:
    """Give a file another name as well, which is free; on a file system without links a copy has it."""
    with contextlib.suppress(OSError):
        target.hardlink_to(there)
        return
    aside = aside_of(target, "partial")
    with cleared(aside):
        try:
            shutil.copy2(there, aside)
            durable(aside)
        except OSError as error:
            raise LedgerError(f"{target} cannot be written: {error.strerror}; nothing was changed") from error
        aside.rename(target)


def _keep(ledger: Path, now: datetime) -> Path | None:
    """What is there under another name as well, whole where it can be; its place is free to be taken over."""
    if not any(ledger.with_name(ledger.name + piece).exists() for piece in _PIECES):
        return None
    name = f"{ledger.name}.before-restore-{now.astimezone(UTC):%Y%m%dT%H%M%SZ}"
    names = (ledger.with_name(name if turn == 1 else f"{name}-{turn}") for turn in count(1))
    kept = next(free for free in names if not any(free.with_name(free.name + piece).exists() for piece in _PIECES))
    if ledger.exists() and ledger.stat().st_size:  # SQLite throws away what lies beside an empty file
        _closed(ledger)
    pieces = [piece for piece in _PIECES if ledger.with_name(ledger.name + piece).exists()]
    for piece in pieces:
        _too(ledger.with_name(ledger.name + piece), kept.with_name(kept.name + piece))
    for piece in _PIECES[1:]:  # also where the database itself is gone: beside another one they would ruin it
        ledger.with_name(ledger.name + piece).unlink(missing_ok=True)
    return kept.with_name(kept.name + pieces[0])


def _closed(ledger: Path) -> None:
    """Bring all that it holds into the one file; a damaged one stays in pieces, a sound one as it is with an error."""
    try:
        with closing(sqlite3.connect(ledger, timeout=1)) as old:
            old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            old.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        said = told(error, str(ledger))
        if isinstance(said, LedgerBusy):
            raise LedgerBusy(f"{ledger} is in use by another program") from error
        if not isinstance(said, NotALedger):  # its log is all that holds what it committed last
            raise LedgerError(
                f"{said}; it stays where it is. Mend that, or move it and what lies beside it away; then restore again"
            ) from error

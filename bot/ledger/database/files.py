"""A SQLite database as a file: read without being touched, copied whole, made durable, never left in halves."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from bot.ledger.database.refusals import told
from bot.ledger.errors import LedgerError
from config.failpoint import reached

_PRIVATE = 0o600  # what a newsroom looks into is nobody else's business


def reading(path: Path) -> sqlite3.Connection:
    """Open for reading alone; the file beside it that a write-ahead log needs may be made, nothing else."""
    connection = sqlite3.connect(f"file:{quote(str(path.absolute()))}?mode=ro", uri=True, isolation_level=None)
    connection.execute("PRAGMA query_only=ON")
    return connection


def copy_of(connection: sqlite3.Connection, target: Path) -> None:
    """All of a database as an open connection sees it, into a file of its own with nothing beside it."""
    os.close(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _PRIVATE))
    with closing(sqlite3.connect(target, isolation_level=None)) as copy:
        connection.backup(copy)  # in one step: nothing is written in between, and no writer waits
        reached("in-backup")
        copy.execute("PRAGMA journal_mode=DELETE")


def aside_of(path: Path, why: str) -> Path:
    """Where something is written that is to become `path`: in the same folder, under a name of this process."""
    return path.with_name(f".{path.name}.{why}-{os.getpid()}")


@contextlib.contextmanager
def named(name: str) -> Iterator[None]:
    """What SQLite says against a file is an error of the ledger that calls it so, in one sentence."""
    try:
        yield
    except sqlite3.Error as error:
        raise told(error, name) from error


@contextlib.contextmanager
def written(path: Path) -> Iterator[None]:
    """What the system says against a file that is to become `path` is an error of the ledger, in one sentence."""
    try:
        yield
    except OSError as error:
        raise LedgerError(
            f"{path} cannot be written: {error.strerror or error}; give it a place with room where you may write files"
        ) from error


@contextlib.contextmanager
def cleared(aside: Path) -> Iterator[None]:
    """No half a copy is left behind; one of a process that was killed is nobody's, and has a name of its own."""
    aside.unlink(missing_ok=True)
    try:
        yield
    finally:
        aside.unlink(missing_ok=True)


def durable(path: Path) -> None:
    """Return once a file, or the names in a folder, are on the disk."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)

"""One writer: a second service on the same ledger is turned away, and a killed one leaves no lock behind."""

from __future__ import annotations

import fcntl
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import create_engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.pool import NullPool

from bot.ledger.disk import across
from bot.ledger.engine import address, called, file_of, told
from bot.ledger.errors import InUse, LedgerError

log = logging.getLogger(__name__)

SERVICE = 0x4F6E526563000002  # advisory lock of a running service, held for its life


@contextmanager
def one_writer(place: str) -> Iterator[None]:
    """Hold the ledger for this process; `InUse` at once when another holds it."""
    url = address(place)
    path = file_of(url)
    with _file_lock(path, url) if path else _advisory_lock(url):
        yield


@contextmanager
def _file_lock(path: Path, url: URL) -> Iterator[None]:
    beside = path.with_name(path.name + ".lock")
    try:
        file = beside.open("a")
    except OSError as error:
        raise LedgerError(f"{called(url)} cannot be locked: {error.strerror} ({beside})") from error
    with file:  # the kernel frees the lock with the file, also after kill -9; the empty file stays
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise InUse(f"{called(url)} is in use by another running service") from error
        except OSError as error:
            raise LedgerError(f"{called(url)} cannot be locked here: {error.strerror}") from error
        if kind := across(path):
            log.warning(
                "%s lies on a network file system (%s), where locks and the write-ahead log are not to be relied on: "
                "move it to a disk of this machine, or keep the record in PostgreSQL",
                called(url),
                kind,
            )
        yield


@contextmanager
def _advisory_lock(url: URL) -> Iterator[None]:
    try:
        engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
        with engine.connect() as connection:
            if not connection.exec_driver_sql(f"SELECT pg_try_advisory_lock({SERVICE})").scalar():
                raise InUse(f"{called(url)} is in use by another running service")
            yield  # the server frees the lock with the session
    except SQLAlchemyError as error:
        raise told(error, called(url)) from error
    except ModuleNotFoundError as error:
        raise LedgerError("PostgreSQL needs the extra: pip install 'on-record[postgresql]'") from error

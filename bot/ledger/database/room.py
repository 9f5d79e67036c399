"""The room that a ledger in a file takes and has: a log that only grows and a disk that is nearly full, in words."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, func, select
from sqlalchemy.engine import URL

from bot.ledger.database.engine import WAL_BYTES, Opened, file_of

LEAST_FREE = 500_000_000  # bytes: days of news, and time to make room
ENOUGH_FREE = 600_000_000  # bytes: an alarm is over from here on, lest it come and go at its limit
_MB = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """In bytes: the write-ahead log, and what is free on the ledger's disk for the user that we are."""

    log: int
    free: int

    @property
    def troubles(self) -> Mapping[str, str]:
        """What is the matter and what to do, by subject."""
        found = {}
        if self.log > WAL_BYTES:
            found["log"] = (
                f"The ledger's write-ahead log has grown to {self.log // _MB:,} MB: something has been reading the "
                "ledger for long, such as a copy or a database browser. End it, and the log shrinks by itself."
            )
        if self.free < LEAST_FREE:
            found["disk"] = (
                f"{self.free // _MB:,} MB are free on the ledger's disk: make room, or soon nothing goes on record."
            )
        return found

    def over(self, subject: str) -> bool:
        """Whether the alarm of a subject, once raised, is over."""
        return subject not in self.troubles and (subject != "disk" or self.free >= ENOUGH_FREE)


class Rooms(Opened):
    """Looks at the files, not into them."""

    def room(self) -> Room | None:
        """How much there is; None for a server, which has tools of its own for that, or where nobody can tell."""
        with self._named():
            return room_of(self._engine.url)


def room_of(url: URL) -> Room | None:
    """See `Rooms.room`."""
    path = file_of(url)
    if path is None:
        return None
    log = path.with_name(f"{path.name}-wal")
    try:
        return Room(log=log.stat().st_size if log.exists() else 0, free=shutil.disk_usage(path.parent).free)
    except OSError:  # the file went away between two looks, or the disk did
        return None


def size_of(connection: Connection) -> int | None:
    """The bytes that the ledger takes, without its write-ahead log; None where nobody can tell."""
    path = file_of(connection.engine.url)
    if path is None:
        return connection.scalar(select(func.pg_database_size(func.current_database())))
    try:
        return path.stat().st_size
    except OSError:
        return None

"""How the planted conflicts fared; kept apart from the record, and counted nowhere in it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, insert, select

from bot.ledger.database.engine import Opened
from bot.ledger.records import Canary
from bot.ledger.tables.keeping import canary

_canary = canary.c


class Canaries(Opened):
    """The log of planted conflicts; only ever added to."""

    def canary_flown(self, at: datetime, seconds: float, fault: str) -> None:
        """Write down how one fared."""
        with self._writing() as connection:
            connection.execute(insert(canary), {"at": at, "seconds": seconds, "fault": fault})

    def canary(self) -> Canary | None:
        """How the last one fared; None before the first."""
        with self._reading() as connection:
            return last_canary(connection)


def last_canary(connection: Connection) -> Canary | None:
    """The same within a reading."""
    newest = select(_canary.at, _canary.fault).order_by(_canary.id.desc()).limit(1)
    row = connection.execute(newest).first()
    if row is None:
        return None
    good = select(_canary.at).where(_canary.fault == "").order_by(_canary.id.desc()).limit(1)
    return Canary(at=row.at, fault=row.fault, good_at=connection.scalar(good))

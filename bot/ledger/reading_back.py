"""Since when a channel in Slack may hold what a ledger, put back from a copy, does not know of."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, insert, select

from bot.ledger import flow_tables
from bot.ledger.engine import Opened
from bot.ledger.vitals import last_sign

# For so long after a channel was first read back, articles may still be read again whose alerts it holds already: a
# start in that time reads as far back as the one before it.
AGAIN = timedelta(hours=24)
_LIFE = "life"  # subject of a row at each start: how far the ledger had come before it
_step = flow_tables.trouble.c


class ReadingBack(Opened):
    """Remembers the starts since which a channel was not read back, however many there were."""

    def unread_since(self, place: str, now: datetime) -> datetime | None:
        """How far the ledger had come before the first start after which this channel was not read back for long."""
        read = select(func.max(_step.id)).where(_step.subject == _read(place), _step.at <= now - AGAIN)
        with self._reading() as connection:
            lives = select(func.min(_step.at)).where(_step.subject == _LIFE)
            found: datetime | None = connection.scalar(lives.where(_step.id > (connection.scalar(read) or 0)))
            return found

    def was_read_back(self, place: str, now: datetime) -> None:
        """The channel of this id was read to the end."""
        with self._writing() as connection:
            connection.execute(insert(flow_tables.trouble).values(subject=_read(place), what="over", words="", at=now))


def starts_unread(connection: Connection) -> datetime | None:
    """How far the ledger has come, where this start is to be remembered for it; None: an earlier one says enough."""
    last = last_sign(connection)
    if last is None:
        return None
    newest = connection.scalar(select(func.max(_step.id)).where(_step.subject.startswith("read:")))
    known = connection.scalar(select(func.min(_step.at)).where(_step.subject == _LIFE, _step.id > (newest or 0)))
    return last if known is None or known > last else None


def begin(connection: Connection, last: datetime) -> None:
    """Remember a start."""
    connection.execute(insert(flow_tables.trouble).values(subject=_LIFE, what="began", words="", at=last))


def _read(place: str) -> str:
    return f"read:{place}"

"""What is remembered of Slack itself: events heard, who reads the App Home, channels that were greeted."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, insert, select, true, update

from bot.ledger.alerts.alert_rows import load_alerts
from bot.ledger.asking.query import reviewed
from bot.ledger.database.engine import Opened
from bot.ledger.flow.bulletins import announce
from bot.ledger.record.latest import newest
from bot.ledger.record.rows import alert
from bot.ledger.tables import office as tables
from bot.model import Alert, Position, content_key

KEPT = timedelta(hours=1)  # Slack sends an event again for five minutes or so

_heard, _reader, _greeted = tables.heard_event.c, tables.home_reader.c, tables.greeted_channel.c


class Callers(Opened):
    """Who and what came from Slack."""

    def heard(self, event: str, now: datetime) -> bool:
        """Note an event; whether it is the first time it is heard. Kept for an hour."""
        with self._writing() as connection:
            connection.execute(delete(tables.heard_event).where(_heard.at < now - KEPT))
            if connection.execute(select(_heard.event).where(_heard.event == event)).first():
                return False
            connection.execute(insert(tables.heard_event).values(event=event, at=now))
            return True

    def home_opened(self, user: str, now: datetime) -> bool:
        """Note that a person looks at the App Home; whether it is the first time."""
        with self._writing() as connection:
            seen = update(tables.home_reader).where(_reader.user == user).values(last_at=now)
            if connection.execute(seen).rowcount:
                return False
            connection.execute(insert(tables.home_reader).values(user=user, first_at=now, last_at=now))
            return True

    def home_readers(self, since: datetime) -> tuple[str, ...]:
        """Who has looked at the App Home since then, the last one first."""
        with self._reading() as connection:
            query = select(_reader.user).where(_reader.last_at >= since).order_by(_reader.last_at.desc(), _reader.user)
            return tuple(connection.scalars(query))

    def greet(self, channel: str, message: Mapping[str, Any], now: datetime) -> int | None:
        """Put the greeting of a channel into the outbox; its number there, and None but for once in its life."""
        with self._writing() as connection:
            if connection.execute(select(_greeted.channel).where(_greeted.channel == channel)).first():
                return None
            connection.execute(insert(tables.greeted_channel).values(channel=channel, at=now))
            return announce(connection, content_key("greeting", channel), channel, "greeting", now, message=message)

    def assigned(self, user: str, limit: int = 5) -> tuple[Alert, ...]:
        """The open alerts that a person looks into, the newest first, each once however many channels show it."""
        with self._reading() as connection:
            mine = load_alerts(connection, alert.owner == user, reviewed("open"), limit=4 * limit)
            return tuple({one.conflict.key: one for one in reversed(mine)}.values())[::-1][:limit]

    def latest(self, limit: int = 5) -> tuple[Position, ...]:
        """The newest positions on record, one for each remark."""
        with self._reading() as connection:
            return tuple(value for _, value in newest(connection, [true()], limit=limit))

"""What was found and told in a stretch of time, for trying other settings on it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from bot.ledger.alerts.alert_rows import as_conflict, heads, load_alerts
from bot.ledger.database.engine import Opened
from bot.ledger.record.rows import alert, article, conflict, load_positions, position, statement
from bot.ledger.tables import schema
from bot.model import Alert, Conflict

MOST = 2000  # conflicts looked at, the newest


class Replaying(Opened):
    """Reads over a stretch of time; each sees the ledger as it was at one moment."""

    def conflicts_since(self, since: datetime) -> tuple[Conflict, ...]:
        """The conflicts whose fresh statement was read since then, the newest first."""
        with self._reading() as connection:
            query = (
                select(schema.conflict)
                .join(schema.position, conflict.fresh_id == position.id)
                .join(schema.statement, position.statement_id == statement.id)
                .join(schema.article, statement.article_id == article.id)
                .where(article.retrieved >= since)
                .order_by(conflict.id.desc())
                .limit(MOST)
            )
            rows = list(connection.execute(query).mappings())
            known = load_positions(connection, {number for row in rows for number in heads(row)})
            return tuple(as_conflict(row, known) for row in rows)

    def alerts_since(self, since: datetime) -> tuple[Alert, ...]:
        """The alerts raised since then, the newest first."""
        with self._reading() as connection:
            return load_alerts(connection, alert.created_at >= since, limit=MOST)

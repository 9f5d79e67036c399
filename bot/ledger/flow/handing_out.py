"""What leaves the private answers: shared once, exported row by row; every time on record."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any, Literal

from sqlalchemy import ColumnElement, Connection, Select, func, insert, select

from bot.ledger.asked import HandedOut
from bot.ledger.database.engine import Opened
from bot.ledger.flow.bulletins import announce
from bot.ledger.record import amended
from bot.ledger.record.rows import alert, article, conflict, statement
from bot.ledger.tables import asking as asking_tables
from bot.ledger.tables import schema
from bot.ledger.tables.links import share_link, share_link_end

What = Literal["statements", "alerts", "decisions", "sources"]
PATIENCE = timedelta(minutes=10)  # for which somebody may wait until what they share is posted
_handed, _end = asking_tables.handed_out.c, share_link_end.c


class HandingOut(Opened):
    """What people carry out of private answers."""

    def hand_out(self, value: HandedOut, key: str) -> bool:
        """Write down that it is handed out; False where it has been before, under the same key."""
        with self._writing() as connection:
            return _written(connection, value, key)

    def share(self, value: HandedOut, key: str, channel: str, message: Mapping[str, Any]) -> int | None:
        """The same of what goes to everybody in a channel, with the message in the outbox in the same step.

        Its number there; None where it was shared before. It is posted soon or, since people wait for it, not at all.
        """
        with self._writing() as connection:
            if not _written(connection, value, key):
                return None
            until = value.at + PATIENCE
            return announce(connection, key, channel, value.words, value.at, message=message, until=until)

    def handed_out(self, limit: int = 50) -> tuple[HandedOut, ...]:
        """Everything that was handed out, the newest first."""
        with self._reading() as connection:
            return handed_out_where(connection, limit=limit)

    def export(
        self, what: What, since: datetime, most: int, number: int | None = None
    ) -> tuple[Mapping[str, Any], ...]:
        """The rows first seen, raised, decided or retrieved since then, the newest first; values are plain.

        With the number of an alert, of its rows and decisions only those that are about it.
        """
        query = _rows_of(what, since)
        if number is not None and what in _OF_ONE:
            query = query.where(_OF_ONE[what] == number)
        with self._reading() as connection:
            rows = connection.execute(query.limit(most)).mappings()
            return tuple({name: _plain(value) for name, value in row.items()} for row in rows)


_OF_ONE: Mapping[What, ColumnElement[int]] = {"alerts": alert.number, "decisions": schema.decision.c.alert_number}


def handed_out_where(
    connection: Connection, *where: ColumnElement[bool], limit: int | None = None
) -> tuple[HandedOut, ...]:
    """What was handed out and fulfils every condition, the newest first."""
    names = ("what", "words", "channel", "by", "at")
    link = (_handed.channel == "link") & (share_link.c.by == _handed.by) & (share_link.c.at == _handed.at)
    query = (
        select(*(_handed[name] for name in names), _end.at.label("ended"), func.coalesce(_end.by, "").label("ended_by"))
        .outerjoin(share_link, link)
        .outerjoin(share_link_end, _end.link_id == share_link.c.id)
        .where(*where)
        .order_by(_handed.id.desc())
        .limit(limit)
    )
    return tuple(HandedOut(**row) for row in connection.execute(query).mappings())


def _written(connection: Connection, value: HandedOut, key: str) -> bool:
    if connection.execute(select(_handed.id).where(_handed.key == key)).first():
        return False
    row = {"what": value.what, "words": value.words, "channel": value.channel, "by": value.by, "at": value.at}
    connection.execute(insert(asking_tables.handed_out), {"key": key, **row})
    return True


def _rows_of(what: What, since: datetime) -> Select[Any]:
    fresh, earlier = schema.position.alias(), schema.position.alias()
    decision = schema.decision.c
    if what == "sources":
        return (
            select(
                article.outlet,
                article.title,
                article.url,
                article.published,
                article.retrieved,
                article.language,
                article.text_hash.label("sha256"),
                article.aside.label("set_aside"),
            )
            .where(article.retrieved >= since)
            .order_by(article.retrieved.desc(), article.id.desc())
        )
    if what == "statements":
        return (
            select(
                statement.key.label("statement"),
                schema.party.c.name.label("speaker"),
                schema.party.c.official.label("speaker_id"),
                schema.party.c.side,
                statement.kind,
                statement.quote,
                statement.said_first,
                statement.said_last,
                statement.said_how,
                article.outlet,
                article.url,
                article.published,
                article.retrieved,
                article.text_hash.label("sha256"),
                statement.start,
                statement.end,
                amended.BECAME.label("became"),
            )
            .join_from(schema.statement, schema.article, statement.article_id == article.id)
            .outerjoin(schema.party, statement.party_id == schema.party.c.id)
            .where(article.retrieved >= since)
            .order_by(article.retrieved.desc(), statement.id)
        )
    if what == "alerts":
        return (
            select(
                alert.number,
                alert.title,
                conflict.kind,
                conflict.score,
                conflict.answer,
                conflict.lede,
                conflict.why,
                earlier.c.topic,
                alert.channel,
                alert.strength,
                alert.created_at,
                alert.review,
                alert.decided_by,
                alert.decided_at,
                alert.decision_note,
                alert.withdrawn_at,
                alert.withdrawn_why,
            )
            .join_from(schema.alert, schema.conflict, alert.conflict_id == conflict.id)
            .join(fresh, conflict.fresh_id == fresh.c.id)
            .join(earlier, conflict.earlier_id == earlier.c.id)
            .where(alert.created_at >= since)
            .order_by(alert.number.desc())
        )
    return (
        select(
            decision.alert_number.label("alert"),
            decision.action,
            decision.by,
            decision.note,
            decision.at,
            decision.before,
            decision.after,
        )
        .where(decision.at >= since)
        .order_by(decision.id.desc())
    )


def _plain(value: object) -> object:
    if isinstance(value, (datetime, date)):
        return value.isoformat()
    return value

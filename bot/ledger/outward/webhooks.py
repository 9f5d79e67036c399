"""What each webhook is told: alerts and decisions in their order, each until it was taken, at least once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Select, func, insert, null, select, update

from bot.ledger.alerts.alert_rows import load_alerts, to_one
from bot.ledger.alerts.desk import as_decided
from bot.ledger.alerts.outbox import waiting
from bot.ledger.database.engine import Opened
from bot.ledger.record.rows import alert
from bot.ledger.records import Decided
from bot.ledger.tables import outward as outward_tables
from bot.ledger.tables import schema
from bot.model import Alert, content_key

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=5), timedelta(hours=1)  # between two attempts: doubled each time
GIVEN_UP = timedelta(days=1)  # after which a post is stuck, and the next one has its turn
_hook, _post = outward_tables.webhook.c, outward_tables.webhook_post.c
_decision = schema.decision.c


@dataclass(frozen=True, slots=True, kw_only=True)
class WebhookPost:
    """One thing that a webhook is to be told: that an alert was raised, or what was decided about it."""

    id: int
    key: str
    webhook: str
    alert: Alert
    decision: Decided | None
    created_at: datetime
    attempts: int


class Webhooks(Opened):
    """The queue of each webhook. An attempt is marked before it is made: one that is lost is made again."""

    def tell_webhooks(self, wanted: Iterable[tuple[str, bool, bool]], now: datetime) -> int:
        """Queue what came since for these, as (name, alerts?, decisions?); how much that is.

        A name that is new hears of what comes from now on. What goes to one person alone goes to no webhook.
        """
        asked = list(wanted)
        with self._reading() as connection:
            last = _last(connection)
            if all(_told(connection, name) == last for name, *_ in asked):
                return 0
        queued = 0
        with self._writing() as connection:
            last = _last(connection)
            for name, alerts, decisions in asked:
                told = _told(connection, name)
                if told is None:
                    connection.execute(
                        insert(outward_tables.webhook).values(name=name, alert=last[0], decision=last[1])
                    )
                    continue
                queued += _queue(connection, name, _raised(told[0]), now) if alerts else 0
                queued += _queue(connection, name, _decided(told[1]), now) if decisions else 0
                mark = update(outward_tables.webhook).where(_hook.name == name)
                connection.execute(mark.values(alert=last[0], decision=last[1]))
        return queued

    def webhook_posts_due(self, names: Iterable[str], now: datetime) -> tuple[WebhookPost, ...]:
        """Of each of these the first post that waits; where none does, one that was stuck and is tried each hour."""
        with self._reading() as connection:
            due = [number for name in names if (number := _due(connection, name, now)) is not None]
            return _load(connection, due)

    def intend_webhook_post(self, number: int, now: datetime) -> bool:
        """Mark an attempt before it is made; False: somebody else did, or it is not due."""
        with self._writing() as connection:
            row = connection.execute(select(_post.webhook, _post.attempts).where(_post.id == number)).one()
            if _due(connection, row.webhook, now) != number:
                return False
            wait = min(LONGEST_WAIT, FIRST_WAIT * 2 ** min(row.attempts, 20))
            _set(connection, number, attempts=row.attempts + 1, attempted_at=now, retry_at=now + wait)
            return True

    def webhook_post_taken(self, number: int) -> int:
        """It was taken. What was stuck for the same webhook waits again; how much that is."""
        with self._writing() as connection:
            _set(connection, number, state="sent", reason="", retry_at=None)
            name = select(_post.webhook).where(_post.id == number).scalar_subquery()
            stuck = update(outward_tables.webhook_post).where(_post.webhook == name, _post.state == "stuck")
            return connection.execute(stuck.values(state="pending", retry_at=None, reason="")).rowcount

    def webhook_post_refused(self, number: int, reason: str, now: datetime, *, wait: datetime | None = None) -> bool:
        """It was not taken; whether it is stuck now, as it was made long ago."""
        with self._writing() as connection:
            row = connection.execute(select(_post.created_at, _post.retry_at).where(_post.id == number)).one()
            stuck = bool(now - row.created_at >= GIVEN_UP)
            retry = max(row.retry_at or now, min(wait or now, now + LONGEST_WAIT))
            _set(connection, number, state="stuck" if stuck else "pending", reason=reason, retry_at=retry)
            return stuck

    def webhooks_waiting(self) -> dict[str, tuple[int, int]]:
        """By webhook, how many posts wait and how many are stuck."""
        query = (
            select(_post.webhook, _post.state, func.count().label("many"))
            .where(_post.state != "sent")
            .group_by(_post.webhook, _post.state)
        )
        found: dict[str, tuple[int, int]] = {}
        with self._reading() as connection:
            for row in connection.execute(query):
                pending, stuck = found.get(row.webhook, (0, 0))
                found[row.webhook] = (row.many, stuck) if row.state == "pending" else (pending, row.many)
        return found


def _last(connection: Connection) -> tuple[int, int]:
    return (
        connection.scalar(select(func.max(alert.number))) or 0,
        connection.scalar(select(func.max(_decision.id))) or 0,
    )


def _told(connection: Connection, name: str) -> tuple[int, int] | None:
    row = connection.execute(select(_hook.alert, _hook.decision).where(_hook.name == name)).first()
    return (row.alert, row.decision) if row else None


def _raised(after: int) -> Select[Any]:
    query = select(alert.number.label("alert"), null().label("decision"), alert.created_at.label("at"))
    return query.where(alert.number > after, ~to_one(alert.channel)).order_by(alert.number)


def _decided(after: int) -> Select[Any]:
    query = select(_decision.alert_number.label("alert"), _decision.id.label("decision"), _decision.at.label("at"))
    query = query.join(schema.alert, alert.number == _decision.alert_number)
    return query.where(_decision.id > after, ~to_one(alert.channel)).order_by(_decision.id)


def _queue(connection: Connection, name: str, query: Select[Any], now: datetime) -> int:
    rows = connection.execute(query).all()
    for row in rows:
        connection.execute(
            insert(outward_tables.webhook_post).values(
                key=content_key("webhook", name, str(row.alert), str(row.decision or ""), row.at.isoformat()),
                webhook=name,
                alert_number=row.alert,
                decision_id=row.decision,
                state="pending",
                created_at=now,
                attempts=0,
                reason="",
            )
        )
    return len(rows)


def _due(connection: Connection, name: str, now: datetime) -> int | None:
    mine = select(_post.id, _post.retry_at, _post.attempted_at).where(_post.webhook == name).order_by(_post.id).limit(1)
    head = connection.execute(mine.where(_post.state == "pending")).first()
    if head is None:
        head = connection.execute(mine.where(_post.state == "stuck")).first()
    return None if head is None or waiting(head.retry_at, head.attempted_at, now) else int(head.id)


def _set(connection: Connection, number: int, **values: object) -> None:
    connection.execute(update(outward_tables.webhook_post).where(_post.id == number).values(**values))


def _load(connection: Connection, numbers: list[int]) -> tuple[WebhookPost, ...]:
    if not numbers:
        return ()
    rows = list(
        connection.execute(
            select(outward_tables.webhook_post).where(_post.id.in_(numbers)).order_by(_post.id)
        ).mappings()
    )
    alerts = {
        one.number: one for one in load_alerts(connection, alert.number.in_({row[_post.alert_number] for row in rows}))
    }
    lines = select(schema.decision).where(_decision.id.in_({row[_post.decision_id] for row in rows}))
    decisions = {row[_decision.id]: as_decided(row) for row in connection.execute(lines).mappings()}
    return tuple(
        WebhookPost(
            id=row[_post.id],
            key=row[_post.key],
            webhook=row[_post.webhook],
            alert=alerts[row[_post.alert_number]],
            decision=decisions.get(row[_post.decision_id]),
            created_at=row[_post.created_at],
            attempts=row[_post.attempts],
        )
        for row in rows
    )

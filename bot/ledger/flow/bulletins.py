"""Messages that belong to no single alert: digests, notices, what is shared; with the protocol of the outbox."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, func, or_, select, update

from bot.ledger.alerts.alert_rows import load_alerts
from bot.ledger.alerts.outbox import waiting
from bot.ledger.database.engine import Opened
from bot.ledger.database.prepared import added
from bot.ledger.errors import LedgerError
from bot.ledger.flow_records import Bulletin, BulletinKind
from bot.ledger.record.rows import alert
from bot.ledger.tables import flow as flow_tables
from bot.ledger.tables import schema
from bot.model import Alert
from config.failpoint import reached

_bulletin, _carried = flow_tables.bulletin.c, flow_tables.bulletin_alert.c


class Bulletins(Opened):
    """Posted as alerts are: intended, then sent or settled."""

    def bulletin(self, number: int) -> Bulletin:
        """One bulletin as it is now."""
        with self._reading() as connection:
            (found,) = _load(connection, _bulletin.id == number)
            return found

    def bulletins_due(self, now: datetime) -> tuple[Bulletin, ...]:
        """The first bulletin that waits in each channel, unless one before it is in doubt."""
        with self._reading() as connection:
            return _load(connection, _bulletin.id.in_(_due(connection, now)))

    def intend_bulletin(
        self, number: int, now: datetime, clock: Callable[[], datetime] | None = None
    ) -> Bulletin | None:
        """Mark the attempt before it is made. Show what is returned; None: do not send.

        `clock` tells the moment when our turn to write has come, which may be long after `now`.
        """
        with self._writing() as connection:
            now = max(now, clock()) if clock else now
            if number not in _due(connection, now):
                return None
            (found,) = _load(connection, _bulletin.id == number)
            _set(
                connection,
                number,
                state="sending",
                attempts=found.attempts + 1,
                attempted_at=now,
                retry_at=None,
                shown=found.revision,
            )
            reached("marking-sending")
            return _load(connection, _bulletin.id == number)[0]

    def bulletin_sent(self, number: int, slack_channel: str, ts: str) -> None:
        """Slack said yes."""
        with self._writing() as connection:
            if _state(connection, number) != "sent":
                _set(connection, number, state="sent", reason="", slack_channel=slack_channel, slack_ts=ts)

    def bulletin_refused(self, number: int, reason: str, retry_at: datetime | None) -> None:
        """Slack said no: to be tried again from `retry_at` on, or stuck until the next start."""
        with self._writing() as connection:
            if _state(connection, number) != "sent":
                state = "stuck" if retry_at is None else "pending"
                _set(connection, number, state=state, reason=reason, retry_at=retry_at)

    def bulletin_doubted(self, number: int, now: datetime) -> None:
        """Slack gave no clear answer: the settling time runs from now, when it was given up, and not from the start."""
        with self._writing() as connection:
            if _state(connection, number) == "sending":
                _set(connection, number, attempted_at=now)

    def bulletins_doubtful(self, now: datetime, settling: timedelta) -> tuple[Bulletin, ...]:
        """Bulletins without a clear answer whose settling time is over; a clock set back does not prolong it."""
        with self._reading() as connection:
            found = _load(connection, _bulletin.state == "sending")
        return tuple(one for one in found if one.attempted_at is None or abs(now - one.attempted_at) >= settling)

    def settle_bulletin(self, number: int, found_ts: str | None, slack_channel: str) -> None:
        """End the doubt: history shows it under `found_ts`, or (None) it was never posted and waits again."""
        with self._writing() as connection:
            if _state(connection, number) != "sending":
                return
            if found_ts is None:
                _set(connection, number, state="pending")
            else:
                _set(connection, number, state="sent", reason="", slack_channel=slack_channel, slack_ts=found_ts)

    def outdated(self, since: datetime) -> tuple[int, ...]:
        """The digests in Slack, made since a moment, that show an alert as it is no more, the oldest first.

        Their numbers: there may be hundreds, each with a dozen alerts and all that these gained.
        """
        revisions = (
            select(func.sum(alert.revision))
            .join(flow_tables.bulletin_alert, _carried.alert_number == alert.number)
            .where(_carried.bulletin_id == _bulletin.id)
            .scalar_subquery()
        )
        mine = (_bulletin.kind == "digest") & (_bulletin.state == "sent") & (_bulletin.created_at >= since)
        with self._reading() as connection:
            numbers = select(_bulletin.id).where(mine, revisions > _bulletin.shown).order_by(_bulletin.id)
            return tuple(connection.scalars(numbers))

    def brought_up(self, number: int, revision: int) -> None:
        """A digest in Slack shows its alerts as they were at a revision."""
        with self._writing() as connection:
            _set(connection, number, shown=revision)


def announce(
    connection: Connection,
    key: str,
    channel: str,
    words: str,
    now: datetime,
    *,
    kind: BulletinKind = "notice",
    message: Mapping[str, Any] | None = None,
    until: datetime | None = None,
) -> int | None:
    """Put a bulletin into the queue of a channel; None where its key is known."""
    if connection.execute(select(_bulletin.id).where(_bulletin.key == key)).first():
        return None
    return added(
        connection,
        flow_tables.bulletin,
        key=key,
        kind=kind,
        channel=channel,
        words=words,
        state="pending",
        created_at=now,
        attempts=0,
        shown=0,
        reason="",
        message=dict(message) if message else None,
        until=until,
    )


def _due(connection: Connection, now: datetime) -> list[int]:
    query = (
        select(_bulletin.id, _bulletin.channel, _bulletin.state, _bulletin.retry_at, _bulletin.attempted_at)
        .where(_bulletin.state.in_(("pending", "sending")), or_(_bulletin.until.is_(None), _bulletin.until > now))
        .order_by(_bulletin.id)
    )
    heads: dict[str, int | None] = {}
    for row in connection.execute(query):
        waits = row.state == "sending" or waiting(row.retry_at, row.attempted_at, now)
        heads.setdefault(row.channel, None if waits else row.id)
    return [head for head in heads.values() if head is not None]


def _state(connection: Connection, number: int) -> str:
    state = connection.scalar(select(_bulletin.state).where(_bulletin.id == number))
    if state is None:
        raise LedgerError(f"there is no bulletin {number}")
    return str(state)


def _set(connection: Connection, number: int, **values: object) -> None:
    connection.execute(update(flow_tables.bulletin).where(_bulletin.id == number).values(**values))


def _load(connection: Connection, *where: ColumnElement[bool]) -> tuple[Bulletin, ...]:
    rows = list(connection.execute(select(flow_tables.bulletin).where(*where).order_by(_bulletin.id)).mappings())
    before = or_(  # it was over before the digest was made
        alert.withdrawn_at <= _bulletin.created_at,
        and_(alert.review == "dismissed", alert.decided_at <= _bulletin.created_at),
    )
    query = (
        select(_carried.bulletin_id, _carried.alert_number, before)
        .join(schema.alert, alert.number == _carried.alert_number)
        .join(flow_tables.bulletin, _bulletin.id == _carried.bulletin_id)
        .order_by(_carried.id)
    )
    numbers: dict[int, list[int]] = {row[_bulletin.id]: [] for row in rows}
    over: dict[int, set[int]] = {row[_bulletin.id]: set() for row in rows}
    for bulletin, number, gone in connection.execute(query.where(_carried.bulletin_id.in_(numbers))):
        numbers[bulletin].append(number)
        if gone:
            over[bulletin].add(number)
    shown = {number for some in numbers.values() for number in some}
    alerts = {one.number: one for one in load_alerts(connection, alert.number.in_(shown))} if shown else {}
    return tuple(
        _as_bulletin(row, [alerts[number] for number in numbers[row[_bulletin.id]]], over[row[_bulletin.id]])
        for row in rows
    )


def _as_bulletin(row: RowMapping, alerts: Iterable[Alert], over: Iterable[int]) -> Bulletin:
    return Bulletin(
        id=row[_bulletin.id],
        key=row[_bulletin.key],
        kind=row[_bulletin.kind],
        channel=row[_bulletin.channel],
        words=row[_bulletin.words],
        state=row[_bulletin.state],
        attempts=row[_bulletin.attempts],
        attempted_at=row[_bulletin.attempted_at],
        alerts=tuple(alerts),
        over=frozenset(over),
        slack_channel=row[_bulletin.slack_channel],
        slack_ts=row[_bulletin.slack_ts],
        message=row[_bulletin.message],
        until=row[_bulletin.until],
    )

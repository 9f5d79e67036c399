"""The hand-over to Slack: what is due, in order, each thing intended before it is done and settled when in doubt."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection, RowMapping, and_, func, or_, select, update

from bot.ledger.alerts.alert_rows import load_alerts
from bot.ledger.alerts.alerts import mark, revise
from bot.ledger.alerts.desk import Desk
from bot.ledger.errors import LedgerError
from bot.ledger.record.rows import alert, delivery, load_positions
from bot.ledger.records import Change, Delivery
from bot.ledger.tables import schema
from bot.ledger.tables.flow import bulletin
from bot.model import Alert, Position
from config.failpoint import reached

REPEAT = timedelta(seconds=30)  # an update whose answer was lost is sent again after that
_card = schema.delivery.alias("card")
_ALL = schema.delivery.join(schema.alert, delivery.alert_number == alert.number).join(
    _card, and_(_card.c.alert_number == alert.number, _card.c.kind == "card")
)
_WAITS = delivery.state.in_(("pending", "sending"))
_TRIED = (delivery.retry_at, delivery.attempted_at)
# Asked several times a second, and thousands may wait: what is made here each time would wait for the collector.
_UPDATES = (
    select(delivery.id, delivery.channel, *_TRIED)
    .select_from(_ALL)
    .where(
        _WAITS,
        delivery.kind == "update",
        _card.c.state == "sent",
        alert.revision > _card.c.shown,
        alert.revision > delivery.shown,
    )
    .order_by(delivery.id)
)
_FIRST = (
    select(func.min(delivery.id))
    .select_from(_ALL)
    .where(
        _WAITS,
        delivery.kind != "update",
        or_(
            delivery.kind != "reply",
            and_(_card.c.state == "sent", or_(alert.withdrawn_at.is_(None), delivery.change.is_not(None))),
        ),
    )
    .group_by(delivery.channel)
)
_POSTS = (
    select(delivery.id, delivery.channel, delivery.state, *_TRIED).where(delivery.id.in_(_FIRST)).order_by(delivery.id)
)


class Outbox(Desk):
    """The queue of posts of each channel, and the updates of cards.

    A post goes pending, sending, sent. Whoever delivers calls `intend` first, then does it, then `sent` or `refused`;
    when neither can be said it stays `sending`, and holds up its channel until `settle` tells what history shows.
    """

    def due(self, now: datetime, waits: Callable[[str], bool] = lambda _channel: False) -> tuple[Delivery, ...]:
        """What is to be done now: of each channel the first update of a posted card, and the first post that waits.

        `waits`: channels of which nothing is wanted.
        """
        with self._reading() as connection:
            due = _due(connection, now)
            return _load(connection, [number for number, channel in due.items() if not waits(channel)])

    def intend(self, delivery_id: int, now: datetime, clock: Callable[[], datetime] | None = None) -> Delivery | None:
        """Mark the attempt before it is made. Show what is returned, not what `due` gave; None: do not send.

        `clock` tells the moment when our turn to write has come, which may be long after `now`.
        """
        with self._writing() as connection:
            now = max(now, clock()) if clock else now
            if delivery_id not in _due(connection, now):
                return None
            row = _row(connection, delivery_id)
            _set(
                connection,
                delivery_id,
                state="sending",
                attempts=row[delivery.attempts] + 1,
                attempted_at=now,
                retry_at=now + REPEAT if row[delivery.kind] == "update" else None,
                intended=row[alert.revision],
            )
            reached("marking-sending")
            return _load(connection, [delivery_id])[0]

    def tried_since(self, since: datetime) -> frozenset[str]:
        """The channels in which anything was last begun to be posted after that, whatever came of it."""
        with self._reading() as connection:
            tried = (
                select(table.c.channel).where(table.c.attempted_at > since) for table in (schema.delivery, bulletin)
            )
            return frozenset(channel for query in tried for channel in connection.scalars(query))

    def sent(self, delivery_id: int, slack_channel: str, ts: str, now: datetime) -> None:
        """Slack said yes. A card that changed since the attempt is due for an update."""
        del now  # the attempt's time is on record; asked for so that every step of the protocol reads alike
        with self._writing() as connection:
            _sent(connection, _row(connection, delivery_id), slack_channel, ts)

    def posted_before(self, delivery_id: int, slack_channel: str, ts: str, now: datetime) -> None:
        """It was in Slack before this ledger, restored from a copy, could know: sent, and a card is drawn anew.

        The alert may have had another number then.
        """
        with self._writing() as connection:
            row = _row(connection, delivery_id)
            if row[delivery.kind] == "card":  # held no more, nor are its replies
                mark(connection, [row[delivery.alert_number]], ("held",), "pending")
            _sent(connection, row, slack_channel, ts)
            if row[delivery.kind] == "card":
                revise(connection, row[delivery.alert_number], now)

    def refused(self, delivery_id: int, reason: str, retry_at: datetime | None) -> None:
        """Slack said no: to be tried again from `retry_at` on, or stuck with its reason until it is released."""
        with self._writing() as connection:
            row = _row(connection, delivery_id)
            if row[delivery.state] in {"sent", "withdrawn"}:
                return
            state = _unless_withdrawn(row, "stuck" if retry_at is None else "pending")
            _set(connection, delivery_id, state=state, reason=reason, retry_at=retry_at)
            _end_thread(connection, row, state)

    def doubted(self, delivery_id: int, now: datetime) -> None:
        """Slack gave no clear answer: the settling time runs from now, when it was given up, and not from the start."""
        with self._writing() as connection:
            if _row(connection, delivery_id)[delivery.state] == "sending":
                _set(connection, delivery_id, attempted_at=now)

    def doubtful(self, now: datetime, settling: timedelta) -> tuple[Delivery, ...]:
        """Posts without a clear answer whose settling time is over; a clock set back does not prolong it."""
        query = (
            select(delivery.id, delivery.attempted_at)
            .where(delivery.state == "sending", delivery.kind != "update")
            .order_by(delivery.id)
        )
        with self._reading() as connection:
            rows = connection.execute(query).all()
            return _load(connection, [number for number, tried in rows if abs(now - tried) >= settling])

    def settle(self, delivery_id: int, found_ts: str | None, slack_channel: str | None = None) -> None:
        """End the doubt: history shows the post under `found_ts`, or (None) it was never made and waits again."""
        with self._writing() as connection:
            row = _row(connection, delivery_id)
            if row[delivery.state] != "sending":
                return
            if found_ts is None:
                state = _unless_withdrawn(row, "pending")
                _set(connection, delivery_id, state=state, retry_at=None)
                _end_thread(connection, row, state)
            else:
                _sent(connection, row, slack_channel or row[delivery.channel], found_ts)

    def release(self, now: datetime, channel: str | None = None) -> int:
        """After a repair: what is stuck (in `channel`) waits again, bulletins too, and how many that are.

        Not what somebody waited for: they were told that it is not posted.
        """
        with self._writing() as connection:
            changed = 0
            for table in (schema.delivery, bulletin):
                mine = [table.c.state == "stuck"]
                mine += [table.c.channel == channel] if channel is not None else []
                mine += [bulletin.c.until.is_(None)] if table is bulletin else []
                waits = update(table).where(*mine).values(state="pending", retry_at=now, reason="")
                changed += connection.execute(waits).rowcount
            return changed


def waiting(until: datetime | None, tried: datetime | None, now: datetime) -> bool:
    """Whether a wait is not over yet; a clock that was set back to before the attempt ends it."""
    return until is not None and until > now and (tried is None or tried <= now)


def _due(connection: Connection, now: datetime) -> dict[int, str]:
    """Ids of what may be done now, with their channels: at most one update of each, then at most one post of each.

    A channel takes one message at a time, and each that is loaded brings all the evidence of its alert.
    """
    updates: dict[str, int] = {}  # a channel's first one
    for row in connection.execute(_UPDATES):
        if not waiting(row.retry_at, row.attempted_at, now):
            updates.setdefault(row.channel, row.id)
    posts = {
        row.id: row.channel
        for row in connection.execute(_POSTS)
        if row.state == "pending" and not waiting(row.retry_at, row.attempted_at, now)
    }
    return {number: channel for channel, number in updates.items()} | posts


def _row(connection: Connection, delivery_id: int) -> RowMapping:
    query = (
        select(schema.delivery, alert.revision, alert.withdrawn_at)
        .join(schema.alert, delivery.alert_number == alert.number)
        .where(delivery.id == delivery_id)
    )
    row = connection.execute(query).mappings().one_or_none()
    if row is None:
        raise LedgerError(f"there is no delivery {delivery_id}")
    return row


def _set(connection: Connection, delivery_id: int, **values: object) -> None:
    connection.execute(update(schema.delivery).where(delivery.id == delivery_id).values(**values))


def _unless_withdrawn(row: RowMapping, state: str) -> str:
    told = row[delivery.kind] == "update" or row[delivery.change] is not None  # also of what is withdrawn
    return "withdrawn" if row[alert.withdrawn_at] is not None and not told else state


def _end_thread(connection: Connection, row: RowMapping, state: str) -> None:
    """Where a card is never to be posted, there is no thread to tell anything in."""
    if row[delivery.kind] == "card" and state == "withdrawn":
        waits = (delivery.alert_number == row[delivery.alert_number]) & (delivery.state == "pending")
        connection.execute(update(schema.delivery).where(waits & (delivery.kind == "reply")).values(state="withdrawn"))


def _sent(connection: Connection, row: RowMapping, slack_channel: str, ts: str) -> None:
    behind = row[alert.revision] > row[delivery.intended]
    if row[delivery.state] in {"sent", "withdrawn"}:
        return
    values = {"shown": row[delivery.intended], "retry_at": None, "reason": ""}
    if row[delivery.kind] == "update":
        _set(connection, row[delivery.id], state="pending" if behind else "sent", **values)
        return
    _set(connection, row[delivery.id], state="sent", slack_channel=slack_channel, slack_ts=ts, **values)
    if row[delivery.kind] == "card" and not behind:  # changes from before the post are in it
        connection.execute(
            update(schema.delivery)
            .where(delivery.alert_number == row[delivery.alert_number], delivery.kind == "update")
            .values(state="sent", shown=row[delivery.intended])
        )


def _load(connection: Connection, ids: Iterable[int]) -> tuple[Delivery, ...]:
    wanted = list(ids)
    if not wanted:
        return ()
    query = select(schema.delivery).where(delivery.id.in_(wanted))
    rows = {row[delivery.id]: row for row in connection.execute(query).mappings()}
    numbers = {row[delivery.alert_number] for row in rows.values()}
    alerts = {found.number: found for found in load_alerts(connection, alert.number.in_(numbers))}
    known = load_positions(connection, {place for row in rows.values() for place in row[delivery.body]})
    return tuple(_as_delivery(rows[number], alerts, known) for number in wanted)


def _as_delivery(row: RowMapping, alerts: dict[int, Alert], known: dict[int, Position]) -> Delivery:
    about = alerts[row[delivery.alert_number]]
    return Delivery(
        id=row[delivery.id],
        kind=row[delivery.kind],
        alert=about,
        key=row[delivery.key],
        channel=row[delivery.channel],
        state=row[delivery.state],
        attempts=row[delivery.attempts],
        attempted_at=row[delivery.attempted_at],
        thread_ts=None if row[delivery.kind] == "card" else about.slack_ts,
        body=tuple(known[place] for place in row[delivery.body]),
        opening=row[delivery.opening],
        change=Change(**row[delivery.change]) if row[delivery.change] else None,
    )

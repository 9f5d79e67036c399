"""Messages that belong to no single alert: digests of what was held, and notices; with the protocol of the outbox."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, func, insert, select, update

from bot.ledger import flow_tables, routes, schema
from bot.ledger.alert_rows import load_alerts
from bot.ledger.alerts import mark
from bot.ledger.engine import Opened
from bot.ledger.errors import LedgerError
from bot.ledger.flow_records import Bulletin, BulletinKind, Routed
from bot.ledger.prepared import added
from bot.ledger.rows import alert, conflict, delivery
from bot.model import content_key

BURST, WITHIN = 10, timedelta(minutes=10)  # so many cards of one channel, raised so close together, are one digest
ROWS = 12  # alerts of one message
BURST_WORDS = "Many alerts at once"
_TOGETHER = "one of many that came within ten minutes: they share one digest"
_bulletin, _carried = flow_tables.bulletin.c, flow_tables.bulletin_alert.c


class Bulletins(Opened):
    """What is held is folded into a digest in one step, and posted as alerts are: intended, then sent or settled."""

    def held(self) -> dict[str, datetime]:
        """The channels in which alerts wait for a digest, with the moment since when the first of them does."""
        query = (
            select(delivery.channel, delivery.created_at)
            .join(schema.alert, delivery.alert_number == alert.number)
            .where(delivery.kind == "card", delivery.state == "held", alert.withdrawn_at.is_(None))
            .order_by(delivery.created_at.desc())
        )
        with self._reading() as connection:
            return {channel: since for channel, since in connection.execute(query)}  # noqa: C416 - rows are no pairs

    def fold(self, channel: str, occasion: str, words: str, now: datetime) -> int:
        """Make the digest of an occasion from what is held in a channel, the strongest first; how many alerts it has.

        An occasion has one digest, whatever comes between: the second time there is nothing to do.
        """
        with self._writing() as connection:
            first = content_key("digest", channel, occasion, "1")
            if connection.execute(select(_bulletin.id).where(_bulletin.key == first)).first():
                return 0
            numbers = _cards(connection, delivery.state == "held", delivery.channel == channel)
            _fold(connection, channel, numbers, occasion=occasion, words=words, now=now)
            return len(numbers)

    def fold_bursts(self, now: datetime) -> int:
        """Fold the cards of each channel that wait ten or more within ten minutes; how many alerts that are."""
        waiting = (delivery.state == "pending") & (delivery.attempts == 0) & (delivery.kind == "card")
        query = (
            select(delivery.channel, delivery.alert_number, delivery.created_at)
            .where(waiting)
            .order_by(delivery.created_at)
        )
        with self._reading() as connection:
            if not _bursts(connection.execute(query).all()):
                return 0
        with self._writing() as connection:
            folded = 0
            for channel, numbers in _bursts(connection.execute(query).all()).items():
                ranked = _cards(connection, alert.number.in_(numbers))
                occasion = f"burst:{now.isoformat()}"
                _fold(connection, channel, ranked, occasion=occasion, words=BURST_WORDS, now=now)
                for number in ranked:
                    outcome = Routed(audience=channel, outcome="held", reason=_TOGETHER, at=now, alert=number)
                    routes.add_numbered(connection, number, outcome)
                folded += len(ranked)
            return folded

    def hold_waiting(self, channel: str, reason: str, now: datetime) -> int:
        """Hold the cards of a channel that wait untried, since quiet hours have begun there; how many."""
        waiting = (delivery.state == "pending") & (delivery.attempts == 0) & (delivery.channel == channel)
        with self._reading() as connection:
            if not _cards(connection, waiting):
                return 0
        with self._writing() as connection:
            numbers = _cards(connection, waiting)
            mark(connection, numbers, ("pending",), "held")
            for number in numbers:
                outcome = Routed(audience=channel, outcome="held", reason=reason, at=now, alert=number)
                routes.add_numbered(connection, number, outcome)
            return len(numbers)

    def bulletins_due(self, now: datetime) -> tuple[Bulletin, ...]:
        """The first bulletin that waits in each channel, unless one before it is in doubt."""
        with self._reading() as connection:
            return _load(connection, _bulletin.id.in_(_due(connection, now)))

    def intend_bulletin(self, number: int, now: datetime) -> Bulletin | None:
        """Mark the attempt before it is made. Show what is returned; None: do not send."""
        with self._writing() as connection:
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

    def outdated(self, since: datetime) -> tuple[Bulletin, ...]:
        """The digests in Slack, made since a moment, that show an alert as it is no more."""
        revisions = (
            select(func.sum(alert.revision))
            .join(flow_tables.bulletin_alert, _carried.alert_number == alert.number)
            .where(_carried.bulletin_id == _bulletin.id)
            .scalar_subquery()
        )
        mine = (_bulletin.kind == "digest") & (_bulletin.state == "sent") & (_bulletin.created_at >= since)
        with self._reading() as connection:
            return _load(connection, mine, revisions > _bulletin.shown)

    def brought_up(self, number: int, revision: int) -> None:
        """A digest in Slack shows its alerts as they were at a revision."""
        with self._writing() as connection:
            _set(connection, number, shown=revision)

    def only_list(self, channel: str, numbers: Sequence[int], reason: str, now: datetime) -> None:
        """What is held in a channel is not to be told after all: it stays on record."""
        with self._writing() as connection:
            mark(connection, numbers, ("held",), "listed")
            for number in numbers:
                outcome = Routed(audience=channel, outcome="muted", reason=reason, at=now, alert=number)
                routes.add_numbered(connection, number, outcome)

    def release_bulletins(self) -> int:
        """After a repair: what is stuck waits again, and how many that are."""
        with self._writing() as connection:
            stuck = update(flow_tables.bulletin).where(_bulletin.state == "stuck")
            return connection.execute(stuck.values(state="pending", retry_at=None, reason="")).rowcount


def announce(
    connection: Connection, key: str, channel: str, words: str, now: datetime, *, kind: BulletinKind = "notice"
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
    )


def _fold(
    connection: Connection, channel: str, numbers: Sequence[int], *, occasion: str, words: str, now: datetime
) -> None:
    """Put these alerts into a digest, in as many messages as they need; none has a card any more."""
    parts = [numbers[at : at + ROWS] for at in range(0, len(numbers), ROWS)]
    for place, part in enumerate(parts, start=1):
        key = content_key("digest", channel, occasion, str(place))
        told = f"{words} ({place} of {len(parts)})".strip() if len(parts) > 1 else words
        bulletin = announce(connection, key, channel, told, now, kind="digest")
        for number in part:
            connection.execute(insert(flow_tables.bulletin_alert).values(bulletin_id=bulletin, alert_number=number))
    mark(connection, numbers, ("pending", "held"), "folded")


def _cards(connection: Connection, *where: ColumnElement[bool]) -> list[int]:
    """The alerts whose cards fulfil the conditions, the strongest first."""
    query = (
        select(alert.number)
        .join(schema.conflict, alert.conflict_id == conflict.id)
        .join(schema.delivery, (delivery.alert_number == alert.number) & (delivery.kind == "card"))
        .where(alert.withdrawn_at.is_(None), *where)
        .order_by(conflict.score.desc(), alert.number)
    )
    return list(connection.scalars(query))


def _bursts(waiting: Iterable[Any]) -> dict[str, set[int]]:
    """By channel, the alerts of which so many were raised so close together."""
    queues: dict[str, list[tuple[int, datetime]]] = {}
    for channel, number, at in waiting:
        queues.setdefault(channel, []).append((number, at))
    bursts: dict[str, set[int]] = {}
    for channel, queue in queues.items():
        for start in range(len(queue) - BURST + 1):
            run = queue[start : start + BURST]
            if run[-1][1] - run[0][1] <= WITHIN:
                bursts.setdefault(channel, set()).update(number for number, _ in run)
    return bursts


def _due(connection: Connection, now: datetime) -> list[int]:
    query = (
        select(_bulletin.id, _bulletin.channel, _bulletin.state, _bulletin.retry_at)
        .where(_bulletin.state.in_(("pending", "sending")))
        .order_by(_bulletin.id)
    )
    heads: dict[str, int | None] = {}
    for row in connection.execute(query):
        waits = row.state == "sending" or (row.retry_at is not None and row.retry_at > now)
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
    query = select(_carried.bulletin_id, _carried.alert_number).order_by(_carried.id)
    numbers: dict[int, list[int]] = {row[_bulletin.id]: [] for row in rows}
    for bulletin, number in connection.execute(query.where(_carried.bulletin_id.in_(numbers))):
        numbers[bulletin].append(number)
    shown = {number for some in numbers.values() for number in some}
    alerts = {one.number: one for one in load_alerts(connection, alert.number.in_(shown))} if shown else {}
    return tuple(_as_bulletin(row, [alerts[number] for number in numbers[row[_bulletin.id]]]) for row in rows)


def _as_bulletin(row: RowMapping, alerts: Iterable[Any]) -> Bulletin:
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
        slack_channel=row[_bulletin.slack_channel],
        slack_ts=row[_bulletin.slack_ts],
    )

"""Why conflicts were sent where they were sent: what holds at a moment, and the outcomes on record."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, ScalarSelect, func, insert, select

from bot.ledger.alerts.alert_rows import load_alerts
from bot.ledger.alerts.alerts import UNPOSTED
from bot.ledger.database.engine import Opened
from bot.ledger.flow.wishes import holding, preferring
from bot.ledger.flow_records import Flow, Routed, effective
from bot.ledger.record.rows import alert, conflict, delivery
from bot.ledger.tables import flow as flow_tables
from bot.ledger.tables import schema
from bot.model import Alert, Conflict
from config import hours
from config.schema import Channel

_routed, _bulletin, _carried = flow_tables.routed.c, flow_tables.bulletin.c, flow_tables.bulletin_alert.c


class Routes(Opened):
    """What holds for every place that alerts can go to, and what came of each conflict."""

    def flow(self, channels: Sequence[Channel], now: datetime) -> Flow:
        """What holds now for the files' channels and for whoever else wishes to hear of something."""
        with self._reading() as connection:
            return flow(connection, channels, now)

    def alerts_since(self, since: datetime, limit: int = 1000) -> tuple[Alert, ...]:
        """The alerts raised since a moment, each case once, the newest first."""
        with self._reading() as connection:
            found = load_alerts(connection, alert.created_at >= since, limit=limit)
        return tuple({one.conflict.case: one for one in reversed(found)}.values())[::-1]

    def routed(self, about: int | str, limit: int = 50) -> tuple[Routed, ...]:
        """Why the alert of a number, or the conflict of a key, and its case were or were not sent, oldest first."""
        if isinstance(about, int):
            mine = select(alert.case).where(alert.number == about)
        else:
            mine = select(conflict.case).where(conflict.key == about)
        carried = (
            select(func.max(_bulletin.created_at))
            .join(flow_tables.bulletin_alert, _bulletin.id == _carried.bulletin_id)
            .where(_carried.alert_number == _routed.alert_number, _routed.outcome == "held", _bulletin.state == "sent")
            .scalar_subquery()
        )
        query = (
            select(
                _routed.audience,
                _routed.outcome,
                _routed.reason,
                _routed.at,
                _routed.alert_number.label("alert"),
                carried.label("digest"),
            )
            .join(schema.conflict, _routed.conflict_id == conflict.id)
            .where(conflict.case.in_(mine))
            .order_by(_routed.id.desc())
            .limit(limit)
        )
        with self._reading() as connection:
            return tuple(Routed(**row) for row in connection.execute(query).mappings())[::-1]


def flow(connection: Connection, channels: Sequence[Channel], now: datetime) -> Flow:
    """What routing needs to know, seen at one moment."""
    follows = holding(connection, "follow", now)
    places = effective(channels, preferring(connection), [one.audience for one in follows])
    return Flow(
        channels=places,
        follows=follows,
        mutes=holding(connection, "mute", now),
        posted={place.id: _posted(connection, place, now) for place in places if place.cap},
    )


def _posted(connection: Connection, channel: Channel, now: datetime) -> int:
    """Alerts of this local day that have a card in the channel, or soon will."""
    query = (
        select(func.count())
        .select_from(schema.alert)
        .join(schema.delivery, (delivery.alert_number == alert.number) & (delivery.kind == "card"))
        .where(
            alert.channel == channel.id,
            alert.created_at >= hours.midnight(channel.zone, now),
            delivery.state.not_in(UNPOSTED),
        )
    )
    return connection.scalar(query) or 0


def add_numbered(connection: Connection, number: int, *outcomes: Routed) -> None:
    """Store outcomes of the conflict that heads an alert."""
    _store(connection, select(alert.conflict_id).where(alert.number == number).scalar_subquery(), outcomes)


def add(connection: Connection, value: Conflict, outcomes: Iterable[Routed]) -> None:
    """Store outcomes of a conflict on record."""
    _store(connection, select(conflict.id).where(conflict.key == value.key).scalar_subquery(), outcomes)


def _store(connection: Connection, number: ScalarSelect[int], outcomes: Iterable[Routed]) -> None:
    for one in outcomes:
        connection.execute(
            insert(flow_tables.routed).values(
                conflict_id=number,
                audience=one.audience,
                outcome=one.outcome,
                reason=one.reason,
                alert_number=one.alert,
                at=one.at,
            )
        )

"""Few figures, quickly: what a machine asks for every few seconds to know whether the service does its work."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, case, func, literal_column, or_, select, true

from bot.ledger.database.engine import Opened
from bot.ledger.database.room import Room, room_of, size_of
from bot.ledger.feeds.feeds import feed_states
from bot.ledger.record.canaries import last_canary
from bot.ledger.record.rows import alert, conflict, delivery
from bot.ledger.records import Canary
from bot.ledger.tables import feeds as feed_tables
from bot.ledger.tables import flow as flow_tables
from bot.ledger.tables import schema
from watchers.model import FeedState

_WAITS = ("pending", "sending")
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Vitals:
    """What is on record and how it gets out. `oldest` is since when the oldest message waits that could go out."""

    articles: int
    statements: int
    messages: Mapping[str, int]  # by state: cards, replies and updates, digests and notices
    alerts: Mapping[tuple[str, str, str], int]  # by kind of conflict, state of the card, and verdict
    waiting: int
    oldest: datetime | None
    feeds: tuple[FeedState, ...]
    canary: Canary | None = None  # the last planted conflict
    room: Room | None = None  # of a ledger in a file
    size: int | None = None  # in bytes; None where nobody can tell


def last_sign(connection: Connection) -> datetime | None:
    """When the ledger was last known to know all of Slack: when something was last read or polled, unless it is a copy.

    A copy that is put back lives on at once. So that every start on its first day looks back as far as the first one,
    it is at most a day after the last article that was read before that day. None: it has not lived yet.
    """
    read, polled = schema.article.c.retrieved, feed_tables.feed_state.c.polled_at
    signs = [connection.scalar(select(func.max(one))) for one in (read, polled)]
    last: datetime | None = max((one for one in signs if one is not None), default=None)
    if last is None:
        return None
    before: datetime | None = connection.scalar(select(func.max(read)).where(read <= last - _DAY))
    return last if before is None else min(last, before + _DAY)


class Pulse(Opened):
    """Reads, at one moment."""

    def vitals(self) -> Vitals:
        """How the service does; what is held for a digest or quiet hours does not wait, nor what answers to it."""
        bulletin, card = flow_tables.bulletin.c, schema.delivery.alias("card")
        mine = and_(card.c.alert_number == delivery.alert_number, card.c.kind == "card")
        free = or_(delivery.kind == "card", card.c.state.in_(("sent", *_WAITS)))
        waits = (
            select(func.count(), func.min(delivery.created_at))
            .select_from(schema.delivery)
            .join(card, mine)
            .where(delivery.state.in_(_WAITS), delivery.kind != "update", free)
        )
        lasting = bulletin.until.is_(None)  # of the others somebody waits for each, and is told what becomes of it
        told = select(func.count(), func.min(bulletin.created_at)).where(bulletin.state.in_(_WAITS), lasting)
        became = case((alert.withdrawn_at.is_not(None), literal_column("'withdrawn'")), else_=card.c.state)
        reviews = (
            select(conflict.kind, became.label("became"), alert.review, func.count())
            .join_from(schema.alert, schema.conflict, alert.conflict_id == conflict.id)
            .join(card, and_(card.c.alert_number == alert.number, card.c.kind == "card"))
            .group_by(conflict.kind, "became", alert.review)
        )
        messages: dict[str, int] = {}
        with self._reading() as connection:
            for state, counts in ((delivery.state, true()), (bulletin.state, lasting)):
                for name, count in connection.execute(select(state, func.count()).where(counts).group_by(state)):
                    messages[name] = messages.get(name, 0) + count
            queues = [connection.execute(query).one() for query in (waits, told)]
            return Vitals(
                articles=self._totals.of(connection, schema.article),
                statements=self._totals.of(connection, schema.statement),
                messages=messages,
                alerts={(kind, state, review): count for kind, state, review, count in connection.execute(reviews)},
                waiting=sum(count for count, _ in queues),
                oldest=min((first for _, first in queues if first is not None), default=None),
                feeds=feed_states(connection),
                canary=last_canary(connection),
                room=room_of(self._engine.url),
                size=size_of(connection),
            )

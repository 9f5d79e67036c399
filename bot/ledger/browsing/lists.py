"""Positions, alerts and what was done to them, each as a list that is leafed through."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, and_, func, literal, select

from bot.ledger.alerts.alert_rows import load_alerts
from bot.ledger.alerts.desk import as_decided
from bot.ledger.asked import Sought
from bot.ledger.asking.asking import POINTS, Asking
from bot.ledger.browsing.cursors import Cursor, numbered
from bot.ledger.browsing.directories import Directories
from bot.ledger.browsing.remarks import leaf
from bot.ledger.browsing.searching import Searching
from bot.ledger.browsing.values import Listing, Mark, Narrowed
from bot.ledger.people.one_person import OnePerson
from bot.ledger.record import amended
from bot.ledger.record.latest import Arm, whose
from bot.ledger.record.rows import alert, conflict, position, statement
from bot.ledger.records import Decided
from bot.ledger.tables import schema
from bot.ledger.tables.columns import Big
from bot.model import Alert, Position, ReviewState

_log = schema.decision.c


class Browsing(Searching, Directories, Asking):
    """Reads; each sees the ledger as it was at one moment."""

    def positions(self, narrowed: Narrowed, after: str = "", limit: int = 20) -> Listing[Position]:
        """What is on record of a person, a side or a topic, one position for each remark, the newest first.

        ValueError where none of the three is given: such a list has no use, and no index.
        """
        with self._reading() as connection:
            arms, where = self._narrow(connection, narrowed)
            if not arms:
                return Listing(entries=())
            shown, end = leaf(connection, arms, where, Cursor.of(after), limit)
        return Listing(entries=tuple(shown), older=str(end or ""))

    def _narrow(self, connection: Connection, wanted: Narrowed) -> tuple[Sequence[Arm], Sequence[ColumnElement[bool]]]:
        """The walks that answer it, and what else must hold; no walk where nobody is called that."""
        where: list[ColumnElement[bool]] = []
        arms: Sequence[Arm] = ()
        topic = None
        if wanted.topic is not None:
            topics = self._topics_called(connection, wanted.topic)
            topic = position.topic == topics[0] if len(topics) == 1 else position.topic.in_(topics)
        if wanted.person is not None:
            numbers = self._parties(connection, wanted.person)
            arms = whose(numbers) if numbers else ()
            where += [position.side == wanted.side] if wanted.side is not None else []
            where += [topic] if topic is not None else []
        elif topic is not None:
            arms = (Arm(topic if wanted.side is None else and_(topic, position.side == wanted.side)),)
        elif wanted.side is not None:
            arms = (Arm(position.side == wanted.side),)
        else:
            raise ValueError("a list of positions is of a person, a side or a topic")
        if wanted.stance is not None:
            where.append(position.stance == wanted.stance)
        if wanted.kind is not None:
            where.append(statement.kind == wanted.kind)
        if wanted.since is not None:
            where.append(position.day >= wanted.since)
        if wanted.until is not None:
            where.append(position.day <= wanted.until)
        if wanted.claimed is not None:
            where.append(position.claimed_by_id.is_not(None) if wanted.claimed else position.claimed_by_id.is_(None))
        return arms, where

    def marks(self, topic: str, person: str | None = None, limit: int = POINTS) -> tuple[Mark, ...]:
        """The newest remarks on a topic (id or name), of everybody or of one person, as a plot shows them.

        Only own words, the oldest first; what was withdrawn or replaced is left out.
        """
        with self._reading() as connection:
            everybody, party = OnePerson.of(connection), schema.party.c
            query = (
                select(
                    position.day,
                    position.stance,
                    position.side,
                    position.defers_to,
                    statement.key,
                    statement.utterance_id,
                    party.name,
                    party.official,
                )
                .join_from(schema.position, schema.statement, position.statement_id == statement.id)
                .join(schema.party, position.holder_id == party.id)
                .where(
                    position.topic.in_(self._topics_called(connection, topic)),
                    position.claimed_by_id.is_(None),
                    ~amended.superseded(),
                )
                .order_by(position.day.desc(), position.id.desc())
                .limit(limit)
            )
            if person is not None:
                query = query.where(position.holder_id.in_(self._parties(connection, person)))
            seen: dict[tuple[int, str, str], Mark] = {}
            for row in connection.execute(query):
                official = everybody.stands.get(row.official or "", row.official)
                mark = Mark(
                    holder=official or row.name,
                    name=row.name,
                    side=row.side,
                    day=row.day,
                    stance=row.stance,
                    deferred=row.defers_to is not None,
                    statement=row.key,
                )
                seen.setdefault((row.utterance_id, mark.holder, mark.stance), mark)
        return tuple(reversed(seen.values()))

    def board(self, sought: Sought, after: str = "", limit: int = 20) -> Listing[Alert]:
        """Alerts that fulfil every filter, the newest first, without how much is on record on their topics."""
        with self._reading() as connection:
            where = self._where(connection, sought)
            if (last := numbered(after)) is not None:
                where.append(alert.number < literal(last, Big))
            found = select(alert.number).join(schema.conflict, alert.conflict_id == conflict.id).where(*where)
            numbers = list(connection.scalars(found.order_by(alert.number.desc()).limit(limit + 1)))
            shown = load_alerts(connection, alert.number.in_(numbers[:limit]), counted=False) if numbers else ()
        return Listing(entries=shown, older=str(numbers[limit - 1]) if len(numbers) > limit else "")

    def behind(self, number: int) -> Alert | None:
        """The alert of this number, as `board` shows it."""
        with self._reading() as connection:
            return next(iter(load_alerts(connection, alert.number == number, counted=False)), None)

    def reviews(self, sought: Sought) -> dict[ReviewState | str, int]:
        """How many alerts there are in each state, of those that fulfil the other filters; "withdrawn" is one."""
        with self._reading() as connection:
            query = (
                select(alert.review, alert.withdrawn_at.is_not(None).label("gone"), func.count().label("many"))
                .join(schema.conflict, alert.conflict_id == conflict.id)
                .where(*self._where(connection, sought))
                .group_by(alert.review, alert.withdrawn_at.is_not(None))
            )
            found: dict[ReviewState | str, int] = {}
            for row in connection.execute(query):
                state = "withdrawn" if row.gone else row.review
                found[state] = found.get(state, 0) + row.many
        return found

    def decisions(
        self, *, by: str | None = None, since: datetime | None = None, after: str = "", limit: int = 50
    ) -> Listing[Decided]:
        """What people did to alerts, the newest first."""
        where = [_log.by == by] if by is not None else []
        where += [_log.at >= since] if since is not None else []
        if (last := numbered(after)) is not None:
            where.append(_log.id < last)
        query = select(schema.decision).where(*where).order_by(_log.id.desc()).limit(limit + 1)
        with self._reading() as connection:
            rows = list(connection.execute(query).mappings())
        entries = tuple(as_decided(row) for row in rows[:limit])
        return Listing(entries=entries, older=str(rows[limit - 1][_log.id]) if len(rows) > limit else "")

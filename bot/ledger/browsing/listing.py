"""The record in pages that fit together, for programs: each page begins after the last row of the one before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Generic, TypeVar

from sqlalchemy import Column, ColumnElement, Connection, Select, literal, select

from bot.ledger.alerts.alert_rows import load_alerts
from bot.ledger.asking.query import Queries, copied, reviewed
from bot.ledger.people.one_person import OnePerson
from bot.ledger.record import amended
from bot.ledger.record.latest import whose
from bot.ledger.record.people import is_about, people, stands_on
from bot.ledger.record.rows import alert, as_statement, conflict, load_positions, position, statement, statements
from bot.ledger.records import Person, TopicFound
from bot.ledger.tables import schema
from bot.ledger.tables.columns import Big
from bot.model import Alert, Position, ReviewState, Stance, Statement
from config.schema import ConflictKind

Row = TypeVar("Row")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cut:
    """Which page: so many rows `after` the one of this number (None: from the beginning), in the order of recording."""

    limit: int
    after: int | None = None
    oldest: bool = False  # the oldest first: what comes later follows the last page

    def of(self, connection: Connection, query: Select[Any], number: ColumnElement[int]) -> list[int]:
        """The numbers that a query gives, of this page alone."""
        if self.after is not None:
            after = literal(self.after, Big)  # PostgreSQL refuses one that the column could not hold
            query = query.where(number > after if self.oldest else number < after)
        query = query.order_by(number if self.oldest else number.desc()).limit(self.limit)
        return list(connection.scalars(query))


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbered(Generic[Row]):
    """A row with its number in its table, by which the next page begins, and the key by which it is known for good."""

    number: int
    key: str
    value: Row


class Catalogue(Queries):
    """Reads; each sees the ledger as it was at one moment."""

    def list_statements(
        self,
        cut: Cut,
        *,
        key: str | None = None,
        person: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> tuple[Numbered[Statement], ...]:
        """Statements as reported; `person` by id or whole name, days by when they were said, both included."""
        with self._reading() as connection:
            where: list[ColumnElement[bool]] = []
            if key is not None:
                where.append(statement.key == key)
            if person is not None:
                where.append(statement.party_id.in_(self._parties(connection, person)))
            where += _days(statement.day, since, until)
            numbers = cut.of(connection, select(statement.id).where(*where), statement.id)
            everybody = OnePerson.of(connection)
            rows = connection.execute(statements().where(statement.id.in_(numbers))).mappings()
            known = {
                row[statement.id]: Numbered(
                    number=row[statement.id], key=row[statement.key], value=as_statement(row, everybody)
                )
                for row in rows
            }
            return tuple(known[number] for number in numbers)

    def list_positions(
        self,
        cut: Cut,
        *,
        key: str | None = None,
        person: str | None = None,
        side: str | None = None,
        topic: str | None = None,
        stance: Stance | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> tuple[Numbered[Position], ...]:
        """Positions of statements that people have not put right since; `person` is whose position it is."""
        with self._reading() as connection:
            where: list[ColumnElement[bool]] = [amended.as_read()]
            if key is not None:
                where.append(position.key == key)
            if person is not None:
                where.append(position.holder_id.in_(self._parties(connection, person)))
            if side is not None:
                where.append(position.side == side)
            if topic is not None:
                where.append(position.topic.in_(self._topics_called(connection, topic)))
            if stance is not None:
                where.append(position.stance == stance)
            where += _days(position.day, since, until)
            numbers = cut.of(connection, select(position.id).where(*where), position.id)
            keys = {
                row.id: row.key
                for row in connection.execute(select(position.id, position.key).where(position.id.in_(numbers)))
            }
            known = load_positions(connection, numbers)
            return tuple(Numbered(number=one, key=keys[one], value=known[one]) for one in numbers)

    def list_alerts(
        self,
        cut: Cut,
        *,
        review: ReviewState | None = None,
        kind: ConflictKind | None = None,
        person: str | None = None,
        side: str | None = None,
        topic: str | None = None,
        since: datetime | None = None,
        until: datetime | None = None,
    ) -> tuple[Alert, ...]:
        """Alerts that fulfil every filter; what went to a person is left out where a channel has it."""
        with self._reading() as connection:
            where: list[ColumnElement[bool]] = [~copied()]
            if review is not None:
                where.append(reviewed(review))
            if kind is not None:
                where.append(conflict.kind == kind)
            if person is not None:
                where.append(stands_on(*(arm.where for arm in whose(self._parties(connection, person)))))
            if side is not None:
                where.append(stands_on(position.side == side))
            if topic is not None:
                where.append(is_about(self._topics_called(connection, topic)))
            where += [alert.created_at >= since] if since else []
            where += [alert.created_at < until] if until else []
            query = select(alert.number).join(schema.conflict, alert.conflict_id == conflict.id).where(*where)
            numbers = cut.of(connection, query, alert.number)
            known = {one.number: one for one in load_alerts(connection, alert.number.in_(numbers))} if numbers else {}
            return tuple(known[number] for number in numbers)

    def list_people(self, cut: Cut, *, key: str | None = None, side: str | None = None) -> tuple[Numbered[Person], ...]:
        """Everybody whose words are on record or whose position others stated."""
        table = schema.party.c
        where = [table.key == key] if key is not None else []
        where += [table.side == side] if side is not None else []
        with self._reading() as connection:
            numbers = cut.of(connection, select(table.id).where(*where), table.id)
            keys = {
                row.id: row.key for row in connection.execute(select(table.id, table.key).where(table.id.in_(numbers)))
            }
            known = people(connection, numbers)
            return tuple(Numbered(number=one, key=keys[one], value=known[one]) for one in numbers)

    def list_topics(self, limit: int, after: str | None = None, topic: str | None = None) -> tuple[TopicFound, ...]:
        """The topics on record in the order of their ids, those after one of them; or the one with this id."""
        table = schema.topic.c
        query = select(table.key, table.name).order_by(table.key).limit(limit)
        query = query.where(table.key > after) if after is not None else query
        query = query.where(table.key == topic) if topic is not None else query
        with self._reading() as connection:
            return tuple(TopicFound(topic=row.key, name=row.name, score=0.0) for row in connection.execute(query))


def _days(day: Column[date], since: date | None, until: date | None) -> Sequence[ColumnElement[bool]]:
    return [*([day >= since] if since else []), *([day <= until] if until else [])]

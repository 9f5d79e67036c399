"""Whose words are on record, and figures about a person or a topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Dialect, Select, distinct, func, literal_column, or_, select

from bot.ledger.database.prepared import Asked, by_ids, of_few, places
from bot.ledger.people.one_person import OnePerson
from bot.ledger.record import amended
from bot.ledger.record.involved import is_theirs
from bot.ledger.record.rows import alert, conflict, position, statement
from bot.ledger.records import Counts, Person, TopicCount
from bot.ledger.tables import schema

_PERSON = tuple(schema.party.c[one] for one in ("id", "key", "name", "official", "side", "person"))
_said = schema.utterance.c


def everybody(connection: Connection) -> tuple[Person, ...]:
    """Everybody known; who said most comes first."""
    counted = select(_said.party_id, func.count().label("remarks"), func.max(_said.last).label("last"))
    remarks = counted.where(amended.remembered()).group_by(_said.party_id).subquery()
    many = func.coalesce(remarks.c.remarks, 0)
    query = (
        select(*_PERSON, many, remarks.c.last)
        .outerjoin(remarks, remarks.c.party_id == schema.party.c.id)
        .order_by(many.desc(), schema.party.c.id)
    )
    return tuple(_as_person(row) for row in connection.execute(query))


def people(connection: Connection, numbers: Sequence[int]) -> dict[int, Person]:
    """The parties with these ids, with how much they said; who said most comes first."""
    found = {row[0]: _as_person(row) for row in by_ids(connection, _counted, numbers)}
    return dict(sorted(found.items(), key=lambda one: (-one[1].statements, one[0])))


@lru_cache(maxsize=16)
def _counted(dialect: Dialect, count: int) -> Asked:
    """All remarks but those that do not count: to look at each of ten thousand takes longer than to count them."""
    theirs = _said.party_id == schema.party.c.id
    every, less = (
        select(func.count()).select_from(schema.utterance).where(theirs, *where).scalar_subquery()
        for where in ((), (_said.id.in_(amended.forgotten()),))
    )
    last = select(func.max(_said.last)).where(theirs, amended.remembered()).scalar_subquery()
    return Asked.of(select(*_PERSON, every - less, last).where(schema.party.c.id.in_(places(count))), dialect)


def _as_person(row: Sequence[Any]) -> Person:
    _, key, name, official, side, person, remarks, last = row
    return Person(key=key, name=name, official=official, side=side, person=person, statements=remarks, last_said=last)


def in_whole(connection: Connection, numbers: Sequence[int]) -> dict[int, Person]:
    """As `people`, each under the entry that stays, with what was said under any entry of theirs."""
    one_person, table = OnePerson.of(connection), schema.party.c
    known = people(connection, numbers)
    entries = {number: one_person.entries(one.official) for number, one in known.items()}
    merged = {entry for mine in entries.values() if len(mine) > 1 for entry in mine}
    if not merged:
        return known
    every = people(connection, list(connection.scalars(select(table.id).where(table.official.in_(merged))))).values()
    for number in [one for one, mine in entries.items() if len(mine) > 1]:
        mine = [one for one in every if one.official in entries[number]]
        known[number] = replace(
            known[number],
            official=entries[number][0],
            statements=sum(one.statements for one in mine),
            last_said=max((one.last_said for one in mine if one.last_said), default=None),
        )
    return known


def recent(connection: Connection, numbers: Sequence[int]) -> list[tuple[int, str, str | None]]:
    """The id, name and official of these parties; who spoke last comes first. Nothing is counted: that takes long."""
    found = sorted(by_ids(connection, _last, numbers), key=lambda row: int(row[0]))
    found.sort(key=lambda row: (row[-1] is not None, row[-1] or date.min), reverse=True)
    return [(number, name, official) for number, name, official, _ in found]


@lru_cache(maxsize=16)
def _last(dialect: Dialect, count: int) -> Asked:
    table = schema.party.c
    last = select(func.max(_said.last)).where(_said.party_id == table.id).scalar_subquery()
    return Asked.of(select(table.id, table.name, table.official, last).where(table.id.in_(places(count))), dialect)


def of(numbers: Sequence[int]) -> ColumnElement[bool]:
    """Whether a position is held, or was said, by one of these parties."""
    return or_(position.holder_id.in_(numbers), position.said_by_id.in_(numbers))


def newest_role(connection: Connection, numbers: Sequence[int]) -> str | None:
    """The role these parties had when they spoke last."""
    speaker = next((row[0] for row in of_few(connection, _speaker, numbers)), None)
    return speaker["party"]["role"] if speaker else None


@lru_cache(maxsize=16)
def _speaker(dialect: Dialect, count: int) -> Asked:
    query = select(statement.speaker).where(statement.party_id.in_(places(count)))
    first = query.order_by(statement.day.desc(), statement.id.desc()).limit(literal_column("1"))
    return Asked.of(first, dialect)


def counts(connection: Connection, numbers: Sequence[int]) -> Counts:
    """How much of these parties is on record; what was corrected counts once, what was withdrawn not at all."""
    spoke = statement.party_id.in_(numbers)
    said = select(
        func.count(distinct(statement.utterance_id)), func.count(), func.count(distinct(statement.article_id))
    ).where(spoke, amended.counted())
    remarks, reports, articles = connection.execute(said).one()
    held = select(func.count()).join_from(schema.position, schema.statement, position.statement_id == statement.id)
    raised = select(func.count()).join_from(schema.alert, schema.conflict, alert.conflict_id == conflict.id)
    raised = raised.where(alert.withdrawn_at.is_(None))
    return Counts(
        statements=remarks,
        reports=reports,
        positions=connection.execute(held.where(of(numbers), amended.counted())).scalar_one(),
        articles=articles,
        alerts=connection.execute(raised.where(is_theirs(numbers))).scalar_one(),
    )


def involves(where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a conflict stands on a position that fulfils the condition; begins with the positions, if few."""
    mine = select(position.id).join(schema.statement, position.statement_id == statement.id).where(where)
    return or_(conflict.fresh_id.in_(mine), conflict.earlier_id.in_(mine), conflict.bridge_id.in_(mine))


def stands_on(*where: ColumnElement[bool]) -> ColumnElement[bool]:
    """As `involves`, for one of several conditions that very many positions fulfil: begins with the alerts."""
    return _heads(select(position.id).where(or_(*where)))


def is_about(topics: Sequence[str]) -> ColumnElement[bool]:
    """Whether a conflict stands on a position under one of these topics; begins with the alerts, as `stands_on`."""
    return _heads(select(position.id).where(position.topic.in_(topics)))


def _heads(positions: Select[tuple[int]]) -> ColumnElement[bool]:
    heads = (conflict.fresh_id, conflict.earlier_id, conflict.bridge_id)
    return or_(*(positions.where(position.id == head).correlate(schema.conflict).exists() for head in heads))


def topic_counts(connection: Connection, *where: ColumnElement[bool]) -> tuple[TopicCount, ...]:
    """The topics of the positions that fulfil the conditions, most spoken about first."""
    remarks = func.count(distinct(statement.utterance_id))
    query = (
        select(position.topic, schema.topic.c.name, remarks, func.max(position.day))
        .join(schema.statement, position.statement_id == statement.id)
        .join(schema.topic, schema.topic.c.key == position.topic)
        .where(*where, amended.as_read())
        .group_by(position.topic, schema.topic.c.name)
        .order_by(remarks.desc(), position.topic)
    )
    return tuple(
        TopicCount(topic=key, name=name, statements=count, last_said=last)
        for key, name, count, last in connection.execute(query)
    )

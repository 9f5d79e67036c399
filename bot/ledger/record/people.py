"""Whose words are on record, and figures about a person or a topic."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, Select, distinct, func, or_, select

from bot.ledger.people.one_person import OnePerson
from bot.ledger.record import amended
from bot.ledger.record.rows import alert, conflict, position, statement
from bot.ledger.records import Counts, Person, TopicCount
from bot.ledger.tables import schema


def everybody(connection: Connection) -> tuple[Person, ...]:
    """Everybody known; who said most comes first."""
    return tuple(people(connection, None).values())


def people(connection: Connection, numbers: Sequence[int] | None) -> dict[int, Person]:
    """The parties with these ids (None: all), with how much they said; who said most comes first."""
    table, said = schema.party.c, schema.utterance.c
    counted = select(said.party_id, func.count().label("remarks"), func.max(said.last).label("last"))
    counted = counted.where(amended.remembered())
    if numbers is not None:
        counted = counted.where(said.party_id.in_(numbers))
    remarks = counted.group_by(said.party_id).subquery()
    query = (
        select(schema.party, func.coalesce(remarks.c.remarks, 0).label("remarks"), remarks.c.last)
        .outerjoin(remarks, remarks.c.party_id == table.id)
        .order_by(func.coalesce(remarks.c.remarks, 0).desc(), table.id)
    )
    if numbers is not None:
        query = query.where(table.id.in_(numbers))
    return {
        row[table.id]: Person(
            key=row[table.key],
            name=row[table.name],
            official=row[table.official],
            side=row[table.side],
            person=row[table.person],
            statements=row["remarks"],
            last_said=row["last"],
        )
        for row in connection.execute(query).mappings()
    }


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
    table, said = schema.party.c, schema.utterance.c
    last = select(func.max(said.last)).where(said.party_id == table.id).scalar_subquery()
    query = (
        select(table.id, table.name, table.official)
        .where(table.id.in_(numbers))
        .order_by(last.desc().nulls_last(), table.id)
    )
    return [(row.id, row.name, row.official) for row in connection.execute(query)]


def of(numbers: Sequence[int]) -> ColumnElement[bool]:
    """Whether a position is held, or was said, by one of these parties."""
    return or_(position.holder_id.in_(numbers), position.said_by_id.in_(numbers))


def newest_role(connection: Connection, numbers: Sequence[int]) -> str | None:
    """The role these parties had when they spoke last."""
    query = (
        select(statement.speaker)
        .where(statement.party_id.in_(numbers))
        .order_by(statement.day.desc(), statement.id.desc())
        .limit(1)
    )
    speaker = connection.execute(query).scalar()
    return speaker["party"]["role"] if speaker else None


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


def is_theirs(numbers: Sequence[int]) -> ColumnElement[bool]:
    """Whether a conflict stands on what one of these parties holds or said, where all alerts are to be counted.

    Begins with the positions, which two indexes tell; a list of the first few has them sooner by `stands_on`.
    """
    held = select(position.id).where(position.holder_id.in_(numbers))
    theirs = select(held.union_all(select(position.id).where(position.said_by_id.in_(numbers))).cte("theirs").c.id)
    return or_(conflict.fresh_id.in_(theirs), conflict.earlier_id.in_(theirs), conflict.bridge_id.in_(theirs))


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

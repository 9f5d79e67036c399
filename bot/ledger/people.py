"""Whose words are on record: names, their likeness, and figures about a person or a topic."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz
from sqlalchemy import ColumnElement, Connection, distinct, func, or_, select

from bot.ledger import schema
from bot.ledger.records import Counts, Person, TopicCount
from bot.ledger.rows import alert, conflict, position, statement
from bot.ledger.topics import Changes


def plain(text: str) -> str:
    """The text without accents, case and surplus blanks."""
    bare = unicodedata.normalize("NFKD", text)
    return " ".join("".join(sign for sign in bare if not unicodedata.combining(sign)).casefold().split())


def alike(wanted: str, person: Person) -> float:
    """How like a person's name is to a plain text, to 100."""
    name = plain(person.name)
    if wanted in {name, plain(person.official or "")}:
        return 100.0
    return min(99.0, float(fuzz.WRatio(wanted, name)))


def people_on_record(connection: Connection) -> dict[int, Person]:
    """Everybody known, by the id of the party; who said most comes first."""
    table, said = schema.party.c, schema.utterance.c
    remarks = (
        select(said.party_id, func.count().label("remarks"), func.max(said.last).label("last"))
        .group_by(said.party_id)
        .subquery()
    )
    query = (
        select(schema.party, func.coalesce(remarks.c.remarks, 0).label("remarks"), remarks.c.last)
        .outerjoin(remarks, remarks.c.party_id == table.id)
        .order_by(func.coalesce(remarks.c.remarks, 0).desc(), table.id)
    )
    return {
        row[table.id]: Person(
            name=row[table.name],
            official=row[table.official],
            side=row[table.side],
            person=row[table.person],
            statements=row["remarks"],
            last_said=row["last"],
        )
        for row in connection.execute(query).mappings()
    }


def called(connection: Connection, text: str) -> tuple[list[int], Person | None]:
    """The party of this official id or whole name; of namesakes the one who said most."""
    people = people_on_record(connection)
    for key in ("official", "name"):
        for number, person in people.items():
            if plain(getattr(person, key) or "") == plain(text) != "":
                return [number], person
    return [], None


def of(numbers: Sequence[int]) -> ColumnElement[bool]:
    """Whether a position is held, or a statement made, by one of these parties."""
    # both arms on one table, so that each can use its index
    spoken = select(schema.statement.c.id).where(schema.statement.c.party_id.in_(numbers))
    return or_(position.holder_id.in_(numbers), position.statement_id.in_(spoken))


def topics_called(connection: Connection, text: str) -> list[str]:
    """The ids of the topics with this id or name, as editors have merged them since."""
    table = schema.topic.c
    rows = connection.execute(select(table.key, table.name)).all()
    changes = Changes(connection)
    found = [key for key, name in rows if key == text or plain(name) == plain(text)]
    return list(dict.fromkeys(changes.today(key)[0] for key in found))


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
    """How much of these parties is on record."""
    spoke = statement.party_id.in_(numbers)
    said = select(
        func.count(distinct(statement.utterance_id)), func.count(), func.count(distinct(statement.article_id))
    ).where(spoke)
    remarks, reports, articles = connection.execute(said).one()
    held = select(func.count()).join_from(schema.position, schema.statement, position.statement_id == statement.id)
    raised = select(func.count()).join_from(schema.alert, schema.conflict, alert.conflict_id == conflict.id)
    return Counts(
        statements=remarks,
        reports=reports,
        positions=connection.execute(held.where(of(numbers))).scalar_one(),
        articles=articles,
        alerts=connection.execute(raised.where(involves(of(numbers)))).scalar_one(),
    )


def involves(where: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether a conflict stands on a position that fulfils the condition."""
    mine = select(position.id).join(schema.statement, position.statement_id == statement.id).where(where)
    return or_(conflict.fresh_id.in_(mine), conflict.earlier_id.in_(mine), conflict.bridge_id.in_(mine))


def topic_counts(connection: Connection, *where: ColumnElement[bool]) -> tuple[TopicCount, ...]:
    """The topics of the positions that fulfil the conditions, most spoken about first."""
    remarks = func.count(distinct(statement.utterance_id))
    query = (
        select(position.topic, schema.topic.c.name, remarks, func.max(position.day))
        .join(schema.statement, position.statement_id == statement.id)
        .join(schema.topic, schema.topic.c.key == position.topic)
        .where(*where)
        .group_by(position.topic, schema.topic.c.name)
        .order_by(remarks.desc(), position.topic)
    )
    return tuple(
        TopicCount(topic=key, name=name, statements=count, last_said=last)
        for key, name, count, last in connection.execute(query)
    )

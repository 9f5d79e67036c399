"""What became of statements in later versions of their articles; only ever added, and the latest fate holds."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement, Connection, Select, func, insert, select

from bot.ledger.database.engine import Opened
from bot.ledger.people.one_person import OnePerson
from bot.ledger.record import amended, articles
from bot.ledger.record.rows import as_statement, statements
from bot.ledger.records import Amendment, Version
from bot.ledger.tables import schema
from bot.model import Became, Fate, Source, Statement

fate, statement = schema.fate.c, schema.statement.c


def told(connection: Connection, first: int) -> list[tuple[Statement, bool]]:
    """Every statement of any version of an article, in the order of taking down, and whether it stands."""
    query = (
        statements()
        .add_columns(amended.stands().label("stands"))
        .where(articles.family(statement.article_id, first))
        .order_by(statement.id)
    )
    people = OnePerson.of(connection)
    return [(as_statement(row, people), bool(row["stands"])) for row in connection.execute(query).mappings()]


def add(connection: Connection, value: Fate, version: Source, at: datetime) -> None:
    """Store what became of a statement in a later version; what replaced it must be on record."""
    now, text = value.now, schema.article.c
    mine = (text.name == version.article) & (text.text_hash == version.text_hash)
    connection.execute(
        insert(schema.fate),
        {
            "statement_id": _numbered(connection, value.statement.key),
            "article_id": connection.scalar(select(func.max(text.id)).where(mine)),  # an old text may come back
            "became": value.became,
            "start": now.span.start if now else None,
            "end": now.span.end if now else None,
            "successor_id": _numbered(connection, now.key) if now and value.became == "changed" else None,
            "at": at,
        },
    )


def _numbered(connection: Connection, key: str) -> int:
    return int(connection.execute(select(statement.id).where(statement.key == key)).scalar_one())


def counts(connection: Connection) -> dict[Became, int]:
    """How many statements were changed, and how many vanished, as things stand."""
    touched = select(fate.statement_id).where(fate.became != "kept")
    now = (
        select(amended.BECAME.label("became")).select_from(schema.statement).where(statement.id.in_(touched)).subquery()
    )
    counted = select(now.c.became, func.count().label("statements")).group_by(now.c.became)
    found = {row.became: int(row.statements) for row in connection.execute(counted)}
    return {"changed": found.get("changed", 0), "vanished": found.get("vanished", 0)}


class Corrections(Opened):
    """What outlets did to their articles after they were read."""

    def versions(self, article: str) -> tuple[Version, ...]:
        """All versions of an article (its id), the first one first; none where it is not on record."""
        with self._reading() as connection:
            first = articles.numbered(connection, article)
            return articles.versions(connection, first) if first is not None else ()

    def fates(self, article: str) -> tuple[Amendment, ...]:
        """What became of each statement of an article in each later version, oldest first."""
        with self._reading() as connection:
            first = articles.numbered(connection, article)
            return _amendments(connection, articles.family(fate.article_id, first)) if first is not None else ()

    def corrections(self, limit: int = 20) -> tuple[Amendment, ...]:
        """Statements that an outlet changed or took out, the newest first."""
        with self._reading() as connection:
            return _amendments(connection, fate.became != "kept", limit=limit)


def _amendments(connection: Connection, where: ColumnElement[bool], limit: int | None = None) -> tuple[Amendment, ...]:
    order = fate.id if limit is None else fate.id.desc()
    query = select(schema.fate).where(where).order_by(order).limit(limit)
    rows = list(connection.execute(query).mappings())
    ids = {number for row in rows for number in (row[fate.statement_id], row[fate.successor_id]) if number}
    known = _loaded(connection, statements().where(statement.id.in_(ids)))
    return tuple(
        Amendment(
            statement=known[row[fate.statement_id]],
            became=row[fate.became],
            at=row[fate.at],
            start=row[fate.start],
            successor=known[row[fate.successor_id]] if row[fate.successor_id] else None,
        )
        for row in rows
    )


def _loaded(connection: Connection, query: Select[tuple[object, ...]]) -> dict[int, Statement]:
    people = OnePerson.of(connection)
    return {row[statement.id]: as_statement(row, people) for row in connection.execute(query).mappings()}

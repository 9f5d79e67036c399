"""Statements as a list: all that were taken down, or those that hold some words, found by the index of words."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, Select, select

from bot.ledger.asking.query import Queries
from bot.ledger.browsing.cut import FIRST, Cut, Listing, numbered
from bot.ledger.browsing.values import Sighting, Spoken
from bot.ledger.nearness.fulltext import spoken, words_of
from bot.ledger.people.one_person import OnePerson
from bot.ledger.record.rows import article, as_statement, position, statement, statements
from bot.ledger.tables import schema
from bot.ledger.tables.corrections import correction
from bot.model import Statement

_SLICE = 200  # that hold the words and are looked at together
_MOST = 2_000  # that one page looks at: who narrows a common word down to nothing gets a short page, and goes on
_party = schema.party.c


class Statements(Queries):
    """Reads; each sees the ledger as it was at one moment."""

    def list_statements(self, wanted: Spoken, cut: Cut = FIRST) -> Listing[Statement]:
        """Statements as reported, in the order of recording, whatever became of them since."""
        with self._reading() as connection:
            query = select(statement.id).where(*self._spoken(connection, wanted))
            numbers, following = cut.numbers(connection, query, statement.id)
            known = _statements(connection, numbers)
            return Listing(entries=tuple(known[number] for number in numbers), following=following)

    def search(self, words: str, wanted: Spoken, cut: Cut = FIRST) -> Listing[Sighting]:
        """Statements of known speakers that hold all these words, the newest on record first.

        One report of a remark on a page, and none that people took back or put right. Accents, capitals and
        apostrophes do not count. Nothing found means that the record holds nothing like it, and no more.
        """
        asked = words_of(words)
        if not asked:
            return Listing(entries=())
        with self._reading() as connection:
            parties = self._parties(connection, wanted.person) if wanted.person else []
            if wanted.person and not parties:
                return Listing(entries=())
            where = self._spoken(connection, replace(wanted, person=None))  # the index of words tells who said them
            before, remarks, looked, whole = numbered(cut.after), dict[int, int](), 0, False
            while len(remarks) <= cut.limit and looked < _MOST and not whole:
                found = spoken(connection, asked, parties, before, _SLICE)
                looked, whole = looked + len(found), len(found) < _SLICE
                before = found[-1] if found else before
                for number, remark in _kept(connection, found, where):
                    remarks.setdefault(remark, number)
            numbers = list(remarks.values())
            entries = _sightings(connection, numbers[: cut.limit])
        if len(numbers) > cut.limit:
            return Listing(entries=entries, following=str(numbers[cut.limit - 1]))
        return Listing(entries=entries, following="" if whole else str(before))

    def _spoken(self, connection: Connection, wanted: Spoken) -> list[ColumnElement[bool]]:
        """That every filter holds."""
        where: list[ColumnElement[bool]] = [statement.key == wanted.key] if wanted.key is not None else []
        where += [statement.day >= wanted.since] if wanted.since else []
        where += [statement.day <= wanted.until] if wanted.until else []
        if wanted.person is not None:
            where.append(statement.party_id.in_(self._parties(connection, wanted.person)))
        if wanted.side is not None:
            where.append(_mine(select(_party.id).where(_party.id == statement.party_id, _party.side == wanted.side)))
        if wanted.outlet is not None:
            read = select(article.id).where(article.id == statement.article_id, article.outlet == wanted.outlet)
            where.append(_mine(read))
        if wanted.topic is not None:
            topics = self._topics_called(connection, wanted.topic)
            filed = select(position.id).where(position.statement_id == statement.id, position.topic.in_(topics))
            where.append(_mine(filed))
        return where


def _mine(found: Select[tuple[int]]) -> ColumnElement[bool]:
    return found.correlate(schema.statement).exists()


def _kept(connection: Connection, numbers: list[int], where: list[ColumnElement[bool]]) -> list[tuple[int, int]]:
    """Those that fulfil the conditions, each with its remark, the newest first."""
    if not numbers:
        return []
    query = (
        select(statement.id, statement.utterance_id)
        .where(statement.id.in_(numbers), statement.party_id.is_not(None), *where)
        .where(statement.id.not_in(select(correction.c.statement_id)))
        .order_by(statement.id.desc())
    )
    return [(row.id, row.utterance_id) for row in connection.execute(query)]


def _statements(connection: Connection, numbers: list[int]) -> dict[int, Statement]:
    people = OnePerson.of(connection)
    rows = connection.execute(statements().where(statement.id.in_(numbers))).mappings()
    return {row[statement.id]: as_statement(row, people) for row in rows}


def _sightings(connection: Connection, numbers: list[int]) -> tuple[Sighting, ...]:
    if not numbers:
        return ()
    known = _statements(connection, numbers)
    filed = (
        select(position.statement_id, position.topic, schema.topic.c.name)
        .join(schema.topic, schema.topic.c.key == position.topic)
        .where(position.statement_id.in_(numbers))
        .order_by(position.id)
    )
    topics: dict[int, dict[str, str]] = {}
    for row in connection.execute(filed):
        topics.setdefault(row.statement_id, {})[row.topic] = row.name
    return tuple(Sighting(statement=known[number], topics=tuple(topics.get(number, {}).items())) for number in numbers)

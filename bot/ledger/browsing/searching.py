"""Search over everything that was said: by the index of words, then narrowed down, a page at a time."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ColumnElement, Connection, select

from bot.ledger.asking.query import Queries
from bot.ledger.browsing.cursors import numbered
from bot.ledger.browsing.values import Listing, Sighting
from bot.ledger.nearness.fulltext import spoken, words_of
from bot.ledger.people.one_person import OnePerson
from bot.ledger.record.rows import article, as_statement, position, statement, statements
from bot.ledger.tables import schema
from bot.ledger.tables.corrections import correction

_SLICE = 200  # that hold the words and are looked at together
_MOST = 2_000  # that one page looks at: who narrows a common word down to nothing gets a short page, and goes on
_party = schema.party.c


class Searching(Queries):
    """Reads; each sees the ledger as it was at one moment."""

    def search(
        self,
        words: str,
        *,
        person: str | None = None,
        side: str | None = None,
        topic: str | None = None,
        outlet: str | None = None,
        since: date | None = None,
        until: date | None = None,
        after: str = "",
        limit: int = 20,
    ) -> Listing[Sighting]:
        """Statements of known speakers that hold all these words, the newest on record first; all filters hold.

        One report of a remark on a page, and none that people took back or put right. Accents, capitals and
        apostrophes do not count. Nothing found means that the record holds nothing like it, and no more.
        """
        asked = words_of(words)
        if not asked:
            return Listing(entries=())
        with self._reading() as connection:
            parties = self._parties(connection, person) if person else []
            if person and not parties:
                return Listing(entries=())
            where: list[ColumnElement[bool]] = [statement.day >= since] if since else []
            where += [statement.day <= until] if until else []
            where += [article.outlet == outlet] if outlet else []
            where += [_party.side == side] if side else []
            if topic:
                on = select(position.statement_id).where(position.topic.in_(self._topics_called(connection, topic)))
                where.append(on.where(position.statement_id == statement.id).correlate(schema.statement).exists())
            before, remarks, looked, whole = numbered(after), dict[int, int](), 0, False
            while len(remarks) <= limit and looked < _MOST and not whole:
                found = spoken(connection, asked, parties, before, _SLICE)
                looked, whole = looked + len(found), len(found) < _SLICE
                before = found[-1] if found else before
                for number, remark in _kept(connection, found, where):
                    remarks.setdefault(remark, number)
            numbers = list(remarks.values())
            entries = _sightings(connection, numbers[:limit])
        if len(numbers) > limit:
            return Listing(entries=entries, older=str(numbers[limit - 1]))
        return Listing(entries=entries, older="" if whole else str(before))


def _kept(connection: Connection, numbers: list[int], where: list[ColumnElement[bool]]) -> list[tuple[int, int]]:
    """Those that fulfil the conditions, each with its remark, the newest first."""
    if not numbers:
        return []
    query = (
        select(statement.id, statement.utterance_id)
        .join(schema.article, statement.article_id == article.id)
        .join(schema.party, statement.party_id == _party.id)
        .where(statement.id.in_(numbers), statement.id.not_in(select(correction.c.statement_id)), *where)
        .order_by(statement.id.desc())
    )
    return [(row.id, row.utterance_id) for row in connection.execute(query)]


def _sightings(connection: Connection, numbers: list[int]) -> tuple[Sighting, ...]:
    if not numbers:
        return ()
    people = OnePerson.of(connection)
    rows = connection.execute(statements().where(statement.id.in_(numbers))).mappings()
    known = {row[statement.id]: as_statement(row, people) for row in rows}
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

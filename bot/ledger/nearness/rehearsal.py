"""A unit of work tried before its turn: it reads the record as it is now, writes nothing, and learns what it needs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date
from functools import cached_property
from itertools import count

from sqlalchemy import Connection

from bot.ledger.nearness.beforehand import UNSEEN, Beforehand
from bot.ledger.nearness.filing import Filing, Stored
from bot.ledger.nearness.relations import Row, as_stored
from bot.ledger.nearness.utterances import says_more
from bot.ledger.record import articles
from bot.ledger.record.rows import position_row
from bot.model import Party, Position, Statement
from watchers.model import Article


class Rehearsal:
    """What `Work` does with one article, as it would be."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._numbers = count(UNSEEN)
        self._article = next(self._numbers)

    @cached_property
    def before(self) -> Beforehand:
        """What was learned."""
        return Beforehand(self._connection)

    @cached_property
    def _filing(self) -> _Tried:
        filing = _Tried(self._connection, self.before, self._numbers)
        filing.came(self._article)
        return filing

    def knows(self, article: Article) -> bool:
        """Whether the article is on record, by any of its keys or by its text."""
        return articles.known_as(self._connection, article) is not None

    def statement(self, statement: Statement, _replaces: Statement | None = None) -> bool:
        """Whether it would say something new."""
        if self._filing.knows(statement):
            return False
        told = self._filing.report(statement)
        party, entries = self._filing.party(statement.party), self._filing.entries(statement.party)
        best = self._filing.likeliest(told, entries)
        remark = next(self._numbers) if best is None else best[0]
        row = Stored(next(self._numbers), remark, self._article, party, fresh=True)
        self._filing.stored(statement, row, told, first=best is None)
        return best is None or says_more(told, self._filing.longest(remark))

    def filed(self, position: Position) -> Position:
        """As `Work.filed`."""
        return self._filing.filed(position)

    def report(self, position: Position) -> None:
        """As `Work.report`."""
        self._filing.store(position, self._filing.as_reported(position))

    def position(self, position: Position, filed: Position | None = None, like: Position | None = None) -> None:
        """As `Work.position`."""
        self._filing.store(position, filed, like)

    def near(self, position: Position, since: date | None = None, limit: int = 500) -> tuple[Position, ...]:
        """As `Work.near`."""
        return self._filing.near(position, since, limit)


class _Tried(Filing):
    """Gives numbers to what would be stored, and stores nothing."""

    def __init__(self, connection: Connection, before: Beforehand, numbers: count[int]) -> None:
        super().__init__(connection, before)
        self._numbers = numbers
        self._learned = before

    def _added(self, value: Party) -> int:  # noqa: ARG002 - nothing of it is kept
        return next(self._numbers)

    def _put(self, value: Position, stands: Position, told: Stored) -> int:
        kept = as_stored(self._connection, position_row(stands, value.key))
        number = next(self._numbers)
        claimed_by = value.claimed_by and self._own(value.claimed_by)
        row = Row(
            id=number,
            meaning=kept["meaning"],
            utterance=told.remark,
            day=kept["day"],
            strength=kept["strength"],
            holder=self.party(self._own(value.holder)) or 0,
            topic=kept["topic"],
            proposition=kept["proposition"],
            claimed_by=self.party(claimed_by),
            side=kept["side"],
            cell=kept["cell"],
            key=kept["key"],
            article=told.article,
            start=value.statement.span.start,
        )
        self._learned.put(row, replace(stands, statement=_as_read_back(stands.statement)))
        return number

    def _remember(self, number: int, first: Position, stands: Position, splits: Sequence[int]) -> None:
        """Nothing."""


def _as_read_back(value: Statement) -> Statement:
    """A statement as it comes back from the record, which keeps moments in UTC."""
    source = value.source
    published = source.published and source.published.astimezone(UTC)
    return replace(value, source=replace(source, published=published, retrieved=source.retrieved.astimezone(UTC)))

"""What a unit of work knows of the words that it compares: where they stand on record, and what it has loaded."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, bindparam, func, select

from bot.ledger.people.one_person import OnePerson
from bot.ledger.record import amended
from bot.ledger.record.rows import as_position, rows_of, statement
from bot.ledger.tables import schema
from bot.model import Position

_OWN = (
    select(statement.utterance_id, func.coalesce(schema.version.c.first_id, statement.article_id).label("first"))
    .outerjoin(schema.version, schema.version.c.article_id == statement.article_id)
    .where(statement.key == bindparam("key"))
)
_VERSIONS = select(schema.version.c.article_id).where(schema.version.c.first_id == bindparam("first"))


@dataclass(frozen=True, slots=True)
class Told:
    """Where the fresh words stand on record: their remark, and every version of their article."""

    remark: int = -1
    articles: frozenset[int] = frozenset()

    @classmethod
    def of(cls, connection: Connection, key: str) -> Told:
        """As the statement of this key is on record, if it is."""
        row = connection.execute(_OWN, {"key": key}).first()
        if row is None:
            return cls()
        return cls(row.utterance_id, frozenset({row.first, *connection.scalars(_VERSIONS, {"first": row.first})}))

    def counts(self, article: int, became: str) -> bool:
        """Whether words of an article that became this are to be compared with the fresh ones."""
        return became == "kept" if article in self.articles else became not in amended.REPLACED


class Loaded:
    """Positions as one transaction has read them: those of one article are compared with much the same ones."""

    def __init__(self, people: OnePerson) -> None:
        self._people = people
        self._held: dict[int, tuple[int, str, Position]] = {}
        self._numbers: dict[int, int] = {}  # by the identity of what is held

    def forget(self, behind: int = -1) -> None:
        """What became of words has changed, or what is behind a row is not on record after all."""
        gone = [number for number in self._held if number > behind]
        for number in gone:
            self._numbers.pop(id(self._held.pop(number)[2]), None)

    def hold(self, number: int, article: int, value: Position) -> None:
        """A position that would be on record under this number."""
        self._held[number] = article, "kept", value
        self._numbers[id(value)] = number

    def number(self, value: Position) -> int | None:
        """The row of a position that was loaded here."""
        return self._numbers.get(id(value))

    def take(
        self, connection: Connection, chosen: Iterable[int], told: Told
    ) -> tuple[dict[int, Position], frozenset[int]]:
        """The chosen ones that count, and those that do not."""
        wanted = list(chosen)
        for row in rows_of(connection, [number for number in wanted if number not in self._held]):
            value = as_position(row, self._people)
            self._held[row[0]] = row[1], row[-2], value
            self._numbers[id(value)] = row[0]
        found = {number: held[2] for number in wanted if told.counts(*(held := self._held[number])[:2])}
        return found, frozenset(wanted) - found.keys()

"""What is on record of the page at an address: its statements, or why none was taken from it."""

from __future__ import annotations

from sqlalchemy import select

from bot.ledger.database.engine import Opened
from bot.ledger.people.one_person import OnePerson
from bot.ledger.record.rows import article, as_statement, statement, statements
from bot.ledger.tables import feeds as feed_tables
from bot.model import Statement

_entry = feed_tables.entry_attempt.c


class Pages(Opened):
    """Reads by the address of a page; each sees the ledger as it was at one moment."""

    def statements_at(self, url: str, limit: int = 50) -> tuple[Statement, ...]:
        """The statements taken from an article, in the order of its text."""
        with self._reading() as connection:
            query = statements().where(article.url.in_(_written(url))).order_by(statement.start, statement.id)
            people = OnePerson.of(connection)
            return tuple(as_statement(row, people) for row in connection.execute(query.limit(limit)).mappings())

    def why_unread(self, url: str) -> str | None:
        """Why nothing was taken from an article: in words, empty where it was read well; None: it was never met."""
        with self._reading() as connection:
            read = select(article.aside).where(article.url.in_(_written(url))).order_by(article.id.desc()).limit(1)
            aside = connection.execute(read).first()
            if aside is not None:
                return str(aside.aside)
            met = select(_entry.reason, _entry.attempts).where(_entry.url.in_(_written(url))).limit(1)
            row = connection.execute(met).first()
            return None if row is None else f"its page was tried {row.attempts} times: {row.reason}"


def _written(url: str) -> tuple[str, ...]:
    """The ways in which people copy an address."""
    bare = url.strip().rstrip("/")
    scheme, _, rest = bare.partition("://")
    other = f"{'http' if scheme == 'https' else 'https'}://{rest}"
    return (bare, f"{bare}/", other, f"{other}/")

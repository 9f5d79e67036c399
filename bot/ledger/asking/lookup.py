"""Finding a statement by what people have at hand: its key, its article, its words; and the alert on a pair."""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable
from datetime import date

from sqlalchemy import ColumnElement, Connection, or_, select

from bot.ledger.alerts.alert_rows import load_alerts
from bot.ledger.database.engine import Opened
from bot.ledger.nearness.loaded import Loaded
from bot.ledger.nearness.nearby import near
from bot.ledger.people.one_person import OnePerson
from bot.ledger.record.rows import (
    alert,
    article,
    as_statement,
    conflict,
    load_positions,
    party_key,
    position,
    statements,
)
from bot.ledger.record.rows import statement as column
from bot.ledger.tables import schema
from bot.model import Alert, Conflict, Position, Statement

FEWEST = 6  # characters of a key
_KEY = re.compile(r"[0-9a-f]+")
_PLACE = re.compile(r"(?P<article>.+)#(?P<start>\d{1,9})")


class Lookups(Opened):
    """Reads by name; each sees the ledger as it was at one moment."""

    def called(self, name: str, limit: int = 6, *, by_words: bool = True) -> tuple[Statement, ...]:
        """The statements that `name` may mean, the newest first: the beginning of a key, ARTICLE#START, or words."""
        wanted = name.strip()
        place = _PLACE.fullmatch(wanted)
        where: ColumnElement[bool]
        if place:
            named = or_(article.url == place["article"], article.name == place["article"])
            where = named & (column.start == int(place["start"]))
        elif len(wanted) >= FEWEST and _KEY.fullmatch(wanted):
            mine = select(position.statement_id).where(position.key.startswith(wanted, autoescape=True))
            where = column.key.startswith(wanted, autoescape=True) | column.id.in_(mine)
        elif wanted and by_words:
            where = column.quote.icontains(wanted, autoescape=True)
        else:
            return ()
        with self._reading() as connection:
            query = statements().where(where).order_by(column.day.desc(), column.id.desc()).limit(limit)
            people = OnePerson.of(connection)
            return tuple(as_statement(row, people) for row in connection.execute(query).mappings())

    def positions_of(self, statement: Statement) -> tuple[Position, ...]:
        """The positions on record that a statement shows."""
        with self._reading() as connection:
            mine = select(column.id).where(column.key == statement.key)
            query = select(position.id).where(position.statement_id.in_(mine)).order_by(position.id)
            return tuple(load_positions(connection, connection.scalars(query)).values())

    def beside(self, fresh: Position, since: date | None = None, limit: int = 500) -> tuple[Position, ...]:
        """What on record may conflict with a position, asked for when fresh: see `bot.ledger.nearness.nearby`."""
        return next(self.beside_each([(fresh, since)], limit))

    def beside_each(
        self, asked: Iterable[tuple[Position, date | None]], limit: int = 500
    ) -> Generator[tuple[Position, ...]]:
        """As `beside`, of one after the other, as the record was at one moment; much is loaded only once."""
        with self._reading() as connection:
            people = OnePerson.of(connection)
            loaded = Loaded(people)
            for fresh, since in asked:
                parties = [party for party in (fresh.holder, fresh.claimed_by, fresh.statement.party) if party]
                keys = schema.party.c.key.in_({party_key(party) for party in parties})
                numbers = list(connection.scalars(select(schema.party.c.id).where(keys)))
                numbers += [number for party in parties for number in people.rows(connection, party)]
                whose = list(dict.fromkeys(numbers))
                yield near(connection, people.position(fresh), whose, since, limit, loaded=loaded)

    def cards_on(self, found: Conflict) -> tuple[Alert, ...]:
        """The alerts that show a pair, or that have joined both its statements; the newest first."""
        with self._reading() as connection:
            cases = OnePerson.of(connection).cases(found.case)
            shown = load_alerts(connection, or_(conflict.key == found.key, alert.case.in_(cases)))
            return tuple(one for one in shown if _shows(one, found))

    def outlets(self) -> tuple[str, ...]:
        """The names of all outlets that something on record is from, in the order of the alphabet."""
        with self._reading() as connection:
            return tuple(connection.scalars(select(article.outlet).distinct().order_by(article.outlet)))

    def kept(self, found: Conflict) -> bool:
        """Whether a conflict is on record."""
        with self._reading() as connection:
            return _known(connection, found)


def _known(connection: Connection, found: Conflict) -> bool:
    return connection.execute(select(conflict.id).where(conflict.key == found.key)).first() is not None


def _shows(card: Alert, found: Conflict) -> bool:
    pair = card.conflict
    shown = {one.statement.key for one in (pair.fresh, pair.earlier, pair.bridge, *card.joined) if one}
    return {found.fresh.statement.key, found.earlier.statement.key} <= shown

"""Positions as a list: as they were taken down, one for each remark, or as marks of a plot."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import ColumnElement, Connection, and_, or_, select

from bot.ledger.asking.asking import POINTS
from bot.ledger.asking.query import Queries
from bot.ledger.browsing.cut import FIRST, Cursor, Cut, Listing
from bot.ledger.browsing.remarks import leaf
from bot.ledger.browsing.values import Filed, Mark, Narrowed
from bot.ledger.people.one_person import OnePerson
from bot.ledger.record import amended
from bot.ledger.record.latest import Arm, whose
from bot.ledger.record.rows import load_positions, position, statement
from bot.ledger.tables import schema
from bot.model import Position


class Positions(Queries):
    """Reads; each sees the ledger as it was at one moment."""

    def list_positions(self, wanted: Narrowed, cut: Cut = FIRST) -> Listing[Filed]:
        """Positions as reported, in the order of recording, of statements that people have not put right since."""
        with self._reading() as connection:
            arms, where = self._narrow(connection, wanted)
            query = select(position.id).where(amended.as_read(), *where)
            if wanted.kind is not None:
                query = query.join(schema.statement, position.statement_id == statement.id)
            if arms:
                query = query.where(or_(*arms))
            numbers, following = cut.numbers(connection, query, position.id)
            known = load_positions(connection, numbers)
            keys = select(position.id, position.key).where(position.id.in_(numbers))
            named = {row.id: row.key for row in connection.execute(keys)}
        entries = tuple(Filed(key=named[one], position=known[one]) for one in numbers)
        return Listing(entries=entries, following=following)

    def remarks(self, wanted: Narrowed, cut: Cut = FIRST) -> Listing[Position]:
        """What is on record of a person, a side or a topic, one position for each remark, what was said last first.

        ValueError where none of the three is given: such a list has no use, and no index.
        """
        with self._reading() as connection:
            arms, where = self._narrow(connection, wanted)
            if not arms:
                raise ValueError("a list of remarks is of a person, a side or a topic")
            shown, end = leaf(connection, arms, where, Cursor.of(cut.after), cut.limit)
        return Listing(entries=tuple(shown), following=str(end or ""))

    def _narrow(self, connection: Connection, wanted: Narrowed) -> tuple[Sequence[Arm], Sequence[ColumnElement[bool]]]:
        """The walks that answer it, none where neither person, topic nor side is named, and what else must hold."""
        where: list[ColumnElement[bool]] = [position.key == wanted.key] if wanted.key is not None else []
        if wanted.holder is not None:
            where.append(position.holder_id.in_(self._parties(connection, wanted.holder)))
        where += [position.stance == wanted.stance] if wanted.stance is not None else []
        where += [statement.kind == wanted.kind] if wanted.kind is not None else []
        where += [position.day >= wanted.since] if wanted.since is not None else []
        where += [position.day <= wanted.until] if wanted.until is not None else []
        within: list[ColumnElement[bool]] = [position.side == wanted.side] if wanted.side is not None else []
        if wanted.topic is not None:
            topics = self._topics_called(connection, wanted.topic)
            within.append(position.topic == topics[0] if len(topics) == 1 else position.topic.in_(topics))
        if wanted.person is not None:
            return whose(self._parties(connection, wanted.person)), [*within, *where]
        return [and_(*within)] if within else [], where

    def marks(self, topic: str, person: str | None = None, limit: int = POINTS) -> tuple[Mark, ...]:
        """The newest remarks on a topic (id or name), of everybody or of one person, as a plot shows them.

        Only own words, the oldest first; what was withdrawn or replaced is left out.
        """
        with self._reading() as connection:
            everybody, party = OnePerson.of(connection), schema.party.c
            query = (
                select(
                    position.day,
                    position.stance,
                    position.side,
                    position.defers_to,
                    statement.key,
                    statement.utterance_id,
                    party.name,
                    party.official,
                )
                .join_from(schema.position, schema.statement, position.statement_id == statement.id)
                .join(schema.party, position.holder_id == party.id)
                .where(
                    position.topic.in_(self._topics_called(connection, topic)),
                    position.claimed_by_id.is_(None),
                    ~amended.superseded(),
                )
                .order_by(position.day.desc(), position.id.desc())
                .limit(limit)
            )
            if person is not None:
                query = query.where(position.holder_id.in_(self._parties(connection, person)))
            seen: dict[tuple[int, str, str], Mark] = {}
            for row in connection.execute(query):
                official = everybody.stands.get(row.official or "", row.official)
                mark = Mark(
                    holder=official or row.name,
                    name=row.name,
                    side=row.side,
                    day=row.day,
                    stance=row.stance,
                    deferred=row.defers_to is not None,
                    statement=row.key,
                )
                seen.setdefault((row.utterance_id, mark.holder, mark.stance), mark)
        return tuple(reversed(seen.values()))

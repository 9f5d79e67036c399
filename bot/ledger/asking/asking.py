"""What people ask of the record beyond a search: where somebody stands, since when, and who says so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date
from functools import lru_cache, partial
from operator import itemgetter
from typing import Any

from sqlalchemy import ColumnElement, Connection, Dialect, case, func, literal_column, select, union_all

from bot.ledger.alerts.alert_rows import load_alerts, on_topic
from bot.ledger.asked import Card, Claim, Listed, Point, Sought, Stood, Timeline
from bot.ledger.asking.query import Queries, copied, reviewed
from bot.ledger.database.prepared import Asked, among, by_ids, by_texts, of_few, places
from bot.ledger.record import amended
from bot.ledger.record.claimed import claim
from bot.ledger.record.involved import is_theirs
from bot.ledger.record.latest import newest, newest_of, whose
from bot.ledger.record.people import is_about, newest_role, stands_on
from bot.ledger.record.rows import alert, conflict, load_positions, position, statement
from bot.ledger.tables import schema
from bot.model import Alert, Position, Stance

POINTS = 2000  # remarks in one plot: more than it has columns
_about = schema.conflict_party.c
_LOOKED = 20_000  # newest rows that are looked through for where a person stands


class Asking(Queries):
    """Reads; each sees the ledger as it was at one moment."""

    def card(self, person: str, topic: str | None = None, *, limit: int = 5, skip: int = 0) -> Card | None:
        """Who somebody (id or whole name) is, how much of them is on record, and a page of their newest words."""
        with self._reading() as connection:
            numbers, named = self._called(connection, person)
            if named is None:
                return None
            about = None if topic is None else self._topics_called(connection, topic)
            shown = newest_of(connection, numbers, about, limit=limit, skip=skip) if limit else ()
            ((raised, undecided),) = of_few(connection, _alerts, numbers)
            return Card(
                person=named,
                role=newest_role(connection, numbers),
                alerts=raised,
                open_alerts=undecided,
                positions=tuple(value for _, value in shown),
            )

    def words_on(self, person: str, topic: str, limit: int = 2) -> tuple[Position, ...]:
        """The newest words of a person on a topic, each by id or name."""
        with self._reading() as connection:
            numbers = self._parties(connection, person)
            about = self._topics_called(connection, topic)
            shown = newest_of(connection, numbers, about, limit=limit) if numbers else []
            return tuple(value for _, value in shown)

    def stances(self, person: str) -> tuple[Stood, ...]:
        """Where a person (id or whole name) stands on each topic of the configuration, last spoken about first."""
        with self._reading() as connection:
            numbers = self._parties(connection, person)
            return _stances(connection, numbers, self._names.configured(connection)) if numbers else ()

    def timeline(
        self, person: str, topic: str, *, since: date | None = None, limit: int = 5, skip: int = 0
    ) -> Timeline | None:
        """What a person said on a topic (each by id or name), the newest first; None where nobody is called that."""
        with self._reading() as connection:
            numbers, named = self._called(connection, person)
            if named is None:
                return None
            about = [position.topic.in_(self._topics_called(connection, topic))]
            if since is not None:
                about.append(position.day >= since)
            shown = newest(connection, whose(numbers), about, limit=limit, skip=skip)
            return Timeline(
                person=named,
                positions=tuple(value for _, value in shown),
                points=_points(connection, numbers, about) if skip == 0 else (),
            )

    def standing(self, topic: str, limit: int = 10, skip: int = 0) -> tuple[Position, ...]:
        """Who stands where on a topic (id or name): the newest own words of each holder, the newest first."""
        with self._reading() as connection:
            named = position.topic.in_(self._topics_called(connection, topic))
            mine = [named, position.claimed_by_id.is_(None), amended.as_read()]
            rows = connection.execute(
                select(position.holder_id, position.id)
                .where(*mine)
                .order_by(position.day.desc(), position.id.desc())
                .limit(_LOOKED)
            )
            newest_of: dict[int, int] = {}
            for holder, number in rows:
                newest_of.setdefault(holder, number)
            wanted = list(newest_of.values())[skip : skip + limit]
            known = load_positions(connection, wanted)
            return tuple(known[number] for number in wanted)

    def remarks_on(self, topic: str) -> int:
        """How many remarks are on record on a topic (id or name)."""
        with self._reading() as connection:
            return sum(on_topic(connection, self._topics_called(connection, topic)).values())

    def on_topic_with(self, topic: str, words: str, limit: int) -> tuple[Position, ...]:
        """The positions on a topic (id) whose quotation holds these words, capitals aside, the newest first."""
        query = (
            select(position.id)
            .join(schema.statement, position.statement_id == statement.id)
            .where(position.topic == topic, statement.quote.icontains(words, autoescape=True), amended.as_read())
            .order_by(position.day.desc(), position.id.desc())
            .limit(limit)
        )
        with self._reading() as connection:
            numbers = list(connection.scalars(query))
            known = load_positions(connection, numbers)
            return tuple(known[number] for number in numbers)

    def claims(
        self,
        *,
        person: str | None = None,
        side: str | None = None,
        topic: str | None = None,
        limit: int = 5,
        skip: int = 0,
    ) -> tuple[Claim, ...]:
        """What others said is the position of a person (id or name) or a side (id), the newest first."""
        with self._reading() as connection:
            claimed = position.claimed_by_id.is_not(None)
            if side is not None:
                arm = claimed & (position.side == side)
            else:
                arm = claimed & position.holder_id.in_(self._parties(connection, person or ""))
            about = [] if topic is None else [position.topic.in_(self._topics_called(connection, topic))]
            shown = newest(connection, [arm], about, limit=limit, skip=skip)
            return tuple(claim(connection, remark, value) for remark, value in shown)

    def sought(self, sought: Sought, limit: int = 10, skip: int = 0) -> Listed:
        """Alerts that fulfil every filter, the newest first; a person nobody knows has none."""
        with self._reading() as connection:
            where = self._where(connection, sought)
            counted = (
                select(func.count())
                .select_from(schema.alert)
                .join(schema.conflict, alert.conflict_id == conflict.id)
                .where(*where)
            )
            return Listed(
                alerts=load_alerts(connection, *where, limit=limit, skip=skip),
                total=int(connection.scalar(counted) or 0),
            )

    def _where(self, connection: Connection, sought: Sought) -> list[ColumnElement[bool]]:
        """What alerts have to fulfil."""
        where: list[ColumnElement[bool]] = [~copied()]
        if sought.review is not None:
            where.append(reviewed(sought.review))
        if sought.kind is not None:
            where.append(conflict.kind == sought.kind)
        if sought.since is not None:
            where.append(alert.created_at >= sought.since)
        if sought.until is not None:
            where.append(alert.created_at < sought.until)
        if sought.of is not None:
            where.append((alert.decided_by == sought.of) | (alert.owner == sought.of))
        if sought.person is not None:
            numbers = self._parties(connection, sought.person)
            where.append(is_theirs(numbers))
        if sought.side is not None:
            where.append(stands_on(position.side == sought.side))
        if sought.topic is not None:
            where.append(is_about(self._topics_called(connection, sought.topic)))
        return where

    def between(self, one: str, other: str, topic: str, limit: int = 3) -> tuple[Alert, ...]:
        """Alerts in which both persons (id or name) appear on a topic, the newest first."""
        with self._reading() as connection:
            where = [is_about(self._topics_called(connection, topic))]  # first: it leaves the fewest
            where += [is_theirs(self._parties(connection, name)) for name in (one, other)]
            found = select(alert.number).join(schema.conflict, alert.conflict_id == conflict.id).where(*where)
            numbers = list(connection.scalars(found.order_by(alert.number.desc()).limit(limit)))
            return load_alerts(connection, alert.number.in_(numbers))


@lru_cache(maxsize=16)
def _alerts(dialect: Dialect, count: int) -> Asked:
    """How many alerts are on these parties, and how many of them somebody can still decide."""
    theirs = select(_about.conflict_id).where(_about.party_id.in_(places(count)))
    figures: tuple[Any, ...] = (func.count(), func.count(case((reviewed("open"), 1))))
    counted = select(*figures).select_from(schema.alert)
    return Asked.of(counted.where(alert.conflict_id.in_(theirs), alert.withdrawn_at.is_(None)), dialect)


def _stances(connection: Connection, numbers: Sequence[int], topics: Sequence[str]) -> tuple[Stood, ...]:
    """From their own words alone, for their side too where they speak for it: what others say they hold is a claim.

    On these topics, by their ids: an index leads to them, past the many that no configuration names, and tells all of
    it. The rows of somebody who said very much are told apart here: a database takes twice as long to look back from
    each.
    """
    given = {f"id{at}": one for at, one in enumerate(numbers)}
    told = defaultdict[tuple[str, str], list[tuple[date, int, Stance]]](list)
    asks = partial(_stood, parties=len(numbers))
    for topic, proposition, day, number, stance in by_texts(connection, asks, topics, **given):
        told[topic, proposition].append((day, number, stance))
    last = {max(remarks)[1]: remarks for remarks in told.values()}
    found = []
    for number, topic, name, defers_to in sorted(by_ids(connection, _named, last), key=itemgetter(0)):
        remarks = sorted(last[number], reverse=True)
        day, _, stance = remarks[0]
        turned = next((at for at, (_, _, before) in enumerate(remarks) if before != stance), None)
        stood = Stood(
            topic=topic,
            name=name,
            stance=stance,
            defers_to=defers_to and defers_to["name"],
            day=day,
            changed=remarks[turned - 1][0] if turned else None,
            before=remarks[turned][2] if turned else None,
            remarks=len(remarks),
        )
        found.append(stood)
    return tuple(sorted(found, key=lambda one: (one.day, one.topic), reverse=True))


_STOOD = (
    select(position.topic, position.proposition, position.day, position.id, position.stance)
    .where(position.claimed_by_id.is_(None), position.link == literal_column("''"))
    .where(amended.as_read())
)


@lru_cache(maxsize=32)
def _stood(dialect: Dialect, topics: int, *, parties: int) -> Asked:
    held = position.holder_id.in_(places(parties))
    said = position.said_by_id.in_(places(parties)) & position.holder_id.not_in(places(parties))
    return Asked.of(
        union_all(*(_STOOD.where(mine, among(position.topic, dialect, topics)) for mine in (held, said))), dialect
    )


@lru_cache(maxsize=16)
def _named(dialect: Dialect, count: int) -> Asked:
    columns = (position.id, position.topic, position.topic_name, position.defers_to)
    return Asked.of(select(*columns).where(position.id.in_(places(count))), dialect)


def _points(connection: Connection, numbers: Sequence[int], about: Sequence[ColumnElement[bool]]) -> tuple[Point, ...]:
    seen: dict[tuple[int, str, bool], Point] = {}
    for arm in whose(numbers):
        query = (
            select(position.day, position.stance, position.claimed_by_id, position.defers_to, statement.utterance_id)
            .join_from(schema.position, schema.statement, position.statement_id == statement.id)
            .where(arm, *about, ~amended.superseded())
            .order_by(position.day.desc(), position.id.desc())
            .limit(POINTS)
        )
        for row in connection.execute(query):
            claimed = row.claimed_by_id is not None
            point = Point(day=row.day, stance=row.stance, claimed=claimed, deferred=row.defers_to is not None)
            seen.setdefault((row.utterance_id, row.stance, claimed), point)
    return tuple(sorted(seen.values(), key=lambda point: point.day)[-POINTS:])

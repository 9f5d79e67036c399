"""What can be asked of the record: people, positions, alerts, figures, and whether the evidence still holds."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from typing import get_args

from sqlalchemy import ColumnElement, Connection, Table, case, exists, func, select

from bot.ledger import amended, fates, feed_tables, schema
from bot.ledger.alert_rows import load_alerts
from bot.ledger.engine import Opened
from bot.ledger.feeds import feed_states
from bot.ledger.people import (
    alike,
    called,
    counts,
    involves,
    newest_role,
    of,
    people_on_record,
    plain,
    topic_counts,
    topics_called,
)
from bot.ledger.records import Found, Person, PersonRecord, Status, TopicCount
from bot.ledger.rows import alert, article, as_position, as_source, delivery, position, positions, statement
from bot.model import Alert, DeliveryState, Position, ReviewState, Source, Statement
from watchers.model import LEFT_OUT

FAR = 60.0  # of 100: a name less alike is another name


class Queries(Opened):
    """Reads; each sees the ledger as it was at one moment."""

    def people(self) -> tuple[Person, ...]:
        """Everybody whose words are on record or whose position others stated; who said most comes first."""
        with self._reading() as connection:
            return tuple(people_on_record(connection).values())

    def find_people(self, text: str, limit: int = 5) -> tuple[Found, ...]:
        """Known names like `text`, the likest first; accents and case do not count."""
        wanted = plain(text)
        with self._reading() as connection:
            people = people_on_record(connection).values()
        found = [Found(person=person, score=alike(wanted, person)) for person in people]
        found.sort(key=lambda one: one.score, reverse=True)
        return tuple(one for one in found if wanted and one.score >= FAR)[:limit]

    def who(self, person: str, topic: str | None = None, limit: int = 5) -> PersonRecord | None:
        """What somebody said, by official id or by the whole name; None where nobody is called that."""
        with self._reading() as connection:
            numbers, named = called(connection, person)
            if named is None:
                return None
            where = [of(numbers)]
            if topic is not None:
                where.append(position.topic.in_(topics_called(connection, topic)))
            shown = _newest(connection, where, limit)
            return PersonRecord(
                name=named.name,
                official=named.official,
                side=named.side,
                role=newest_role(connection, numbers),
                counts=counts(connection, numbers),
                positions=tuple(value for _, value in shown),
                topics=topic_counts(connection, of(numbers)),
                outlets=_outlets(connection, [remark for remark, _ in shown]),
            )

    def about(self, topic: str, limit: int = 20) -> tuple[Position, ...]:
        """The positions on a topic (id or name), one for each remark, the newest first."""
        with self._reading() as connection:
            shown = _newest(connection, [position.topic.in_(topics_called(connection, topic))], limit)
            return tuple(value for _, value in shown)

    def topics(self) -> tuple[TopicCount, ...]:
        """The topics on record, most spoken about first."""
        with self._reading() as connection:
            return topic_counts(connection)

    def reports(self, statement_: Statement) -> tuple[Source, ...]:
        """Every source that reports the remark of this statement, the first on record first."""
        with self._reading() as connection:
            mine = select(statement.utterance_id).where(statement.key == statement_.key).scalar_subquery()
            query = (
                select(schema.article)
                .where(article.id.in_(select(statement.article_id).where(statement.utterance_id == mine)))
                .order_by(article.id)
            )
            return tuple(
                source
                for row in connection.execute(query).mappings()
                for source in (as_source(row), *_carriers(connection, as_source(row), row[article.id]))
            )

    def conflicts(
        self,
        *,
        review: ReviewState | None = None,
        state: DeliveryState | None = None,
        person: str | None = None,
        topic: str | None = None,
        channel: str | None = None,
        limit: int = 10,
    ) -> tuple[Alert, ...]:
        """Alerts that fulfil every filter, the newest first; a person nobody knows has none.

        What went to a person who follows it is left out where a channel has it, unless that person is the `channel`.
        """
        with self._reading() as connection:
            where: list[ColumnElement[bool]] = []
            if review is not None:
                where.append(alert.review == review)
            if state is not None:
                withdrawn = alert.withdrawn_at.is_not(None)
                where.append(withdrawn if state == "withdrawn" else ~withdrawn & (delivery.state == state))
            where.append(alert.channel == channel if channel is not None else ~_copied())
            if person is not None:
                where.append(involves(of(called(connection, person)[0])))
            if topic is not None:
                where.append(involves(position.topic.in_(topics_called(connection, topic))))
            return load_alerts(connection, *where, limit=limit)

    def alert(self, number: int) -> Alert | None:
        """The alert of this number."""
        with self._reading() as connection:
            return next(iter(load_alerts(connection, alert.number == number)), None)

    def status(self) -> Status:
        """The ledger in figures."""
        with self._reading() as connection:
            return _status(connection)

    def text_of(self, text_hash: str) -> str | None:
        """The stored text with this hash."""
        with self._reading() as connection:
            return _text(connection, text_hash)

    def verify(self, alert_: Alert) -> tuple[str, ...]:
        """The faults of an alert's evidence in words; none: every quote equals its place in the stored text."""
        pair = alert_.conflict
        shown = [pair.fresh, pair.earlier, *([pair.bridge] if pair.bridge else []), *alert_.joined]
        with self._reading() as connection:
            faults = [_fault(connection, value.statement) for value in shown]
        return tuple(dict.fromkeys(fault for fault in faults if fault))


def _copied() -> ColumnElement[bool]:
    """An alert in somebody's direct messages whose case a channel has, too."""
    other = schema.alert.alias("other").c

    def person(where: ColumnElement[str]) -> ColumnElement[bool]:
        return func.substr(where, 1, 1).in_(("U", "W"))  # names of channels are in small letters

    return person(alert.channel) & exists().where(other.case == alert.case, ~person(other.channel))


def _text(connection: Connection, text_hash: str) -> str | None:
    return connection.execute(select(article.text).where(article.text_hash == text_hash).limit(1)).scalar()


def _fault(connection: Connection, value: Statement) -> str:
    name = f"{value.source.outlet}, “{value.source.title}”"
    text = _text(connection, value.source.text_hash)
    if text is None:
        return f"{name}: the text is not on record"
    if hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest() != value.source.text_hash:
        return f"{name}: the stored text was altered"
    if value.span.of(text) != value.quote:
        return f"{name}: the quotation does not equal the stored text at {value.span.start}"
    if any(part.start < value.span.start or part.end > value.span.end for part in value.verbatim):
        return f"{name}: exact words lie outside the quotation at {value.span.start}"
    return ""


def _newest(connection: Connection, where: Sequence[ColumnElement[bool]], limit: int) -> list[tuple[int, Position]]:
    """The newest positions with their remarks, one report for each remark and proposition, in its newest words."""
    standing = func.min(case((amended.stands(), position.id)))
    best = (
        select(func.coalesce(standing, func.min(position.id)), statement.utterance_id)
        .join(schema.statement, position.statement_id == statement.id)
        .where(*where, ~amended.superseded())
        .group_by(statement.utterance_id, position.holder_id, position.topic, position.proposition)
        .order_by(func.max(position.day).desc(), func.min(position.id).desc())
        .limit(limit)
    )
    remarks = {int(number): int(remark) for number, remark in connection.execute(best)}
    rows = connection.execute(positions().where(position.id.in_(remarks))).mappings()
    found = {row[position.id]: as_position(row) for row in rows}
    return [(remark, found[number]) for number, remark in remarks.items()]


def newest(connection: Connection, limit: int) -> tuple[Position, ...]:
    """The newest positions of all, one for each remark and proposition."""
    return tuple(value for _, value in _newest(connection, (), limit))


def _carriers(connection: Connection, first: Source, number: int) -> tuple[Source, ...]:
    """Further outlets that carry the very text of an article."""
    table = schema.article_source.c
    query = select(schema.article_source).where(table.article_id == number).order_by(table.id)
    return tuple(
        Source(
            article=first.article,
            outlet=row[table.outlet],
            url=row[table.url],
            title=row[table.title],
            published=row[table.published],
            retrieved=row[table.retrieved],
            text_hash=first.text_hash,
        )
        for row in connection.execute(query).mappings()
    )


def _outlets(connection: Connection, remarks: Sequence[int]) -> tuple[str, ...]:
    carried = select(statement.article_id).where(statement.utterance_id.in_(remarks))
    more = schema.article_source.c
    names = {
        *connection.scalars(select(article.outlet).where(article.id.in_(carried))),
        *connection.scalars(select(more.outlet).where(more.article_id.in_(carried))),
    }
    return tuple(sorted(names))


def _size(connection: Connection, table: Table, *where: ColumnElement[bool]) -> int:
    return int(connection.execute(select(func.count()).select_from(table).where(*where)).scalar_one())


def _status(connection: Connection) -> Status:
    withdrawn = alert.withdrawn_at.is_not(None)
    cards = dict.fromkeys(get_args(DeliveryState), 0)
    by_state = (
        select(delivery.state, withdrawn, func.count())
        .join(schema.alert, delivery.alert_number == alert.number)
        .where(delivery.kind == "card")
        .group_by(delivery.state, withdrawn)
    )
    for state, gone, count in connection.execute(by_state):
        cards["withdrawn" if gone else state] += count
    reviews = dict.fromkeys(get_args(ReviewState), 0)
    for review, count in connection.execute(select(alert.review, func.count()).group_by(alert.review)):
        reviews[review] = count
    waits = delivery.state.in_(("pending", "sending")) & (delivery.kind != "update")
    stuck = select(delivery.reason).where(delivery.state == "stuck").order_by(delivery.id.desc()).limit(10)
    oldest: datetime | None = connection.execute(select(func.min(delivery.created_at)).where(waits)).scalar()
    entry = feed_tables.entry_attempt.c
    given_up = entry.parked & (entry.reason != LEFT_OUT)
    lost = select(entry.feed, entry.title, entry.reason).where(given_up).order_by(entry.last_at.desc()).limit(3)
    read_since = select(schema.version.c.first_id)  # only a version that can be read is taken down
    newest = article.retrieved.desc()  # by the id alone SQLite would walk through all the texts
    unread = (article.aside > "") & article.id.not_in(read_since)
    aside = select(article.outlet, article.title, article.aside).where(unread).order_by(newest, article.id.desc())
    amendments = fates.counts(connection)
    return Status(
        articles=_size(connection, schema.article) - _size(connection, schema.version),
        statements=_size(connection, schema.statement),
        utterances=_size(connection, schema.utterance),
        positions=_size(connection, schema.position),
        alerts=cards,
        reviews=reviews,
        feeds=feed_states(connection),
        aside=_size(connection, schema.article, unread),
        why_aside=tuple(f"{row.outlet}, “{row.title}”: {row.aside}" for row in connection.execute(aside.limit(3))),
        corrected=connection.scalar(select(func.count(schema.version.c.first_id.distinct()))) or 0,
        changed=amendments["changed"],
        vanished=amendments["vanished"],
        parked=_size(connection, feed_tables.entry_attempt, given_up),
        why_parked=tuple(f"{row.feed}, “{row.title}”: {row.reason}" for row in connection.execute(lost)),
        waiting=_size(connection, schema.delivery, waits),
        stuck=tuple(dict.fromkeys(connection.scalars(stuck))),
        oldest_pending=oldest,
    )

"""What can be asked of the record: people, positions, alerts, texts and figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cached_property, lru_cache
from operator import itemgetter

from sqlalchemy import ColumnElement, Connection, Dialect, bindparam, exists, select

from bot.ledger.alerts.alert_rows import load_alerts, to_one
from bot.ledger.asking.names import Names, today
from bot.ledger.asking.status import status
from bot.ledger.database.engine import Opened
from bot.ledger.database.prepared import Asked, asked, by_ids, by_texts, places, texts
from bot.ledger.database.room import room_of
from bot.ledger.nearness.spelling import plain
from bot.ledger.people.one_person import OnePerson
from bot.ledger.people.roster import stands_for
from bot.ledger.record.involved import is_theirs
from bot.ledger.record.latest import newest, newest_of
from bot.ledger.record.people import (
    counts,
    everybody,
    in_whole,
    is_about,
    newest_role,
    of,
    people,
    recent,
    topic_counts,
)
from bot.ledger.record.rows import (
    SOURCE,
    alert,
    article,
    as_source,
    delivery,
    position,
    statement,
)
from bot.ledger.record.texts import stored
from bot.ledger.records import Found, Person, PersonRecord, Status, TopicCount, TopicFound
from bot.ledger.tables import schema
from bot.model import Alert, DeliveryState, Position, ReviewState, Source, Statement


class Queries(Opened):
    """Reads; each sees the ledger as it was at one moment."""

    @cached_property
    def _names(self) -> Names:
        return Names()

    def people(self) -> tuple[Person, ...]:
        """Everybody whose words are on record or whose position others stated; who said most comes first."""
        with self._reading() as connection:
            return everybody(connection)

    def find_people(self, text: str, limit: int = 5, *, written_out: bool = False) -> tuple[Found, ...]:
        """Known names like `text`, the likest first, of equals who spoke last; accents and case do not count.

        Those alone that are just that, where `text` is a name `written_out`.
        """
        with self._reading() as connection:
            likest = self._names.like(connection, plain(text), written_out=written_out)
            last = likest[limit - 1][1] if len(likest) >= limit else 0.0
            scores = {number: score for number, score in likest if score >= last}
            known = recent(connection, list(scores)) if scores else []
            one_person = stands_for(connection)
        found = [
            Found(name=name, official=one_person.get(official or "", official), score=scores[number])
            for number, name, official in known
        ]
        found.sort(key=lambda one: one.score, reverse=True)
        return tuple({one.official or one.name: one for one in reversed(found)}.values())[::-1][:limit]

    def whole_name(self, texts: Sequence[str]) -> int | None:
        """The place of the first of some texts that is the id or the whole name of somebody on record."""
        with self._reading() as connection:
            return self._names.whole(connection, [plain(one) for one in texts])

    def find_topics(self, text: str, limit: int = 5) -> tuple[TopicFound, ...]:
        """Known topics like `text`, those with a name of the configuration first, then the likest."""
        with self._reading() as connection:
            return tuple(self._names.topics_like(connection, plain(text), limit))

    def configured_topics(self) -> tuple[TopicFound, ...]:
        """The topics on record that the configuration names, in the order of the alphabet."""
        with self._reading() as connection:
            named = schema.topic.c.key.in_(self._names.configured(connection))
            query = select(schema.topic).where(named).order_by(schema.topic.c.name)
            return tuple(TopicFound(topic=row.key, name=row.name, score=0.0) for row in connection.execute(query))

    def topic_named(self, topic: str) -> str:
        """What a topic (its id) is called today; the id itself where it is not on record."""
        with self._reading() as connection:
            standing = today(connection, [topic])[0]
            name = connection.scalar(select(schema.topic.c.name).where(schema.topic.c.key == standing))
            return str(name or topic)

    def topic_first_named(self, topic: str) -> str:
        """What this very topic (its id) is called, merged into another or not."""
        with self._reading() as connection:
            return str(connection.scalar(select(schema.topic.c.name).where(schema.topic.c.key == topic)) or topic)

    def name_of(self, person: str) -> str:
        """The name of somebody on record, by id or name; empty where nobody is called that."""
        with self._reading() as connection:
            numbers = self._parties(connection, person)
            query = select(schema.party.c.name).where(schema.party.c.id == next(iter(numbers), None))
            return str(connection.scalar(query) or "")

    def some_names(self, limit: int = 1) -> tuple[str, ...]:
        """A few names that would be found."""
        with self._reading() as connection:
            return tuple(name for (name,) in asked(connection, _FIRST).each(connection, {"many": limit}))

    def _parties(self, connection: Connection, person: str) -> list[int]:
        """The parties of this official id or whole name; of namesakes the one who said most.

        Of somebody who has several entries, the parties of all of them, the one that stays first. Nothing is counted
        unless there are namesakes.
        """
        everybody, wanted = OnePerson.of(connection), plain(person)
        numbers = self._names.called(connection, wanted)
        if not numbers:  # of the entry that stands for others nothing may be on record yet
            gone = [old for old, new in everybody.stands.items() if plain(new) == wanted]
            numbers = [number for old in gone for number in self._names.called(connection, plain(old))]
        if len(numbers) > 1:
            numbers = list(people(connection, numbers))[:1]
        entries = everybody.entries(self._names.official(connection, numbers[0])) if numbers else ()
        if len(entries) < 2:
            return numbers
        return [number for one in entries for number in self._names.called(connection, plain(one))]

    def _called(self, connection: Connection, person: str) -> tuple[list[int], Person | None]:
        """As `_parties`, and who it is, with all that was said under any entry."""
        numbers = self._parties(connection, person)
        known = in_whole(connection, numbers[:1]) if numbers else {}
        return (numbers, known[numbers[0]]) if known else ([], None)

    def _topics_called(self, connection: Connection, topic: str) -> list[str]:
        """The ids of the topics with this id or name, as editors have merged them since."""
        return today(connection, self._names.topics_called(connection, topic))

    def who(self, person: str, topic: str | None = None, limit: int = 5) -> PersonRecord | None:
        """What somebody said, by official id or by the whole name; None where nobody is called that."""
        with self._reading() as connection:
            numbers, named = self._called(connection, person)
            if named is None:
                return None
            about = None if topic is None else self._topics_called(connection, topic)
            shown = newest_of(connection, numbers, about, limit=limit)
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
            about = position.topic.in_(self._topics_called(connection, topic))
            shown = newest(connection, [about], limit=limit)
            return tuple(value for _, value in shown)

    def topics(self) -> tuple[TopicCount, ...]:
        """The topics on record, most spoken about first."""
        with self._reading() as connection:
            return topic_counts(connection)

    def reports(self, statement_: Statement) -> tuple[Source, ...]:
        """Every source that reports the remark of this statement, the first on record first."""
        return self.reports_of([statement_])[statement_.key]

    def reports_of(self, statements: Sequence[Statement]) -> dict[str, tuple[Source, ...]]:
        """The same of several, by the key of each."""
        found: dict[str, dict[int, Source]] = {one.key: {} for one in statements}
        with self._reading() as connection:
            for key, *row in sorted(by_texts(connection, _reports, found), key=itemgetter(1)):
                found[key][row[0]] = as_source(dict(zip(SOURCE, row, strict=True)))
            more = _carriers(connection, {number: one for mine in found.values() for number, one in mine.items()})
        return {
            key: tuple(source for number, one in mine.items() for source in (one, *more.get(number, ())))
            for key, mine in found.items()
        }

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
                where.append(reviewed(review))
            if state is not None:
                withdrawn = alert.withdrawn_at.is_not(None)
                where.append(withdrawn if state == "withdrawn" else ~withdrawn & (delivery.state == state))
            where.append(alert.channel == channel if channel is not None else ~copied())
            if person is not None:
                where.append(is_theirs(self._parties(connection, person)))
            if topic is not None:
                where.append(is_about(self._topics_called(connection, topic)))
            return load_alerts(connection, *where, limit=limit)

    def alert(self, number: int) -> Alert | None:
        """The alert of this number."""
        with self._reading() as connection:
            return next(iter(load_alerts(connection, alert.number == number)), None)

    def status(self) -> Status:
        """The ledger in figures."""
        with self._reading() as connection:
            found = status(connection, self._totals)
        room = room_of(self._engine.url)
        return replace(found, cramped=tuple(room.troubles.values())) if room else found

    def text_of(self, text_hash: str) -> str | None:
        """The stored text with this hash; of one that was let go what is left, each character at its place."""
        with self._reading() as connection:
            found = stored(connection, text_hash)
            return found.text if found else None

    def let_go_on(self, text_hash: str) -> datetime | None:
        """When the text with this hash was let go by the newsroom's retention; None where it was not."""
        with self._reading() as connection:
            found = stored(connection, text_hash)
            return found.let_go if found else None


def reviewed(review: ReviewState) -> ColumnElement[bool]:
    """An alert in this state; open is what somebody can still decide, and nobody decides what is withdrawn."""
    mine: ColumnElement[bool] = alert.review == review
    return mine & alert.withdrawn_at.is_(None) if review == "open" else mine


def copied() -> ColumnElement[bool]:
    """An alert in somebody's direct messages whose case a channel has, too."""
    other = schema.alert.alias("other").c
    return to_one(alert.channel) & exists().where(other.case == alert.case, ~to_one(other.channel))


_FIRST = select(schema.party.c.name).where(schema.party.c.person).order_by(schema.party.c.id).limit(bindparam("many"))


@lru_cache(maxsize=16)
def _reports(dialect: Dialect, count: int) -> Asked:
    """The articles, by the key of each statement, that report its remark."""
    report = schema.statement.alias("report")
    query = (
        select(statement.key, *SOURCE)
        .join_from(schema.statement, report, report.c.utterance_id == statement.utterance_id)
        .join(schema.article, article.id == report.c.article_id)
        .where(statement.key.in_(texts(count)))
    )
    return Asked.of(query, dialect)


@lru_cache(maxsize=16)
def _further(dialect: Dialect, count: int) -> Asked:
    """What else carries the text of each article, in the order in which it came."""
    more = schema.article_source.c
    columns = (more.article_id, more.outlet, more.url, more.title, more.published, more.retrieved)
    return Asked.of(select(*columns).where(more.article_id.in_(places(count))).order_by(more.id), dialect)


def _carriers(connection: Connection, first: Mapping[int, Source]) -> dict[int, list[Source]]:
    """Further outlets that carry the very text of these articles, by the row of each."""
    found: dict[int, list[Source]] = {}
    for number, outlet, url, title, published, retrieved in by_ids(connection, _further, first):
        told = first[number]
        source = Source(
            article=told.article,
            outlet=outlet,
            url=url,
            title=title,
            published=published,
            retrieved=retrieved,
            text_hash=told.text_hash,
        )
        found.setdefault(number, []).append(source)
    return found


def _outlets(connection: Connection, remarks: Sequence[int]) -> tuple[str, ...]:
    carried = select(statement.article_id).where(statement.utterance_id.in_(remarks))
    more = schema.article_source.c
    names = {
        *connection.scalars(select(article.outlet).where(article.id.in_(carried))),
        *connection.scalars(select(more.outlet).where(more.article_id.in_(carried))),
    }
    return tuple(sorted(names))

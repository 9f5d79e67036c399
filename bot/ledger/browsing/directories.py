"""Who and what is on record by name: people, topics, outlets and what each outlet contributed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from bot.ledger.asking.query import Queries
from bot.ledger.browsing.cut import FIRST, Cut, Listing, numbered
from bot.ledger.browsing.values import Contribution, Outlet
from bot.ledger.people.one_person import OnePerson
from bot.ledger.record.people import in_whole
from bot.ledger.record.rows import SOURCE, article, as_source, statement
from bot.ledger.record.topics import Changes
from bot.ledger.records import Person, TopicFound
from bot.ledger.tables import schema
from bot.model import MADE

_party, _topic = schema.party.c, schema.topic.c


class Directories(Queries):
    """Reads; each sees the ledger as it was at one moment."""

    def list_people(self, cut: Cut = FIRST, *, side: str | None = None) -> Listing[Person]:
        """Everybody whose words are on record or whose position others stated, bodies too, in the order of recording.

        Who has several entries stands there once, with all that was said under any of them.
        """
        with self._reading() as connection:
            where: list[ColumnElement[bool]] = [_party.id.not_in(OnePerson.of(connection).further(connection))]
            where += [_party.side == side] if side is not None else []
            numbers, following = cut.numbers(connection, select(_party.id).where(*where), _party.id)
            known = in_whole(connection, numbers)
        return Listing(entries=tuple(known[number] for number in numbers), following=following)

    def list_by_name(self, cut: Cut = FIRST) -> Listing[Person]:
        """The people among them in the order of their names."""
        with self._reading() as connection:
            further = OnePerson.of(connection).further(connection)
            where: list[ColumnElement[bool]] = [_party.person.is_(True), _party.id.not_in(further)]
            last = numbered(cut.after)
            if last is not None:
                other = schema.party.alias()
                name = select(other.c.name).where(other.c.id == last).scalar_subquery()
                where.append(or_(_party.name > name, and_(_party.name == name, _party.id > last)))
            query = select(_party.id).where(*where).order_by(_party.name, _party.id).limit(cut.limit + 1)
            page = cut.page(connection.scalars(query), str)
            known = in_whole(connection, page.entries)
        return replace(page, entries=tuple(known[number] for number in page.entries))

    def person_with(self, key: str) -> Person | None:
        """Who has this key: what was said under any entry of theirs, also where another one stands for them today."""
        with self._reading() as connection:
            numbers = list(connection.scalars(select(_party.id).where(_party.key == key)))
            return next(iter(in_whole(connection, numbers).values()), None)

    def list_topics(self, cut: Cut = FIRST) -> Listing[TopicFound]:
        """The topics that the configuration names by their names, then the others in the order of their ids.

        These are called by a few words of what was said. What was merged into another is left out.
        """
        after, rows = cut.after, list[TopicFound]()
        with self._reading() as connection:
            gone = {one.source for one in Changes(connection).live if one.what == "merged"}
            query = select(_topic.key, _topic.name).where(_topic.key.not_in(gone))
            if not after.startswith(MADE):
                named = query.where(_topic.key.in_(self._names.configured(connection)))
                if after:
                    name = select(_topic.name).where(_topic.key == after).scalar_subquery()
                    named = named.where(or_(_topic.name > name, and_(_topic.name == name, _topic.key > after)))
                rows += _topics(connection, named.order_by(_topic.name, _topic.key).limit(cut.limit + 1))
            if len(rows) <= cut.limit:
                made = query.where(_topic.key.startswith(MADE))
                made = made.where(_topic.key > after) if after.startswith(MADE) else made
                rows += _topics(connection, made.order_by(_topic.key).limit(cut.limit + 1 - len(rows)))
        return cut.page(rows, lambda one: one.topic)

    def topic_with(self, key: str) -> TopicFound | None:
        """The topic with this id, merged into another or not."""
        with self._reading() as connection:
            return next(_topics(connection, select(_topic.key, _topic.name).where(_topic.key == key)), None)

    def topic_called(self, topic: str) -> TopicFound | None:
        """The topic with this id or name as it stands today; None where none is called that."""
        with self._reading() as connection:
            keys = self._topics_called(connection, topic)
            query = select(_topic.key, _topic.name).where(_topic.key.in_(keys[:1]))
            row = connection.execute(query).first()
        return TopicFound(topic=row.key, name=row.name, score=100.0) if row else None

    def topics_like(self, text: str, limit: int) -> tuple[TopicFound, ...]:
        """Topics whose name is like a text, the likest first, by the names that they have today."""
        near = self.find_topics(text, limit)
        query = select(_topic.key, _topic.name).where(_topic.key.in_([one.topic for one in near]))
        with self._reading() as connection:
            names = {row.key: row.name for row in connection.execute(query)}
        return tuple(replace(one, name=names[one.topic]) for one in near if one.topic in names)

    def list_outlets(self, cut: Cut = FIRST) -> Listing[Outlet]:
        """The outlets that something on record is from, in the order of the alphabet."""
        first, last = func.min(article.retrieved).label("first"), func.max(article.retrieved).label("last")
        query = select(article.outlet, first, last).where(article.outlet > cut.after).group_by(article.outlet)
        query = query.order_by(article.outlet).limit(cut.limit + 1)
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return cut.page((Outlet(name=row.outlet, first=row.first, last=row.last) for row in rows), lambda one: one.name)

    def contributed(self, outlet: str, cut: Cut = FIRST) -> Listing[Contribution]:
        """The articles of an outlet in the order in which they were read, the newest first."""
        with self._reading() as connection:
            mine = select(article.id).where(article.outlet == outlet)
            numbers, following = cut.numbers(connection, mine, article.id)
            query = select(*SOURCE, article.aside).where(article.id.in_(numbers)).order_by(article.id.desc())
            rows = connection.execute(query).mappings().all()
            counted = select(statement.article_id, func.count().label("many")).group_by(statement.article_id)
            many = {
                row.article_id: row.many for row in connection.execute(counted.where(statement.article_id.in_(numbers)))
            }
        entries = tuple(
            Contribution(source=as_source(row), statements=many.get(row[article.id], 0), aside=row[article.aside])
            for row in rows
        )
        return Listing(entries=entries, following=following)


def _topics(connection: Connection, query: Select[tuple[str, str]]) -> Iterator[TopicFound]:
    return (TopicFound(topic=row.key, name=row.name, score=0.0) for row in connection.execute(query))

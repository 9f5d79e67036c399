"""Who and what is on record by name: people, topics, outlets and what each outlet contributed."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import ColumnElement, and_, func, or_, select

from bot.ledger.asking.query import Queries
from bot.ledger.browsing.cursors import numbered
from bot.ledger.browsing.values import Contribution, Directory, Listing, Outlet
from bot.ledger.people.one_person import OnePerson
from bot.ledger.record.people import people
from bot.ledger.record.rows import SOURCE, article, as_source, statement
from bot.ledger.records import TopicFound
from bot.ledger.tables import schema
from bot.model import MADE

_party, _topic = schema.party.c, schema.topic.c


class Directories(Queries):
    """Reads; each sees the ledger as it was at one moment."""

    def directory(self, after: str = "", limit: int = 50) -> Listing[Directory]:
        """The people on record in the order of their names; who has several entries stands under the one that stays."""
        with self._reading() as connection:
            everybody = OnePerson.of(connection)
            where: list[ColumnElement[bool]] = [_party.person.is_(True)]
            there = select(_party.official).where(_party.official.in_(set(everybody.stands.values())))
            known = set(connection.scalars(there)) if everybody.stands else set()
            gone = [old for old, new in everybody.stands.items() if new in known]
            if gone:
                where.append(or_(_party.official.is_(None), _party.official.not_in(gone)))
            last = numbered(after)
            if last is not None:
                other = schema.party.alias()
                name = select(other.c.name).where(other.c.id == last).scalar_subquery()
                where.append(or_(_party.name > name, and_(_party.name == name, _party.id > last)))
            query = select(_party.id).where(*where).order_by(_party.name, _party.id).limit(limit + 1)
            numbers = list(connection.scalars(query))
            found = people(connection, numbers[:limit]) if numbers else {}
        entries = tuple(
            Directory(
                name=one.name,
                official=everybody.stands.get(one.official or "", one.official),
                side=one.side,
                statements=one.statements,
                last_said=one.last_said,
            )
            for one in (found[number] for number in numbers[:limit])
        )
        return Listing(entries=entries, older=str(numbers[limit - 1]) if len(numbers) > limit else "")

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

    def made_topics(self, after: str = "", limit: int = 50) -> Listing[TopicFound]:
        """The topics that no configuration names, each by a few words of what was said, in the order of their ids."""
        query = select(_topic.key, _topic.name).where(_topic.key > (after or MADE), _topic.key.startswith(MADE))
        with self._reading() as connection:
            rows = connection.execute(query.order_by(_topic.key).limit(limit + 1)).all()
        entries = tuple(TopicFound(topic=row.key, name=row.name, score=0.0) for row in rows[:limit])
        return Listing(entries=entries, older=rows[limit - 1].key if len(rows) > limit else "")

    def outlets_read(self) -> tuple[Outlet, ...]:
        """The outlets that something on record is from, in the order of the alphabet."""
        query = (
            select(
                article.outlet, func.min(article.retrieved).label("first"), func.max(article.retrieved).label("last")
            )
            .group_by(article.outlet)
            .order_by(article.outlet)
        )
        with self._reading() as connection:
            return tuple(Outlet(name=row.outlet, first=row.first, last=row.last) for row in connection.execute(query))

    def contributed(self, outlet: str, after: str = "", limit: int = 20) -> Listing[Contribution]:
        """The articles of an outlet in the order in which they were read, the newest first."""
        where = [article.outlet == outlet]
        if (last := numbered(after)) is not None:
            where.append(article.id < last)
        query = select(*SOURCE, article.aside).where(*where).order_by(article.id.desc()).limit(limit + 1)
        with self._reading() as connection:
            rows = list(connection.execute(query).mappings())
            numbers = [row[article.id] for row in rows[:limit]]
            counted = select(statement.article_id, func.count().label("many")).group_by(statement.article_id)
            many = {
                row.article_id: row.many for row in connection.execute(counted.where(statement.article_id.in_(numbers)))
            }
        entries = tuple(
            Contribution(source=as_source(row), statements=many.get(row[article.id], 0), aside=row[article.aside])
            for row in rows[:limit]
        )
        return Listing(entries=entries, older=str(numbers[-1]) if len(rows) > limit else "")

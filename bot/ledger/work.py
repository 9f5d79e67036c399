"""A unit of work: all that one article brings is kept together, or none of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, insert, select

from bot.ledger import schema
from bot.ledger.alerts import join, one_alert, raise_alert
from bot.ledger.errors import LedgerError, Unproven
from bot.ledger.feeds import hashed
from bot.ledger.nearby import near
from bot.ledger.rows import (
    added,
    alert,
    as_source,
    conflict,
    conflict_row,
    day_of,
    delivery,
    heads,
    load_alerts,
    party_key,
    position_row,
    statement_row,
)
from bot.ledger.utterances import place, report
from bot.model import Alert, Conflict, Party, Position, Source, Statement, content_key
from config.schema import Strength
from watchers.model import Article

TELLING = 200  # characters from which equal text means the same article; shorter, the title must be equal too


class Work:
    """One transaction of the writer. Nothing of it remains unless `commit` was reached."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._open = True
        self._parties: dict[str, int] = {}
        self._last: tuple[str | None, tuple[int, str, str]] = None, (0, "", "")

    def commit(self) -> None:
        """Keep all of it: when this returns, it is on disk. The unit of work is over."""
        self._live.commit()
        self._open = False

    @property
    def _live(self) -> Connection:
        if not self._open:
            raise LedgerError("this unit of work is over")
        return self._connection

    def knows(self, article: Article) -> bool:
        """Whether the article is on record, by any of its keys or by its text.

        Keys not seen before, and the outlet when it carries the very same text, are remembered with `commit`.
        """
        table = schema.article.c
        by_key = select(schema.article_key.c.article_id).where(
            schema.article_key.c.key.in_(hashed((article.id, *article.keys)))
        )
        same_text = table.text_hash == article.text_hash
        if len(article.text) < TELLING:
            same_text &= table.title == article.title
        query = (
            select(schema.article)
            .where(table.id.in_(by_key) | same_text)
            .order_by((table.text_hash == article.text_hash).desc(), table.id)
        )
        row = self._live.execute(query.limit(1)).mappings().first()
        if row is None:
            return False
        self._remember_keys(article, row[table.id])
        same_place = row[table.outlet] == article.outlet and row[table.url] == article.url
        if row[table.text_hash] == article.text_hash and not same_place:
            self._add_source(article, row[table.id])
        return True

    def _remember_keys(self, article: Article, number: int) -> None:
        table = schema.article_key
        keys = hashed((article.id, *article.keys))
        known = set(self._live.scalars(select(table.c.key).where(table.c.key.in_(keys))))
        for key in keys:
            if key not in known:
                self._live.execute(insert(table), {"key": key, "article_id": number})

    def _add_source(self, article: Article, number: int) -> None:
        table = schema.article_source
        where = content_key(article.outlet, article.url or "")
        if self._id_of(table, (table.c.place == where) & (table.c.article_id == number)) is None:
            self._live.execute(
                insert(table).values(
                    article_id=number,
                    place=where,
                    outlet=article.outlet,
                    url=article.url,
                    title=article.title,
                    published=article.published,
                    retrieved=article.retrieved,
                )
            )

    def _id_of(self, table: Table, where: Any) -> int | None:  # noqa: ANN401 - a condition
        found = self._live.execute(select(table.c.id).where(where)).scalar()
        return None if found is None else int(found)

    def article(self, article: Article) -> Source:
        """Store an article with its text and its keys. Once more the same one: its source."""
        table = schema.article.c
        row = (
            self._live.execute(select(schema.article).where(table.key == content_key(article.id)))
            .mappings()
            .one_or_none()
        )
        if row is not None:
            if row[table.text_hash] != article.text_hash:
                raise LedgerError(f"article {article.id} is on record with another text")
            return as_source(row)
        number = added(
            self._live,
            schema.article,
            key=content_key(article.id),
            name=article.id,
            url=article.url,
            outlet=article.outlet,
            title=article.title,
            text=article.text,
            text_hash=article.text_hash,
            published=article.published,
            retrieved=article.retrieved,
            feed=article.feed,
            partial=article.partial,
            garbled=article.garbled,
            notes=article.notes,
        )
        self._remember_keys(article, number)
        query = select(schema.article).where(table.id == number)
        return as_source(self._live.execute(query).mappings().one())

    def statement(self, statement: Statement) -> bool:
        """Store a statement for good and file it under the remark that it reports.

        True when it says something new: no report of the remark is on record, or only snippets of it are. Refuses
        (`Unproven`) a quote that does not equal the stored text at its span.
        """
        if self._id_of(schema.statement, schema.statement.c.key == statement.key) is not None:
            return False
        number = self._proven(statement)
        told = report(statement, day_of(statement))
        party = self._party(statement.party)
        placed = place(self._live, told, party)
        stored = added(
            self._live,
            schema.statement,
            article_id=number,
            utterance_id=placed.utterance,
            party_id=party,
            length=len(told.whole.words),
            size=told.size,
            **statement_row(statement),
        )
        prints = told.prints if party is not None else ()
        rows = [{"party_id": party, "hash": value, "statement_id": stored} for value in sorted(prints)]
        if rows:
            self._live.execute(insert(schema.fingerprint), rows)
        return placed.new

    def _proven(self, statement: Statement) -> int:
        source, span = statement.source, statement.span
        number, text, text_hash = self._stored_text(source.article)
        if text_hash != source.text_hash:
            raise Unproven(f"the text of article {source.article} is not on record")
        if span.of(text) != statement.quote:
            raise Unproven(f"a quote of article {source.article} does not equal its text at {span.start}")
        if any(part.start < span.start or part.end > span.end for part in statement.verbatim):
            raise Unproven(f"exact words of article {source.article} lie outside their quote at {span.start}")
        return number

    def _stored_text(self, name: str) -> tuple[int, str, str]:
        """Id, text and hash of an article; those of the last one asked for are at hand."""
        if self._last[0] != name:
            table = schema.article.c
            query = select(table.id, table.text, table.text_hash).where(table.key == content_key(name))
            row = self._live.execute(query).one_or_none()
            if row is None:
                raise Unproven(f"the text of article {name} is not on record")
            self._last = name, (row.id, row.text, row.text_hash)
        return self._last[1]

    def _party(self, value: Party | None) -> int | None:
        if value is None:
            return None
        key = party_key(value)
        if key not in self._parties:
            table = schema.party
            number = self._id_of(table, table.c.key == key)
            if number is None:
                number = added(
                    self._live,
                    table,
                    key=key,
                    name=value.name,
                    official=value.official,
                    side=value.side,
                    person=value.person,
                )
            self._parties[key] = number
        return self._parties[key]

    def position(self, position: Position) -> None:
        """Store a position; its statement must be on record. Once more the same one: nothing."""
        self._position(position)

    def _position(self, position: Position) -> int:
        known = self._id_of(schema.position, schema.position.c.key == position.key)
        if known is not None:
            return known
        statement = self._id_of(schema.statement, schema.statement.c.key == position.statement.key)
        if statement is None:
            raise LedgerError(f"the statement of a position of {position.holder.name} is not on record")
        topic = schema.topic
        if not self._live.execute(select(topic.c.key).where(topic.c.key == position.topic)).first():
            self._live.execute(insert(topic), {"key": position.topic, "name": position.topic_name})
        return added(
            self._live,
            schema.position,
            statement_id=statement,
            holder_id=self._party(position.holder),
            claimed_by_id=self._party(position.claimed_by),
            **position_row(position),
        )

    def near(self, position: Position, since: date | None = None, limit: int = 500) -> tuple[Position, ...]:
        """What a position may conflict with, the newest first: see `bot.ledger.nearby`."""
        parties = (position.holder, position.claimed_by)
        numbers = [self._party(party) for party in parties if party is not None]
        return near(self._live, position, [number for number in numbers if number], since, limit)

    def conflict(self, conflict: Conflict) -> bool:
        """Store a conflict with its positions; False if it is on record."""
        if self._id_of(schema.conflict, schema.conflict.c.key == conflict.key) is not None:
            return False
        bridge = conflict.bridge
        self._live.execute(
            insert(schema.conflict).values(
                fresh_id=self._position(conflict.fresh),
                earlier_id=self._position(conflict.earlier),
                bridge_id=self._position(bridge) if bridge else None,
                **conflict_row(conflict),
            )
        )
        return True

    def alerts_of(self, case: str, since: datetime) -> tuple[Alert, ...]:
        """Alerts of a case in any channel that are not withdrawn, newest first; dismissed ones are decided, not gone.

        Only those that were raised since then, or gained evidence since: a story that goes on keeps its card.
        """
        evidence = schema.alert_evidence.c
        lately = select(evidence.alert_number).where(evidence.joined_at >= since)
        return load_alerts(
            self._live,
            alert.case == case,
            (alert.created_at >= since) | alert.number.in_(lately),
            alert.withdrawn_at.is_(None),
            delivery.state != "withdrawn",
        )

    def alert(
        self, conflict: Conflict, channel: str, strength: Strength, now: datetime, further: Sequence[Position] = ()
    ) -> Alert | None:
        """Raise an alert: its card is pending, the evidence follows in its thread. None: it was raised before.

        `further` positions of the same case are evidence of it from the start.
        """
        self.conflict(conflict)
        places = [self._position(position) for position in further]
        number = raise_alert(self._live, conflict, channel, strength, now, further=places)
        return None if number is None else one_alert(self._live, number)

    def join(self, number: int, *evidence: Conflict | Position, lead: Conflict | None = None, now: datetime) -> Alert:
        """Add evidence to an alert, and let `lead` head its card from now on; the title stays for its life.

        What is new to the alert makes an update of the card and a reply in its thread due; nothing new: no-op.
        """
        places = [place for one in evidence for place in self._places(one)]
        join(self._live, number, places, self._stored(lead) if lead else None, now)
        return one_alert(self._live, number)

    def _places(self, evidence: Conflict | Position) -> Iterable[int]:
        if isinstance(evidence, Position):
            return (self._position(evidence),)
        return heads(self._stored(evidence))

    def _stored(self, value: Conflict) -> RowMapping:
        self.conflict(value)
        return self._live.execute(select(schema.conflict).where(conflict.key == value.key)).mappings().one()

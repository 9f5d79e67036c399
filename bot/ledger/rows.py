"""The way of domain values into rows and back: what was stored comes back equal."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, fields
from datetime import date
from functools import cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy import (
    Connection,
    Dialect,
    RowMapping,
    Select,
    TextualSelect,
    bindparam,
    select,
)

from bot import meaning
from bot.ledger import amended, schema
from bot.ledger.one_person import OnePerson
from bot.ledger.prepared import prepared
from bot.ledger.seals import seal
from bot.model import Party, Position, Said, Source, Span, Speaker, Statement, Told, content_key

# plain attributes: a table's own collection looks each column up anew, fifty times a position
article, statement, position, conflict, alert, delivery = (
    SimpleNamespace(**dict(table.c.items()))
    for table in (schema.article, schema.statement, schema.position, schema.conflict, schema.alert, schema.delivery)
)

SOURCE = (  # what `as_source` reads, and the row
    article.id,
    article.name,
    article.outlet,
    article.url,
    article.title,
    article.published,
    article.retrieved,
    article.text_hash,
)
_OF_STATEMENT = (
    statement.kind,
    statement.start,
    statement.end,
    statement.quote,
    statement.verbatim,
    statement.cue,
    statement.speaker,
    statement.holder,
    statement.said_first,
    statement.said_last,
    statement.said_how,
    statement.content,
    statement.negated,
    statement.defers_to,
    statement.before,
    statement.after,
    statement.caveats,
    statement.mended,
    statement.told,
)
_OF_POSITION = (
    position.holder,
    position.topic,
    position.topic_name,
    position.proposition,
    position.proposition_text,
    position.stance,
    position.strength,
    position.claimed_by,
    position.defers_to,
    position.operators,
    position.scope,
    position.meaning,
    position.link,
)


def party_key(party: Party) -> str:
    """A key that two parties share exactly when `Party.same` takes them for one."""
    if party.official:
        return content_key("official", party.official)
    if not party.person and party.side:
        return content_key("side", party.side)
    return content_key("person" if party.person else "body", party.name.casefold())


def party_row(party: Party) -> dict[str, Any]:
    """The columns of a party."""
    row = {
        "key": party_key(party),
        "name": party.name,
        "official": party.official,
        "side": party.side,
        "person": party.person,
    }
    return row | {"seal": seal("party", row)}


def day_of(value: Statement) -> date:
    """The first day it may have been said; of publication, or else of retrieval, where that is unknown."""
    if value.said:
        return value.said.first
    return (value.source.published or value.source.retrieved).date()


# `asdict` copies each value deeply, and a position holds five parties.
_OF_PARTY = tuple(field.name for field in fields(Party))


def _party(party: Party | None) -> dict[str, Any] | None:
    return {name: getattr(party, name) for name in _OF_PARTY} if party else None


def _as_party(value: Mapping[str, Any] | None, people: OnePerson) -> Party | None:
    return people.today(Party(**value)) if value else None


def statement_row(value: Statement) -> dict[str, Any]:
    """The columns of a statement that come from itself."""
    speaker = value.speaker
    row = {
        "key": value.key,
        "day": day_of(value),
        "kind": value.kind,
        "start": value.span.start,
        "end": value.span.end,
        "quote": value.quote,
        "verbatim": [(span.start, span.end) for span in value.verbatim],
        "cue": value.cue,
        "speaker": speaker
        and {
            "party": _party(speaker.party),
            "as_written": speaker.as_written,
            "span": (speaker.span.start, speaker.span.end),
        },
        "holder": _party(value.holder),
        "said_first": value.said and value.said.first,
        "said_last": value.said and value.said.last,
        "said_how": value.said and value.said.how,
        "content": value.content,
        "negated": value.negated,
        "defers_to": _party(value.defers_to),
        "before": value.before,
        "after": value.after,
        "caveats": value.caveats,
        "mended": value.mended,
        "told": value.told and asdict(value.told),
    }
    return row | {"seal": seal("statement", row)}


def position_row(value: Position, key: str | None = None) -> dict[str, Any]:
    """The columns of a position that come from itself; `key` is that of the place where it was read, if another."""
    row = {
        "key": key or value.key,
        "day": day_of(value.statement),
        "side": value.holder.side,
        "holder": _party(value.holder),
        "topic": value.topic,
        "topic_name": value.topic_name,
        "proposition": value.proposition,
        "proposition_text": value.proposition_text,
        "stance": value.stance,
        "strength": value.strength,
        "claimed_by": _party(value.claimed_by),
        "defers_to": _party(value.defers_to),
        "operators": value.operators,
        "scope": value.scope,
        "link": value.link,
        "meaning": value.meaning or None,
        "cell": next(iter(meaning.cells(value.meaning)), None),
    }
    return row | {"seal": seal("position", row, value.statement.key)}


def as_source(row: RowMapping) -> Source:
    """The source in a row of the table of articles."""
    return Source(
        article=row[article.name],
        outlet=row[article.outlet],
        url=row[article.url],
        title=row[article.title],
        published=row[article.published],
        retrieved=row[article.retrieved],
        text_hash=row[article.text_hash],
    )


def _as_speaker(value: Mapping[str, Any] | None, people: OnePerson) -> Speaker | None:
    if value is None:
        return None
    start, end = value["span"]
    party = _as_party(value["party"], people)
    return Speaker(party=party, as_written=value["as_written"], span=Span(start=start, end=end))


def _as_said(row: RowMapping) -> Said | None:
    if row[statement.said_first] is None:
        return None
    return Said(first=row[statement.said_first], last=row[statement.said_last], how=row[statement.said_how])


def as_statement(row: RowMapping, people: OnePerson) -> Statement:
    """The statement in a row of `statements()`, people under the entry that stands for them now."""
    return Statement(
        source=as_source(row),
        kind=row[statement.kind],
        span=Span(start=row[statement.start], end=row[statement.end]),
        quote=row[statement.quote],
        verbatim=tuple(Span(start=start, end=end) for start, end in row[statement.verbatim]),
        cue=row[statement.cue],
        speaker=_as_speaker(row[statement.speaker], people),
        holder=_as_party(row[statement.holder], people),
        said=_as_said(row),
        content=row[statement.content],
        negated=row[statement.negated],
        defers_to=_as_party(row[statement.defers_to], people),
        before=row[statement.before],
        after=row[statement.after],
        caveats=tuple(row[statement.caveats]),
        amended=amended.in_words(row),
        mended=row[statement.mended],
        told=Told(**row[statement.told]) if row[statement.told] else None,
    )


def as_position(row: RowMapping, people: OnePerson) -> Position:
    """The position in a row of `positions()`, with people as in `as_statement`."""
    return Position(
        statement=as_statement(row, people),
        holder=people.today(Party(**row[position.holder])),
        topic=row[position.topic],
        topic_name=row[position.topic_name],
        proposition=row[position.proposition],
        proposition_text=row[position.proposition_text],
        stance=row[position.stance],
        strength=row[position.strength],
        claimed_by=_as_party(row[position.claimed_by], people),
        defers_to=_as_party(row[position.defers_to], people),
        operators=tuple(row[position.operators]),
        scope=tuple((slot, words) for slot, words in row[position.scope]),
        meaning=row[position.meaning] or b"",
        link=row[position.link],
    )


def statements() -> Select[Any]:
    """A query of statements with their sources; narrow it down, then read with `as_statement`."""
    return select(schema.statement, *SOURCE, *amended.COLUMNS).join(schema.article, statement.article_id == article.id)


def positions() -> Select[Any]:
    """A query of positions with their statements and sources; narrow it down, then read with `as_position`."""
    return (
        select(schema.position, schema.statement, *SOURCE, *amended.COLUMNS)
        .join(schema.statement, position.statement_id == statement.id)
        .join(schema.article, statement.article_id == article.id)
    )


@cache
def _with_ids(dialect: Dialect) -> TextualSelect:
    """What `as_position` reads, and no more."""
    told = (
        select(position.id, statement.article_id, *_OF_POSITION, *_OF_STATEMENT, *SOURCE[1:], *amended.COLUMNS)
        .select_from(schema.position)
        .join(schema.statement, position.statement_id == statement.id)
        .join(schema.article, statement.article_id == article.id)
        .where(position.id.in_(bindparam("ids", expanding=True)))
    )
    return prepared(told, dialect)


def rows_of(connection: Connection, ids: Iterable[int]) -> Iterator[RowMapping]:
    """The rows of the positions with these ids, to be read with `as_position`."""
    wanted = sorted(set(ids))
    for start in range(0, len(wanted), 500):  # databases bound the number of parameters
        query = _with_ids(connection.dialect)
        yield from connection.execute(query, {"ids": wanted[start : start + 500]}).mappings().all()


def load_positions(connection: Connection, ids: Iterable[int]) -> dict[int, Position]:
    """The positions with these ids, with people as they are now."""
    people = OnePerson.of(connection)
    return {row[position.id]: as_position(row, people) for row in rows_of(connection, ids)}

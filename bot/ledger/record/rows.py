"""The way of domain values into rows and back: what was stored comes back equal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict
from datetime import date
from functools import lru_cache
from types import SimpleNamespace
from typing import Any

from sqlalchemy import (
    Connection,
    Dialect,
    Select,
    select,
    type_coerce,
)

from bot import meaning
from bot.ledger.database.prepared import Asked, by_ids, places
from bot.ledger.people.one_person import OnePerson
from bot.ledger.record import amended
from bot.ledger.record.seals import seal
from bot.ledger.tables import held, schema
from bot.ledger.tables.held import party_value, speaker_value
from bot.model import Party, Position, Said, Source, Span, Statement, content_key

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


_HELD: dict[Any, Callable[[Any], Any]] = {  # what columns of JSON hold
    statement.verbatim: held.as_spans,
    statement.speaker: held.as_speaker,
    statement.holder: held.as_party,
    statement.defers_to: held.as_party,
    statement.caveats: held.as_words,
    statement.told: held.as_told,
    position.holder: held.as_party,
    position.claimed_by: held.as_party,
    position.defers_to: held.as_party,
    position.operators: held.as_words,
    position.scope: held.as_scope,
}
_TOLD: tuple[Any, ...] = (*SOURCE[1:], *_OF_STATEMENT, *(column.name for column in amended.COLUMNS))
_TOLD_HELD = tuple((at, _HELD[column]) for at, column in enumerate(_TOLD) if column in _HELD)
_SOURCE = len(SOURCE) - 1
_FIRST = (position.id, statement.article_id)
_OWN = len(_FIRST) + len(_OF_POSITION)


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


def statement_row(value: Statement) -> dict[str, Any]:
    """The columns of a statement that come from itself."""
    row = {
        "key": value.key,
        "day": day_of(value),
        "kind": value.kind,
        "start": value.span.start,
        "end": value.span.end,
        "quote": value.quote,
        "verbatim": [(span.start, span.end) for span in value.verbatim],
        "cue": value.cue,
        "speaker": speaker_value(value.speaker),
        "holder": party_value(value.holder),
        "said_first": value.said and value.said.first,
        "said_last": value.said and value.said.last,
        "said_how": value.said and value.said.how,
        "content": value.content,
        "negated": value.negated,
        "defers_to": party_value(value.defers_to),
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
        "holder": party_value(value.holder),
        "topic": value.topic,
        "topic_name": value.topic_name,
        "proposition": value.proposition,
        "proposition_text": value.proposition_text,
        "stance": value.stance,
        "strength": value.strength,
        "claimed_by": party_value(value.claimed_by),
        "defers_to": party_value(value.defers_to),
        "operators": value.operators,
        "scope": value.scope,
        "link": value.link,
        "meaning": value.meaning or None,
        "cell": next(iter(meaning.cells(value.meaning)), None),
    }
    return row | {"seal": seal("position", row, value.statement.key)}


def as_source(row: Mapping[Any, Any]) -> Source:
    """The source in a row of the table of articles, or of `SOURCE`."""
    return Source(
        article=row[article.name],
        outlet=row[article.outlet],
        url=row[article.url],
        title=row[article.title],
        published=row[article.published],
        retrieved=row[article.retrieved],
        text_hash=row[article.text_hash],
    )


def as_statement(row: Mapping[Any, Any], people: OnePerson) -> Statement:
    """The statement in a row of `statements()`, people under the entry that stands for them now."""
    values = [row[column] for column in _TOLD]
    for at, read in _TOLD_HELD:
        if values[at] is not None:
            values[at] = read(values[at])
    return people.statement(_statement(values))


_source, _told, _position = held.maker(Source), held.maker(Statement), held.maker(Position)  # in the order of fields


def _statement(values: Sequence[Any]) -> Statement:
    """The statement of the values of `_TOLD`, in that order, each read as what it holds; everybody as was read."""
    source, mine = _source(*values[:_SOURCE]), values[_SOURCE:]
    kind, start, end, quote, verbatim, cue, speaker, holder, first, last, how, *rest, became, became_at = mine
    content, negated, defers_to, before, after, caveats, mended, told = rest
    span, said = Span(start=start, end=end), None if first is None else Said(first=first, last=last, how=how)
    of_speaker = (source, kind, span, quote, verbatim, cue, speaker, holder, said)
    done = amended.in_words(became, became_at)
    return _told(*of_speaker, content, negated, defers_to, before, after, caveats, "", done, mended, told)


def as_position(values: Sequence[Any], people: OnePerson) -> Position:
    """The position in a row of `rows_of`, with people as in `as_statement`."""
    *read, meant, link = values[len(_FIRST) : _OWN]
    return people.position(_position(_statement(values[_OWN:]), *read, meant or b"", link))


def statements() -> Select[Any]:
    """A query of statements with their sources; narrow it down, then read with `as_statement`."""
    return select(schema.statement, *SOURCE, *amended.COLUMNS).join(schema.article, statement.article_id == article.id)


def _as_held(column: Any) -> Any:  # noqa: ANN401 - a column, whatever it holds
    return type_coerce(column, held.Held(_HELD[column])) if column in _HELD else column


@lru_cache(maxsize=32)
def _positions(dialect: Dialect, count: int) -> Asked:
    """What `as_position` reads of so many positions, but for what became of their words: only whether anything did."""
    told = (
        select(*_FIRST, *map(_as_held, (*_OF_POSITION, *SOURCE[1:], *_OF_STATEMENT)), amended.TOUCHED)
        .select_from(schema.position)
        .join(schema.statement, position.statement_id == statement.id)
        .join(schema.article, statement.article_id == article.id)
        .where(position.id.in_(places(count)))
    )
    return Asked.of(told, dialect)


@lru_cache(maxsize=32)
def _became(dialect: Dialect, count: int) -> Asked:
    told = select(position.id, *amended.COLUMNS).join(schema.statement, position.statement_id == statement.id)
    return Asked.of(told.where(position.id.in_(places(count))), dialect)


def rows_of(connection: Connection, ids: Iterable[int]) -> list[list[Any]]:
    """The rows of the positions with these ids for `as_position`: id and article first, at last what became of it."""
    rows = list(by_ids(connection, _positions, ids))
    touched = [row[0] for row in rows if row.pop()]
    became = {row[0]: row[1:] for row in by_ids(connection, _became, touched)}
    for row in rows:
        row.extend(became.get(row[0], amended.AS_READ))
    return rows


def load_positions(connection: Connection, ids: Iterable[int]) -> dict[int, Position]:
    """The positions with these ids, with people as they are now."""
    people = OnePerson.of(connection)
    return {row[0]: as_position(row, people) for row in rows_of(connection, ids)}

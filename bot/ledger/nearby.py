"""Which positions on record a fresh one may conflict with: those nearest in meaning, at a cost that does not grow.

A meaning lies in a cell of its space (see `bot.meaning`), and the record is looked through in the few cells around the
fresh one alone, so what somebody said years ago comes up however much was said since. Rows are ranked by their vectors
first, and only what is chosen is loaded.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    bindparam,
    func,
    literal_column,
    select,
    union_all,
)

from bot import meaning
from bot.ledger import amended, schema
from bot.ledger.rows import as_position, load_positions, position, rows_of, statement
from bot.model import Position

ELSEWHERE: Final = 100  # positions on other topics, of each relation: topics made from content may be split
NEWEST: Final = 30  # rows of a relation that are looked at because they are new
OWN: Final = (200, 60, 30)  # rows of the nearest cells that are looked at: of a party of the fresh one,
OTHERS: Final = (40, 20, 10)  # of its side, and of anybody
HERE, RELATED, TOPICAL, ANYBODY = range(4)  # why a row is looked at
LOADED: Final = {HERE: 40, RELATED: 30, TOPICAL: 12, ANYBODY: 8}  # positions of each that are loaded at most

_OWN = (
    select(statement.utterance_id, func.coalesce(schema.version.c.first_id, statement.article_id).label("first"))
    .outerjoin(schema.version, schema.version.c.article_id == statement.article_id)
    .where(statement.key == bindparam("key"))
)
_VERSIONS = select(schema.version.c.article_id).where(schema.version.c.first_id == bindparam("first"))
_SOON = (position.day >= bindparam("since"), position.utterance_id != bindparam("own"))
_CLOSE = (
    select(
        position.id,
        position.utterance_id,
        position.holder_id,
        position.topic,
        position.proposition,
        position.strength,
        position.day,
        statement.article_id,
        amended.BECAME.label("became"),
    )
    .select_from(schema.position)
    .join(schema.statement, position.statement_id == statement.id)
)


@dataclass(frozen=True, slots=True)
class _Told:
    """Where the fresh words stand on record: their remark, and every version of their article."""

    remark: int = -1
    articles: frozenset[int] = frozenset()

    def counts(self, article: int, became: str) -> bool:
        """Whether words of an article that became this are to be compared with the fresh ones."""
        return became == "kept" if article in self.articles else became not in amended.REPLACED


def near(
    connection: Connection, fresh: Position, parties: Sequence[int], since: date | None, limit: int
) -> tuple[Position, ...]:
    """Positions on the same question, the nearest in meaning first; where no meaning is known, the newest first.

    They come from the same article, the same topic, the same holder, claimant, speaker or side, and from anybody who is
    near in meaning. Without a meaning: those on the same topic, then those of the same parties and side.

    Of the many reports of one remark the surest comes, of equals the first on record; `fresh`'s own remark does not,
    nor does what an outlet has since put into other words: no official takes back what an outlet corrects. What it took
    out was said for all we know, as articles are cut all day; it is held against all but the same article's own words.
    """
    told = _told(connection, fresh)
    cells = meaning.cells(fresh.meaning, len(OWN))
    if limit <= 0:
        return ()
    given = {"own": told.remark, "since": since or date.min}
    if cells:
        return _by_meaning(connection, fresh, parties, cells, told, given)[:limit]
    chosen = _by_day(connection, fresh, parties, limit, told, given)
    found = load_positions(connection, chosen)
    return tuple(found[number] for number in chosen)


def _told(connection: Connection, fresh: Position) -> _Told:
    row = connection.execute(_OWN, {"key": fresh.statement.key}).first()
    if row is None:
        return _Told()
    return _Told(row.utterance_id, frozenset({row.first, *connection.scalars(_VERSIONS, {"first": row.first})}))


def _by_meaning(  # noqa: PLR0917 - what it is asked with, each once
    connection: Connection,
    fresh: Position,
    parties: Sequence[int],
    cells: Sequence[int],
    told: _Told,
    given: dict[str, Any],
) -> tuple[Position, ...]:
    """The nearest; then the newest whose meaning cannot be compared."""
    query = _around(len(parties), len(cells), side=fresh.holder.side is not None)
    asked = {
        "topic": fresh.topic,
        "articles": list(told.articles),
        "start": fresh.statement.span.start,
        "side": fresh.holder.side,
        **{f"party{at}": number for at, number in enumerate(parties)},
        **{f"cell{at}": cell for at, cell in enumerate(cells)},
    }
    rows = {row.id: row for row in reversed(connection.execute(query, given | asked).all())}  # the first reason holds
    known = [row for row in rows.values() if meaning.one_space(cells[0], row.cell)]
    nearness = meaning.cosines(fresh.meaning, [row.meaning for row in known])
    ranked = [row for _, _, row in sorted(zip(nearness, [-row.id for row in known], known, strict=True), reverse=True)]
    if len(known) < len(rows):
        blank = [row for row in rows.values() if not meaning.one_space(cells[0], row.cell)]
        ranked += sorted(blank, key=lambda row: (row.day, row.id), reverse=True)
    while True:
        chosen = _chosen(ranked, len(known))
        loaded = {row[position.id]: row for row in rows_of(connection, chosen)}
        gone = {number for number, row in loaded.items() if not told.counts(row[statement.article_id], row["became"])}
        if not gone:
            return tuple(as_position(loaded[number]) for number in chosen)
        ranked, known = [row for row in ranked if row.id not in gone], [row for row in known if row.id not in gone]


def _chosen(ranked: Sequence[Row[Any]], known: int) -> list[int]:
    """The ids of the first of each kind, a remark once, as its surest report; all of those behind the `known`."""
    left = dict(LOADED)
    remarks: dict[tuple[Any, ...], Row[Any]] = {}
    for at, row in enumerate(ranked):
        if at >= known or left[row.why]:
            remark = _remark(row)
            if remark not in remarks:
                remarks[remark] = row
                left[row.why] -= at < known
        if at + 1 >= known and not any(left.values()):
            break
    told = {remark[0] for remark in remarks}
    for row in ranked:
        if row.utterance_id in told and _remark(row) in remarks:
            _keep_surest(remarks, row)
    return [row.id for row in remarks.values()]


@lru_cache(maxsize=32)
def _around(parties: int, cells: int, *, side: bool) -> Any:  # noqa: ANN401 - a query for this many of each
    """Few rows of each kind that may matter, each kind through an index of its own."""
    whose = [f"party{at}" for at in range(parties)]
    holders = [position.holder_id == bindparam(name) for name in whose]
    claimants = [position.claimed_by_id == bindparam(name) for name in whose]
    sides = [position.side == bindparam("side")] if side else []
    places = [position.cell == bindparam(f"cell{at}") for at in range(cells)]
    others = list(zip(OTHERS, places, strict=False))  # there may be fewer cells
    here = statement.article_id.in_(bindparam("articles", expanding=True))
    parts = [
        _few(HERE, LOADED[HERE], here)
        .join(schema.statement, position.statement_id == statement.id)
        .order_by(None)
        .order_by(func.abs(statement.start - bindparam("start"))),
        *(_few(RELATED, NEWEST, one) for one in (*holders, *claimants, *sides)),
        *(_few(RELATED, many, one, place) for one in holders for many, place in zip(OWN, places, strict=False)),
        *(_few(RELATED, many, one, place) for one in (*claimants, *sides) for many, place in others),
        _few(TOPICAL, NEWEST, position.topic == bindparam("topic")),
        *(_few(ANYBODY, many, place) for many, place in others),
    ]
    return union_all(*(select(part.subquery()) for part in parts))


def _few(why: int, limit: int, *where: ColumnElement[bool]) -> Select[Any]:
    return (
        select(
            position.id,
            literal_column(str(why)).label("why"),
            position.cell,
            position.meaning,
            position.utterance_id,
            position.holder_id,
            position.topic,
            position.proposition,
            position.strength,
            position.day,
        )
        .select_from(schema.position)
        .where(*where, *_SOON)
        .order_by(position.day.desc(), position.id.desc())
        .limit(limit)
    )


def _by_day(  # noqa: PLR0917 - what it is asked with, each once
    connection: Connection,
    fresh: Position,
    parties: Sequence[int],
    limit: int,
    told: _Told,
    given: dict[str, Any],
) -> list[int]:
    """The ids of the newest on the same topic, then of each relation."""
    same_topic = position.topic == fresh.topic
    related: list[ColumnElement[bool]] = [
        where for number in parties for where in (position.holder_id == number, position.claimed_by_id == number)
    ]
    if fresh.holder.side:
        related.append(position.side == fresh.holder.side)
    newest = _CLOSE.where(position.key != fresh.key, *_SOON).order_by(position.day.desc(), position.id.desc())

    def some(count: int, *where: ColumnElement[bool]) -> Sequence[Any]:
        return connection.execute(newest.where(*where).limit(count), given).all()

    rows: list[Row[Any]] = list(some(limit * 4, same_topic))
    if len(rows) == limit * 4:  # a crowded topic: what is related counts first
        rows = [row for relation in related for row in some(limit, same_topic, relation)] + rows
    rows += [row for relation in related for row in some(ELSEWHERE, relation)]
    chosen = _surest(row for row in rows if told.counts(row.article_id, row.became))[:limit]
    days = {row.id: row.day for row in rows}
    return sorted((row.id for row in chosen), key=lambda number: (days[number], number), reverse=True)


def _surest(rows: Iterable[Row[Any]]) -> list[Row[Any]]:
    """Of each remark one report, in the order in which the remarks come."""
    best: dict[tuple[Any, ...], Row[Any]] = {}
    for row in rows:
        _keep_surest(best, row)
    return list(best.values())


def _keep_surest(best: dict[tuple[Any, ...], Row[Any]], row: Row[Any]) -> None:
    held = best.get(_remark(row))
    if held is None or (row.strength, -row.id) > (held.strength, -held.id):
        best[_remark(row)] = row


def _remark(row: Row[Any]) -> tuple[Any, ...]:
    return row.utterance_id, row.holder_id, row.topic, row.proposition

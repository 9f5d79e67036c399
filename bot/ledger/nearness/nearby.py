"""Which positions on record a fresh one may conflict with: those nearest in meaning, at a cost that does not grow.

A meaning lies in a cell of its space (see `bot.meaning`), and the record is looked through in the few cells around the
fresh one alone, so what somebody said years ago comes up however much was said since. Rows are ranked by their vectors
first, and only what is chosen is loaded.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sqlalchemy import ColumnElement, Connection, Dialect, Select, Text, bindparam, func, select, type_coerce, union_all
from sqlalchemy.sql.expression import literal_column

from bot import meaning
from bot.ledger.database.prepared import Asked, by_ids, kind, places
from bot.ledger.nearness.loaded import Loaded, Told
from bot.ledger.nearness.newest import by_day
from bot.ledger.nearness.relations import SOON, Relation, as_stored
from bot.ledger.nearness.relations import Row as Came
from bot.ledger.people.one_person import OnePerson
from bot.ledger.record.rows import position, statement
from bot.ledger.tables import schema
from bot.model import Position

if TYPE_CHECKING:
    from bot.ledger.nearness.beforehand import Beforehand

NEWEST: Final = 30  # rows of a relation that are looked at because they are new
OWN: Final = (200, 60, 30)  # rows of the nearest cells that are looked at: of a party of the fresh one,
OTHERS: Final = (40, 20, 10)  # of its side, and of anybody
FEW: Final = 4  # rows of each relation on the very topic; they come up however much was said there by others
ALOUD: Final = 8  # rows of others on it, however much its own parties said there
HERE, SAME, AGAINST, RELATED, TOPICAL, ANYBODY = range(6)  # why a row is looked at
# positions of each that are loaded at most
LOADED: Final = {HERE: 40, SAME: 16, AGAINST: ALOUD, RELATED: 30, TOPICAL: 12, ANYBODY: 8}


def near(  # noqa: PLR0917 - what it is asked with, each once
    connection: Connection,
    fresh: Position,
    parties: Sequence[int],
    since: date | None,
    limit: int,
    told: Told | None = None,
    loaded: Loaded | None = None,
    before: Beforehand | None = None,
) -> tuple[Position, ...]:
    """Positions on the same question, the nearest in meaning first; where no meaning is known, the newest first.

    They come from the same article, the same topic, the same holder, claimant, speaker or side, and from anybody who is
    near in meaning. Without a meaning: those on the same topic, then those of the same parties and side.

    Of the many reports of one remark the surest comes, of equals the first on record; `fresh`'s own remark does not,
    nor does what an outlet has since put into other words: no official takes back what an outlet corrects. What it took
    out was said for all we know, as articles are cut all day; it is held against all but the same article's own words.

    `before` has answers of a moment ago, or takes them down.
    """
    if limit <= 0:
        return ()
    told = told or Told.of(connection, fresh.statement.key)
    given = {
        "own": told.remark,
        "since": since or date.min,
        "topic": fresh.topic,
        "side": fresh.holder.side,
        **{f"party{at}": number for at, number in enumerate(parties)},
    }
    if before and not before.first_here(told.articles):
        before = None
    loaded = loaded or Loaded(OnePerson.of(connection))
    cells = meaning.cells(fresh.meaning, len(OWN))
    if cells:
        given |= {f"cell{at}": cell for at, cell in enumerate(cells)}
        return _by_meaning(connection, fresh, given, len(parties), len(cells), told, loaded, before)[:limit]
    chosen = by_day(connection, fresh, given, len(parties), limit, told, before)
    found, _ = loaded.take(connection, chosen, told)
    return tuple(found[number] for number in chosen)


def _by_meaning(  # noqa: PLR0917 - what it is asked with, each once
    connection: Connection,
    fresh: Position,
    given: dict[str, Any],
    parties: int,
    cells: int,
    told: Told,
    loaded: Loaded,
    before: Beforehand | None,
) -> tuple[Position, ...]:
    """The nearest; then the newest whose meaning cannot be compared."""
    found = _looked_at(connection, fresh, given, parties, cells, told, before)
    rows = {row[_ID]: row for row in reversed(found)}  # the first reason holds
    meant = {number: row[_MEANING] for number, row in rows.items()}
    fits = dict(zip(meant, meaning.comparable(fresh.meaning, list(meant.values())), strict=True))
    blank = [rows[number] for number, fit in fits.items() if not fit]
    for row in blank:
        del meant[row[_ID]]
    ranked = [rows[number] for number in meaning.nearest(fresh.meaning, meant)]
    remarks = _remarks(connection, rows.values(), blank, before)
    blank.sort(key=lambda row: (remarks[row[_ID]][_DAY], row[_ID]), reverse=True)
    while True:
        chosen = _chosen(ranked, blank, remarks)
        found_here, gone = loaded.take(connection, chosen, told)
        if not gone:
            return tuple(found_here[number] for number in chosen)
        ranked, blank = ([row for row in some if row[_ID] not in gone] for some in (ranked, blank))


def _looked_at(  # noqa: PLR0917 - what it is asked with, each once
    connection: Connection,
    fresh: Position,
    given: dict[str, Any],
    parties: int,
    cells: int,
    told: Told,
    before: Beforehand | None,
) -> Sequence[Row]:
    """The rows of every kind that may matter, each kind by itself."""
    side = given["side"] is not None
    relations = _relations(parties, cells, side=side)

    def asked(articles: Sequence[int]) -> Sequence[Row]:
        query = _around(kind(connection), parties, cells, len(articles), side=side)
        here = {f"article{at}": number for at, number in enumerate(articles)}
        return query.rows(connection, {**given, **here, **({"start": fresh.statement.span.start} if here else {})})

    def by_relation() -> list[list[Row]]:
        parts: list[list[Row]] = [[] for _ in relations]
        for row in asked(()):
            parts[row[_AT]].append(row)
        return parts

    if before:
        stored = as_stored(connection, given)
        found = before.around(connection, relations, stored, by_relation, _as_asked, _SAID)
        if found is not None:
            here = [row for row in before.came(connection) if row.article in told.articles]
            here = [row for row in here if row.day >= stored["since"] and row.utterance != stored["own"]]
            here.sort(key=lambda row: abs(row.start - fresh.statement.span.start))
            rows = [(row.id, HERE, row.meaning, row.utterance) for row in here[: LOADED[HERE]]]
            for one, some in zip(relations, found, strict=True):
                rows += [(row[_ID], one.why, row[_MEANING], row[_UTTERANCE]) for row in some]
            return rows
    return asked(sorted(told.articles))


def _as_asked(row: Came) -> Row:
    return row.id, ANYBODY, row.meaning, row.utterance, 0, row.day


def _remarks(
    connection: Connection, rows: Collection[Row], blank: Sequence[Row], before: Beforehand | None
) -> dict[int, Row]:
    """By id, what tells one report from another one of the same remark; only of rows that need it.

    Most are the only one of their remark: to ask all of them for their words would take as long as all else.
    """
    reports = Counter([row[_UTTERANCE] for row in rows])
    wanted = {row[_ID] for row in rows if reports[row[_UTTERANCE]] > 1} | {row[_ID] for row in blank}
    known = {} if before is None else before.apart
    if before is not None:
        known |= {row.id: _came_apart(row) for row in before.came(connection)}
    known |= {row[_ID]: tuple(row) for row in by_ids(connection, _told_apart, wanted - known.keys())}
    return {number: known[number] for number in wanted}


def _chosen(ranked: Sequence[Row], blank: Sequence[Row], told_apart: Mapping[int, Row]) -> list[int]:
    """The ids of the first of each kind, a remark once, as its surest report; all of the blank ones behind them."""

    def remark(row: Row) -> Hashable:
        several = told_apart.get(row[_ID])
        return row[_UTTERANCE] if several is None else several[_REMARK]

    left = dict(LOADED)
    remarks: dict[Hashable, Row] = {}
    for row in ranked:
        if left[row[_WHY]] and (one := remark(row)) not in remarks:
            remarks[one] = row
            left[row[_WHY]] -= 1
    for row in blank:
        remarks.setdefault(remark(row), row)
    for row in (*ranked, *blank):
        report = told_apart.get(row[_ID])
        held = report and remarks.get(report[_REMARK])
        if report and held and (report[_STRENGTH], -row[_ID]) > (told_apart[held[_ID]][_STRENGTH], -held[_ID]):
            remarks[report[_REMARK]] = row
    return [row[_ID] for row in remarks.values()]


# Columns by their place: hundreds of rows are looked at, and a name would be looked up for each.
Row: TypeAlias = tuple[Any, ...]
_ID, _WHY, _MEANING, _UTTERANCE, _AT, _SAID = range(6)
_DAY, _STRENGTH, _REMARK = 1, 2, slice(3, None)  # of `_TOLD_APART`
_TOLD_APART: Final = (
    position.id,
    type_coerce(position.day, Text),  # as they are stored: they are only compared
    position.strength,
    position.utterance_id,
    position.holder_id,
    type_coerce(position.topic, Text),
    type_coerce(position.proposition, Text),
)


_came_apart = attrgetter("id", "day", "strength", "utterance", "holder", "topic", "proposition")


@lru_cache(maxsize=16)
def _told_apart(dialect: Dialect, count: int) -> Asked:
    return Asked.of(select(*_TOLD_APART).where(position.id.in_(places(count))), dialect)


@lru_cache(maxsize=32)
def _relations(parties: int, cells: int, *, side: bool) -> tuple[Relation, ...]:
    """Few rows of each kind that may matter, each kind through an index of its own; those of the article apart."""
    whose = tuple(f"party{at}" for at in range(parties))
    holders = [("holder", party) for party in whose]
    claimants = [("claimed_by", party) for party in whose]
    sides = [("side", "side")] if side else []
    places = [("cell", f"cell{at}") for at in range(cells)]
    others = list(zip(OTHERS, places, strict=False))  # there may be fewer cells
    topic = ("topic", "topic")
    return (
        *(Relation(SAME, FEW, (topic, one)) for one in (*holders, *claimants, *sides)),
        Relation(AGAINST, ALOUD, (topic,), whose),
        *(Relation(RELATED, NEWEST, (one,)) for one in (*holders, *claimants, *sides)),
        *(Relation(RELATED, many, (one, place)) for one in holders for many, place in zip(OWN, places, strict=False)),
        *(Relation(RELATED, many, (one, place)) for one in (*claimants, *sides) for many, place in others),
        Relation(TOPICAL, NEWEST, (topic,)),
        *(Relation(ANYBODY, many, (place,)) for many, place in others),
    )


@lru_cache(maxsize=32)
def _around(dialect: Dialect, parties: int, cells: int, articles: int, *, side: bool) -> Asked:
    """The rows of every relation, and of what articles say: those nearest to a place."""
    here = [statement.article_id.in_([bindparam(f"article{at}") for at in range(articles)])] if articles else []
    parts = [
        *(
            _few(HERE, 0, LOADED[HERE], one)
            .join(schema.statement, position.statement_id == statement.id)
            .order_by(None)
            .order_by(func.abs(statement.start - bindparam("start")))
            for one in here
        ),
        *(
            _few(one.why, at, one.most, *one.conditions())
            for at, one in enumerate(_relations(parties, cells, side=side))
        ),
    ]
    return Asked.of(union_all(*(select(part.subquery()) for part in parts)), dialect)


def _few(why: int, at: int, limit: int, *where: ColumnElement[bool]) -> Select[Any]:
    return (
        select(
            position.id,
            literal_column(str(why)).label("why"),
            position.meaning,
            position.utterance_id,
            literal_column(str(at)).label("at"),
            position.day,
        )
        .select_from(schema.position)
        .where(*where, *SOON)
        .order_by(position.day.desc(), position.id.desc())
        .limit(literal_column(str(limit)))
    )

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
from typing import Any, Final, TypeAlias

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Connection,
    Dialect,
    Select,
    Text,
    bindparam,
    func,
    literal_column,
    select,
    type_coerce,
    union_all,
)

from bot import meaning
from bot.ledger import schema
from bot.ledger.loaded import Loaded, Told
from bot.ledger.newest import SOON, by_day
from bot.ledger.one_person import OnePerson
from bot.ledger.prepared import Asked, by_ids, kind, places
from bot.ledger.rows import position, statement
from bot.model import Position

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
) -> tuple[Position, ...]:
    """Positions on the same question, the nearest in meaning first; where no meaning is known, the newest first.

    They come from the same article, the same topic, the same holder, claimant, speaker or side, and from anybody who is
    near in meaning. Without a meaning: those on the same topic, then those of the same parties and side.

    Of the many reports of one remark the surest comes, of equals the first on record; `fresh`'s own remark does not,
    nor does what an outlet has since put into other words: no official takes back what an outlet corrects. What it took
    out was said for all we know, as articles are cut all day; it is held against all but the same article's own words.
    """
    if limit <= 0:
        return ()
    told = told or Told.of(connection, fresh.statement.key)
    given = {"own": told.remark, "since": since or date.min}
    loaded = loaded or Loaded(OnePerson.of(connection))
    cells = meaning.cells(fresh.meaning, len(OWN))
    if cells:
        return _by_meaning(connection, fresh, parties, cells, told, given, loaded)[:limit]
    chosen = by_day(connection, fresh, parties, limit, told, given)
    found, _ = loaded.take(connection, chosen, told)
    return tuple(found[number] for number in chosen)


def _by_meaning(  # noqa: PLR0917 - what it is asked with, each once
    connection: Connection,
    fresh: Position,
    parties: Sequence[int],
    cells: Sequence[int],
    told: Told,
    given: dict[str, Any],
    loaded: Loaded,
) -> tuple[Position, ...]:
    """The nearest; then the newest whose meaning cannot be compared."""
    side = fresh.holder.side is not None
    query = _around(kind(connection), len(parties), len(cells), len(told.articles), side=side)
    asked = {
        "topic": fresh.topic,
        **({"side": fresh.holder.side} if side else {}),
        **({"start": fresh.statement.span.start} if told.articles else {}),
        **{f"article{at}": number for at, number in enumerate(sorted(told.articles))},
        **{f"party{at}": number for at, number in enumerate(parties)},
        **{f"cell{at}": cell for at, cell in enumerate(cells)},
    }
    rows = {row[_ID]: row for row in reversed(query.rows(connection, given | asked))}  # the first reason holds
    known: list[Row] = []
    blank: list[Row] = []
    fit = meaning.comparable(fresh.meaning, [row[_MEANING] for row in rows.values()])
    for row, fits in zip(rows.values(), fit, strict=True):
        (known if fits else blank).append(row)
    nearness = meaning.cosines(fresh.meaning, [row[_MEANING] for row in known])
    order = sorted(range(len(known)), key=lambda at: (-nearness[at], known[at][_ID]))
    ranked = [known[at] for at in order]
    remarks = _remarks(connection, rows.values(), blank)
    blank.sort(key=lambda row: (remarks[row[_ID]][_DAY], row[_ID]), reverse=True)
    while True:
        chosen = _chosen(ranked, blank, remarks)
        found, gone = loaded.take(connection, chosen, told)
        if not gone:
            return tuple(found[number] for number in chosen)
        ranked, blank = ([row for row in some if row[_ID] not in gone] for some in (ranked, blank))


def _remarks(connection: Connection, rows: Collection[Row], blank: Sequence[Row]) -> dict[int, Row]:
    """By id, what tells one report from another one of the same remark; only of rows that need it.

    Most are the only one of their remark: to ask all of them for their words would take as long as all else.
    """
    reports = Counter([row[_UTTERANCE] for row in rows])
    several = [row[_ID] for row in rows if reports[row[_UTTERANCE]] > 1]
    asked = by_ids(connection, _told_apart, [*several, *(row[_ID] for row in blank)])
    return {row[_ID]: tuple(row) for row in asked}


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
_ID, _WHY, _MEANING, _UTTERANCE = range(4)
_DAY, _STRENGTH, _REMARK = 1, 2, slice(3, None)  # of `_TOLD_APART`
_TOLD_APART: Final = (
    position.id,
    position.day,
    position.strength,
    position.utterance_id,
    position.holder_id,
    type_coerce(position.topic, Text),  # as it is stored: it is only compared
    type_coerce(position.proposition, Text),
)


@lru_cache(maxsize=16)
def _told_apart(dialect: Dialect, count: int) -> Asked:
    return Asked.of(select(*_TOLD_APART).where(position.id.in_(places(count))), dialect)


@lru_cache(maxsize=32)
def _around(dialect: Dialect, parties: int, cells: int, articles: int, *, side: bool) -> Asked:
    """Few rows of each kind that may matter, each kind through an index of its own."""
    whose: list[BindParameter[int]] = [bindparam(f"party{at}") for at in range(parties)]
    holders = [position.holder_id == party for party in whose]
    claimants = [position.claimed_by_id == party for party in whose]
    sides = [position.side == bindparam("side")] if side else []
    places = [position.cell == bindparam(f"cell{at}") for at in range(cells)]
    others = list(zip(OTHERS, places, strict=False))  # there may be fewer cells
    here = [statement.article_id.in_([bindparam(f"article{at}") for at in range(articles)])] if articles else []
    topic = position.topic == bindparam("topic")
    parts = [
        *(
            _few(HERE, LOADED[HERE], one)
            .join(schema.statement, position.statement_id == statement.id)
            .order_by(None)
            .order_by(func.abs(statement.start - bindparam("start")))
            for one in here
        ),
        *(_few(SAME, FEW, topic, one) for one in (*holders, *claimants, *sides)),
        _few(AGAINST, ALOUD, topic, position.holder_id.not_in(whose)),
        *(_few(RELATED, NEWEST, one) for one in (*holders, *claimants, *sides)),
        *(_few(RELATED, many, one, place) for one in holders for many, place in zip(OWN, places, strict=False)),
        *(_few(RELATED, many, one, place) for one in (*claimants, *sides) for many, place in others),
        _few(TOPICAL, NEWEST, topic),
        *(_few(ANYBODY, many, place) for many, place in others),
    ]
    return Asked.of(union_all(*(select(part.subquery()) for part in parts)), dialect)


def _few(why: int, limit: int, *where: ColumnElement[bool]) -> Select[Any]:
    return (
        select(
            position.id,
            literal_column(str(why)).label("why"),
            position.meaning,
            position.utterance_id,
        )
        .select_from(schema.position)
        .where(*where, *SOON)
        .order_by(position.day.desc(), position.id.desc())
        .limit(literal_column(str(limit)))
    )

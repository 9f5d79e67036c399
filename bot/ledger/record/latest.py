"""The newest positions that fulfil a condition, found by walking back in time until there are enough."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Dialect, Select, case, func, literal_column, select, union_all

from bot.ledger.database.prepared import Asked, among, by_ids, of_few, places, texts_given
from bot.ledger.record import amended
from bot.ledger.record.rows import load_positions, position, statement
from bot.ledger.tables import schema
from bot.model import Position

Remark = tuple[int, int, str, str]  # remark, holder, topic, proposition
_Page: TypeAlias = Callable[[int, int], Sequence[Sequence[Any]]]  # so many rows of `_WALK` from a place on
_AHEAD = 20  # rows that are read beyond those asked for: reports of one remark follow each other
_OF = (statement.utterance_id, position.holder_id, position.topic, position.proposition)
_WALK = (  # the remark as the row has it: else an index that tells all the rest, though in another order, looks best
    select(func.coalesce(position.utterance_id, _OF[0]), *_OF[1:], position.day, position.id)
    .join_from(schema.position, schema.statement, position.statement_id == statement.id)
    .where(~amended.superseded())
    .order_by(position.day.desc(), position.id.desc())
)
_BEST = (
    select(func.coalesce(func.min(case((amended.stands(), position.id))), func.min(position.id)), *_OF)
    .join_from(schema.position, schema.statement, position.statement_id == statement.id)
    .where(~amended.superseded())
    .group_by(*_OF)
)


Arm = ColumnElement[bool]  # a condition on positions that one index answers in the order of days


def whose(numbers: Sequence[int]) -> tuple[Arm, Arm]:
    """What these parties hold, and what they said that others hold."""
    held, said = position.holder_id, position.said_by_id
    if len(numbers) == 1:
        return held == numbers[0], said == numbers[0]
    return held.in_(numbers), said.in_(numbers)


def newest(
    connection: Connection,
    arms: Sequence[Arm],
    where: Sequence[ColumnElement[bool]] = (),
    *,
    limit: int,
    skip: int = 0,
) -> list[tuple[int, Position]]:
    """The newest positions with their remarks, one report for each remark and proposition, in its newest words.

    Those that fulfil one of `arms` and all of `where`. Each arm is walked by itself: one index answers each.
    """

    def page(arm: Arm) -> _Page:
        query = _WALK.where(arm, *where)
        return lambda rows, at: connection.execute(_part(query, rows, at)).all()

    wanted = _remarks([page(arm) for arm in arms], skip + limit)[skip : skip + limit]
    if not wanted:
        return []
    remarks = {remark for remark, *_ in wanted}
    best = _BEST.where(statement.utterance_id.in_(remarks), *where)
    return _loaded(connection, wanted, connection.execute(best))


def newest_of(
    connection: Connection, numbers: Sequence[int], topics: Sequence[str] | None = None, *, limit: int, skip: int = 0
) -> list[tuple[int, Position]]:
    """As `newest`, of what is `whose`, on these topics (None: on any): asked for with every other command."""
    given = texts_given(topics or ())
    if topics == []:
        return []

    def some(columns: tuple[str, ...], rows: int, at: int) -> list[list[Any]]:
        asks = partial(_walk_of, columns=columns, topics=len(topics or ()), rows=rows, at=at)
        return list(of_few(connection, asks, numbers, given))

    def page(column: str) -> _Page:
        mine = [row for *row, arm in begun if arm == column]
        return lambda rows, at: [row for *row, _ in some((column,), rows, at)] if at else mine

    begun = some(("holder_id", "said_by_id"), _first(skip + limit), 0)  # both arms at once: most pages end there
    wanted = _remarks([page("holder_id"), page("said_by_id")], skip + limit)[skip : skip + limit]
    return _loaded(connection, wanted, by_ids(connection, _best_of, {remark for remark, *_ in wanted}))


@lru_cache(maxsize=64)
def _walk_of(dialect: Dialect, count: int, *, columns: tuple[str, ...], topics: int, rows: int, at: int) -> Asked:
    about = [among(position.topic, dialect, topics)] if topics else []
    arms = []
    for one in columns:
        mine = _WALK.add_columns(literal_column(f"'{one}'").label("arm"))
        arms.append(_part(mine.where(schema.position.c[one].in_(places(count)), *about), rows, at))
    return Asked.of(union_all(*(select(arm.subquery()) for arm in arms)) if len(arms) > 1 else arms[0], dialect)


def _part(query: Select[Any], rows: int, at: int) -> Select[Any]:
    """So many rows of a query from a place on, in figures: PostgreSQL plans for a tenth of all where it is not told."""
    some = query.limit(literal_column(str(rows)))
    return some.offset(literal_column(str(at))) if at else some


@lru_cache(maxsize=16)
def _best_of(dialect: Dialect, count: int) -> Asked:
    return Asked.of(_BEST.where(statement.utterance_id.in_(places(count))), dialect)


def _loaded(
    connection: Connection, wanted: Sequence[Remark], best: Iterable[Sequence[Any]]
) -> list[tuple[int, Position]]:
    found = {(remark, holder, topic, proposition): number for number, remark, holder, topic, proposition in best}
    known = load_positions(connection, [found[remark] for remark in wanted])
    return [(remark[0], known[found[remark]]) for remark in wanted]


def _remarks(pages: Sequence[_Page], most: int) -> list[Remark]:
    """Remarks with holder and proposition, by their newest report: the newest first, so that pages fit together."""
    met: dict[Remark, tuple[date, int]] = {}
    for page in pages:
        for remark, day, number in _walk(page, most):
            met[remark] = max(met.get(remark, (date.min, 0)), (day, number))
    return sorted(met, key=lambda remark: met[remark], reverse=True)[:most]


def _first(most: int) -> int:
    return most * 3 + _AHEAD


def _walk(page: _Page, most: int) -> Iterator[tuple[Remark, date, int]]:
    """Back in time until one remark more than asked for has been met, so that all reports of the rest have been."""
    rows, seen, at = _first(most), set[Remark](), 0
    while len(seen) <= most:
        some = page(rows, at)
        for utterance, holder, topic, proposition, day, number in some:
            remark = (utterance, holder, topic, proposition)
            seen.add(remark)
            yield remark, day, number
        if len(some) < rows:
            return
        at, rows = at + rows, rows * 4

"""Positions one for each remark, the newest first, a page at a time."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from bot.ledger.browsing.cut import Cursor
from bot.ledger.record import amended
from bot.ledger.record.latest import Arm
from bot.ledger.record.rows import load_positions, position, statement
from bot.ledger.tables import schema
from bot.model import Position

_KEYS = (statement.utterance_id, position.holder_id, position.topic, position.proposition)
_ROWS = 3  # that are read for each that is shown: reports of one remark follow each other
Remark = tuple[Any, ...]


def leaf(
    connection: Connection,
    arms: Sequence[Arm],
    where: Sequence[ColumnElement[bool]],
    after: Cursor | None,
    limit: int,
) -> tuple[list[Position], Cursor | None]:
    """A page of positions that fulfil one of `arms` and all of `where`, and where it ended if there are more.

    A remark stands where its newest report does, in the words that stand now, and on one page only.
    """
    shown: list[tuple[Cursor, int]] = []
    met: set[Remark] = set()
    while len(shown) <= limit:
        rows, whole = _newer(connection, arms, where, after, (limit + 1) * _ROWS)
        best = _best(connection, [one[1][0] for one in rows], where)
        for place, remark in rows:
            after = place
            newest = best.get(remark)
            if remark in met or newest is None or newest[0] != place.row:
                continue  # shown already, on this page or on one before
            met.add(remark)
            shown.append((place, newest[1]))
        if whole:
            break
    known = load_positions(connection, [number for _, number in shown[:limit]])
    end = shown[limit - 1][0] if len(shown) > limit else None
    return [known[number] for _, number in shown[:limit]], end


def _newer(
    connection: Connection,
    arms: Sequence[Arm],
    where: Sequence[ColumnElement[bool]],
    after: Cursor | None,
    most: int,
) -> tuple[list[tuple[Cursor, Remark]], bool]:
    """The next rows of all arms in one order, and whether they are the last; each arm has its own index."""
    found: dict[int, tuple[Cursor, Remark]] = {}
    whole = True
    floors: list[Cursor] = []
    for arm in arms:
        query = (
            select(*_KEYS, position.day, position.id)
            .join_from(schema.position, schema.statement, position.statement_id == statement.id)
            .where(arm, *where, ~amended.superseded())
            .order_by(position.day.desc(), position.id.desc())
            .limit(most)
        )
        if after is not None:
            query = query.where(after.older(position.day, position.id))
        rows = connection.execute(query).all()
        for row in rows:
            found[row.id] = (Cursor(row.day, row.id), (row.utterance_id, row.holder_id, row.topic, row.proposition))
        if len(rows) == most:
            whole = False
            floors.append(Cursor(rows[-1].day, rows[-1].id))
    floor = max(floors, default=None)  # beyond it another arm may still have rows that come before
    ordered = heapq.nlargest(len(found), found.values())
    return [one for one in ordered if floor is None or one[0] >= floor], whole


def _best(
    connection: Connection, remarks: Sequence[int], where: Sequence[ColumnElement[bool]]
) -> dict[Remark, tuple[int, int]]:
    """Of each remark its newest report, and the one whose words are shown: the first that stands."""
    found: dict[Remark, tuple[int, int]] = {}
    for some in _some(sorted(set(remarks))):
        query = (
            select(*_KEYS, position.day, position.id, amended.stands().label("stands"))
            .join(schema.statement, position.statement_id == statement.id)
            .where(statement.utterance_id.in_(some), *where, ~amended.superseded())
        )
        newest: dict[Remark, Cursor] = {}
        words: dict[Remark, tuple[bool, int]] = {}
        for row in connection.execute(query):
            remark = (row.utterance_id, row.holder_id, row.topic, row.proposition)
            place, report = Cursor(row.day, row.id), (not row.stands, row.id)
            newest[remark] = max(newest.get(remark, place), place)
            words[remark] = min(words.get(remark, report), report)
        found |= {remark: (place.row, words[remark][1]) for remark, place in newest.items()}
    return found


def _some(numbers: Sequence[int], most: int = 500) -> Iterator[Sequence[int]]:
    """So many at once: a query has room for only so many values."""
    for at in range(0, len(numbers), most):
        yield numbers[at : at + most]

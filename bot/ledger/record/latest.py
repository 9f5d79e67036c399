"""The newest positions that fulfil a condition, found by walking back in time until there are enough."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, Connection, case, func, select

from bot.ledger.record import amended
from bot.ledger.record.rows import load_positions, position, statement
from bot.ledger.tables import schema
from bot.model import Position

Remark = tuple[int, int, str, str]  # remark, holder, topic, proposition
_AHEAD = 20  # rows that are read beyond those asked for: reports of one remark follow each other


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
    wanted = _remarks(connection, arms, where, skip + limit)[skip : skip + limit]
    if not wanted:
        return []
    standing = func.min(case((amended.stands(), position.id)))
    best = (
        select(
            func.coalesce(standing, func.min(position.id)).label("best"),
            statement.utterance_id,
            position.holder_id,
            position.topic,
            position.proposition,
        )
        .join(schema.statement, position.statement_id == statement.id)
        .where(statement.utterance_id.in_({remark for remark, *_ in wanted}), *where, ~amended.superseded())
        .group_by(statement.utterance_id, position.holder_id, position.topic, position.proposition)
    )
    found = {
        (row.utterance_id, row.holder_id, row.topic, row.proposition): row.best for row in connection.execute(best)
    }
    known = load_positions(connection, found.values())
    return [(remark[0], known[found[remark]]) for remark in wanted]


def _remarks(
    connection: Connection, arms: Sequence[Arm], where: Sequence[ColumnElement[bool]], most: int
) -> list[Remark]:
    """Remarks with holder and proposition, by their newest report: the newest first, so that pages fit together."""
    met: dict[Remark, tuple[int, int]] = {}
    for arm in arms:
        for remark, *place in _walk(connection, arm, where, most):
            met[remark] = max(met.get(remark, (0, 0)), (place[0], place[1]))
    return sorted(met, key=lambda remark: met[remark], reverse=True)[:most]


def _walk(
    connection: Connection, arm: Arm, where: Sequence[ColumnElement[bool]], most: int
) -> Iterator[tuple[Remark, int, int]]:
    """Back in time until one remark more than asked for has been met, so that all reports of the rest have been."""
    rows, seen, at = most * 3 + _AHEAD, set[Remark](), 0
    query = (
        select(
            statement.utterance_id, position.holder_id, position.topic, position.proposition, position.day, position.id
        )
        .join_from(schema.position, schema.statement, position.statement_id == statement.id)
        .where(arm, *where, ~amended.superseded())
        .order_by(position.day.desc(), position.id.desc())
    )
    while len(seen) <= most:
        page = connection.execute(query.limit(rows).offset(at)).all()
        for row in page:
            remark = (row.utterance_id, row.holder_id, row.topic, row.proposition)
            seen.add(remark)
            yield remark, row.day.toordinal(), row.id
        if len(page) < rows:
            return
        at, rows = at + rows, rows * 4

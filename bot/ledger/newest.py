"""Where no meaning is known: what was said last on the same topic, and by the same parties and side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from sqlalchemy import ColumnElement, Connection, Row, bindparam, select

from bot.ledger import amended, schema
from bot.ledger.loaded import Told
from bot.ledger.rows import position, statement
from bot.model import Position

ELSEWHERE: Final = 100  # positions on other topics, of each relation: topics made from content may be split

SOON = (position.day >= bindparam("since"), position.utterance_id != bindparam("own"))
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


def by_day(  # noqa: PLR0917 - what it is asked with, each once
    connection: Connection,
    fresh: Position,
    parties: Sequence[int],
    limit: int,
    told: Told,
    given: dict[str, Any],
) -> list[int]:
    """The ids of the newest on the same topic, then of each relation."""
    same_topic = position.topic == fresh.topic
    related: list[ColumnElement[bool]] = [
        where for number in parties for where in (position.holder_id == number, position.claimed_by_id == number)
    ]
    if fresh.holder.side:
        related.append(position.side == fresh.holder.side)
    newest = _CLOSE.where(position.key != fresh.key, *SOON).order_by(position.day.desc(), position.id.desc())

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

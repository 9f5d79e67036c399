"""Which positions on record a fresh one may conflict with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, RowMapping, select

from bot.ledger import amended, articles, schema
from bot.ledger.rows import load_positions, position, statement
from bot.model import Position

ELSEWHERE = 100  # positions on other topics, of each relation: topics made from content may be split


def near(
    connection: Connection, fresh: Position, parties: Sequence[int], since: date | None, limit: int
) -> tuple[Position, ...]:
    """Positions on the same topic, then of the same holder, claimant or side; the newest first.

    Of the many reports of one remark the surest comes, of equals the first on record; `fresh`'s own remark does not,
    nor does what an outlet has since put into other words: no official takes back what an outlet corrects. What it took
    out was said for all we know, as articles are cut all day; it is held against all but the same article's own words.
    """
    related: list[ColumnElement[bool]] = [
        position.holder_id.in_(parties),
        position.claimed_by_id.in_(parties),
    ]
    if fresh.holder.side:
        related.append(position.side == fresh.holder.side)
    same_topic = position.topic == fresh.topic
    mine = select(statement.utterance_id, statement.article_id).where(statement.key == fresh.statement.key)
    own = connection.execute(mine).first()
    query = (
        select(
            position.id,
            position.holder_id,
            position.topic,
            position.proposition,
            position.strength,
            statement.utterance_id,
            position.day,
        )
        .join(schema.statement, position.statement_id == statement.id)
        .where(position.key != fresh.key, ~amended.superseded())
        .order_by(position.day.desc(), position.id.desc())
    )
    if own is not None:
        article = articles.family(statement.article_id, articles.first_of(connection, own.article_id))
        query = query.where(statement.utterance_id != own.utterance_id, ~article | amended.stands())
    if since is not None:
        query = query.where(position.day >= since)
    rows: list[RowMapping] = []
    if limit > 0:
        rows += connection.execute(query.where(same_topic).limit(limit * 4)).mappings().all()
        if len(rows) == limit * 4:  # a crowded topic: what is related counts first
            crowd, rows = rows, []
            for relation in related:
                rows += connection.execute(query.where(same_topic, relation).limit(limit)).mappings().all()
            rows += crowd
        for relation in related:
            rows += connection.execute(query.where(relation).limit(ELSEWHERE)).mappings().all()
    found = load_positions(connection, _one_a_remark(rows)[:limit])
    days = {row[position.id]: row[position.day] for row in rows}
    return tuple(found[number] for number in sorted(found, key=lambda n: (days[n], n), reverse=True))


def _one_a_remark(rows: Iterable[RowMapping]) -> list[int]:
    best: dict[tuple[int, int, str, str], tuple[float, int]] = {}
    for row in rows:
        remark = (row[statement.utterance_id], row[position.holder_id], row[position.topic], row[position.proposition])
        best[remark] = max(best.get(remark, (-1.0, 0)), (row[position.strength], -row[position.id]))
    return [-number for _, number in best.values()]

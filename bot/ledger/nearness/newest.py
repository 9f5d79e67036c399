"""Where no meaning is known: what was said last on the same topic, and by the same parties and side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from sqlalchemy import Connection, Dialect, bindparam, select

from bot.ledger.database.prepared import Asked, kind
from bot.ledger.nearness.loaded import Told
from bot.ledger.nearness.relations import SOON, Relation, as_stored
from bot.ledger.nearness.relations import Row as Came
from bot.ledger.record import amended
from bot.ledger.record.rows import position, statement
from bot.ledger.tables import schema
from bot.model import Position

if TYPE_CHECKING:
    from bot.ledger.nearness.beforehand import Beforehand

ELSEWHERE: Final = 100  # positions on other topics, of each relation: topics made from content may be split
ON_TOPIC, RELATED_ON_TOPIC, RELATED = range(3)

Row: TypeAlias = Sequence[Any]
_ID, _REMARK, _STRENGTH, _DAY, _ARTICLE, _BECAME = 0, slice(1, 5), 5, 6, 7, 8
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
    .where(position.key != bindparam("key"), *SOON)
    .order_by(position.day.desc(), position.id.desc())
)


def _as_asked(row: Came) -> tuple[Any, ...]:
    return (
        row.id,
        row.utterance,
        row.holder,
        row.topic,
        row.proposition,
        row.strength,
        row.day,
        row.article,
        "kept",
    )


def by_day(  # noqa: PLR0917 - what it is asked with, each once
    connection: Connection,
    fresh: Position,
    given: dict[str, Any],
    parties: int,
    limit: int,
    told: Told,
    before: Beforehand | None = None,
) -> list[int]:
    """The ids of the newest on the same topic, then of each relation."""
    topic = ("topic", "topic")
    related = [(column, f"party{at}") for at in range(parties) for column in ("holder", "claimed_by")]
    if given["side"]:
        related.append(("side", "side"))
    given = {**given, "key": fresh.key}
    stored = as_stored(connection, given)

    def some(relation: Relation) -> Sequence[Row]:
        def ask() -> list[Sequence[Row]]:
            return [_newest(kind(connection), relation).rows(connection, given)]

        found = before.around(connection, [relation], stored, ask, _as_asked, _DAY) if before else None
        return ask()[0] if found is None else found[0]

    rows = list(some(Relation(ON_TOPIC, limit * 4, (topic,))))
    if len(rows) == limit * 4:  # a crowded topic: what is related counts first
        rows = [row for one in related for row in some(Relation(RELATED_ON_TOPIC, limit, (one, topic)))] + rows
    rows += [row for one in related for row in some(Relation(RELATED, ELSEWHERE, (one,)))]
    chosen = _surest(row for row in rows if told.counts(row[_ARTICLE], row[_BECAME]))[:limit]
    return [row[_ID] for row in sorted(chosen, key=lambda row: (row[_DAY], row[_ID]), reverse=True)]


@lru_cache(maxsize=64)
def _newest(dialect: Dialect, relation: Relation) -> Asked:
    return Asked.of(_CLOSE.where(*relation.conditions()).limit(relation.most), dialect)


def _surest(rows: Iterable[Row]) -> list[Row]:
    """Of each remark one report, in the order in which the remarks come."""
    best: dict[Row, Row] = {}
    for row in rows:
        _keep_surest(best, row)
    return list(best.values())


def _keep_surest(best: dict[Row, Row], row: Row) -> None:
    held = best.get(row[_REMARK])
    if held is None or (row[_STRENGTH], -row[_ID]) > (held[_STRENGTH], -held[_ID]):
        best[row[_REMARK]] = row

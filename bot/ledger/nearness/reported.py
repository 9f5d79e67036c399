"""What other reports of one remark say of the same holder, and where that stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from math import inf

from sqlalchemy import Connection, Dialect, bindparam, select

from bot.ledger.database.prepared import Asked, asked, kind
from bot.ledger.record.rows import position
from bot.ledger.tables.columns import Big
from bot.meaning import cosines
from bot.model import Position

AGAIN = "another report of a remark on record"
PLACES = (position.topic, position.topic_name, position.link, position.proposition, position.proposition_text)

_OF = select(*PLACES).where(position.id == bindparam("number"))
_AT_ONCE = 50  # reports that are looked at together: what stands in each article of a year has thousands


def most_alike(
    connection: Connection, value: Position, remark: int, statement: int, holders: Sequence[int]
) -> tuple[float, int | None, Mapping[str, str]]:
    """Which report of a remark, but for this statement, says most nearly the same of a holder, who has these rows.

    How nearly, its row, and where it stands.
    """
    given = {f"holder{at}": holder for at, holder in enumerate(holders)} | {"remark": remark, "statement": statement}
    best, number = -inf, None
    for some in _reports(kind(connection), len(holders)).portions(connection, given, _AT_ONCE):
        alike = cosines(value.meaning, [meaning or b"" for _, meaning, _ in some])
        for (at, _, proposition), likeness in zip(some, alike, strict=True):
            if (nearness := 1.0 if proposition == value.proposition else likeness) > best:
                best, number = nearness, at
    if number is None:
        return best, None, {}
    (row,) = asked(connection, _OF).each(connection, {"number": number})
    place = {column.name: words for column, words in zip(PLACES, row, strict=True)}
    return best, number, place | {"link": place["link"] or AGAIN}


@lru_cache(maxsize=32)
def _reports(dialect: Dialect, holders: int) -> Asked:
    whose = [bindparam(f"holder{at}", type_=Big) for at in range(holders)]
    told = select(position.id, position.meaning, position.proposition).where(
        position.utterance_id == bindparam("remark"),
        position.holder_id.in_(whose),
        position.statement_id != bindparam("statement"),
    )
    return Asked.of(told.order_by(position.id), dialect)

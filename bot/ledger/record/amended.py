"""Whether a statement still stands, as columns of any query over statements: what outlets and people did since."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Integer, Select, case, func, literal, literal_column, or_, select, union_all

from bot.ledger.tables import schema
from bot.ledger.tables.corrections import correction

_DONE = {
    "changed": "the outlet changed these words, as seen on",
    "vanished": "the outlet took these words out, as seen on",
    "mended": "the desk corrected this statement on",
    "withdrawn": "the desk withdrew this statement on",
}
_fate, _statement, _corrected = schema.fate.c, schema.statement.c, correction.c
_position = schema.position.c
_ONE = literal_column("1", Integer)


def _latest(what: ColumnElement[Any]) -> Any:  # noqa: ANN401 - a subquery
    mine = select(what).where(_fate.statement_id == _statement.id)
    return mine.order_by(_fate.id.desc()).limit(_ONE).correlate(schema.statement).scalar_subquery()


def _by_people(what: ColumnElement[Any]) -> Any:  # noqa: ANN401 - a subquery
    mine = select(what).where(_corrected.statement_id == _statement.id)
    return mine.order_by(_corrected.id).limit(_ONE).correlate(schema.statement).scalar_subquery()


REPLACED = ("changed", "mended", "withdrawn")  # something else is on record in its place, or nothing is to be

_done = case((_corrected.field == "withdrawn", "withdrawn"), else_="mended")
BECAME = func.coalesce(_by_people(_done), _latest(_fate.became), "kept")  # people first; the latest fate holds
# Whether anything was done to it, or a later version looked at: to ask what of every row takes three times as long.
TOUCHED = or_(
    select(_corrected.id).where(_corrected.statement_id == _statement.id).correlate(schema.statement).exists(),
    select(_fate.id).where(_fate.statement_id == _statement.id).correlate(schema.statement).exists(),
).label("touched")
AS_READ = ("kept", None)  # what `COLUMNS` give for what is not touched
COLUMNS = (BECAME.label("became"), func.coalesce(_by_people(_corrected.at), _latest(_fate.at)).label("became_at"))


def stands() -> ColumnElement[bool]:
    """That the words stand in the newest version of the article, as far as it was read again, and in the record."""
    return BECAME == "kept"


def superseded() -> ColumnElement[bool]:
    """That a later version of the article has other words in its place, or that people put it right."""
    return BECAME.in_([literal(one) for one in REPLACED])  # each by itself: a list would be put in anew each time


def as_read() -> ColumnElement[bool]:
    """That people have put nothing in the place of a position's statement: cheap, as they correct only so many."""
    return _position.statement_id.not_in(select(_corrected.statement_id))


def counted() -> ColumnElement[bool]:
    """That a statement counts in figures: as not `superseded`, for very many rows, of which few were ever amended."""
    later = schema.fate.alias().c
    overtaken = select(later.id).where(later.statement_id == _fate.statement_id, later.id > _fate.id).exists()
    changed = select(_fate.statement_id).where(_fate.became == "changed", ~overtaken)
    return _statement.id.not_in(union_all(select(_corrected.statement_id), changed))


def remembered() -> ColumnElement[bool]:
    """That a remark counts: of at least one of its statements people have put nothing in the place."""
    return schema.utterance.c.id.not_in(forgotten())


def forgotten() -> Select[tuple[int]]:
    """The remarks that do not count, which are few."""
    other = schema.statement.alias().c
    others = select(other.id).where(
        other.utterance_id == _statement.utterance_id, other.id.not_in(select(_corrected.statement_id))
    )
    return select(_statement.utterance_id).where(_statement.id.in_(select(_corrected.statement_id)), ~others.exists())


def in_words(became: str, at: datetime | None) -> str:
    """What was done to the words since; empty for what stands. Both are values of `COLUMNS`."""
    done = _DONE.get(became)
    return f"{done} {at:%-d %b %Y}" if done else ""

"""Whether the words of a statement still stand in its article, as columns of any query over statements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, func, select

from bot.ledger import schema

_DONE = {"changed": "the outlet changed these words", "vanished": "the outlet took these words out"}
_fate, _statement = schema.fate.c, schema.statement.c


def _latest(what: ColumnElement[Any]) -> Any:  # noqa: ANN401 - a subquery
    mine = select(what).where(_fate.statement_id == _statement.id)
    return mine.order_by(_fate.id.desc()).limit(1).correlate(schema.statement).scalar_subquery()


BECAME = func.coalesce(_latest(_fate.became), "kept")  # the latest fate is the one that holds
COLUMNS = (BECAME.label("became"), _latest(_fate.at).label("became_at"))


def stands() -> ColumnElement[bool]:
    """That the words stand in the newest version of the article, as far as it was read again."""
    return BECAME == "kept"


def superseded() -> ColumnElement[bool]:
    """That a later version of the article has other words in their place, which are on record too."""
    return BECAME == "changed"


def in_words(row: Mapping[Any, Any]) -> str:
    """What the outlet has done to the words since; empty for what stands. The row holds `COLUMNS`."""
    done = _DONE.get(row["became"])
    return f"{done}, as seen on {row['became_at']:%-d %b %Y}" if done else ""

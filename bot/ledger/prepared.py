"""Large queries as text: SQLAlchemy otherwise walks through all of a query each time that it is asked."""

from __future__ import annotations

import re
from typing import Any

from sqlalchemy import Column, CompoundSelect, Dialect, Select, TextualSelect, bindparam, column, text

_CAST = re.compile(r"(?<=\w)::(?=\w)")  # what stands right behind a parameter hides it
_EXPANDS = re.compile(r"\(__\[POSTCOMPILE_(\w+)\]\)")  # how a list that is yet to come is written


def prepared(query: Select[Any] | CompoundSelect[Any], dialect: Dialect) -> TextualSelect:
    """The same query for one kind of database; it gives the same columns and takes the same parameters."""
    named: Any = type(dialect)
    compiled = query.compile(dialect=named(paramstyle="named"))
    taken = [
        bindparam(name, type_=one.type, expanding=one.expanding)
        if one.required
        else bindparam(name, one.value, type_=one.type)
        for one, name in compiled.bind_names.items()
    ]
    given = [one if isinstance(one, Column) else column(one.name, one.type) for one in query.selected_columns]
    written = _CAST.sub(" ::", _EXPANDS.sub(r":\1", str(compiled)))
    return text(written).bindparams(*taken).columns(*given)

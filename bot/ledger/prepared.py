"""Large queries as text: SQLAlchemy otherwise walks through all of a query each time that it is asked."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    Column,
    CompoundSelect,
    Connection,
    Dialect,
    Select,
    Table,
    TextualSelect,
    bindparam,
    column,
    insert,
    text,
)

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


@dataclass(frozen=True, slots=True)
class _Insert:
    """An insert of one row as its driver takes it, and how each value is put for it."""

    written: str
    order: tuple[str, ...] | None  # of the values, where they are given by their place
    put: Mapping[str, Callable[[Any], Any] | None]


def added(connection: Connection, table: Table, **values: object) -> int:
    """Insert one row and return the id it got."""
    one = _insert(table, tuple(values), connection.dialect)
    given = {name: put(values[name]) if put else values[name] for name, put in one.put.items()}
    asked = tuple(given[name] for name in one.order) if one.order else given
    return int(connection.exec_driver_sql(one.written, asked).scalar_one())


@lru_cache(maxsize=64)
def _insert(table: Table, names: tuple[str, ...], dialect: Dialect) -> _Insert:
    compiled = insert(table).returning(table.c.id).compile(dialect=dialect, column_keys=names)
    return _Insert(
        str(compiled),
        tuple(compiled.positiontup) if compiled.positiontup else None,
        {name: table.c[name].type.dialect_impl(dialect).bind_processor(dialect) for name in names},
    )

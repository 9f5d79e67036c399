"""Rows at the edge of what may be on record, in every table of it."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import JSON, Boolean, CheckConstraint, Connection, Date, Float, Integer, LargeBinary, Table

from bot.ledger.tables.columns import Moment, Words, metadata

WORDS = (
    "“Nobody” said so – 😀 é e\u0301 \u202eback \ud800 \x00 \ufdd0 0x5c \\ ' \" \t\n\r end",
    "",
    "Zürich " * 5_000,
)
VALUES = ({"b": [1, -2.5, None, True, "😀"], "a": {"": "\x00"}}, [], ["ö" * 7_000])
MOMENTS = (
    datetime(1, 1, 2, tzinfo=UTC),
    datetime(9999, 12, 30, 23, 59, 59, 999999, UTC),
    datetime(2025, 3, 30, 1, 30, 0, 1, UTC),
)
DAYS = (date.min, date.max, date(2024, 2, 29))
FLOATS = (0.1, -1e-300, 1.7976931348623157e308)


def odd(connection: Connection) -> None:
    """Three rows of every table, with values at the edge of what may be there; whatever may be missing is, in one."""
    for table in metadata.sorted_tables:
        for number in range(3):
            connection.execute(table.insert(), {column.name: value(table, column, number) for column in table.columns})


def value(table: Table, column: Any, number: int) -> Any:
    constraints = [str(one.sqltext) for one in table.constraints if isinstance(one, CheckConstraint)]
    names = [found[1] for one in constraints if (found := re.match(rf"{column.name} IN \('([^']+)'", one))]
    if table.name == "wish" and column.name == "until":
        return None  # what is followed has no end
    if names:
        return names[0]
    if column.name in {"id", "number"} or column.foreign_keys or column.name == "utterance_id":
        return None if column.nullable and number == 1 else number + 1
    if column.nullable and number == 1:
        return None
    kind = column.type
    beside = [one for index in (*table.indexes, *table.constraints) for one in getattr(index, "columns", ())]
    if isinstance(kind, Words) and column.name in {one.name for one in beside}:
        return WORDS[number][:200] + "aBäZ"[number]  # an index takes no more of a value
    if isinstance(kind, Words):
        return WORDS[number]
    for of, values in (
        (Moment, MOMENTS),
        (JSON, VALUES),
        (Date, DAYS),
        (Float, FLOATS),
        (Boolean, (True, False, True)),
    ):
        if isinstance(kind, of):
            return values[number]
    if isinstance(kind, LargeBinary):
        return (bytes(range(256)), b"", b"\x00" * 10_000)[number]
    if isinstance(kind, Integer):
        return (-1, 0, 2**31 - 1)[number]
    return f"{'aBä'[number]} {number}"  # Text that holds no words of anybody

"""A row as a line of text, the same from either database: as PostgreSQL's COPY writes and reads it.

Values go column by column, for there are thirty in a row. A line tells its row to the last bit: texts and JSON as they
are kept, numbers by the digits that give them back, moments in UTC, bytes in hexadecimal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from math import isfinite
from operator import index
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer, LargeBinary, Text

from bot.ledger.tables.columns import Moment, Words

NULL = "\\N"
NUMBER = "9.9999999999999999EEEE"  # how PostgreSQL's to_char writes a number so
_MARKS = {"\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"}
_MARK = re.compile(r"\\(.)")
_GIVEN = {mark[1]: one for one, mark in _MARKS.items()}
_PLAIN = len("2031-01-01 12:00:00.000000")  # how the ledger writes a moment to SQLite

_Values = Sequence[Any]
_Way = Callable[[_Values], _Values]  # of all values of a column


def written(columns: Sequence[Column[Any]], rows: Sequence[Sequence[Any]]) -> bytes:
    """The lines of rows as SQLite's driver gives them; ValueError where a column holds what it may not."""
    told = []
    for column, values in zip(columns, zip(*rows, strict=True), strict=True):
        try:
            told.append(_WRITES[_kind(column)](values))
        except (ValueError, TypeError, KeyError, AttributeError) as error:
            raise ValueError(f"{column.name} is not what the ledger writes there: {error}") from error
    return ("\n".join(map("\t".join, zip(*told, strict=True))) + "\n").encode()


def read(columns: Sequence[Column[Any]], lines: bytes) -> list[tuple[Any, ...]]:
    """The rows of whole lines as SQLite's driver takes them."""
    rows = [line.split("\t") for line in lines.decode()[:-1].split("\n")]
    told = (_READS[_kind(column)](values) for column, values in zip(columns, zip(*rows, strict=True), strict=True))
    return list(zip(*told, strict=True))


def _kind(column: Column[Any]) -> type[Any]:
    return next(kind for kind in _WRITES if isinstance(column.type, kind))


def _each(way: Callable[[Any], Any]) -> _Way:
    return lambda values: [NULL if one is None else way(one) for one in values]


def _back(way: Callable[[str], Any]) -> _Way:
    return lambda values: [None if one == NULL else way(one) for one in values]


def _texts(values: _Values) -> _Values:
    whole = "".join(filter(None, values))
    found = [(one, mark) for one, mark in _MARKS.items() if one in whole]  # a backslash before the marks that hold one
    if found:
        values = [one and _marked(one, found) for one in values]
    return [NULL if one is None else one for one in values] if None in values else values


def _marked(text: str, found: Sequence[tuple[str, str]]) -> str:
    for one, mark in found:
        text = text.replace(one, mark)
    return text


def _texts_given(values: _Values) -> _Values:
    if "\\" not in "".join(values):
        return values
    return [None if one == NULL else _given(one) if "\\" in one else one for one in values]


def _given(text: str) -> str:
    return _MARK.sub(lambda found: _GIVEN.get(found[1], found[1]), text)


def _moment(kept: str) -> str:
    if len(kept) != _PLAIN:  # a ledger of long ago, or another hand's
        moment = datetime.fromisoformat(kept)
        moment = moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
        kept = moment.replace(tzinfo=None).isoformat(" ", "microseconds")
    return f"{kept.rstrip('0').removesuffix('.')}+00"


def _moment_given(told: str) -> str:
    whole, _, part = told.removesuffix("+00").partition(".")
    return f"{whole}.{part:<06}"


def _number(value: float) -> str:
    if not isfinite(value):
        raise ValueError(f"{value} is no number")
    return f"{value: .16e}"  # seventeen digits give every number back; how few would do, databases disagree


_WRITES: dict[type[Any], _Way] = {  # the narrower before the wider
    Moment: _each(_moment),
    Date: _texts,
    LargeBinary: _each(lambda value: f"\\\\x{value.hex()}"),
    Boolean: _each({0: "f", 1: "t"}.__getitem__),
    Float: _each(_number),
    Integer: _each(lambda value: str(index(value))),
    JSON: _texts,
    Words: _texts,
    Text: _texts,
}
_READS: dict[type[Any], _Way] = {
    Moment: _back(_moment_given),
    Date: _texts_given,
    LargeBinary: _back(lambda told: bytes.fromhex(told[3:])),
    Boolean: _back({"f": 0, "t": 1}.__getitem__),
    Float: _back(float),
    Integer: _back(int),
    JSON: _texts_given,
    Words: _texts_given,
    Text: _texts_given,
}

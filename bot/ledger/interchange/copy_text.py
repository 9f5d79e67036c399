"""A row as a line of text, the same from either database: as PostgreSQL's COPY writes and reads it.

Values go column by column, for there are thirty in a row. A line tells its row to the last bit: texts and JSON as they
are kept, numbers by the shortest digits that give them back, moments in UTC, bytes in hexadecimal.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Float, Integer, LargeBinary, Text

from bot.ledger.tables.columns import Moment, Words

NULL = "\\N"
_MARKED = re.compile(r"[\\\x08\f\n\r\t\v]")
_MARKS = {"\\": "\\\\", "\b": "\\b", "\f": "\\f", "\n": "\\n", "\r": "\\r", "\t": "\\t", "\v": "\\v"}
_MARK = re.compile(r"\\(.)")
_GIVEN = {mark[1]: one for one, mark in _MARKS.items()}
_PLAIN = len("2031-01-01 12:00:00.000000")  # how the ledger writes a moment to SQLite
_FIXED = range(-4, 15)  # exponents with which PostgreSQL writes a number without one

_Values = Sequence[Any]
_Way = Callable[[_Values], _Values]  # of all values of a column


def written(columns: Sequence[Column[Any]], rows: Sequence[Sequence[Any]]) -> bytes:
    """The lines of rows as SQLite's driver gives them. ValueError or TypeError where a column holds what it may not."""
    told = (_WRITES[_kind(column)](values) for column, values in zip(columns, zip(*rows, strict=True), strict=True))
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
    if None not in values and not _MARKED.search("".join(values)):
        return values
    return [NULL if one is None else _MARKED.sub(lambda found: _MARKS[found[0]], one) for one in values]


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


@lru_cache(maxsize=1 << 12)
def _number(value: float) -> str:
    """The digits that give it back, as PostgreSQL sets them."""
    sign, digits, exponent = Decimal(repr(float(value))).normalize().as_tuple()
    if not isinstance(exponent, int):
        raise ValueError(f"{value} is no number")  # noqa: TRY004 - it is of the right type
    minus, written_, first = "-" * sign, "".join(map(str, digits)), len(digits) + exponent - 1
    if first not in _FIXED:
        rest = f".{written_[1:]}" if len(written_) > 1 else ""
        return f"{minus}{written_[0]}{rest}e{'-' if first < 0 else '+'}{abs(first):02}"
    if first < 0:
        return f"{minus}0.{'0' * (-first - 1)}{written_}"
    whole, part = written_[: first + 1].ljust(first + 1, "0"), written_[first + 1 :]
    return f"{minus}{whole}.{part}" if part else f"{minus}{whole}"


_WRITES: dict[type[Any], _Way] = {  # the narrower before the wider
    Moment: _each(_moment),
    Date: _texts,
    LargeBinary: _each(lambda value: f"\\\\x{value.hex()}"),
    Boolean: _each({0: "f", 1: "t"}.__getitem__),
    Float: _each(_number),
    Integer: _each(int.__repr__),
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

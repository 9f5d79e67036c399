"""A row as a line of JSON and back, exact for every type that the record keeps; docs/life.md tells the form."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Callable, Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Boolean, Column, Date, Float, Integer, LargeBinary, Text

from bot.ledger.tables.columns import Moment, Words

VERSION = 1  # of the form of the lines; the ledger's schema has a number of its own
_CHECK = ',"check":"'
_DIGITS = 8


def line_of(told: Mapping[str, Any]) -> str:
    """The line, which ends with the first digits of its own SHA-256, so that damage is found where it is."""
    text = json.dumps(told, separators=(",", ":"))[:-1]
    return f'{text}{_CHECK}{_mark(text)}"}}\n'


def told_in(line: str) -> dict[str, Any]:
    """What a line tells; ValueError says what is wrong with it."""
    text, found, rest = line.rstrip("\r\n").rpartition(_CHECK)
    if not found or not rest.endswith('"}'):
        raise ValueError("it is cut off, or not a line of an exported record")
    if rest[:-2] != _mark(text):
        raise ValueError("it was altered since it was exported")
    told: dict[str, Any] = json.loads(f"{text}}}")  # no more than a comma and a name before its end: an object
    return told


def _mark(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:_DIGITS]


def put(column: Column[Any], value: Any) -> Any:  # noqa: ANN401  whatever the column holds
    """A value as JSON has it: moments and days as ISO 8601, bytes as base64."""
    if value is None:
        return None
    if isinstance(column.type, Moment | Date):
        return value.isoformat()
    return b64encode(value).decode("ascii") if isinstance(column.type, LargeBinary) else value


def taken(column: Column[Any], value: Any) -> Any:  # noqa: ANN401  the same
    """The value that was put so; ValueError where it cannot be one."""
    if value is None:
        if column.nullable:
            return None
        raise ValueError(f"{column.name} may not be null")
    for kind, (shape, read) in _READ.items():
        if isinstance(column.type, kind):
            if not isinstance(value, shape) or (isinstance(value, bool) and shape is not bool):
                raise ValueError(f"{column.name} is {type(value).__name__}, and {kind.__name__} is wanted")
            return read(value)
    return value


def _moment(text: str) -> datetime:
    moment = datetime.fromisoformat(text)
    if moment.tzinfo is None:
        raise ValueError(f"{text} has no time zone")
    return moment


def _bytes(text: str) -> bytes:
    return b64decode(text, validate=True)


_READ: dict[type[Any], tuple[Any, Callable[[Any], Any]]] = {  # the narrower before the wider
    Moment: (str, _moment),
    Date: (str, date.fromisoformat),
    LargeBinary: (str, _bytes),
    Boolean: (bool, bool),
    Float: (int | float, float),
    Integer: (int, int),
    Words: (str, str),
    Text: (str, str),
}

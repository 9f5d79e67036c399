"""Columns: types that give back exactly what was put in: moments with their zone, text with every code point."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    DateTime,
    Dialect,
    ForeignKey,
    Integer,
    MetaData,
    Text,
    TypeDecorator,
)

_NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}
metadata = MetaData(naming_convention=_NAMES)

Big = BigInteger().with_variant(Integer, "sqlite")  # only INTEGER numbers itself there
Value = JSON(none_as_null=True)


def numbered() -> Column[int]:
    """The key of a table that numbers its rows."""
    return Column("id", Big, primary_key=True, autoincrement=True)


def ref(name: str, target: str, *, nullable: bool = False, index: bool = False) -> Column[Any]:
    """A column that names a row of another table."""
    return Column(name, Big, ForeignKey(target), nullable=nullable, index=index)


class Moment(TypeDecorator[datetime]):
    """An aware moment, kept as UTC; a naive one is refused."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """UTC for PostgreSQL; SQLite keeps no zone, so there it is dropped after the conversion."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment on record needs a time zone")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The moment in UTC, aware."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], datetime | None] | None:
        """The same at once: a position has three of these."""
        return _in_utc if dialect.name == "sqlite" else super().result_processor(dialect, coltype)


def _in_utc(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(f"{value}+00:00")


# Neither database can hold a lone surrogate, nor PostgreSQL a NUL; offsets demand that a text comes back unchanged.
# Such characters are written as U+FDD0 (a noncharacter, itself escaped) and four hexadecimal digits.
_UNSTORABLE = re.compile("[\x00\ud800-\udfff\ufdd0]")
_ESCAPED = re.compile("\ufdd0([0-9a-f]{4})")


class Words(TypeDecorator[str]):
    """Text that comes back code point by code point as it was given, whatever it holds."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The text with unstorable characters escaped."""
        return value if value is None else escaped(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The text as it was given."""
        return _given(value)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[Any], str | None]:  # noqa: ARG002
        """The same at once: a position has thirty of these."""
        return _given


def escaped(text: str) -> str:
    """The text with each character that not everything can hold written as above."""
    if not _UNSTORABLE.search(text):
        return text
    return _UNSTORABLE.sub(lambda found: f"\ufdd0{ord(found[0]):04x}", text)


def given(text: str) -> str:
    """The text that was escaped."""
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), text) if "\ufdd0" in text else text


def all_given(values: Sequence[str | None]) -> Sequence[str | None]:
    """The texts of a column as they were given."""
    return list(map(_given, values)) if "\ufdd0" in "".join(filter(None, values)) else values


def _given(value: str | None) -> str | None:
    return value if value is None or "\ufdd0" not in value else given(value)

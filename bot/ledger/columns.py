"""Column types that give back exactly what was put in: moments with their zone, text with every code point."""

from __future__ import annotations

import re
from datetime import UTC, datetime

from sqlalchemy import DateTime, Dialect, Text, TypeDecorator


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
        if value is None or not _UNSTORABLE.search(value):
            return value
        return _UNSTORABLE.sub(lambda found: f"\ufdd0{ord(found[0]):04x}", value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """The text as it was given."""
        if value is None or "\ufdd0" not in value:
            return value
        return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)

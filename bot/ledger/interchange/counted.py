"""The rows of a table in the order of their keys, a page at a time, and a digest of them all."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Column, Connection, Select, Table, Text, select

from bot.ledger.tables.columns import Words

ROWS = 500  # in memory at once


def in_key_order(connection: Connection, table: Table, columns: Sequence[Column[Any]] | None = None) -> Select[Any]:
    """The question for all rows in the order of their keys. Text is ordered by its bytes, as SQLite has it.

    Of an older schema a key may lack columns of today's.
    """
    ordered = connection.dialect.name == "postgresql"  # by the rules of some language, where nothing else is said
    known = [key for key in table.primary_key if columns is None or key.name in {one.name for one in columns}]
    keys = [key.collate("C") if ordered and isinstance(key.type, Text | Words) else key for key in known]
    return select(*(columns or table.columns)).order_by(*keys)


def pages_of(
    connection: Connection, table: Table, columns: Sequence[Column[Any]] | None = None
) -> Iterator[Sequence[Any]]:
    """All rows in the order of their keys, a page at a time."""
    question = in_key_order(connection, table, columns)
    yield from connection.execute(question, execution_options={"yield_per": ROWS}).partitions()


class Counted:
    """How many rows, and a SHA-256 of them as Python writes their values, which is exact for all that we keep.

    Moments are aware and in UTC, JSON is taken apart, text is unescaped: both databases have given the same values.
    """

    def __init__(self) -> None:
        self.rows = 0
        self._digest = hashlib.sha256()

    @property
    def digest(self) -> str:
        """Of all rows so far."""
        return self._digest.hexdigest()

    def add(self, row: Sequence[Any]) -> None:
        """Count one row more."""
        self.rows += 1
        self._digest.update(repr(tuple(row)).encode() + b"\n")


def digest_of(pages: Iterator[Sequence[Any]]) -> tuple[int, str]:
    """How many rows there are in these pages, and their digest."""
    counted = Counted()
    for page in pages:
        for row in page:
            counted.add(row)
    return counted.rows, counted.digest

"""The table of what people corrected in statements; only ever added to, and the statement itself stays as it was."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Table, Text, UniqueConstraint

from bot.ledger.tables.columns import Moment, Words, metadata, numbered, ref

correction = Table(
    "correction",
    metadata,
    numbered(),
    ref("statement_id", "statement.id"),
    ref("successor_id", "statement.id", nullable=True, index=True),  # what stands in its place; NULL: nothing
    Column("field", Text, nullable=False),
    Column("old", Words, nullable=False),
    Column("new", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("why", Words, nullable=False),
    UniqueConstraint("statement_id", "field"),
    CheckConstraint("field IN ('speaker', 'words', 'date', 'topic', 'stance', 'withdrawn')", name="field"),
)

"""The tables of what editors did with topics; rows are only ever added, but for where positions first stood."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Table, Text, UniqueConstraint

from bot.ledger.tables.columns import Big, Moment, Words, metadata, numbered, ref

first_filed = Table(  # where positions stood that now stand under another topic; `position` says where they are
    "first_filed",
    metadata,
    Column("position_id", Big, ForeignKey("position.id"), primary_key=True, autoincrement=False),
    Column("topic", Words, nullable=False, index=True),
    Column("topic_name", Words, nullable=False),
    Column("link", Words, nullable=False),
)

topic_change = Table(  # what editors did with topics, in order; an undo is a row of its own
    "topic_change",
    metadata,
    numbered(),
    Column("what", Text, nullable=False),
    Column("source", Words),  # the topic that was merged
    Column("target", Words),  # what it went into, or the topic that was split off
    Column("at", Moment, nullable=False),
    Column("by", Words, nullable=False),
    ref("undoes_id", "topic_change.id", nullable=True),
    UniqueConstraint("undoes_id"),
    CheckConstraint("what IN ('merged', 'split', 'undone')", name="what"),
)

topic_split = Table(  # the positions that a split took along
    "topic_split",
    metadata,
    Column("change_id", Big, ForeignKey("topic_change.id"), primary_key=True, autoincrement=False),
    Column("position_id", Big, ForeignKey("position.id"), primary_key=True, autoincrement=False),
    Index(None, "position_id"),
)

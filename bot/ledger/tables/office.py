"""The tables of what Slack told and of what is configured there; the two logs of changes are only added to."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Table

from bot.ledger.tables.columns import Moment, Value, Words, metadata, numbered, ref

heard_event = Table(  # Slack sends an event again until it is acknowledged
    "heard_event",
    metadata,
    Column("event", Words, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
)

home_reader = Table(
    "home_reader",
    metadata,
    Column("user", Words, primary_key=True),
    Column("first_at", Moment, nullable=False),
    Column("last_at", Moment, nullable=False),
)

greeted_channel = Table(
    "greeted_channel",
    metadata,
    Column("channel", Words, primary_key=True),
    Column("at", Moment, nullable=False),
)

source_change = Table(
    "source_change",
    metadata,
    numbered(),
    Column("source", Words, nullable=False),
    Column("what", Words, nullable=False),
    Column("name", Words, nullable=False),
    Column("url", Words, nullable=False),
    Column("past", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    CheckConstraint("what IN ('suggested', 'added', 'declined', 'paused', 'resumed', 'removed')", name="what"),
    CheckConstraint("past IN ('fill', 'skip')", name="past"),
    Index("ix_source_change_source", "source"),
)

roster_change = Table(
    "roster_change",
    metadata,
    numbered(),
    Column("what", Words, nullable=False),
    Column("subject", Words, nullable=False),
    Column("content", Value, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    ref("undoes_id", "roster_change.id", nullable=True),
    CheckConstraint("what IN ('side', 'person', 'alias', 'role', 'undone')", name="what"),
)

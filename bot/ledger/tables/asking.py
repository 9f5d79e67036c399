"""The tables beside the record for asking it: what left the private answers, and the names that editors gave topics.

The words of statements are indexed too, each database in its own way: see `bot.ledger.nearness.fulltext`.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Table, Text, UniqueConstraint

from bot.ledger.tables.columns import Big, Moment, Words, metadata, numbered

handed_out = Table(  # every answer that somebody shared, every file that somebody took: only ever added
    "handed_out",
    metadata,
    numbered(),
    Column("key", Text, nullable=False, unique=True),  # of the answer that was shared: once is enough
    Column("what", Text, nullable=False),
    Column("words", Words, nullable=False),  # what was asked
    Column("channel", Words, nullable=False),  # where it went
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    CheckConstraint("what IN ('share', 'export')", name="what"),
)

topic_rename = Table(  # only ever added; numbered together with topic_change, so that an undo names one thing
    "topic_rename",
    metadata,
    Column("id", Big, primary_key=True, autoincrement=False),
    Column("topic", Words, nullable=False, index=True),
    Column("before", Words, nullable=False),
    Column("after", Words, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
    Column("undoes_id", Big, nullable=True),
    UniqueConstraint("undoes_id"),
)

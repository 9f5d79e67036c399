"""The tables of what the watchers need remembered; rows change as feeds do."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Integer, Table, Text, false

from bot.ledger.tables.columns import Big, Moment, Words, metadata, numbered, ref

feed_state = Table(
    "feed_state",
    metadata,
    Column("feed", Words, primary_key=True),
    Column("etag", Words),
    Column("last_modified", Words),
    Column("body_hash", Words),
    Column("polled_at", Moment),
    Column("good_at", Moment),
    Column("next_at", Moment),
    Column("failures", Integer, nullable=False),
    Column("reason", Words, nullable=False),
    Column("moved_to", Words),
    Column("paused", Boolean, nullable=False),
    Column("seeded", Boolean, nullable=False),
    Column("lost", Integer, nullable=False),
    Column("begun", Boolean, nullable=False, server_default=false()),  # a poll reads entries, and has not ended
)

feed_seen = (
    Table(  # what was read of a feed's latest document, beside its state, which is asked for of all feeds at once
        "feed_seen",
        metadata,
        Column("feed", Words, primary_key=True),
        Column("seen", Text, nullable=False),
    )
)

entry_attempt = Table(
    "entry_attempt",
    metadata,
    numbered(),
    Column("feed", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("url", Words),
    Column("attempts", Integer, nullable=False),
    Column("reason", Words, nullable=False),
    Column("last_at", Moment, nullable=False),
    Column("parked", Boolean, nullable=False),
    Column("parked_by", Words),  # the version of the program that gave up; another one may fare better
    Column("quiet", Boolean, nullable=False, server_default=false()),  # begun in a silent poll
)

look = Table(  # what a feed said of an article when it was last read
    "look",
    metadata,
    Column("feed", Words, primary_key=True),
    Column("article_id", Big, ForeignKey("article.id"), primary_key=True),
    Column("mark", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("since", Moment, nullable=False),
    Column("times", Integer, nullable=False),
)

entry_key = Table(
    "entry_key", metadata, Column("key", Text, primary_key=True), ref("attempt_id", "entry_attempt.id", index=True)
)

"""The tables of what is told beyond Slack: webhooks with what each was told, mails, and pages to be archived."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, Index, Integer, Table, Text, UniqueConstraint, text

from bot.ledger.tables.columns import Moment, Value, Words, metadata, numbered, ref

webhook = Table(  # up to which alert and decision its posts were made; it hears of none from before it was there
    "webhook",
    metadata,
    Column("name", Text, primary_key=True),
    Column("alert", Integer, nullable=False),
    Column("decision", Integer, nullable=False),
)

webhook_post = Table(
    "webhook_post",
    metadata,
    numbered(),  # the order within a webhook
    Column("key", Text, nullable=False, unique=True),  # the same at every attempt: by it whoever listens knows a repeat
    Column("webhook", Text, nullable=False),
    ref("alert_number", "alert.number"),
    ref("decision_id", "decision.id", nullable=True),
    Column("state", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("attempted_at", Moment),
    Column("retry_at", Moment),
    Column("reason", Words, nullable=False),
    CheckConstraint("state IN ('pending', 'sent', 'stuck')", name="state"),
    Index(
        "ix_webhook_post_waiting",
        "webhook",
        "id",
        sqlite_where=text("state <> 'sent'"),
        postgresql_where=text("state <> 'sent'"),
    ),
)

mailing = Table(  # one mail a day to each list
    "mailing",
    metadata,
    numbered(),
    Column("readers", Text, nullable=False),  # the id of the list
    Column("day", Text, nullable=False),  # of the list's own zone
    Column(
        "alerts", Value, nullable=False
    ),  # the numbers of all that were chosen, the strongest first as far as it tells them
    Column("until", Integer, nullable=False),  # up to which alert it tells
    Column("state", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("attempted_at", Moment),
    Column("retry_at", Moment),
    Column("reason", Words, nullable=False),
    UniqueConstraint("readers", "day"),
    CheckConstraint("state IN ('pending', 'sending', 'sent', 'stuck')", name="state"),
)

capture = Table(  # a page that the Internet Archive was or is to be asked to keep
    "capture",
    metadata,
    numbered(),
    Column("page", Text, nullable=False, index=True),  # made of the address, which may be very long
    Column("url", Words, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("attempted_at", Moment),
    Column("retry_at", Moment),
    Column("job", Text, nullable=False),  # under which what became of it can be asked
    Column("captured_at", Moment),
    Column("copy", Words, nullable=False),  # where the archived copy is
    Column("reason", Words, nullable=False),
    CheckConstraint("state IN ('pending', 'asked', 'kept', 'given up')", name="state"),
)

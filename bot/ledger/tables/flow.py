"""The tables of what is sent where: wishes and preferences only grow; bulletins go their way through the outbox."""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Column, ForeignKey, Index, Integer, Table, Text, UniqueConstraint

from bot.ledger.tables.columns import Big, Moment, Value, Words, metadata, numbered, ref

wish = Table(  # what a channel or a person wants to hear of, or nothing of for a while
    "wish",
    metadata,
    numbered(),
    Column("what", Text, nullable=False),
    Column(
        "audience", Words, nullable=False, index=True
    ),  # a channel as configured, else Slack's id of channel or user
    Column("kind", Text, nullable=False),
    Column("target", Words, nullable=False),
    Column("name", Words, nullable=False),  # of the target, as people know it
    Column("at", Moment, nullable=False),
    Column("until", Moment),  # of a mute: never without an end
    Column("by", Words, nullable=False),
    CheckConstraint("what IN ('follow', 'mute')", name="what"),
    CheckConstraint("(what = 'follow') = (until IS NULL)", name="until"),
    CheckConstraint("kind IN ('topic', 'person', 'side', 'kind', 'source', 'pair')", name="kind"),
)

wish_end = Table(  # that a wish was ended early
    "wish_end",
    metadata,
    Column("wish_id", Big, ForeignKey("wish.id"), primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("by", Words, nullable=False),
)

preference = Table(  # what was set in Slack over the files; the last row of a name holds
    "preference",
    metadata,
    numbered(),
    Column("audience", Words, nullable=False),
    Column("name", Text, nullable=False),  # a field of config.schema.Channel
    Column("value", Value),  # NULL: what the files say holds again
    Column("at", Moment, nullable=False),
    Column("by", Words, nullable=False),
    Index(None, "audience", "name"),
)

routed = Table(  # why a conflict was or was not sent somewhere
    "routed",
    metadata,
    numbered(),
    ref("conflict_id", "conflict.id", index=True),
    Column("audience", Words, nullable=False),  # empty: everywhere
    Column("outcome", Text, nullable=False),
    Column("reason", Words, nullable=False),
    ref("alert_number", "alert.number", nullable=True, index=True),
    Column("at", Moment, nullable=False),
    CheckConstraint("outcome IN ('posted', 'held', 'muted', 'listed', 'joined', 'not sent')", name="outcome"),
)

bulletin = Table(  # a message that belongs to no single alert: a digest, or a notice to the operators
    "bulletin",
    metadata,
    numbered(),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("channel", Words, nullable=False),
    Column("words", Words, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("created_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("attempted_at", Moment),
    Column("retry_at", Moment),
    Column("shown", Integer, nullable=False),  # of a digest: the sum of its alerts' revisions that Slack acknowledged
    Column("reason", Words, nullable=False),
    Column("slack_channel", Words),
    Column("slack_ts", Words),
    Column("message", Value),  # as it is to be posted; NULL: it is written from the alerts or the words
    Column("until", Moment),  # after which nobody waits for it any more: it is not posted then
    CheckConstraint("kind IN ('digest', 'notice')", name="kind"),
    CheckConstraint("state IN ('pending', 'sending', 'sent', 'stuck')", name="state"),
)

bulletin_alert = Table(  # which digest carried an alert; another may carry it when there is news of it
    "bulletin_alert",
    metadata,
    numbered(),  # the order within it
    ref("bulletin_id", "bulletin.id"),
    ref("alert_number", "alert.number", index=True),
    UniqueConstraint("bulletin_id", "alert_number"),
)

trouble = Table(  # what the operators are told of once: that it began, that they were told, that it is over
    "trouble",
    metadata,
    numbered(),
    Column("subject", Words, nullable=False, index=True),  # "feed:harbour", "channel:fact-desk"
    Column("what", Text, nullable=False),
    Column("words", Words, nullable=False),
    Column("at", Moment, nullable=False),
    CheckConstraint("what IN ('began', 'told', 'over')", name="what"),
)

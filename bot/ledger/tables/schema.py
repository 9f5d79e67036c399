"""The tables of the record, one schema for SQLite and PostgreSQL; statements and decisions are only ever added."""

from __future__ import annotations

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    Table,
    Text,
    UniqueConstraint,
    text,
)

from bot.ledger.tables.columns import Big, Moment, Value, Words, metadata, numbered, ref

article = Table(
    "article",
    metadata,
    numbered(),
    Column("key", Text, nullable=False, unique=True),  # SHA-256 of the name, which may be a very long guid
    Column("name", Words, nullable=False),  # Article.id
    Column("url", Words),
    Column("outlet", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("text", Words, nullable=False),
    Column("text_hash", Text, nullable=False, index=True),
    Column("published", Moment),
    Column("retrieved", Moment, nullable=False, index=True),
    Column("feed", Words),
    Column("partial", Boolean, nullable=False),
    Column("garbled", Boolean, nullable=False),
    Column("notes", Value, nullable=False),
    Column("language", Text, nullable=False, server_default="en"),
    Column("aside", Words, nullable=False, server_default=""),  # why no statement was taken from it
    Column("seal", Text, nullable=False, server_default=""),  # see bot.ledger.record.seals
    Column("let_go", Moment),  # when its text was, by the newsroom's retention; see bot.ledger.keeping.retention
    Index(None, "outlet", "retrieved"),
    Index("ix_article_set_aside", "retrieved", sqlite_where=text("aside > ''"), postgresql_where=text("aside > ''")),
)

version = Table(  # later texts of an article; the first one is known by having no row here
    "version",
    metadata,
    Column("article_id", Big, ForeignKey("article.id"), primary_key=True, autoincrement=False),
    ref("first_id", "article.id"),
    Column("number", Integer, nullable=False),  # from 2
    UniqueConstraint("first_id", "number"),
)

article_key = Table(
    "article_key",
    metadata,
    Column("key", Text, primary_key=True),  # SHA-256 of the key: a guid may be a megabyte long
    ref("article_id", "article.id", index=True),
)

article_source = Table(  # further outlets that carry the very same text
    "article_source",
    metadata,
    numbered(),
    ref("article_id", "article.id"),
    Column("place", Text, nullable=False),  # SHA-256 of outlet and URL
    Column("outlet", Words, nullable=False),
    Column("url", Words),
    Column("title", Words, nullable=False),
    Column("published", Moment),
    Column("retrieved", Moment, nullable=False),
    UniqueConstraint("article_id", "place"),
)

party = Table(
    "party",
    metadata,
    numbered(),
    Column("key", Text, nullable=False, unique=True),  # equal where Party.same says so
    Column("name", Words, nullable=False),
    Column("official", Words, index=True),
    Column("side", Words),
    Column("person", Boolean, nullable=False),
    Column("seal", Text, nullable=False, server_default=""),  # see bot.ledger.record.seals
)

utterance = Table(  # one remark on one occasion, however many outlets report it
    "utterance",
    metadata,
    numbered(),
    ref("party_id", "party.id", nullable=True),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Index(None, "party_id", "last"),
)

statement = Table(
    "statement",
    metadata,
    numbered(),
    Column("key", Text, nullable=False, unique=True),
    ref("article_id", "article.id", index=True),
    ref("utterance_id", "utterance.id", index=True),
    ref("party_id", "party.id", nullable=True),  # who said it
    Column("day", Date, nullable=False),  # first day said; of publication or retrieval where unknown
    Column("length", Integer, nullable=False),  # words of the quote
    Column("size", Integer, nullable=False),  # words of its shortest verbatim stretch
    Column("kind", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("quote", Words, nullable=False),
    Column("verbatim", Value, nullable=False),
    Column("cue", Words),
    Column("speaker", Value),
    Column("holder", Value),
    Column("said_first", Date),
    Column("said_last", Date),
    Column("said_how", Words),
    Column("content", Words, nullable=False),
    Column("negated", Boolean, nullable=False),
    Column("defers_to", Value),
    Column("before", Words, nullable=False),
    Column("after", Words, nullable=False),
    Column("caveats", Value, nullable=False),
    Column("mended", Integer, nullable=False, server_default="0"),  # how often people corrected what it stands for
    Column("told", Value),  # what its article tells of how it stands to another statement
    Column("seal", Text, nullable=False, server_default=""),  # see bot.ledger.record.seals
    Index(None, "party_id", "day"),
    # What has too few words to be found by them (LEAST of bot.ledger.nearness.likeness) is found by its day alone.
    Index("ix_statement_short", "party_id", "day", sqlite_where=text("size < 6"), postgresql_where=text("size < 6")),
)

fingerprint = Table(
    "fingerprint",
    metadata,
    Column("party_id", Big, ForeignKey("party.id"), primary_key=True),
    Column("hash", BigInteger, primary_key=True),
    Column("day", Date, primary_key=True),  # the statement's; see `found_under` in bot.ledger.nearness.utterances
    Column("statement_id", Big, ForeignKey("statement.id"), primary_key=True),
    sqlite_with_rowid=False,
)

fate = Table(  # what became of a statement in a later version of its article
    "fate",
    metadata,
    numbered(),
    ref("statement_id", "statement.id"),
    ref("article_id", "article.id", index=True),  # the version
    Column("became", Text, nullable=False),
    Column("start", Integer),  # where it stands in that version, or what replaced it
    Column("end", Integer),
    ref("successor_id", "statement.id", nullable=True, index=True),
    Column("at", Moment, nullable=False),
    CheckConstraint("became IN ('kept', 'changed', 'vanished')", name="became"),
    Index(None, "statement_id", "id"),
)

topic = Table("topic", metadata, Column("key", Words, primary_key=True), Column("name", Words, nullable=False))

# What tells where somebody stands, so that an index answers it by itself: some people have said very much. The id is
# in these indexes so that they keep the order of days to the last.
_STOOD = ("proposition", "stance", "claimed_by_id", "link", "statement_id")

position = Table(
    "position",
    metadata,
    numbered(),
    Column("key", Text, nullable=False, unique=True),
    ref("statement_id", "statement.id", index=True),
    Column("utterance_id", Big),  # the statement's: asked of hundreds of rows at once
    ref("holder_id", "party.id"),
    ref("claimed_by_id", "party.id", nullable=True),
    Column("said_by_id", Big),  # who made the statement, where that is not the holder
    Column("day", Date, nullable=False),
    Column("side", Words),  # the holder's
    Column("holder", Value, nullable=False),
    Column("topic", Words, nullable=False),
    Column("topic_name", Words, nullable=False),
    Column("proposition", Words, nullable=False),
    Column("proposition_text", Words, nullable=False),
    Column("stance", Text, nullable=False),
    Column("strength", Float(53), nullable=False),
    Column("claimed_by", Value),
    Column("defers_to", Value),
    Column("operators", Value, nullable=False),
    Column("scope", Value, nullable=False),
    Column("link", Words, nullable=False, server_default=""),  # why it is filed under its topic
    Column("meaning", LargeBinary),  # see bot.meaning: it names its weights; NULL where no network told it
    Column("cell", Integer),  # the cell that the meaning lies in
    Column("seal", Text, nullable=False, server_default=""),  # see bot.ledger.record.seals
    # Remarks on a topic are counted, and the newest of each holder found, without a look at thousands of rows.
    Index("ix_position_on_topic", "topic", "day", "id", "holder_id", "claimed_by_id", "utterance_id", "statement_id"),
    Index(None, "claimed_by_id", "topic", "day"),
    Index(None, "side", "topic", "day"),
    Index(None, "holder_id", "day"),
    Index(None, "claimed_by_id", "day"),
    Index(None, "side", "day"),
    Index(None, "cell", "day"),
    Index("ix_position_stood", "holder_id", "topic", "day", "id", *_STOOD),
    Index(
        "ix_position_claimed",
        "side",
        "day",
        sqlite_where=text("claimed_by_id IS NOT NULL"),
        postgresql_where=text("claimed_by_id IS NOT NULL"),
    ),
    Index(
        "ix_position_said_by",
        "said_by_id",
        "day",
        "id",
        "holder_id",
        "topic",
        *_STOOD,
        sqlite_where=text("said_by_id IS NOT NULL"),
        postgresql_where=text("said_by_id IS NOT NULL"),
    ),
    Index(None, "holder_id", "cell", "day"),
    Index(None, "claimed_by_id", "cell", "day"),
    Index(None, "side", "cell", "day"),
)

conflict = Table(
    "conflict",
    metadata,
    numbered(),
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    ref("fresh_id", "position.id", index=True),
    ref("earlier_id", "position.id", index=True),
    ref("bridge_id", "position.id", nullable=True),
    Column("score", Float(53), nullable=False),
    Column("case", Words, nullable=False),
    Column("title", Words, nullable=False),
    Column("lede", Words, nullable=False),
    Column("why", Words, nullable=False),
    Column("check_first", Value, nullable=False),
    Column("answer", Text),
    Column("seal", Text, nullable=False, server_default=""),  # see bot.ledger.record.seals
)

conflict_party = Table(  # whom a conflict is about: see bot.ledger.record.involved
    "conflict_party",
    metadata,
    Column("conflict_id", Big, ForeignKey("conflict.id"), primary_key=True),
    Column("party_id", Big, ForeignKey("party.id"), primary_key=True),
    Index(None, "party_id", "conflict_id"),
    sqlite_with_rowid=False,
)

alert = Table(
    "alert",
    metadata,
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("dedupe_key", Text, nullable=False, unique=True),
    ref("conflict_id", "conflict.id", index=True),  # the pair that heads the card
    ref("fresh_id", "utterance.id"),  # the two remarks that raised it
    ref("earlier_id", "utterance.id"),
    Column("title", Words, nullable=False),  # kept for its life
    Column("case", Words, nullable=False, index=True),
    Column("channel", Words, nullable=False),
    Column("strength", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("review", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("decided_by", Words),
    Column("decided_at", Moment),
    Column("decision_note", Words, nullable=False),
    Column("owner", Words),  # who looks into it
    Column("withdrawn_at", Moment),
    Column("withdrawn_why", Words, nullable=False),
    Column("withdrawn_by", Words),
    Column("seal", Text, nullable=False, server_default=""),
    CheckConstraint("review IN ('open', 'confirmed', 'dismissed')", name="review"),
    Index(None, "fresh_id", "earlier_id"),
)

alert_evidence = Table(
    "alert_evidence",
    metadata,
    numbered(),
    ref("alert_number", "alert.number"),
    ref("position_id", "position.id", index=True),
    Column("joined_at", Moment, nullable=False),
    UniqueConstraint("alert_number", "position_id"),
)

delivery = Table(
    "delivery",
    metadata,
    numbered(),  # the order within a channel
    Column("key", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    ref("alert_number", "alert.number", index=True),
    Column("channel", Words, nullable=False),
    Column("state", Text, nullable=False, index=True),
    Column("opening", Boolean, nullable=False),
    Column("body", Value, nullable=False),  # ids of the positions that a reply shows
    Column("created_at", Moment, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("attempted_at", Moment),
    Column("retry_at", Moment),
    Column("intended", Integer, nullable=False),  # the revision of the attempt
    Column("shown", Integer, nullable=False),  # the revision that Slack acknowledged; 0: none
    Column("reason", Words, nullable=False),
    Column("slack_channel", Words),
    Column("slack_ts", Words),
    Column("change", Value),  # what a reply tells: who did what to the alert, and why
    CheckConstraint("kind IN ('card', 'reply', 'update')", name="kind"),
    CheckConstraint(
        "state IN ('pending', 'sending', 'sent', 'stuck', 'withdrawn', 'held', 'folded', 'listed')", name="state"
    ),
)

decision = Table(  # everything people did to alerts
    "decision",
    metadata,
    numbered(),
    ref("alert_number", "alert.number", index=True),
    Column("action", Text, nullable=False),
    Column("by", Words, nullable=False),
    Column("note", Words, nullable=False),
    Column("remark", Words, nullable=False, server_default=""),  # what was said beside the reason
    Column("at", Moment, nullable=False, index=True),
    Column("before", Text, nullable=False),
    Column("after", Text, nullable=False),
)

threshold_step = Table(  # from which score a kind is posted: every move, and what people did about it
    "threshold_step",
    metadata,
    numbered(),
    Column("kind", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("old", Float(53), nullable=False),
    Column("new", Float(53), nullable=False),
    Column("start", Float(53), nullable=False),  # the configured score of that day
    Column("confirmed", Integer, nullable=False),  # the verdicts it rests on
    Column("refused", Integer, nullable=False),
    Column("unexplained", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("by", Words, nullable=False),  # empty: the desk's verdicts
    Column("why", Words, nullable=False),
    ref("undoes_id", "threshold_step.id", nullable=True),
    UniqueConstraint("undoes_id"),
    CheckConstraint("what IN ('moved', 'undone', 'held', 'released')", name="what"),
)

"""The first schema.

Revision ID: 0001
"""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "article",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_hash", sa.Text(), nullable=False),
        sa.Column("published", MOMENT, nullable=True),
        sa.Column("retrieved", MOMENT, nullable=False),
        sa.Column("feed", sa.Text(), nullable=True),
        sa.Column("partial", sa.Boolean(), nullable=False),
        sa.Column("garbled", sa.Boolean(), nullable=False),
        sa.Column("notes", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_article"),
        sa.UniqueConstraint("key", name="uq_article_key"),
    )
    op.create_index("ix_article_text_hash", "article", ["text_hash"], unique=False)
    op.create_table(
        "entry_attempt",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("last_at", MOMENT, nullable=False),
        sa.Column("parked", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_entry_attempt"),
    )
    op.create_table(
        "feed_state",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.Text(), nullable=True),
        sa.Column("polled_at", MOMENT, nullable=True),
        sa.Column("good_at", MOMENT, nullable=True),
        sa.Column("next_at", MOMENT, nullable=True),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("moved_to", sa.Text(), nullable=True),
        sa.Column("paused", sa.Boolean(), nullable=False),
        sa.Column("seeded", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("feed", name="pk_feed_state"),
    )
    op.create_table(
        "party",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("official", sa.Text(), nullable=True),
        sa.Column("side", sa.Text(), nullable=True),
        sa.Column("person", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_party"),
        sa.UniqueConstraint("key", name="uq_party_key"),
    )
    op.create_index("ix_party_official", "party", ["official"], unique=False)
    op.create_table(
        "topic",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_topic"),
    )
    op.create_table(
        "article_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("article_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_article_key_article_id"),
        sa.PrimaryKeyConstraint("key", name="pk_article_key"),
    )
    op.create_index("ix_article_key_article_id", "article_key", ["article_id"], unique=False)
    op.create_table(
        "article_source",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("outlet", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("published", MOMENT, nullable=True),
        sa.Column("retrieved", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_article_source_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_article_source"),
        sa.UniqueConstraint("article_id", "place", name="uq_article_source_article_id_place"),
    )
    op.create_table(
        "entry_key",
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("attempt_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["attempt_id"], ["entry_attempt.id"], name="fk_entry_key_attempt_id"),
        sa.PrimaryKeyConstraint("key", name="pk_entry_key"),
    )
    op.create_index("ix_entry_key_attempt_id", "entry_key", ["attempt_id"], unique=False)
    op.create_table(
        "utterance",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("party_id", BIG, nullable=True),
        sa.Column("first", sa.Date(), nullable=False),
        sa.Column("last", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name="fk_utterance_party_id"),
        sa.PrimaryKeyConstraint("id", name="pk_utterance"),
    )
    op.create_index("ix_utterance_party_id", "utterance", ["party_id"], unique=False)
    op.create_table(
        "statement",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("utterance_id", BIG, nullable=False),
        sa.Column("party_id", BIG, nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("length", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("quote", sa.Text(), nullable=False),
        sa.Column("verbatim", sa.JSON(), nullable=False),
        sa.Column("cue", sa.Text(), nullable=True),
        sa.Column("speaker", sa.JSON(), nullable=True),
        sa.Column("holder", sa.JSON(), nullable=True),
        sa.Column("said_first", sa.Date(), nullable=True),
        sa.Column("said_last", sa.Date(), nullable=True),
        sa.Column("said_how", sa.Text(), nullable=True),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("negated", sa.Boolean(), nullable=False),
        sa.Column("defers_to", sa.JSON(), nullable=True),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("caveats", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_statement_article_id"),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name="fk_statement_party_id"),
        sa.ForeignKeyConstraint(["utterance_id"], ["utterance.id"], name="fk_statement_utterance_id"),
        sa.PrimaryKeyConstraint("id", name="pk_statement"),
        sa.UniqueConstraint("key", name="uq_statement_key"),
    )
    op.create_index("ix_statement_article_id", "statement", ["article_id"], unique=False)
    op.create_index("ix_statement_party_id_statement_day", "statement", ["party_id", "day"], unique=False)
    op.create_index("ix_statement_utterance_id", "statement", ["utterance_id"], unique=False)
    op.create_table(
        "fingerprint",
        sa.Column("party_id", BIG, nullable=False),
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("statement_id", BIG, nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name="fk_fingerprint_party_id"),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name="fk_fingerprint_statement_id"),
        sa.PrimaryKeyConstraint("party_id", "hash", "statement_id", name="pk_fingerprint"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "position",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("statement_id", BIG, nullable=False),
        sa.Column("holder_id", BIG, nullable=False),
        sa.Column("claimed_by_id", BIG, nullable=True),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("side", sa.Text(), nullable=True),
        sa.Column("holder", sa.JSON(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("topic_name", sa.Text(), nullable=False),
        sa.Column("proposition", sa.Text(), nullable=False),
        sa.Column("proposition_text", sa.Text(), nullable=False),
        sa.Column("stance", sa.Text(), nullable=False),
        sa.Column("strength", sa.Float(precision=53), nullable=False),
        sa.Column("claimed_by", sa.JSON(), nullable=True),
        sa.Column("defers_to", sa.JSON(), nullable=True),
        sa.Column("operators", sa.JSON(), nullable=False),
        sa.Column("scope", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(["claimed_by_id"], ["party.id"], name="fk_position_claimed_by_id"),
        sa.ForeignKeyConstraint(["holder_id"], ["party.id"], name="fk_position_holder_id"),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name="fk_position_statement_id"),
        sa.PrimaryKeyConstraint("id", name="pk_position"),
        sa.UniqueConstraint("key", name="uq_position_key"),
    )
    op.create_index("ix_position_claimed_by_id_position_day", "position", ["claimed_by_id", "day"], unique=False)
    op.create_index("ix_position_holder_id_position_day", "position", ["holder_id", "day"], unique=False)
    op.create_index("ix_position_side_position_day", "position", ["side", "day"], unique=False)
    op.create_index("ix_position_statement_id", "position", ["statement_id"], unique=False)
    op.create_index("ix_position_topic_position_day", "position", ["topic", "day"], unique=False)
    op.create_table(
        "conflict",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("fresh_id", BIG, nullable=False),
        sa.Column("earlier_id", BIG, nullable=False),
        sa.Column("bridge_id", BIG, nullable=True),
        sa.Column("score", sa.Float(precision=53), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("lede", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("check_first", sa.JSON(), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(["bridge_id"], ["position.id"], name="fk_conflict_bridge_id"),
        sa.ForeignKeyConstraint(["earlier_id"], ["position.id"], name="fk_conflict_earlier_id"),
        sa.ForeignKeyConstraint(["fresh_id"], ["position.id"], name="fk_conflict_fresh_id"),
        sa.PrimaryKeyConstraint("id", name="pk_conflict"),
        sa.UniqueConstraint("key", name="uq_conflict_key"),
    )
    op.create_index("ix_conflict_earlier_id", "conflict", ["earlier_id"], unique=False)
    op.create_index("ix_conflict_fresh_id", "conflict", ["fresh_id"], unique=False)
    op.create_table(
        "alert",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("dedupe_key", sa.Text(), nullable=False),
        sa.Column("conflict_id", BIG, nullable=False),
        sa.Column("fresh_id", BIG, nullable=False),
        sa.Column("earlier_id", BIG, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("strength", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("review", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("decided_by", sa.Text(), nullable=True),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.Column("decision_note", sa.Text(), nullable=False),
        sa.Column("withdrawn_at", MOMENT, nullable=True),
        sa.Column("withdrawn_why", sa.Text(), nullable=False),
        sa.CheckConstraint("review IN ('open', 'confirmed', 'dismissed')", name=op.f("ck_alert_review")),
        sa.ForeignKeyConstraint(["conflict_id"], ["conflict.id"], name="fk_alert_conflict_id"),
        sa.ForeignKeyConstraint(["earlier_id"], ["utterance.id"], name="fk_alert_earlier_id"),
        sa.ForeignKeyConstraint(["fresh_id"], ["utterance.id"], name="fk_alert_fresh_id"),
        sa.PrimaryKeyConstraint("number", name="pk_alert"),
        sa.UniqueConstraint("dedupe_key", name="uq_alert_dedupe_key"),
    )
    op.create_index("ix_alert_case", "alert", ["case"], unique=False)
    op.create_index("ix_alert_conflict_id", "alert", ["conflict_id"], unique=False)
    op.create_index("ix_alert_fresh_id_alert_earlier_id", "alert", ["fresh_id", "earlier_id"], unique=False)
    op.create_table(
        "alert_evidence",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("alert_number", BIG, nullable=False),
        sa.Column("position_id", BIG, nullable=False),
        sa.Column("joined_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["alert_number"], ["alert.number"], name="fk_alert_evidence_alert_number"),
        sa.ForeignKeyConstraint(["position_id"], ["position.id"], name="fk_alert_evidence_position_id"),
        sa.PrimaryKeyConstraint("id", name="pk_alert_evidence"),
        sa.UniqueConstraint("alert_number", "position_id", name="uq_alert_evidence_alert_number_position_id"),
    )
    op.create_index("ix_alert_evidence_position_id", "alert_evidence", ["position_id"], unique=False)
    op.create_table(
        "decision",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("alert_number", BIG, nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["alert_number"], ["alert.number"], name="fk_decision_alert_number"),
        sa.PrimaryKeyConstraint("id", name="pk_decision"),
    )
    op.create_index("ix_decision_alert_number", "decision", ["alert_number"], unique=False)
    op.create_table(
        "delivery",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("alert_number", BIG, nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("opening", sa.Boolean(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("attempted_at", MOMENT, nullable=True),
        sa.Column("retry_at", MOMENT, nullable=True),
        sa.Column("intended", sa.Integer(), nullable=False),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("slack_channel", sa.Text(), nullable=True),
        sa.Column("slack_ts", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('card', 'reply', 'update')", name=op.f("ck_delivery_kind")),
        sa.CheckConstraint(
            "state IN ('pending', 'sending', 'sent', 'stuck', 'withdrawn')", name=op.f("ck_delivery_state")
        ),
        sa.ForeignKeyConstraint(["alert_number"], ["alert.number"], name="fk_delivery_alert_number"),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.UniqueConstraint("key", name="uq_delivery_key"),
    )
    op.create_index("ix_delivery_alert_number", "delivery", ["alert_number"], unique=False)
    op.create_index("ix_delivery_state", "delivery", ["state"], unique=False)

    for table in ("statement", "decision"):
        _only_add(table)


def _only_add(table: str) -> None:
    """What was said and what was decided stays as it was written, whoever reaches for it."""
    says = f"rows of {table} are never changed"
    if op.get_context().dialect.name == "sqlite":
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_is_final() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{says}'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_is_final BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_is_final()"
    )

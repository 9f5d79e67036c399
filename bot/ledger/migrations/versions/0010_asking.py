"""Asking the record: an index of the words of statements, what was handed out, the names that editors gave topics.

Revision ID: 0010
"""

import sqlalchemy as sa
from alembic import op

from bot.ledger.nearness import fulltext

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "handed_out",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("what IN ('share', 'export')", name=op.f("ck_handed_out_what")),
        sa.PrimaryKeyConstraint("id", name="pk_handed_out"),
        sa.UniqueConstraint("key", name="uq_handed_out_key"),
    )
    op.create_table(
        "topic_rename",
        sa.Column("id", BIG, autoincrement=False, nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("before", sa.Text(), nullable=False),
        sa.Column("after", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undoes_id", BIG, nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_topic_rename"),
        sa.UniqueConstraint("undoes_id", name="uq_topic_rename_undoes_id"),
    )
    op.create_index("ix_topic_rename_topic", "topic_rename", ["topic"], unique=False)
    for table in ("handed_out", "topic_rename"):
        _only_add(table)
    op.drop_index("ix_utterance_party_id", table_name="utterance")
    op.create_index("ix_utterance_party_id_utterance_last", "utterance", ["party_id", "last"], unique=False)
    op.create_index("ix_article_retrieved", "article", ["retrieved"], unique=False)
    claimed = sa.text("claimed_by_id IS NOT NULL")
    op.create_index(
        "ix_position_claimed", "position", ["side", "day"], unique=False, sqlite_where=claimed, postgresql_where=claimed
    )
    fulltext.create(op.get_bind())
    fulltext.fill(op.get_bind())


def _only_add(table: str) -> None:
    """What people did stays on record as it was."""
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

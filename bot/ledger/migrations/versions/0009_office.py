"""Events heard from Slack, who reads the App Home, channels greeted, and the logs of changed sources and people.

Revision ID: 0009
"""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "heard_event",
        sa.Column("event", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("event", name="pk_heard_event"),
    )
    op.create_index("ix_heard_event_at", "heard_event", ["at"])
    op.create_table(
        "home_reader",
        sa.Column("user", sa.Text(), nullable=False),
        sa.Column("first_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("last_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("user", name="pk_home_reader"),
    )
    op.create_table(
        "greeted_channel",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("channel", name="pk_greeted_channel"),
    )
    op.create_table(
        "source_change",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("past", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "what IN ('suggested', 'added', 'declined', 'paused', 'resumed', 'removed')",
            name=op.f("ck_source_change_what"),
        ),
        sa.CheckConstraint("past IN ('fill', 'skip')", name=op.f("ck_source_change_past")),
        sa.PrimaryKeyConstraint("id", name="pk_source_change"),
    )
    op.create_index("ix_source_change_source", "source_change", ["source"])
    op.create_table(
        "roster_change",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(none_as_null=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("undoes_id", BIG, nullable=True),
        sa.CheckConstraint("what IN ('side', 'person', 'alias', 'role', 'undone')", name=op.f("ck_roster_change_what")),
        sa.ForeignKeyConstraint(["undoes_id"], ["roster_change.id"], name="fk_roster_change_undoes_id"),
        sa.PrimaryKeyConstraint("id", name="pk_roster_change"),
    )
    for table in ("source_change", "roster_change"):
        _only_add(table)


def _only_add(table: str) -> None:
    """What was changed in Slack stays on record as it was; an undo is a row of its own."""
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

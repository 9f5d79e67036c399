"""The meaning of positions, and topics as links that editors change: merged, split, undone.

Revision ID: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("position", sa.Column("utterance_id", BIG, nullable=True))
    op.execute(
        "UPDATE position SET utterance_id = (SELECT utterance_id FROM statement WHERE id = position.statement_id)"
    )
    op.add_column("position", sa.Column("link", sa.Text(), nullable=False, server_default=""))
    op.add_column("position", sa.Column("meaning", sa.LargeBinary(), nullable=True))
    op.add_column("position", sa.Column("cell", sa.Integer(), nullable=True))
    op.create_index("ix_position_cell_position_day", "position", ["cell", "day"], unique=False)
    for whose in ("holder_id", "claimed_by_id", "side"):
        name = f"ix_position_{whose}_position_cell_position_day"
        op.create_index(name, "position", [whose, "cell", "day"], unique=False)
    op.create_table(
        "first_filed",
        sa.Column("position_id", BIG, autoincrement=False, nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("topic_name", sa.Text(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["position_id"], ["position.id"], name="fk_first_filed_position_id"),
        sa.PrimaryKeyConstraint("position_id", name="pk_first_filed"),
    )
    op.create_index("ix_first_filed_topic", "first_filed", ["topic"], unique=False)
    op.create_table(
        "topic_change",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=True),
        sa.Column("target", sa.Text(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("undoes_id", BIG, nullable=True),
        sa.CheckConstraint("what IN ('merged', 'split', 'undone')", name=op.f("ck_topic_change_what")),
        sa.ForeignKeyConstraint(["undoes_id"], ["topic_change.id"], name="fk_topic_change_undoes_id"),
        sa.PrimaryKeyConstraint("id", name="pk_topic_change"),
        sa.UniqueConstraint("undoes_id", name="uq_topic_change_undoes_id"),
    )
    op.create_table(
        "topic_split",
        sa.Column("change_id", BIG, autoincrement=False, nullable=False),
        sa.Column("position_id", BIG, autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(["change_id"], ["topic_change.id"], name="fk_topic_split_change_id"),
        sa.ForeignKeyConstraint(["position_id"], ["position.id"], name="fk_topic_split_position_id"),
        sa.PrimaryKeyConstraint("change_id", "position_id", name="pk_topic_split"),
    )
    op.create_index("ix_topic_split_position_id", "topic_split", ["position_id"], unique=False)
    for table in ("topic_change", "topic_split"):
        _only_add(table)


def _only_add(table: str) -> None:
    """What editors did with topics stays on record as it was; an undo is a row of its own."""
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

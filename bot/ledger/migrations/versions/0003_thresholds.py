"""The record of thresholds: from which score each kind of conflict is posted, and why that moved.

Revision ID: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "threshold_step",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("old", sa.Float(53), nullable=False),
        sa.Column("new", sa.Float(53), nullable=False),
        sa.Column("start", sa.Float(53), nullable=False),
        sa.Column("confirmed", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.Column("unexplained", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("undoes_id", BIG, nullable=True),
        sa.CheckConstraint("what IN ('moved', 'undone', 'held', 'released')", name=op.f("ck_threshold_step_what")),
        sa.ForeignKeyConstraint(["undoes_id"], ["threshold_step.id"], name="fk_threshold_step_undoes_id"),
        sa.PrimaryKeyConstraint("id", name="pk_threshold_step"),
        sa.UniqueConstraint("undoes_id", name="uq_threshold_step_undoes_id"),
    )
    _only_add("threshold_step")


def _only_add(table: str) -> None:
    """What moved a threshold stays on record as it was; an undo is a row of its own."""
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

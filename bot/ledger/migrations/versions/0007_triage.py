"""Triage: owners, a log of all that people do, what replies tell, and statements corrected by people.

Revision ID: 0007
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.add_column("alert", sa.Column("owner", sa.Text(), nullable=True))
    op.add_column("alert", sa.Column("withdrawn_by", sa.Text(), nullable=True))
    op.execute("UPDATE alert SET decision_note = 'wrong extraction' WHERE decision_note = 'wrongly read'")
    op.add_column("decision", sa.Column("remark", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_decision_at", "decision", ["at"], unique=False)
    op.add_column("delivery", sa.Column("change", sa.JSON(), nullable=True))
    op.add_column("statement", sa.Column("mended", sa.Integer(), nullable=False, server_default="0"))
    op.create_table(
        "correction",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("statement_id", BIG, nullable=False),
        sa.Column("successor_id", BIG, nullable=True),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("old", sa.Text(), nullable=False),
        sa.Column("new", sa.Text(), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.CheckConstraint(
            "field IN ('speaker', 'words', 'date', 'topic', 'stance', 'withdrawn')", name=op.f("ck_correction_field")
        ),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name="fk_correction_statement_id"),
        sa.ForeignKeyConstraint(["successor_id"], ["statement.id"], name="fk_correction_successor_id"),
        sa.PrimaryKeyConstraint("id", name="pk_correction"),
        sa.UniqueConstraint("statement_id", "field", name="uq_correction_statement_id_field"),
    )
    op.create_index("ix_correction_at", "correction", ["at"], unique=False)
    op.create_index("ix_correction_successor_id", "correction", ["successor_id"], unique=False)
    _only_add("correction")


def _only_add(table: str) -> None:
    """What people corrected stays on record as it was; a further correction is a row of its own."""
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

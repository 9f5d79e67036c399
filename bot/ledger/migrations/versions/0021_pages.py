"""What pages need: links to one alert, and the articles of an outlet in the order in which they were read.

Revision ID: 0021
"""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "share_link",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("alert_number", BIG, nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["alert_number"], ["alert.number"], name="fk_share_link_alert_number"),
        sa.PrimaryKeyConstraint("id", name="pk_share_link"),
    )
    op.create_index("ix_share_link_alert_number", "share_link", ["alert_number"])
    op.create_table(
        "share_link_end",
        sa.Column("link_id", BIG, autoincrement=False, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["link_id"], ["share_link.id"], name="fk_share_link_end_link_id"),
        sa.PrimaryKeyConstraint("link_id", name="pk_share_link_end"),
    )
    for table in ("share_link", "share_link_end"):
        _only_add(table)
    op.create_index("ix_article_outlet_article_retrieved", "article", ["outlet", "retrieved"])


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

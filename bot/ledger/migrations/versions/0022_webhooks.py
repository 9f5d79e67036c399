"""What is told to webhooks.

Revision ID: 0022
"""

import sqlalchemy as sa
from alembic import op

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "webhook",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("alert", sa.Integer(), nullable=False),
        sa.Column("decision", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_webhook"),
    )
    op.create_table(
        "webhook_post",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("webhook", sa.Text(), nullable=False),
        sa.Column("alert_number", BIG, nullable=False),
        sa.Column("decision_id", BIG, nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("attempted_at", MOMENT, nullable=True),
        sa.Column("retry_at", MOMENT, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.CheckConstraint("state IN ('pending', 'sent', 'stuck')", name="ck_webhook_post_state"),
        sa.ForeignKeyConstraint(["alert_number"], ["alert.number"], name="fk_webhook_post_alert_number"),
        sa.ForeignKeyConstraint(["decision_id"], ["decision.id"], name="fk_webhook_post_decision_id"),
        sa.PrimaryKeyConstraint("id", name="pk_webhook_post"),
        sa.UniqueConstraint("key", name="uq_webhook_post_key"),
    )
    waiting = sa.text("state <> 'sent'")
    op.create_index(
        "ix_webhook_post_waiting", "webhook_post", ["webhook", "id"], sqlite_where=waiting, postgresql_where=waiting
    )

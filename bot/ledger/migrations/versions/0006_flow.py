"""What is sent where: wishes, preferences, outcomes of routing, bulletins; cards that are held, folded or muted.

Revision ID: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
STATES = "'pending', 'sending', 'sent', 'stuck', 'withdrawn'"


def upgrade() -> None:
    with op.batch_alter_table("delivery") as batch:
        batch.drop_constraint(op.f("ck_delivery_state"), type_="check")
        batch.create_check_constraint(op.f("ck_delivery_state"), f"state IN ({STATES}, 'held', 'folded', 'listed')")
    op.create_table(
        "wish",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("target", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("until", MOMENT, nullable=True),
        sa.Column("by", sa.Text(), nullable=False),
        sa.CheckConstraint("what IN ('follow', 'mute')", name=op.f("ck_wish_what")),
        sa.CheckConstraint("(what = 'follow') = (until IS NULL)", name=op.f("ck_wish_until")),
        sa.CheckConstraint("kind IN ('topic', 'person', 'side', 'kind', 'source', 'pair')", name=op.f("ck_wish_kind")),
        sa.PrimaryKeyConstraint("id", name="pk_wish"),
    )
    op.create_index("ix_wish_audience", "wish", ["audience"], unique=False)
    op.create_table(
        "wish_end",
        sa.Column("wish_id", BIG, autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["wish_id"], ["wish.id"], name="fk_wish_end_wish_id"),
        sa.PrimaryKeyConstraint("wish_id", name="pk_wish_end"),
    )
    op.create_table(
        "preference",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.JSON(), nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_preference"),
    )
    op.create_index("ix_preference_audience_preference_name", "preference", ["audience", "name"], unique=False)
    op.create_table(
        "routed",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("conflict_id", BIG, nullable=False),
        sa.Column("audience", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("alert_number", BIG, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint(
            "outcome IN ('posted', 'held', 'muted', 'listed', 'joined', 'not sent')", name=op.f("ck_routed_outcome")
        ),
        sa.ForeignKeyConstraint(["conflict_id"], ["conflict.id"], name="fk_routed_conflict_id"),
        sa.ForeignKeyConstraint(["alert_number"], ["alert.number"], name="fk_routed_alert_number"),
        sa.PrimaryKeyConstraint("id", name="pk_routed"),
    )
    op.create_index("ix_routed_conflict_id", "routed", ["conflict_id"], unique=False)
    op.create_index("ix_routed_alert_number", "routed", ["alert_number"], unique=False)
    op.create_table(
        "bulletin",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("attempted_at", MOMENT, nullable=True),
        sa.Column("retry_at", MOMENT, nullable=True),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("slack_channel", sa.Text(), nullable=True),
        sa.Column("slack_ts", sa.Text(), nullable=True),
        sa.CheckConstraint("kind IN ('digest', 'notice')", name=op.f("ck_bulletin_kind")),
        sa.CheckConstraint("state IN ('pending', 'sending', 'sent', 'stuck')", name=op.f("ck_bulletin_state")),
        sa.PrimaryKeyConstraint("id", name="pk_bulletin"),
        sa.UniqueConstraint("key", name="uq_bulletin_key"),
    )
    op.create_index("ix_bulletin_state", "bulletin", ["state"], unique=False)
    op.create_table(
        "bulletin_alert",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("bulletin_id", BIG, nullable=False),
        sa.Column("alert_number", BIG, nullable=False),
        sa.ForeignKeyConstraint(["bulletin_id"], ["bulletin.id"], name="fk_bulletin_alert_bulletin_id"),
        sa.ForeignKeyConstraint(["alert_number"], ["alert.number"], name="fk_bulletin_alert_alert_number"),
        sa.PrimaryKeyConstraint("id", name="pk_bulletin_alert"),
        sa.UniqueConstraint("bulletin_id", "alert_number", name="uq_bulletin_alert_bulletin_id_alert_number"),
    )
    op.create_index("ix_bulletin_alert_alert_number", "bulletin_alert", ["alert_number"], unique=False)
    op.create_table(
        "trouble",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("what IN ('began', 'told', 'over')", name=op.f("ck_trouble_what")),
        sa.PrimaryKeyConstraint("id", name="pk_trouble"),
    )
    op.create_index("ix_trouble_subject", "trouble", ["subject"], unique=False)
    for table in ("wish", "wish_end", "preference", "routed", "bulletin_alert", "trouble"):
        _only_add(table)


def _only_add(table: str) -> None:
    """What somebody set, and what came of a conflict, stays on record as it was."""
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

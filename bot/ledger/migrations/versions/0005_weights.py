"""A meaning names the weights that told it; and the few on one topic by one party are found at once.

Of the meanings so far nobody knows which weights told them: they are taken out, and the rows come up by their day.

Revision ID: 0005
"""

from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.execute("UPDATE position SET meaning = NULL, cell = NULL")
    op.drop_index("ix_position_topic_position_day", "position")
    op.create_index(
        "ix_position_topic_position_day_position_holder_id", "position", ["topic", "day", "holder_id"], unique=False
    )
    for whose in ("holder_id", "claimed_by_id", "side"):
        name = f"ix_position_{whose}_position_topic_position_day"
        op.create_index(name, "position", [whose, "topic", "day"], unique=False)

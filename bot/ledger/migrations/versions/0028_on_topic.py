"""How many remarks there are on a topic is told by an index alone: under each alert it stands how many.

Revision ID: 0028
"""

from alembic import op

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.drop_index("ix_position_topic_position_day_position_holder_id", "position")
    op.create_index(
        "ix_position_on_topic",
        "position",
        ["topic", "day", "id", "holder_id", "claimed_by_id", "utterance_id", "statement_id"],
        unique=False,
    )
    known = "SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'"
    if op.get_context().dialect.name == "sqlite" and op.get_bind().exec_driver_sql(known).first():
        op.execute("ANALYZE ix_position_on_topic")  # of which nothing is known, it takes for the best

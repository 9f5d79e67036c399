"""What somebody said in one cell of meaning lies side by side with its vectors, and is read without its rows.

Revision ID: 0025
"""

from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_index(
        "ix_position_beside",
        "position",
        ["cell", "holder_id", "day", "id", "utterance_id", "meaning"],
        unique=False,
    )
    op.drop_index("ix_position_holder_id_position_cell_position_day", "position")

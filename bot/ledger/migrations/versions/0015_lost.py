"""How many entries of a feed could not be read when it was last read.

Revision ID: 0015
"""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feed_state", sa.Column("lost", sa.Integer(), nullable=False, server_default="0"))

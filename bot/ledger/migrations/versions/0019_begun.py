"""A poll that began to read entries and never ended is known by it, where each attempt was counted before.

Revision ID: 0019
"""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("feed_state", sa.Column("begun", sa.Boolean(), nullable=False, server_default=sa.false()))

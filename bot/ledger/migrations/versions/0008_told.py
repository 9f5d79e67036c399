"""What an article itself tells of how one of its statements stands to another.

Revision ID: 0008
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("statement", sa.Column("told", sa.JSON(), nullable=True))

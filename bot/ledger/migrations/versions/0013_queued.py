"""Greetings, shared answers and suggestions go through the outbox: a bulletin may carry its message, for a while.

Revision ID: 0013
"""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("bulletin", sa.Column("message", sa.JSON(none_as_null=True), nullable=True))
    op.add_column("bulletin", sa.Column("until", sa.DateTime(timezone=True), nullable=True))

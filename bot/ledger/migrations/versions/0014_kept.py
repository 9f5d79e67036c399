"""Retention finds the texts that are still kept without walking through those that were let go.

Revision ID: 0014
"""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"
branch_labels = None
depends_on = None


def upgrade() -> None:
    kept = sa.text("let_go IS NULL")
    op.create_index("ix_article_kept", "article", ["retrieved"], unique=False, sqlite_where=kept, postgresql_where=kept)

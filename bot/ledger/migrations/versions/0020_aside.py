"""The articles that were set aside by the moment they were read: the newest of them are asked for in each status.

Revision ID: 0020
"""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ASIDE = sa.text("aside > ''")


def upgrade() -> None:
    op.drop_index("ix_article_aside", table_name="article")
    op.create_index("ix_article_set_aside", "article", ["retrieved"], sqlite_where=ASIDE, postgresql_where=ASIDE)

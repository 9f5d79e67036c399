"""Which version of the program gave up on an entry: another one tries it again.

Revision ID: 0011
"""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("entry_attempt", sa.Column("parked_by", sa.Text(), nullable=True))

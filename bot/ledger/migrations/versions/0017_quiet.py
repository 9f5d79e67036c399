"""What a silent poll left for later stays silent, however often the service is started until it is read.

Revision ID: 0017
"""

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0016"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("entry_attempt", sa.Column("quiet", sa.Boolean(), nullable=False, server_default=sa.false()))

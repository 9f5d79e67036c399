"""Who said what another one holds: a position says so itself, so that whoever asks need not look at every statement.

Revision ID: 0026
"""

import sqlalchemy as sa
from alembic import op

revision = "0026"
down_revision = "0025"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
SAID_BY = sa.text("said_by_id IS NOT NULL")


def upgrade() -> None:
    op.add_column("position", sa.Column("said_by_id", BIG, nullable=True))
    op.execute(
        "UPDATE position SET said_by_id = (SELECT party_id FROM statement WHERE id = position.statement_id) "
        "WHERE id IN (SELECT held.id FROM position AS held JOIN statement ON statement.id = held.statement_id "
        "WHERE statement.party_id <> held.holder_id)"
    )
    op.create_index(
        "ix_position_said_by", "position", ["said_by_id", "day"], sqlite_where=SAID_BY, postgresql_where=SAID_BY
    )

"""The seal of a conflict covers the third statement that it shows, where it shows one.

Revision ID: 0018
"""

import sqlalchemy as sa
from alembic import op

from bot.ledger.record.seals import SEALED, sealed
from bot.ledger.tables import schema

revision = "0018"
down_revision = "0017"
branch_labels = None
depends_on = None


def upgrade() -> None:
    connection = op.get_bind()
    known = schema.conflict.c
    columns = {name: sa.column(name, known[name].type) for name in ("id", "bridge_id", "seal", *SEALED["conflict"])}
    conflict = sa.table("conflict", *columns.values())
    position = sa.table("position", sa.column("id"), sa.column("statement_id"))
    statement = sa.table("statement", sa.column("id"), sa.column("key"))
    query = (
        sa.select(conflict, statement.c.key.label("across"))
        .join_from(conflict, position, position.c.id == conflict.c.bridge_id)
        .join(statement, statement.c.id == position.c.statement_id)
    )
    for row in connection.execute(query).mappings().all():
        values = [row[name] for name in SEALED["conflict"]]
        if row["seal"] == sealed("conflict", values):  # another one was altered, and stays a fault
            whole = sealed("conflict", values, row["across"])
            connection.execute(sa.update(conflict).where(conflict.c.id == row["id"]).values(seal=whole))

"""Whom a conflict is about is kept with it, and an index tells by itself where somebody stands.

Revision ID: 0027
"""

import sqlalchemy as sa
from alembic import op

revision = "0027"
down_revision = "0026"
branch_labels = None
depends_on = None

SAID_BY = sa.text("said_by_id IS NOT NULL")
STOOD = ["proposition", "stance", "claimed_by_id", "link", "statement_id"]
COPY = """
INSERT INTO conflict_party (conflict_id, party_id)
SELECT conflict.id, position.holder_id FROM conflict
JOIN position ON position.id IN (conflict.fresh_id, conflict.earlier_id, conflict.bridge_id)
UNION
SELECT conflict.id, position.said_by_id FROM conflict
JOIN position ON position.id IN (conflict.fresh_id, conflict.earlier_id, conflict.bridge_id)
WHERE position.said_by_id IS NOT NULL
ORDER BY 1, 2
"""


def upgrade() -> None:
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "conflict_party",
        sa.Column("conflict_id", big, nullable=False),
        sa.Column("party_id", big, nullable=False),
        sa.ForeignKeyConstraint(["conflict_id"], ["conflict.id"], name="fk_conflict_party_conflict_id"),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name="fk_conflict_party_party_id"),
        sa.PrimaryKeyConstraint("conflict_id", "party_id", name="pk_conflict_party"),
        sqlite_with_rowid=False,
    )
    op.execute(COPY)
    op.create_index(
        "ix_conflict_party_party_id_conflict_party_conflict_id", "conflict_party", ["party_id", "conflict_id"]
    )
    op.drop_index("ix_position_holder_id_position_topic_position_day", table_name="position")
    op.create_index("ix_position_stood", "position", ["holder_id", "topic", "day", "id", *STOOD])
    op.drop_index("ix_position_said_by", table_name="position")
    op.create_index(
        "ix_position_said_by",
        "position",
        ["said_by_id", "day", "id", "holder_id", "topic", *STOOD],
        sqlite_where=SAID_BY,
        postgresql_where=SAID_BY,
    )
    known = "SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'"
    if op.get_context().dialect.name == "sqlite" and op.get_bind().exec_driver_sql(known).first():
        for index in ("ix_position_stood", "ix_position_said_by"):  # of which nothing is known, it takes for the best
            op.execute(f"ANALYZE {index}")

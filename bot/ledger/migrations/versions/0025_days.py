"""What somebody said in much the same words is found within days of a remark, not among all that they ever said.

Revision ID: 0025
"""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0024"
branch_labels = None
depends_on = None

# As text where a kind of database has no days of its own; the first day of all stands for no one day: see
# `found_under` in bot.ledger.nearness.utterances.
COPY = """
INSERT INTO fingerprint (party_id, hash, day, statement_id)
SELECT before.party_id, before.hash, CASE WHEN {wide} THEN '0001-01-01' ELSE statement.day END, before.statement_id
FROM fingerprint_before AS before JOIN statement ON statement.id = before.statement_id
JOIN utterance ON utterance.id = statement.utterance_id
ORDER BY 1, 2, 3, 4
"""
WIDE = {
    "sqlite": "julianday({last}) - julianday({first}) > 7",
    "postgresql": "{last} - {first} > 7",
}
SPANS = (("statement.said_first", "statement.said_last"), ("utterance.first", "utterance.last"))


def upgrade() -> None:
    kind = op.get_context().dialect.name
    op.rename_table("fingerprint", "fingerprint_before")
    if kind == "postgresql":  # the name of a key's index is taken for the whole database there
        op.execute("ALTER INDEX pk_fingerprint RENAME TO pk_fingerprint_before")
    big = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "fingerprint",
        sa.Column("party_id", big, nullable=False),
        sa.Column("hash", sa.BigInteger(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("statement_id", big, nullable=False),
        sa.ForeignKeyConstraint(["party_id"], ["party.id"], name="fk_fingerprint_party_id"),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name="fk_fingerprint_statement_id"),
        sa.PrimaryKeyConstraint("party_id", "hash", "day", "statement_id", name="pk_fingerprint"),
        sqlite_with_rowid=False,
    )
    op.execute(COPY.format(wide=" OR ".join(WIDE[kind].format(first=first, last=last) for first, last in SPANS)))
    op.drop_table("fingerprint_before")
    short = sa.text("size < 6")
    op.create_index("ix_statement_short", "statement", ["party_id", "day"], sqlite_where=short, postgresql_where=short)

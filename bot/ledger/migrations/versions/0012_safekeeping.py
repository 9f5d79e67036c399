"""Seals over what is on record, excerpts of texts that are let go, and the planted conflicts.

Revision ID: 0012
"""

import sqlalchemy as sa
from alembic import op

from bot.ledger.record.seals import SEALED, sealed
from bot.ledger.tables import schema

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)
ROWS = 1000  # sealed at once
# The schema and the sealed columns of today, which are still those of this revision. The first release that adds or
# renames a sealed column must write down here what they were, or this revision seals what is not there yet.
TABLES = {
    one.name: one
    for one in (schema.article, schema.party, schema.statement, schema.position, schema.conflict, schema.alert)
}


def upgrade() -> None:
    for table in TABLES:
        op.add_column(table, sa.Column("seal", sa.Text(), nullable=False, server_default=""))
    op.add_column("article", sa.Column("let_go", MOMENT, nullable=True))
    op.create_table(
        "excerpt",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("start", sa.Integer(), nullable=False),
        sa.Column("end", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_excerpt_article_id"),
        sa.PrimaryKeyConstraint("id", name="pk_excerpt"),
    )
    op.create_index("ix_excerpt_article_id", "excerpt", ["article_id"], unique=False)
    op.create_table(
        "canary",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("seconds", sa.Float(53), nullable=False),
        sa.Column("fault", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_canary"),
    )
    op.create_index("ix_canary_at", "canary", ["at"], unique=False)
    _free("statement")
    for table in TABLES:
        _seal(table)
    _only_add("statement")
    for table in ("excerpt", "canary"):
        _only_add(table)


def _seal(table: str) -> None:
    """Seal what is there, as it is today."""
    connection = op.get_bind()
    known = TABLES[table].c
    columns = {name: sa.column(name, known[name].type) for name in SEALED[table]}
    number = sa.column("number" if table == "alert" else "id", sa.BigInteger())
    rows = sa.table(table, sa.column("seal"), sa.column("statement_id"), *{number.name: number, **columns}.values())
    beside: tuple[sa.ColumnElement[str], ...] = ()
    source: sa.FromClause = rows
    if table == "position":
        said = sa.table("statement", sa.column("id"), sa.column("key"))
        source, beside = rows.join(said, said.c.id == rows.c.statement_id), (said.c.key,)
    last = 0
    while True:
        query = sa.select(rows.c[number.name].label("row"), *beside, *(rows.c[name] for name in SEALED[table]))
        query = query.select_from(source).where(rows.c[number.name] > last).order_by(rows.c[number.name])
        found = connection.execute(query.limit(ROWS)).all()
        if not found:
            return
        cut = 1 + len(beside)
        made = [{"row_id": row[0], "made": sealed(table, list(row[cut:]), *row[1:cut])} for row in found]
        connection.execute(
            sa.update(rows).where(rows.c[number.name] == sa.bindparam("row_id")).values(seal=sa.bindparam("made")), made
        )
        last = found[-1][0]


def _free(table: str) -> None:
    if op.get_context().dialect.name == "sqlite":
        for action in ("update", "delete"):
            op.execute(f"DROP TRIGGER {table}_no_{action}")
        return
    op.execute(f"DROP TRIGGER {table}_is_final ON {table}")


def _only_add(table: str) -> None:
    """What was written stays as it was written, whoever reaches for it."""
    says = f"rows of {table} are never changed"
    if op.get_context().dialect.name == "sqlite":
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
            )
        return
    op.execute(
        f"CREATE OR REPLACE FUNCTION {table}_is_final() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{says}'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_is_final BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_is_final()"
    )

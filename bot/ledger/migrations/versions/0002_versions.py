"""Languages, versions of articles, and what became of their statements.

Revision ID: 0002
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("article", sa.Column("language", sa.Text(), nullable=False, server_default="en"))
    op.add_column("article", sa.Column("aside", sa.Text(), nullable=False, server_default=""))
    op.create_index("ix_article_aside", "article", ["aside"], unique=False)  # else each status reads every text
    op.create_table(
        "version",
        sa.Column("article_id", BIG, autoincrement=False, nullable=False),
        sa.Column("first_id", BIG, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_version_article_id"),
        sa.ForeignKeyConstraint(["first_id"], ["article.id"], name="fk_version_first_id"),
        sa.PrimaryKeyConstraint("article_id", name="pk_version"),
        sa.UniqueConstraint("first_id", "number", name="uq_version_first_id_number"),
    )
    op.create_table(
        "fate",
        sa.Column("id", BIG, autoincrement=True, nullable=False),
        sa.Column("statement_id", BIG, nullable=False),
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("became", sa.Text(), nullable=False),
        sa.Column("start", sa.Integer(), nullable=True),
        sa.Column("end", sa.Integer(), nullable=True),
        sa.Column("successor_id", BIG, nullable=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.CheckConstraint("became IN ('kept', 'changed', 'vanished')", name=op.f("ck_fate_became")),
        sa.ForeignKeyConstraint(["statement_id"], ["statement.id"], name="fk_fate_statement_id"),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_fate_article_id"),
        sa.ForeignKeyConstraint(["successor_id"], ["statement.id"], name="fk_fate_successor_id"),
        sa.PrimaryKeyConstraint("id", name="pk_fate"),
    )
    op.create_index("ix_fate_statement_id_fate_id", "fate", ["statement_id", "id"], unique=False)
    op.create_index("ix_fate_article_id", "fate", ["article_id"], unique=False)
    op.create_index("ix_fate_successor_id", "fate", ["successor_id"], unique=False)
    op.create_table(
        "look",
        sa.Column("feed", sa.Text(), nullable=False),
        sa.Column("article_id", BIG, nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.Column("times", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["article_id"], ["article.id"], name="fk_look_article_id"),
        sa.PrimaryKeyConstraint("feed", "article_id", name="pk_look"),
    )
    _only_add("fate")


def _only_add(table: str) -> None:
    """What became of a statement stays as it was seen."""
    says = f"rows of {table} are never changed"
    if op.get_context().dialect.name == "sqlite":
        for action in ("UPDATE", "DELETE"):
            op.execute(
                f"CREATE TRIGGER {table}_no_{action.lower()} BEFORE {action} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{says}'); END"
            )
        return
    op.execute(
        f"CREATE FUNCTION {table}_is_final() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{says}'; END $$"
    )
    op.execute(
        f"CREATE TRIGGER {table}_is_final BEFORE UPDATE OR DELETE ON {table} "
        f"FOR EACH ROW EXECUTE FUNCTION {table}_is_final()"
    )

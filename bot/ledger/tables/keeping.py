"""The tables of keeping the record: what is left of texts that were let go, and how the planted conflicts fared."""

from __future__ import annotations

from sqlalchemy import Column, Float, Index, Integer, Table, Text

from bot.ledger.tables import schema
from bot.ledger.tables.columns import Moment, Words, metadata, numbered, ref

_KEPT = schema.article.c.let_go.is_(None)
Index("ix_article_kept", schema.article.c.retrieved, sqlite_where=_KEPT, postgresql_where=_KEPT)  # for the retention

excerpt = Table(  # what stays of a text that the newsroom's retention let go: quotations with what stood around them
    "excerpt",
    metadata,
    numbered(),
    ref("article_id", "article.id", index=True),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("text", Words, nullable=False),
    Column("seal", Text, nullable=False),
)

canary = Table(  # each planted conflict, and where it got stuck (empty: nowhere); never an article, never an alert
    "canary",
    metadata,
    numbered(),
    Column("at", Moment, nullable=False, index=True),
    Column("seconds", Float(53), nullable=False),
    Column("fault", Words, nullable=False),
)

"""The tables of links that let somebody without an account read one alert; both are only ever added to."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Table

from bot.ledger.tables.columns import Big, Moment, Words, metadata, numbered, ref

share_link = Table(
    "share_link",
    metadata,
    numbered(),
    ref("alert_number", "alert.number", index=True),
    Column("until", Moment, nullable=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

share_link_end = Table(  # that a link was ended early
    "share_link_end",
    metadata,
    Column("link_id", Big, ForeignKey("share_link.id"), primary_key=True, autoincrement=False),
    Column("by", Words, nullable=False),
    Column("at", Moment, nullable=False),
)

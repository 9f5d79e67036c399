"""The stored copy of an article as proof: whole, or what is left of it after the newsroom's retention let it go."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from bot.ledger.record.seals import seal
from bot.ledger.tables import schema
from bot.ledger.tables.keeping import excerpt
from bot.model import Statement

GONE = "\x00"  # each character of a text that is not kept: nobody can type it, and places stay what they are

_article, _excerpt = schema.article.c, excerpt.c
_OF_HASH = select(_article.text).where(_article.let_go.is_(None), _article.text_hash == bindparam("hash")).limit(1)
_LET_GO = select(_article.let_go).order_by(_article.let_go.desc()).limit(1)
_LEFT = select(excerpt).join(schema.article, _excerpt.article_id == _article.id).order_by(_excerpt.start, _excerpt.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Stored:
    """A text as it is on record; characters that were let go are `GONE`. `fault`: what is wrong with it, in words."""

    text: str
    let_go: datetime | None
    fault: str

    @staticmethod
    def hashed(text: str) -> str:
        """The hash by which a text is known."""
        return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def stored(connection: Connection, text_hash: str) -> Stored | None:
    """The text with this hash, held against it; None where it is not on record."""
    text = connection.scalar(_OF_HASH, {"hash": text_hash})
    if text is not None:
        same = Stored.hashed(text) == text_hash
        return Stored(text=text, let_go=None, fault="" if same else "the stored text was altered")
    let_go = connection.scalar(_LET_GO.where(_article.text_hash == text_hash))
    return None if let_go is None else _left(connection, text_hash, let_go)


def _left(connection: Connection, text_hash: str, let_go: datetime) -> Stored:
    text, fault = "", ""
    for row in connection.execute(_LEFT.where(_article.text_hash == text_hash)).mappings():
        if row["seal"] != seal("excerpt", row, text_hash):
            fault = "an excerpt of the text was altered"
        end, kept = len(text), row["text"]
        text += GONE * (row["start"] - end) + kept[max(0, end - row["start"]) :]  # two rows may hold one text
    return Stored(text=text, let_go=let_go, fault=fault)


def wrong(value: Statement, text: Stored | None) -> str:
    """What is wrong with the proof of a statement, in words; empty where it holds."""
    if text is None:
        return "the text is not on record"
    if text.fault:
        return text.fault
    if value.span.of(text.text) != value.quote:
        return f"the quotation does not equal the stored text at {value.span.start}"
    if any(part.start < value.span.start or part.end > value.span.end for part in value.verbatim):
        return f"exact words lie outside the quotation at {value.span.start}"
    return ""

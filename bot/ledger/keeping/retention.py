"""Texts that are let go by the newsroom's retention: quotations stay, each with an excerpt around it, under a seal."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from bot.ledger.database.engine import Opened
from bot.ledger.record.seals import seal
from bot.ledger.tables import schema
from bot.ledger.tables.keeping import excerpt
from bot.model import Span

AROUND = 200  # characters kept on either side of a quotation, cut at a blank
AT_ONCE = 20  # texts let go in one transaction

_article, _statement, _fate = schema.article.c, schema.statement.c, schema.fate.c
_BLANK = re.compile(r"\s")


class Retention(Opened):
    """What is done to old texts."""

    def let_go(self, before: datetime, now: datetime, limit: int = AT_ONCE) -> int:
        """Let go of up to so many texts that were read before a moment; how many, 0 when none is left.

        Hashes, places, quotations and an excerpt around each of them stay. In SQLite the freed pages are overwritten.
        """
        due = select(_article.id).where(_article.retrieved < before, _article.let_go.is_(None))
        with self._reading() as connection:  # nobody waits while they are looked for
            ids = list(connection.scalars(due.order_by(_article.retrieved).limit(limit)))
        if not ids:
            return 0
        with self._writing() as connection:
            if connection.dialect.name == "sqlite":
                connection.exec_driver_sql("PRAGMA secure_delete=ON")
            still = _article.id.in_(ids) & _article.let_go.is_(None)
            rows = connection.execute(select(_article.id, _article.text, _article.text_hash).where(still)).all()
            for row in rows:
                _keep(connection, row.id, row.text, row.text_hash)
            connection.execute(update(schema.article).where(still).values(text="", let_go=now))
            return len(rows)

    def forget_pages(self) -> bool:
        """Empty SQLite's write-ahead log, which holds texts as they were; False while somebody still reads from it."""
        with self._named(), self._in_turn(), self._engine.connect() as connection:
            if connection.dialect.name != "sqlite":
                return True
            raw = connection.connection.cursor()  # outside a transaction: within one SQLite refuses
            try:
                return bool(raw.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0] == 0)
            finally:
                raw.close()


def _keep(connection: Connection, article: int, text: str, text_hash: str) -> None:
    for span in excerpts(text, _places(connection, article)):
        kept = {"start": span.start, "end": span.end, "text": span.of(text)}
        connection.execute(insert(excerpt), {"article_id": article, "seal": seal("excerpt", kept, text_hash), **kept})


def _places(connection: Connection, article: int) -> Iterator[tuple[int, int]]:
    """Where something that is on record stands in a text: quotations, names of who said them, words seen again."""
    said = select(_statement.start, _statement.end, _statement.speaker).where(_statement.article_id == article)
    for row in connection.execute(said):
        yield row.start, row.end
        if row.speaker:
            start, end = row.speaker["span"]
            yield start, end
    again = select(_fate.start, _fate.end).where(_fate.article_id == article, _fate.start.is_not(None))
    for one in connection.execute(again):
        yield one.start, one.end


def excerpts(text: str, places: Iterable[tuple[int, int]]) -> list[Span]:
    """The stretches of a text that are kept for these places: in order, apart from each other."""
    kept: list[Span] = []
    for start, end in sorted(places):
        wide = Span(start=_before(text, start), end=_after(text, end))
        if kept and wide.start <= kept[-1].end:
            kept[-1] = Span(start=kept[-1].start, end=max(kept[-1].end, wide.end))
        else:
            kept.append(wide)
    return kept


def _before(text: str, place: int) -> int:
    """The first whole word within reach before a place."""
    first = max(0, place - AROUND)
    if first == 0:
        return 0
    blank = _BLANK.search(text, first, place)
    return blank.end() if blank else first


def _after(text: str, place: int) -> int:
    last = min(len(text), place + AROUND)
    if last == len(text):
        return last
    blanks = [found.start() for found in _BLANK.finditer(text, place, last)]
    return blanks[-1] if blanks else last

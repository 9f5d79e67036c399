"""A turn of the writer: its end, and the articles that come with it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection

from bot.ledger.errors import LedgerError
from bot.ledger.feeds.entries import keep_look
from bot.ledger.nearness.beforehand import Beforehand
from bot.ledger.nearness.filing import Filing
from bot.ledger.record import articles, fates
from bot.ledger.records import Version
from bot.model import Fate, Source, Statement
from config.failpoint import reached
from watchers.model import Article, Look


class Turn:
    """One transaction, and what it keeps of articles and their versions."""

    def __init__(self, connection: Connection, before: Beforehand | None = None) -> None:
        self._connection = connection
        self._open = True
        self._filing = Filing(connection, before if before and before.holds(connection) else None)
        self._first_texts: set[str] = set()  # hashes of texts that no article had before this turn
        self._at_hand: tuple[tuple[str, str] | None, tuple[int, str]] = None, (0, "")  # name and hash, row and text

    def commit(self) -> None:
        """Keep all of it: when this returns, it is on disk. The unit of work is over."""
        _ = self._live
        self._filing.settle()
        reached("in-transaction")
        self._live.commit()
        reached("committed")
        self._open = False

    @property
    def _live(self) -> Connection:
        if not self._open:
            raise LedgerError("this unit of work is over")
        return self._connection

    def knows(self, article: Article) -> bool:
        """Whether the article is on record, by any of its keys or by its text.

        Keys not seen before, and the outlet when it carries the very same text, are remembered with `commit`.
        """
        return articles.known(self._live, article)

    def article(self, article: Article, aside: str = "") -> Source:
        """Store an article with its text and its keys, and why it is set aside. Once more the same one: its source."""
        if not articles.holds(self._live, article.text_hash):
            self._first_texts.add(article.text_hash)
        source, number = articles.add(self._live, article, aside)
        if number is not None:
            self._filing.came(number)
            self._at_hand = (article.id, article.text_hash), (number, article.text)
        return source

    def looked(self, article: Article, look: Look | None) -> None:
        """Remember what its feed said of an article, which is on record; the attempts that it took are forgotten."""
        if look is not None and article.feed is not None:
            keep_look(self._live, article.feed, article.keys, look)

    def newest(self, article: Article) -> Version | None:
        """The version of the article that was seen last; None where nothing of its own is on record under its keys.

        An outlet that carried another's text and has edited it since has none: see `part`.
        """
        return articles.newest(self._live, article)

    def part(self, article: Article) -> tuple[tuple[Statement, bool], ...]:
        """What was told under the keys of an article until its outlet edited it, as `told`; its keys are free again."""
        carried = articles.part(self._live, article)
        return () if carried is None else tuple(fates.told(self._live, carried))

    def version(self, article: Article, after: Version) -> Source:
        """Store a later version of an article on record, which keeps its name: `article.id` is that of `after`."""
        source = articles.add_version(self._live, article, after)
        self._filing.amended()
        return source

    def told(self, article: str) -> tuple[tuple[Statement, bool], ...]:
        """Every statement of any version of an article, and whether its words stand in the newest."""
        first = articles.numbered(self._live, article)
        return tuple(fates.told(self._live, first)) if first is not None else ()

    def fate(self, value: Fate, version: Source, now: datetime) -> None:
        """Store what became of a statement in a later version of its article; what replaced it must be on record."""
        fates.add(self._live, value, version, now)
        self._filing.amended()

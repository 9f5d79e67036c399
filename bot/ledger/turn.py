"""A turn of the writer: its end, and the articles that come with it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.ledger.errors import LedgerError
from bot.ledger.feeds.entries import keep_looks
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
        self._texts: dict[str, int] = {}  # by hash, the first article of this turn that has the text
        self._first: dict[str, bool] = {}  # whether no article had it before
        self._unnamed: list[tuple[Article, int]] = []  # articles of this turn whose keys are yet to be stored
        self._keys: set[str] = set()  # these keys
        self._looks: list[tuple[str, Sequence[str], Look]] = []  # those that are yet to be stored
        self._at_hand: tuple[tuple[str, str] | None, tuple[int, str]] = None, (0, "")  # name and hash, row and text

    def commit(self) -> None:
        """Keep all of it: when this returns, it is on disk. The unit of work is over."""
        self._settle()
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
        if not self._keys.isdisjoint((article.id, *article.keys)):
            self._settle()
        return articles.known(self._live, article)

    def article(self, article: Article, aside: str = "") -> Source:
        """Store an article with its text and its keys, and why it is set aside. Once more the same one: its source."""
        source, number = articles.add(self._live, article, aside)
        if number is not None:
            self._unnamed.append((article, number))
            self._keys.update((article.id, *article.keys))
            self._texts.setdefault(source.text_hash, number)
            self._filing.came(number)
            self._at_hand = (article.id, source.text_hash), (number, article.text)
        return source

    def _settle(self) -> None:
        """Store what could wait for the other articles: nothing of it is asked for before."""
        live = self._live
        if self._unnamed:
            articles.remember(live, self._unnamed)
        if self._looks:
            keep_looks(live, self._looks)
        self._unnamed, self._looks = [], []
        self._keys.clear()

    def _first_with(self, text_hash: str) -> bool:
        """Whether the text came with this turn, and no article had it before."""
        if text_hash not in self._first:
            number = self._texts.get(text_hash)
            self._first[text_hash] = number is not None and not articles.had(self._live, text_hash, number)
        return self._first[text_hash]

    def looked(self, article: Article, look: Look | None) -> None:
        """Remember what its feed said of an article, which is on record; the attempts that it took are forgotten."""
        _ = self._live
        if look is not None and article.feed is not None:
            self._looks.append((article.feed, article.keys, look))

    def newest(self, article: Article) -> Version | None:
        """The version of the article that was seen last; None where nothing of its own is on record under its keys.

        An outlet that carried another's text and has edited it since has none: see `part`.
        """
        self._settle()
        return articles.newest(self._live, article)

    def part(self, article: Article) -> tuple[tuple[Statement, bool], ...]:
        """What was told under the keys of an article until its outlet edited it, as `told`; its keys are free again."""
        self._settle()
        carried = articles.part(self._live, article)
        return () if carried is None else tuple(fates.told(self._live, carried))

    def version(self, article: Article, after: Version) -> Source:
        """Store a later version of an article on record, which keeps its name: `article.id` is that of `after`."""
        self._settle()
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

"""An entry to its article: the feed's own text where it is whole, else the page behind its link."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from urllib.parse import urlsplit

from config.failpoint import reached
from config.schema import Feed
from watchers import language
from watchers.child import ParserChild
from watchers.errors import NotOnRecord, ParserLost, Refused, TooSlow, Unreachable, WatchError
from watchers.fetch import PAGES, Downloader
from watchers.model import Article
from watchers.parsed import PageText, ParsedEntry


class Reading:
    """The articles of one poll of a feed. A host whose page failed in it is asked for no further one."""

    def __init__(self, feed: Feed, downloader: Downloader, parser: ParserChild, now: datetime) -> None:
        self._feed = feed
        self._downloader = downloader
        self._parser = parser
        self._now = now
        self._down: dict[str, WatchError] = {}  # by host

    async def article(self, parsed: ParsedEntry) -> tuple[Article, WatchError | None]:
        """The best article to be had of an entry now, and what kept its page away."""
        entry = parsed.entry
        article = Article(
            id=entry.keys[0],
            keys=entry.keys,
            url=entry.url,
            outlet=self._feed.name,
            title=entry.title,
            text=entry.summary,
            published=entry.published,
            retrieved=self._now,
            feed=entry.feed,
            garbled=parsed.garbled,
            notes=parsed.notes,
            language=language.of(entry.title, entry.summary),
        )
        if entry.full:
            return article, None
        if entry.url is None:
            return _partial(article, "the feed gives no link to the article"), None
        try:
            page = await self._page(entry.url, entry.summary)
        except NotOnRecord:
            raise
        except WatchError as error:
            return _partial(article, f"the page could not be read: {error.reason}"), error
        if len(page.text) < len(entry.summary):
            return _partial(article, "the page holds less than the feed"), None
        title = page.title if parsed.garbled and page.title else entry.title
        notes = parsed.notes + page.notes
        spoken = language.of(title, page.text)
        return replace(article, title=title, text=page.text, garbled=page.garbled, notes=notes, language=spoken), None

    async def _page(self, url: str, summary: str) -> PageText:
        host = urlsplit(url).netloc.lower()
        if host in self._down:
            raise self._down[host]
        try:
            rules = await self._downloader.rules(url, allow=self._feed.allow)
        except WatchError as error:
            self._down[host] = error  # without them none of its pages may be asked for
            raise
        try:
            await self._parser.permit(url, rules)
            async with self._downloader.get(url, allow=self._feed.allow, accept=PAGES) as response:
                reached("downloaded")
                return await self._parser.page(response, summary=summary)
        except WatchError as error:
            if _of_host(error):
                self._down[host] = error  # its other pages wait for the next poll
            raise


def _of_host(error: WatchError) -> bool:
    """Whether the other pages of its host would hardly fare better. Those that keep the parser busy are among them."""
    if isinstance(error, Unreachable | TooSlow | ParserLost):
        return True
    return isinstance(error, Refused) and (error.status == 429 or error.retry_after is not None)


def _partial(article: Article, note: str) -> Article:
    return replace(article, partial=True, notes=(*article.notes, note))

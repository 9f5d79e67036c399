"""One URL to the text of its article."""

from __future__ import annotations

from collections.abc import Iterable

from watchers.child import ParserChild
from watchers.fetch import PAGES, Downloader
from watchers.parsed import PageText


async def read_url(
    url: str, downloader: Downloader, parser: ParserChild, *, allow: Iterable[str] = (), summary: str = ""
) -> PageText:
    """The text of the article at a URL, through the gate and in the parser child; any failure is a WatchError."""
    response = await downloader.get(url, allow=allow, accept=PAGES)
    return await parser.page(response, summary=summary)

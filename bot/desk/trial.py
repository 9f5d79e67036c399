"""A feed looked at once: what it holds, and what could be had of its newest entries. Nothing is kept."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.inquiries import Sample, Trial
from watchers.errors import WatchError
from watchers.fetch import PAGES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.ledger import Ledger
    from watchers.child import ParserChild
    from watchers.fetch import Downloader
    from watchers.parsed import ParsedEntry

_TRIED = 3  # entries whose pages are read
_NEWEST = 100  # entries looked at
_SHORT = 60  # characters of a title


async def look(
    url: str, downloader: Downloader, parser: ParserChild, ledger: Ledger, *, allow: Sequence[str], now: datetime
) -> Trial:
    """What a feed would bring; a WatchError where it is none."""
    async with downloader.get(url, allow=allow) as response:
        parsed = await parser.feed(response, feed="trial", newest=_NEWEST, now=now)
    entries = parsed.entries
    dates = sorted(one.entry.published for one in entries if one.entry.published)
    keys = tuple(key for one in entries for key in one.entry.keys)[: 3 * _NEWEST]
    known = await asyncio.to_thread(ledger.known_keys, keys) if keys else frozenset()
    samples = await asyncio.gather(*(_sample(one, downloader, parser, allow) for one in entries[:_TRIED]))
    return Trial(
        url=url,
        entries=len(entries) + parsed.left_out,
        dated=len(dates),
        newest=dates[-1] if dates else None,
        oldest=dates[0] if dates else None,
        known=sum(not known.isdisjoint(one.entry.keys) for one in entries),
        samples=tuple(samples),
        moved_to=response.moved_to,
    )


async def _sample(one: ParsedEntry, downloader: Downloader, parser: ParserChild, allow: Sequence[str]) -> Sample:
    entry = one.entry
    outcome, readable = await _outcome(one, downloader, parser, allow)
    title = entry.title if len(entry.title) <= _SHORT else f"{entry.title[: _SHORT - 1].rstrip()}…"
    return Sample(title=title, url=entry.url, published=entry.published, outcome=outcome, readable=readable)


async def _outcome(
    one: ParsedEntry, downloader: Downloader, parser: ParserChild, allow: Sequence[str]
) -> tuple[str, bool]:
    entry = one.entry
    if entry.full:
        return f"full text in the feed, {len(entry.summary):,} characters", True
    if entry.url is None:
        return f"a summary of {len(entry.summary):,} characters, and no link to the article", False
    try:
        await parser.permit(entry.url, await downloader.rules(entry.url, allow=allow))
        async with downloader.get(entry.url, allow=allow, accept=PAGES) as response:
            page = await parser.page(response, summary=entry.summary)
    except WatchError as error:
        return f"only the summary ({len(entry.summary):,} characters): {error.reason}", False
    return f"full text on its page, {len(page.text):,} characters", True

"""Each feed once, through the gate and the parser that the service uses; nothing of it is kept."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from bot.desk.watching import wanted
from bot.doctor.finding import Finding
from bot.ledger import Ledger, LedgerError
from config.environment import login
from config.load import ConfigError
from watchers.child import ParserChild
from watchers.errors import Unreachable, WatchError
from watchers.fetch import Downloader

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from config.schema import Config, Feed

_found = partial(Finding, check="feeds")
_LOOK = "look at the address in a browser; correct url in feeds.toml, or set enabled = false"
_UNREACHED = (Unreachable.__doc__ or "").rstrip(".")
_OFFLINE = 3  # feeds of which none can be reached: then it is this machine


async def examine(config: Config, place: str, environ: Mapping[str, str]) -> list[Finding]:
    """What is to be said of each feed that is watched, those added in Slack included."""
    feeds = await asyncio.to_thread(_watched, config, place)
    settings = config.settings
    downloader = Downloader(settings.fetching, contact=settings.polling.contact)
    parser = ParserChild(seconds=settings.fetching.parse_seconds)
    try:
        look = partial(_look, downloader=downloader, parser=parser, environ=environ)
        found = await asyncio.gather(*(look(feed) for feed in feeds))
    finally:
        await downloader.close()
        await parser.close()
    if len(found) >= _OFFLINE and all(_UNREACHED in one.says for one in found):
        todo = "see whether this machine reaches the network and its name server"
        return [_found(subject="all of them", says=f"none of {len(found)} can be reached", todo=todo)]
    return found


def _watched(config: Config, place: str) -> Iterable[Feed]:
    try:
        with Ledger.look_into(place) as ledger:
            return [feed for feed, _ in wanted(config.feeds, ledger).values()]
    except LedgerError:  # what is wrong with it is said elsewhere
        return [feed for feed in config.feeds if feed.enabled]


async def _look(feed: Feed, *, downloader: Downloader, parser: ParserChild, environ: Mapping[str, str]) -> Finding:
    try:
        async with downloader.get(feed.url, allow=feed.allow, login=login(feed, environ)) as response:
            parsed = await parser.feed(response, feed=feed.id, newest=100, now=datetime.now(UTC))
    except ConfigError:
        return _found(subject=feed.id, says="not asked, for it lacks its login", todo=f"set {feed.login}, see secrets")
    except WatchError as error:
        says = f"{error.subject}: {error.reason.removesuffix(error.advice).rstrip()}"
        return _found(subject=feed.id, says=says, todo=error.advice if error.lasting and error.advice else _LOOK)
    count = len(parsed.entries) + parsed.left_out
    dates = [one.entry.published for one in parsed.entries if one.entry.published]
    newest = f", the newest of {max(dates):%Y-%m-%d %H:%M} UTC" if dates else ""
    moved = f"; it moved to {response.moved_to}" if response.moved_to else ""
    return _found(subject=feed.id, says=f"{count} entries{newest}{moved}")

"""Our own way from an address to articles, for the campaigns: the real download, parser child and watcher."""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime

from aiohttp.abc import AbstractResolver, ResolveResult
from loopback import Desk, MemoryRecord

from config.schema import Feed
from config.settings import Fetching, Polling, Settings
from watchers.child import ParserChild
from watchers.errors import BlockedAddress
from watchers.fetch import Downloader
from watchers.model import FeedState
from watchers.watcher import Watcher

NOW = datetime(2025, 11, 3, 12, tzinfo=UTC)


class Nowhere(AbstractResolver):
    """Knows no name: a campaign reaches nobody but its own server."""

    async def resolve(self, host: str, port: int = 0, family: int = 0) -> list[ResolveResult]:
        raise BlockedAddress(host, "a campaign asks nobody outside")

    async def close(self) -> None:
        pass


@dataclass
class Reader:
    """Polls feeds of one server; what it read is on `desk`."""

    place: str
    settings: Settings
    downloader: Downloader
    parser: ParserChild
    record: MemoryRecord = field(default_factory=MemoryRecord)

    def __post_init__(self) -> None:
        self.desk = Desk(self.record)
        self._watchers: dict[str, Watcher] = {}

    async def poll(self, path: str, now: datetime = NOW) -> tuple[FeedState, int, float]:
        """The state of the feed at a path after one more poll, how many articles came, and the seconds it took."""
        before, began = len(self.desk.articles), time.perf_counter()
        if path not in self._watchers:
            self._watchers[path] = Watcher(
                feed=Feed(
                    id=path.strip("/").replace("/", "-"),
                    name=path,
                    url=f"http://{self.place}{path}",
                    allow=(self.place,),
                ),
                settings=self.settings,
                record=self.record,
                receive=self.desk,
                downloader=self.downloader,
                parser=self.parser,
            )
        state = await self._watchers[path].poll(now)
        return state, len(self.desk.articles) - before, time.perf_counter() - began


@asynccontextmanager
async def reader(place: str, fetching: Fetching | None = None, *, newest: int = 500) -> AsyncIterator[Reader]:
    """A reader of that server, by the delivered settings unless told otherwise."""
    fetching = fetching or Fetching()
    settings = Settings(polling=Polling(first_poll="alert", newest_entries=newest), fetching=fetching)
    downloader = Downloader(fetching, resolver=Nowhere())
    parser = ParserChild(seconds=fetching.parse_seconds)
    try:
        yield Reader(place, settings, downloader, parser)
    finally:
        await parser.close()
        await downloader.close()

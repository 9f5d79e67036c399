"""What the tests of watchers share."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio
from documents import gzipped, item, page, rss, story
from loopback import Desk, MemoryRecord, ScriptedResolver, Web, got

from config.settings import Fetching, Polling, Settings
from watchers.child import ParserChild
from watchers.fetch import Downloader

NOW = datetime(2025, 11, 3, 12, tzinfo=UTC)


DIALLED: list[Any] = []
LISTENING = [False]


def _listen(event: str, arguments: tuple[Any, ...]) -> None:
    if LISTENING[0] and event in {"socket.connect", "socket.sendto", "socket.sendmsg"}:
        DIALLED.append(arguments[1])


sys.addaudithook(_listen)


@pytest.fixture
def dialled() -> Iterator[list[Any]]:
    """The addresses that any socket is connected to during the test."""
    DIALLED.clear()
    LISTENING[0] = True
    yield DIALLED
    LISTENING[0] = False


@pytest.fixture
def make() -> Any:
    """The builders of documents, under one name: make.rss, make.item, make.story, make.page, make.gzipped."""

    class Make:
        pass

    for builder in (rss, item, story, page, gzipped):
        setattr(Make, builder.__name__, staticmethod(builder))
    Make.resolver = ScriptedResolver  # type: ignore[attr-defined]
    Make.desk = Desk  # type: ignore[attr-defined]
    Make.record = MemoryRecord  # type: ignore[attr-defined]
    Make.web = Web  # type: ignore[attr-defined]
    return Make


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest_asyncio.fixture(loop_scope="session")
async def site() -> AsyncIterator[Web]:
    server = Web()
    await server.start()
    yield server
    await server.stop()


@pytest_asyncio.fixture(loop_scope="session")
async def get(site: Web) -> AsyncIterator[Callable[..., Awaitable[Any]]]:
    """Download with the local web allowed and short bounds: `get(url, deadline=…, cap=…, resolver=…, **get's)`."""
    opened: list[Downloader] = []

    async def call(
        url: str, *, deadline: float = 5, cap: int = 1024 * 1024, resolver: Any = None, contact: str = "", **rest: Any
    ) -> Any:
        downloader = Downloader(
            Fetching(deadline_seconds=deadline, max_bytes=cap), contact=contact, resolver=resolver, clock=lambda: NOW
        )
        opened.append(downloader)
        rest.setdefault("allow", [site.place])
        return await got(downloader, url, **rest)

    yield call
    for downloader in opened:
        await downloader.close()


@pytest_asyncio.fixture(loop_scope="session")
async def downloader() -> AsyncIterator[Downloader]:
    opened = Downloader(Fetching(deadline_seconds=5), clock=lambda: NOW)
    yield opened
    await opened.close()


@pytest_asyncio.fixture(scope="session", loop_scope="session")
async def parser() -> AsyncIterator[ParserChild]:
    """One warm child for all: starting one takes longer than most tests."""
    child = ParserChild(seconds=30)
    yield child
    await child.close()


@pytest.fixture
def record() -> MemoryRecord:
    return MemoryRecord()


@pytest.fixture
def settings() -> Settings:
    return Settings(polling=Polling(every_minutes=5, first_poll="alert", jitter_seconds=0))


@pytest.fixture
def silent(settings: Settings) -> Settings:
    return replace_polling(settings, first_poll="silent")


def replace_polling(settings: Settings, **changes: Any) -> Settings:
    return settings.model_copy(update={"polling": settings.polling.model_copy(update=changes)})

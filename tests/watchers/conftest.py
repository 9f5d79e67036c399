"""A local web, a record in memory and a resolver that follows a script."""

from __future__ import annotations

import asyncio
import socket
import sys
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest
import pytest_asyncio
from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult
from hypothesis import settings as hypothesis_settings

from config.schema import Fetching, Polling, Settings
from watchers.child import ParserChild
from watchers.fetch import Downloader
from watchers.model import Article, Entry, FeedState, Look

# A busy machine is no reason for a property to fail.
hypothesis_settings.register_profile("on-record", deadline=None)
hypothesis_settings.load_profile("on-record")

NOW = datetime(2025, 11, 3, 12, tzinfo=UTC)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


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


class Web:
    """A server on loopback: what each path answers, and what was asked of it."""

    def __init__(self) -> None:
        self.asked: list[web.Request] = []
        self.open = self.most_open = 0
        self._answers: dict[str, Handler] = {}
        self._runner: web.AppRunner | None = None
        self.port = 0

    async def start(self) -> None:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._serve)
        self._runner = web.AppRunner(app, shutdown_timeout=0.01)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        if self._runner is not None:
            await self._runner.cleanup()

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        self.asked.append(request)
        self.open += 1
        self.most_open = max(self.most_open, self.open)
        try:
            return await self._answers.get(request.path, _missing)(request)
        finally:
            self.open -= 1

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def hits(self, path: str) -> int:
        return sum(request.path == path for request in self.asked)

    def put(self, path: str, body: bytes | str = b"", *, status: int = 200, **headers: str) -> str:
        """Answer the path with this from now on; header names are written with underscores."""
        content = body.encode() if isinstance(body, str) else body
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        named.setdefault("content-type", "text/html" if content[:5] == b"<html" else "application/xml")

        async def answer(_: web.Request) -> web.StreamResponse:
            return web.Response(status=status, body=content, headers=named)

        return self.handle(path, answer)

    def handle(self, path: str, handler: Handler) -> str:
        self._answers[path] = handler
        return self.url(path)


async def _missing(_: web.Request) -> web.StreamResponse:
    return web.Response(status=404, text="nothing here")


class MemoryRecord:
    """A record of feeds that lives in memory and keeps the promises of FeedRecord."""

    def __init__(self) -> None:
        self.states: dict[str, FeedState] = {}
        self.keys: set[str] = set()
        self.failures: dict[str, list[str]] = {}
        self.parked: dict[str, str] = {}
        self.seen: dict[tuple[str, str], Look] = {}

    def feed_state(self, feed: str) -> FeedState:
        return self.states.get(feed, FeedState(feed=feed))

    def save_feed_state(self, state: FeedState) -> None:
        self.states[state.feed] = state

    def known_keys(self, keys: tuple[str, ...]) -> frozenset[str]:
        return frozenset(keys) & self.keys

    def looks(self, feed: str, keys: tuple[str, ...]) -> dict[str, Look | None]:
        return {key: self.seen.get((feed, key)) for key in keys if key in self.keys}

    def save_look(self, entry: Entry, look: Look) -> None:
        self.seen.update({(entry.feed, key): look for key in entry.keys})

    def entry_failed(self, entry: Entry, reason: str, now: datetime) -> int:
        self.failures.setdefault(entry.keys[0], []).append(reason)
        return len(self.failures[entry.keys[0]])

    def give_up_entry(self, entry: Entry, reason: str, now: datetime) -> None:
        self.keys.update(entry.keys)
        self.parked[entry.keys[0]] = reason


@dataclass
class Desk:
    """Takes articles and puts them on the record; `refusals` says which titles raise what."""

    record: MemoryRecord
    articles: list[Article] = field(default_factory=list)
    quiet: list[bool] = field(default_factory=list)
    again: list[bool] = field(default_factory=list)
    refusals: dict[str, Exception] = field(default_factory=dict)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, article: Article, *, quiet: bool, again: bool = False) -> None:
        if article.title in self.refusals:
            raise self.refusals[article.title]
        self.record.keys.update(article.keys)
        self.articles.append(article)
        self.quiet.append(quiet)
        self.again.append(again)
        self.arrived.set()

    @property
    def titles(self) -> list[str]:
        return [article.title for article in self.articles]


class ScriptedResolver(AbstractResolver):
    """Answers each question with the next list of addresses of the script; an exception is raised."""

    def __init__(self, *script: list[str] | Exception) -> None:
        self.script = list(script)
        self.asked: list[str] = []

    async def resolve(self, host: str, port: int = 0, family: int = socket.AF_UNSPEC) -> list[ResolveResult]:
        self.asked.append(host)
        step = self.script.pop(0)
        if isinstance(step, Exception):
            raise step
        return [
            ResolveResult(
                hostname=host,
                host=address,
                port=port,
                family=socket.AF_INET6 if ":" in address else socket.AF_INET,
                proto=0,
                flags=0,
            )
            for address in step
        ]

    async def close(self) -> None:
        pass


def rss(*items: str, head: str = "") -> str:
    return (
        '<?xml version="1.0" encoding="utf-8"?><rss version="2.0" '
        'xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>Harbour Wire</title>'
        f"{head}{''.join(items)}</channel></rss>"
    )


def item(
    title: str = "Harbour opens",
    *,
    link: str | None = None,
    guid: str | None = None,
    day: int | None = 3,
    text: str = "",
    content: str = "",
) -> str:
    parts = [f"<title>{title}</title>"]
    if link:
        parts.append(f"<link>{link}</link>")
    if guid:
        parts.append(f'<guid isPermaLink="false">{guid}</guid>')
    if day:
        parts.append(f"<pubDate>{day:02} Nov 2025 08:00:00 GMT</pubDate>")
    if text:
        parts.append(f"<description><![CDATA[{text}]]></description>")
    if content:
        parts.append(f"<content:encoded><![CDATA[{content}]]></content:encoded>")
    return f"<item>{''.join(parts)}</item>"


def story(subject: str = "harbour", paragraphs: int = 8) -> str:
    return "".join(
        f"<p>The {subject} board met for the {number}th time this week, and its chair, Mara Velden, told reporters "
        f"that the quay would stay open to every ship that asks for a berth.</p>"
        for number in range(paragraphs)
    )


def page(subject: str = "harbour", paragraphs: int = 8) -> str:
    return f"<html><head><title>{subject} news</title></head><body><article>{story(subject, paragraphs)}</article></body></html>"


def gzipped(data: bytes) -> bytes:
    packer = zlib.compressobj(9, wbits=31)
    return packer.compress(data) + packer.flush()


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
        return await downloader.get(url, **rest)

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
    child = ParserChild(seconds=10)
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

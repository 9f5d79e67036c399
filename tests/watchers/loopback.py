"""A local web, a record in memory and a resolver that follows a script."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from aiohttp import web
from aiohttp.abc import AbstractResolver, ResolveResult

from watchers.answer import Response
from watchers.fetch import Downloader
from watchers.model import Article, Begun, Entry, FeedState, Handed, Known, Look, Polled

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


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
        self.documents: dict[str, str] = {}
        self.keys: set[str] = set()
        self.begun: dict[str, int] = {}
        self.soft: dict[str, bool] = {}
        self.failures: dict[str, list[str]] = {}
        self.parked: dict[str, str] = {}
        self.seen: dict[tuple[str, str], Look] = {}
        self.given_up: set[str] = set()
        self.tried: set[str] = set()
        self.open: set[str] = set()

    def feed_state(self, feed: str) -> FeedState:
        return self.states.get(feed, FeedState(feed=feed))

    def save_feed_state(self, state: FeedState, seen: str | None = None) -> None:
        self.states[state.feed] = state
        self.open -= {state.feed}
        if seen is not None:
            self.documents[state.feed] = seen

    def save_polls(self, polls: Sequence[Polled]) -> None:
        for before, after, seen in polls:
            if after.feed in self.states and self.states[after.feed].polled_at == before.polled_at:
                self.states[after.feed] = after
                self.documents.update({} if seen is None else {after.feed: seen})
                self.open -= {after.feed}

    def feed_seen(self, feed: str) -> str:
        return self.documents.get(feed, "")

    def known(self, feed: str, keys: tuple[str, ...]) -> Known:
        looks = {key: self.seen.get((feed, key)) for key in keys if key in self.keys and key not in self.given_up}
        return Known(looks, self.given_up.intersection(keys), self.tried.intersection(keys) - self.keys)

    def save_look(self, entry: Entry, look: Look) -> None:
        self.look_kept(entry.feed, entry.keys, look)

    def look_kept(self, feed: str, keys: tuple[str, ...], look: Look) -> None:
        self.seen.update({(feed, key): look for key in keys})
        self.tried.difference_update(keys)
        self.begun.pop(keys[0], None)
        self.soft.pop(keys[0], None)

    def poll_begun(self, feed: str) -> bool:
        before, self.open = feed in self.open, self.open | {feed}
        return before

    def entry_begun(self, entry: Entry, now: datetime, *, quiet: bool = False) -> Begun:
        self.tried.update(entry.keys)
        self.begun[entry.keys[0]] = self.begun.get(entry.keys[0], 0) + 1
        return Begun(self.begun[entry.keys[0]], self.soft.setdefault(entry.keys[0], quiet))

    def entry_failed(self, entry: Entry, reason: str, now: datetime, *, quiet: bool = False) -> None:
        self.tried.update(entry.keys)
        self.begun[entry.keys[0]] = max(1, self.begun.get(entry.keys[0], 0))
        self.soft.setdefault(entry.keys[0], quiet)
        self.failures.setdefault(entry.keys[0], []).append(reason)

    def entry_waits(self, entry: Entry) -> None:
        self.begun[entry.keys[0]] -= 1

    def give_up_entry(self, entry: Entry, reason: str, now: datetime) -> None:
        self.keys.update(entry.keys)
        self.given_up.update(entry.keys)
        self.parked[entry.keys[0]] = reason


async def got(downloader: Downloader, url: str, **asked: Any) -> Response:
    """The answer of a GET, which nobody reads on."""
    async with downloader.get(url, **asked) as response:
        return response


@dataclass
class Desk:
    """Takes articles one after the other and puts them on the record; `refusals` says which titles raise what."""

    record: MemoryRecord
    articles: list[Article] = field(default_factory=list)
    quiet: list[bool] = field(default_factory=list)
    again: list[bool] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)  # how many were handed over at once
    refusals: dict[str, BaseException] = field(default_factory=dict)
    arrived: asyncio.Event = field(default_factory=asyncio.Event)

    async def __call__(self, handed: Sequence[Handed], *, quiet: bool, again: bool = False) -> None:
        self.steps.append(len(handed))
        for article, look in handed:
            if article.title in self.refusals:
                raise self.refusals[article.title]
            if again or self.record.keys.isdisjoint(article.keys):
                self._take(article, look, quiet=quiet, again=again)

    def _take(self, article: Article, look: Look | None, *, quiet: bool, again: bool) -> None:
        self.record.keys.update(article.keys)
        if look is not None and article.feed is not None:
            self.record.look_kept(article.feed, article.keys, look)
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

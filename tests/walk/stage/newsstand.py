"""A news site for tests, over real HTTP on loopback: feeds whose items a test adds, changes or breaks."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime
from html import escape

from aiohttp import web


@dataclass(kw_only=True)
class Item:
    """An item of a feed and the page behind it."""

    guid: str
    title: str
    text: str
    published: datetime | None
    page: bool = True  # False: the link answers 404


@dataclass(kw_only=True)
class Stand:
    """One feed: its items, newest last, or a raw answer instead of a feed."""

    name: str
    items: list[Item] = field(default_factory=list)
    raw: Callable[[], web.Response] | None = None


class Newsstand:
    """Serves the stands; counts the looks at each."""

    listens = "127.0.0.1"

    def __init__(self) -> None:
        self.stands: dict[str, Stand] = {}
        self.looks: Counter[str] = Counter()
        self._changed = asyncio.Condition()
        self._runner: web.AppRunner | None = None
        self.address = ""

    async def start(self) -> None:
        application = web.Application()
        application.add_routes([web.get("/{stand}/feed", self._feed), web.get("/{stand}/{guid}", self._page)])
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, self.listens, 0).start()
        host, port = self._runner.addresses[0][:2]
        self.address = f"{host}:{port}"

    async def stop(self) -> None:
        if self._runner:
            await self._runner.cleanup()

    def stand(self, name: str) -> Stand:
        return self.stands.setdefault(name, Stand(name=name))

    def place(self, _name: str) -> str:
        """Host and port of the site that has a stand."""
        return self.address

    def url(self, name: str) -> str:
        return f"http://{self.place(name)}/{name}/feed"

    def document(self, title: str, story: str) -> str:
        """The page of an article."""
        return (
            f"<!doctype html><html><head><meta charset='utf-8'><title>{title}</title></head>"
            f"<body><main><article><h1>{title}</h1>{story}</article></main></body></html>"
        )

    async def looked_at(self, name: str, times: int) -> None:
        """Return after so many more looks at a feed than there were."""
        goal = self.looks[name] + times
        async with asyncio.timeout(60), self._changed:
            await self._changed.wait_for(lambda: self.looks[name] >= goal)

    async def _feed(self, request: web.Request) -> web.Response:
        stand = self.stands.get(request.match_info["stand"])
        if stand is None:
            raise web.HTTPNotFound
        async with self._changed:
            self.looks[stand.name] += 1
            self._changed.notify_all()
        return stand.raw() if stand.raw else web.Response(body=self._rss(stand), content_type="application/rss+xml")

    def _rss(self, stand: Stand) -> bytes:
        items = "".join(
            f"<item><guid isPermaLink='false'>{escape(item.guid)}</guid><title>{escape(item.title)}</title>"
            f"<link>http://{self.place(stand.name)}/{stand.name}/{item.guid}</link>"
            + (f"<pubDate>{format_datetime(item.published)}</pubDate>" if item.published else "")
            + f"<description>{escape(item.text[:100])}</description></item>"
            for item in reversed(stand.items)
        )
        return (
            f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>{stand.name}</title>'
            f"<link>http://{self.address}/</link><description>News</description>{items}</channel></rss>"
        ).encode()

    async def _page(self, request: web.Request) -> web.Response:
        stand = self.stands.get(request.match_info["stand"])
        for item in stand.items if stand else ():
            if item.guid == request.match_info["guid"] and item.page:
                paragraphs = "".join(
                    f"<p>{escape(part.strip(), quote=False)}</p>" for part in item.text.split("\n") if part.strip()
                )
                return web.Response(text=self.document(escape(item.title), paragraphs), content_type="text/html")
        raise web.HTTPNotFound

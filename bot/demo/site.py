"""A local news site: an RSS feed an outlet and an HTML page a story, over real HTTP on loopback."""

from __future__ import annotations

import asyncio
import hashlib
from collections import Counter
from email.utils import format_datetime
from html import escape
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.demo.stories import Outlet, Story


class NewsSite:
    """Serves what has been published so far; `await polled(outlet)` waits for the next look at that feed."""

    def __init__(self, outlets: Sequence[Outlet]) -> None:
        self._outlets = {outlet.id: outlet for outlet in outlets}
        self._stories: dict[str, Story] = {}
        self._looks: Counter[str] = Counter()
        self._changed = asyncio.Condition()
        self._runner: web.AppRunner | None = None
        self.address = ""  # host:port, once started

    async def start(self) -> None:
        """Listen on a free port of 127.0.0.1."""
        application = web.Application()
        application.add_routes(
            [
                web.get("/{outlet}/feed.xml", self._feed),
                web.get("/{outlet}/{story}.html", self._page),
            ]
        )
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        host, port = self._runner.addresses[0][:2]
        self.address = f"{host}:{port}"

    async def stop(self) -> None:
        """Close the listener and every connection."""
        if self._runner:
            await self._runner.cleanup()

    def publish(self, story: Story) -> None:
        """Put a story on the site and at the head of its outlet's feed."""
        self._stories[story.id] = story

    def feed_url(self, outlet: str) -> str:
        """The address of an outlet's feed."""
        return f"http://{self.address}/{outlet}/feed.xml"

    def looks(self, outlet: str) -> int:
        """How often the feed of an outlet has been fetched."""
        return self._looks[outlet]

    async def looked_at(self, outlet: str, *, times: int = 1) -> None:
        """Return after the feed of an outlet has been fetched so many times since the start."""
        async with self._changed:
            await self._changed.wait_for(lambda: self._looks[outlet] >= times)

    async def _feed(self, request: web.Request) -> web.StreamResponse:
        outlet = self._outlets.get(request.match_info["outlet"])
        if outlet is None:
            raise web.HTTPNotFound
        body = self._rss(outlet)
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        async with self._changed:
            self._looks[outlet.id] += 1
            self._changed.notify_all()
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        return web.Response(body=body, content_type="application/rss+xml", charset="utf-8", headers={"ETag": etag})

    def _rss(self, outlet: Outlet) -> bytes:
        items = "".join(
            f"<item><guid>{story.id}</guid><title>{escape(story.title)}</title>"
            f"<link>{self._url(story)}</link><pubDate>{format_datetime(story.published)}</pubDate>"
            f"<description>{escape(story.paragraphs[0][:120])}…</description></item>"
            for story in reversed(self._stories.values())
            if story.outlet == outlet.id
        )
        link = f"http://{self.address}/{outlet.id}/"
        return (
            '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>'
            f"<title>{escape(outlet.name)}</title><link>{link}</link>"
            f"<description>World news</description>{items}</channel></rss>"
        ).encode()

    def _url(self, story: Story) -> str:
        return f"http://{self.address}/{story.outlet}/{story.id}.html"

    async def _page(self, request: web.Request) -> web.Response:
        story = self._stories.get(request.match_info["story"])
        if story is None or story.outlet != request.match_info["outlet"]:
            raise web.HTTPNotFound
        outlet = self._outlets[story.outlet]
        paragraphs = "".join(f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in story.paragraphs)
        page = (
            f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(story.title)}</title></head>'
            f'<body><header><nav><a href="/">{escape(outlet.name)}</a></nav></header>'
            f"<main><article><h1>{escape(story.title)}</h1>{paragraphs}</article></main>"
            "<footer>All stories of this site serve a demonstration.</footer></body></html>"
        )
        return web.Response(text=page, content_type="text/html")

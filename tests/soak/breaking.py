"""What breaks while news goes on: the ways in which Slack fails, and a site that goes away."""

from __future__ import annotations

from typing import Any

from aiohttp import web
from stage.newsstand import Newsstand

from bot.workspace.transport.network import Door

SLACK_FAULTS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("chat.postMessage", {"status": 429, "retry_after": 1}),
    ("chat.postMessage", {"drop": True, "after_commit": True}),
    ("chat.postMessage", {"status": 503, "after_commit": True}),
    ("chat.postMessage", {"error": "internal_error"}),
    ("chat.update", {"status": 500}),
    ("conversations.history", {"malformed": True}),
)


class Site(Newsstand):
    """A news site that can go away and come back at the same address."""

    async def start(self) -> None:
        application = web.Application()
        application.add_routes([web.get("/{stand}/feed", self._feed), web.get("/{stand}/{guid}", self._page)])
        self._runner = web.AppRunner(application, access_log=None)
        await self._runner.setup()
        self.door = Door(self._runner, "127.0.0.1")
        await self.door.open(0)
        self.address = f"127.0.0.1:{self.door.port}"

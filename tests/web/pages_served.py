"""Pages that are served on loopback meanwhile, and somebody who reads them."""

from __future__ import annotations

import re
import socket
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from urllib.parse import urlencode

import aiohttp
from archive_story import config
from strait_story import NOW

from bot.ledger import Ledger
from bot.slack.permission import Doorkeeper
from bot.slack.web_api.client import web_client
from bot.web.access.openid import OpenId
from bot.web.access.sign_in import BACK, SlackEntrance
from bot.web.archive import Archive
from bot.web.server import WebServer
from bot.workspace import Workspace
from bot.workspace.world import Person
from config.settings import Roles, WebSettings

SECRET = "a secret of the tests that is long enough to sign"
MACHINE_ONLY = "These pages answer to this machine alone"


class Visitor:
    """Somebody with a browser that keeps cookies."""

    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        self.session = session
        self.base = base
        self.now = NOW

    async def get(self, path: str, *, follow: bool = True, **headers: str) -> tuple[int, str]:
        headers.setdefault("Accept", "text/html")
        url = path if path.startswith("http") else self.base + path
        async with self.session.get(url, headers=headers, allow_redirects=follow) as answer:
            return answer.status, await answer.text()

    async def post(self, path: str, headers: dict[str, str] | None = None, **form: str) -> tuple[int, str]:
        async with self.session.post(self.base + path, data=form, headers=headers or {}) as answer:
            return answer.status, await answer.text()

    async def proof(self, path: str) -> str:
        """The hidden field of the forms of a page."""
        _, text = await self.get(path)
        found = re.search(r'name="proof" value="([^"]+)"', text)
        assert found, text
        return found[1]


@asynccontextmanager
async def served(archive: Archive, entrance=None) -> AsyncIterator[str]:
    """The address of pages that are served meanwhile."""
    server = WebServer(archive, entrance, SECRET)
    port = await server.start()
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        await server.stop()


@asynccontextmanager
async def visitor_of(base: str) -> AsyncIterator[Visitor]:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield Visitor(session, base)


class Late:
    """The machine's time, and what a test adds to it: tokens of the local workspace are of today."""

    def __init__(self) -> None:
        self.more = timedelta()

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.more


class Guarded:
    """Pages behind Sign in with Slack of the local workspace."""

    def __init__(self, base: str, workspace: Workspace, archive: Archive, entrance: SlackEntrance, clock: Late) -> None:
        self.base = base
        self.workspace = workspace
        self.archive = archive
        self.entrance = entrance
        self.clock = clock

    async def sign_in(self, visitor: Visitor, person: str, onward: str = "/") -> tuple[int, str]:
        """Press the button, choose who to be at Slack, and come back."""
        _, page = await visitor.get(f"/sign-in?{urlencode({'onward': onward})}")
        agree = re.search(rf'id="{person}" href="([^"]+)"', page)
        assert agree, page
        return await visitor.get(self.workspace.page_url.rstrip("/") + agree[1].replace("&amp;", "&"))

    def guest(self, person: str) -> Person:
        """Somebody, as a guest."""
        return replace(self.workspace.world.people[person], guest=True)


@asynccontextmanager
async def guarded(
    ledger: Ledger, workspace: Workspace, roles: Roles | None = None, *, reached: bool = True
) -> AsyncIterator[Guarded]:
    """Real sign-in over HTTP on loopback, as the service makes it."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]  # the address is known before anything listens there
    base, clock = f"http://127.0.0.1:{port}", Late()
    settings = WebSettings(enabled=True, port=port, address=base, sign_in=True)
    archive = Archive(ledger=ledger, running=config, settings=settings, clock=clock)
    client = web_client(workspace.bot_token, workspace.base_url)
    keeper = Doorkeeper(client, roles or Roles(), {"team_id": "T0NEWSROOM"}, clock)
    openid = OpenId(
        client=web_client("", workspace.base_url),
        client_id=workspace.openid.client_id,
        client_secret=workspace.openid.client_secret,
        back=base + BACK,
    )
    entrance = SlackEntrance(
        openid=openid, doorkeeper=lambda: keeper if reached else None, secret=SECRET, secure=False, clock=clock
    )
    async with served(archive, entrance):
        yield Guarded(base, workspace, archive, entrance, clock)

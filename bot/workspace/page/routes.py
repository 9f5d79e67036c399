"""The addresses of the page: its files, what it shows, what it is told, and the news that something changed."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from contextlib import suppress
from importlib import resources

from aiohttp import WSCloseCode, web

from bot.workspace.page import render
from bot.workspace.people import NotThereError, People
from bot.workspace.world import Channel, Json, Person, World

FILES = {
    "index.html": "text/html",
    "style.css": "text/css",
    "page.js": "text/javascript",
    "draw.js": "text/javascript",
    "app.svg": "image/svg+xml",
}
SAFETY = {
    # Nothing from elsewhere is loaded, no script stands in the page, and nobody may frame it.
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; "
    "img-src 'self' http://127.0.0.1:*; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
}
Act = Callable[[Json], Awaitable[None]]


class Page:
    """Serves the page and carries out what is done on it."""

    def __init__(self, world: World, people: People) -> None:
        self._world = world
        self._people = people
        self._live: set[web.WebSocketResponse] = set()
        self._acting: set[asyncio.Task[None]] = set()

    def add_to(self, app: web.Application) -> None:
        """Add the page's addresses to a server."""
        app.router.add_get("/", self._index)
        app.router.add_get("/archives/{channel}/{point}", self._permalink)
        app.router.add_get("/page/state", self._state)
        app.router.add_get("/page/live", self._listen)
        app.router.add_get("/page/{file}", self._file)
        for name, act in self._acts().items():
            app.router.add_post(f"/page/{name}", self._guarded(act))

    async def close(self) -> None:
        """Say goodbye to every open page."""
        for socket in list(self._live):
            await socket.close(code=WSCloseCode.GOING_AWAY)

    def _acts(self) -> dict[str, Act]:
        people = self._people

        async def slash(sent: Json) -> None:
            await people.slash(sent["person"], sent["channel"], sent["text"], sent["command"], answers=0)

        async def say(sent: Json) -> None:
            people.say(sent["person"], sent["channel"], sent["text"], sent.get("thread"))

        async def click(sent: Json) -> None:
            await people.click(sent["person"], sent["channel"], sent["ts"], sent["action"], chosen=sent.get("chosen"))

        async def press(sent: Json) -> None:
            home = sent["place"] == "home"
            value, chosen = sent.get("value"), sent.get("chosen")
            await people.press(sent["person"], sent["action"], value=value, chosen=chosen, home=home)

        async def shortcut(sent: Json) -> None:
            if sent.get("ts"):
                await people.shortcut(sent["person"], sent["channel"], sent["ts"], sent["callback"])
            else:
                await people.ask(sent["person"], sent["callback"])

        async def home(sent: Json) -> None:
            people.open_home(sent["person"])

        async def submit(sent: Json) -> None:
            await people.submit(sent["person"], sent["values"], view=sent["view"])

        async def close(sent: Json) -> None:
            people.close(sent["person"])

        acts = (slash, say, click, press, shortcut, home, submit, close)
        return {act.__name__: act for act in acts}

    def _guarded(self, act: Act) -> Callable[[web.Request], Awaitable[web.Response]]:
        """Carry an act out only if our own page asks for it; another website cannot send this Origin."""

        async def answer(request: web.Request) -> web.Response:
            if not _own(request) or request.content_type != "application/json":
                raise web.HTTPForbidden(text="only the workspace's own page may do this")
            try:
                await self._carry_out(act, await request.json())
            except NotThereError as error:
                return web.json_response({"error": str(error)}, status=409)
            except (KeyError, TypeError, ValueError) as error:
                return web.json_response({"error": f"not understood: {error}"}, status=400)
            return web.json_response({"ok": True})

        return answer

    async def _carry_out(self, act: Act, sent: Json) -> None:
        """Finish an act even if the page that asked for it is closed meanwhile."""
        task = asyncio.ensure_future(act(sent))
        self._acting.add(task)
        task.add_done_callback(self._acting.discard)
        await asyncio.shield(task)

    async def _index(self, _request: web.Request) -> web.Response:
        return served("index.html")

    async def _file(self, request: web.Request) -> web.Response:
        name = request.match_info["file"]
        if name not in FILES:
            raise web.HTTPNotFound
        return served(name)

    async def _permalink(self, request: web.Request) -> web.Response:
        channel, at = request.match_info["channel"], request.match_info["point"]
        if channel not in self._world.channels or not re.fullmatch(r"p\d{7,}", at):
            raise web.HTTPNotFound
        raise web.HTTPFound(f"/?channel={channel}#{at[1:-6]}.{at[-6:]}")

    async def _state(self, request: web.Request) -> web.Response:
        person = self._person(request.query.get("person", ""))
        shown = render.state(self._world, person, self._channel(request.query.get("channel", ""), person))
        return web.json_response(shown, headers=SAFETY)

    def _person(self, name: str) -> Person:
        with suppress(KeyError):
            return self._world.person(name)
        return next(person for person in self._world.people.values() if not person.is_bot)

    def _channel(self, name: str, person: Person) -> Channel:
        mine = [channel for channel in self._world.channels.values() if person.id in channel.members]
        return next((channel for channel in mine if name in (channel.id, channel.name)), mine[0])

    async def _listen(self, request: web.Request) -> web.StreamResponse:
        if not _own(request):
            raise web.HTTPForbidden(text="only the workspace's own page may listen")
        socket = web.WebSocketResponse(heartbeat=30)
        await socket.prepare(request)
        self._live.add(socket)
        telling = asyncio.create_task(self._tell(socket))
        try:
            async for _ in socket:
                pass  # the page only listens
        finally:
            telling.cancel()
            self._live.discard(socket)
        return socket

    async def _tell(self, socket: web.WebSocketResponse) -> None:
        version = -1
        with suppress(ConnectionError):
            while True:
                version = await self._world.changes.after(version)
                await socket.send_json({"version": version})


def _own(request: web.Request) -> bool:
    return request.headers.get("Origin") == f"http://{request.host}"


def served(name: str) -> web.Response:
    """One of the page's own files."""
    text = resources.files("bot.workspace.page").joinpath(name).read_text(encoding="utf-8")
    return web.Response(text=text, content_type=FILES[name], charset="utf-8", headers=SAFETY)

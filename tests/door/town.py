"""Two newsrooms of one organisation, Slack's address, and the door of their app, all on loopback."""

from __future__ import annotations

import time

import aiohttp
from aiohttp import web
from yarl import URL

from bot.door.server import Door
from bot.installed import Installations
from bot.workspace import Settings as WorkspaceSettings
from bot.workspace import Workspace
from bot.workspace.transport.signed_http import signature
from config.environment import DoorSecrets
from config.settings import Behind, DoorSettings, SlackSettings

SIGNING = "the app's signing secret"
NORTH, SOUTH, STRANGER = "T0NORTH", "T0SOUTH", "T0STRANGER"


class Ticks:
    """A monotonic clock that moves only when told to."""

    def __init__(self):
        self.seconds = 1000.0

    def __call__(self):
        return self.seconds


class Process:
    """Stands where a workspace's process listens, and keeps what it is sent."""

    def __init__(self):
        self.requests = []
        self.answer = lambda: web.json_response({"response_type": "ephemeral", "text": "on record"})
        self.url = ""
        self.breaks = False  # the connection, once it has the request

    async def take(self, request):
        self.requests.append((await request.read(), request.headers))
        if self.breaks:
            request.transport.abort()
        answer = self.answer()
        return answer if isinstance(answer, web.StreamResponse) else await answer


class Town:
    """What a test acts on: `install` does what a person with a browser does."""

    def __init__(self, com, north, south, stranger, folder):
        self.com, self.north, self.south, self.stranger = com, north, south, stranger
        self.folder = folder
        self.installations = Installations(folder)
        self.ticks = Ticks()
        self.door = None
        self.address = ""

    async def open_door(self, *behind, patience=2.5, **settings):
        """Open the door, with its redirect address known before: as an operator knows the public one."""
        with_port = await free_port()
        self.address = f"http://127.0.0.1:{with_port}"
        door = DoorSettings(address=self.address, port=with_port, workspaces=behind, **settings)
        secrets = DoorSecrets(
            client_id=self.com.client_id, client_secret=self.com.client_secret, signing_secret=SIGNING
        )
        slack = SlackSettings(base_url=self.com.base_url, installations=str(self.folder))
        self.door = Door(door, slack, secrets, ticks=self.ticks, patience=patience)
        await self.door.start()
        for workspace in (self.north, self.south, self.stranger):
            workspace.use_http(self.address + "/slack/events")

    async def close_door(self):
        if self.door:
            await self.door.stop()

    def browser(self):
        """A browser that keeps cookies, also those that want https, as browsers do on their own machine."""
        return aiohttp.ClientSession(
            cookie_jar=aiohttp.CookieJar(unsafe=True, treat_as_secure_origin=[URL(self.address)])
        )

    async def begin(self, session, query=""):
        """Open the install page; the address on its button."""
        async with session.get(f"{self.address}/slack/install{query}") as answer:
            text = await answer.text()
            assert answer.status == 200, text
        return _link(text)

    async def agree(self, session, slacks_page, team):
        """Choose a workspace at Slack; the address to which Slack sends the browser back."""
        async with session.get(slacks_page) as answer:
            assert answer.status == 200, await answer.text()
        query = URL(slacks_page).query
        at_slack = URL(slacks_page).with_path("/oauth/v2/agree")
        back = {name: query[name] for name in ("scope", "state", "redirect_uri")}
        async with session.get(at_slack.with_query({**back, "team": team}), allow_redirects=False) as answer:
            return URL(answer.headers["Location"])

    async def install(self, team):
        """The status and the text of the page on which it ends."""
        async with self.browser() as session:
            back = await self.agree(session, await self.begin(session), team)
            return await seen(session, back)


async def seen(session, url):
    """The status and the text of a page."""
    async with session.get(url, allow_redirects=False) as answer:
        return answer.status, await answer.text()


def _link(page):
    return page.partition('class="go" href="')[2].partition('"')[0].replace("&amp;", "&")


async def free_port():
    """A port on which nothing listens."""
    server = web.AppRunner(web.Application())
    await server.setup()
    await web.TCPSite(server, "127.0.0.1", 0).start()
    port = server.addresses[0][1]
    await server.cleanup()
    return port


async def post(url, body, kind="application/json", *, secret=SIGNING, at=None, headers=()):
    """What Slack posts; the status and the text of the answer."""
    raw = body if isinstance(body, bytes) else body.encode()
    stamp = str(int(time.time()) if at is None else at)
    signed = {
        "Content-Type": kind,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature(secret, stamp, raw),
        **dict(headers),
    }
    async with aiohttp.ClientSession() as session, session.post(url, data=raw, headers=signed) as answer:
        return answer.status, await answer.text()


def workspace_of(team, name):
    return Workspace(WorkspaceSettings(team_id=team, team_name=name, signing_secret=SIGNING, event_retries=()))


def behind(team, process=""):
    """A workspace that may install, and where its process is."""
    return Behind(team=team, process=process)

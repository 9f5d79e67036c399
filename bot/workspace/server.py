"""The workspace as one value: start it, point the app at it, act as its people, look at what happened."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Literal, Self, Unpack

from aiohttp import web

from bot.workspace.faults import Fault, Kinds
from bot.workspace.methods import Context
from bot.workspace.openid import OpenId
from bot.workspace.page.routes import Page
from bot.workspace.people import People
from bot.workspace.response_url import Answer, ResponseUrls
from bot.workspace.settings import Settings
from bot.workspace.transport.delivery import Delivery, Transport
from bot.workspace.transport.network import Door
from bot.workspace.transport.signed_http import SignedHttp
from bot.workspace.transport.socket_mode import SocketMode
from bot.workspace.uploads import Uploads
from bot.workspace.web_api import Call, WebApi
from bot.workspace.world import BOT, Channel, File, Message, View, World

HOST = "127.0.0.1"


class Workspace:
    """A Slack workspace on loopback; everything it says about itself is true from `start` to `stop`."""

    def __init__(self, settings: Settings | None = None) -> None:
        self.settings = settings or Settings()
        self.world = World(self.settings)
        self.socket_mode = SocketMode(self.world)
        self._answers = ResponseUrls(self.world)
        self._http: SignedHttp | None = None
        self.api = WebApi(self.world, self._context)
        self._people = People(self.world, self._answers, self._transport, lambda key: f"{self.page_url}response/{key}")
        self._uploads = Uploads(self.world)
        self.openid = OpenId(self.world)
        self._page = Page(self.world, self._people)
        self._runner: web.AppRunner | None = None
        self._door: Door | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_exc: object) -> None:
        await self.stop()

    async def start(self, port: int = 0) -> str:
        """Listen on loopback (0: any free port) and return `base_url`."""
        app = web.Application(middlewares=[self._same_host], client_max_size=64 * 1024 * 1024)
        self.openid.add_to(app)
        app.router.add_route("*", "/api/{method}", self.api.answer)
        app.router.add_get("/link/", self.socket_mode.connect)
        app.router.add_post("/response/{key}", self._answers.receive)
        self._uploads.add_to(app)
        self._page.add_to(app)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=0.5)
        await self._runner.setup()
        self._door = Door(self._runner, HOST)
        await self._door.open(port)
        return self.base_url

    async def stop(self) -> None:
        """Close every connection and stop listening; stopping twice is harmless."""
        await self.socket_mode.close()
        await self._page.close()
        await self._people.events.close()
        if self._http is not None:
            await self._http.close()
        if self._runner is not None:
            await self.api.close()
            await self._runner.cleanup()
            self._runner = None

    async def unplug(self) -> None:
        """Be out of reach: every connection is reset and none is accepted, until `plug_in`."""
        if self._door is not None:
            await self._door.shut()

    async def plug_in(self) -> None:
        """Be within reach again, at the same address."""
        if self._door is not None:
            await self._door.open()

    @property
    def port(self) -> int:
        """Where the workspace listens; 0 before it was started."""
        return self._door.port if self._door else 0

    @property
    def base_url(self) -> str:
        """The address of the Web API, as slack_sdk wants it."""
        return f"{self.page_url}api/"

    @property
    def page_url(self) -> str:
        """The address of the page for people."""
        return f"http://{HOST}:{self.port}/"

    @property
    def bot_token(self) -> str:
        """The token with which the app posts; another one after each `install`."""
        return self.api.bot_token

    @property
    def app_token(self) -> str:
        """The token with which the app opens its sockets."""
        return self.settings.app_token

    @property
    def signing_secret(self) -> str:
        """The secret with which payloads by HTTP are signed."""
        return self.settings.signing_secret

    @property
    def connections(self) -> int:
        """How many sockets the app has open."""
        return self.socket_mode.connections

    @property
    def calls(self) -> list[Call]:
        """Every call of the Web API so far, in order."""
        return self.api.calls

    @property
    def deliveries(self) -> list[Delivery]:
        """Every payload sent to the app so far, in order of their end."""
        return self._people.deliveries

    def use_http(self, url: str) -> None:
        """Deliver from now on by signed posts to `url`, not by Socket Mode."""
        self._http = SignedHttp(self.world, url)

    @property
    def request_url(self) -> str | None:
        """Where payloads are posted to, or None in Socket Mode."""
        return self._http.url if self._http else None

    def inject(self, method: str, **kind: Unpack[Kinds]) -> Fault:
        """Spoil the next `times` calls of `method` ("*": of any) `after` so many; see `Fault` for the kinds."""
        return self.api.faults.plant(Fault(method=method, **kind))

    def weather(self, draw: Callable[[str], Fault | None]) -> None:
        """Ask `draw` at each call of a method that no planted fault hits whether one does."""
        self.api.faults.weather = draw

    def clear_faults(self) -> None:
        """Remove the planted faults that have not hit yet, and let the weather be fine."""
        self.api.faults.clear()

    def channel(self, name: str) -> Channel:
        """Return a channel by name ("#" allowed) or id."""
        return self.world.channel(name)

    def add_channel(self, name: str, *, private: bool = False, with_bot: bool = True) -> Channel:
        """Add a channel in which everybody is, the bot too unless it is left out."""
        members = frozenset(p.id for p in self.world.people.values() if not p.is_bot) | ({BOT} if with_bot else set())
        kind: Literal["public", "private"] = "private" if private else "public"
        channel = Channel(id=self.world.new_id("C"), name=name, members=members, kind=kind)
        return self.world.put_channel(channel)

    def archive(self, channel: str, *, archived: bool = True) -> None:
        """Close a channel for new messages, or open it again."""
        self.world.put_channel(replace(self.channel(channel), archived=archived))

    def restrict(self, channel: str, *, restricted: bool = True) -> None:
        """Let only some people post in a channel, of whom the bot is none; or everybody again."""
        self.world.put_channel(replace(self.channel(channel), restricted=restricted))

    def remove_bot(self, channel: str) -> None:
        """Put the bot out of a channel."""
        place = self.channel(channel)
        self.world.put_channel(replace(place, members=place.members - {BOT}))

    def invite_bot(self, channel: str) -> None:
        """Bring the bot into a channel, which it is told."""
        self._people.invite_bot(channel)

    def revoke_token(self, error: str | None = "token_revoked") -> None:
        """Let the bot token meet this error from now on, which the app is told; None: it is good again."""
        self.api.revoked = error
        self._people.events.revoked(error)

    def messages(self, channel: str) -> tuple[Message, ...]:
        """Return what everybody sees in a channel, oldest first, without the replies in threads."""
        return self.world.top(self.channel(channel).id)

    def replies(self, channel: str, ts: str) -> tuple[Message, ...]:
        """Return the replies in a thread, oldest first, without its parent."""
        return self.world.replies(self.channel(channel).id, ts)

    def ephemerals(self, user: str, channel: str | None = None) -> tuple[Message, ...]:
        """Return what only this person sees, in one channel or in all, oldest first."""
        person = self.world.person(user).id
        places = [self.channel(channel).id] if channel else list(self.world.channels)
        return tuple(m for place in places for m in self.world.all(place) if m.seen_only_by == person)

    def files(self, channel: str) -> tuple[File, ...]:
        """Return the files shared in a channel and its threads, oldest first; "@ada": between Ada and the bot."""
        place = self.world.direct(self.world.person(channel).id) if channel.startswith("@") else self.channel(channel)
        return tuple(self.world.files[file] for message in self.world.all(place.id) for file in message.files)

    def modals(self, user: str) -> tuple[View, ...]:
        """Return the modals that a person has open, the top one last."""
        person = self.world.person(user).id
        return tuple(view for view in self.world.views.values() if view.person == person)

    def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> Message:
        """Post an ordinary message of a person; to the bot alone with its id as the channel."""
        return self._people.say(user, channel, text, thread_ts)

    async def slash(
        self,
        user: str,
        channel: str,
        text: str,
        command: str = "/record",
        *,
        answers: int = 1,
        within: float = 10.0,
    ) -> Answer:
        """Use a slash command; return once it is acknowledged and `answers` answers came, or once it failed."""
        return await self._people.slash(user, channel, text, command, answers=answers, within=within)

    async def shortcut(
        self,
        user: str,
        channel: str,
        ts: str,
        callback_id: str = "check_message",
        *,
        answers: int = 0,
        within: float = 10.0,
    ) -> Answer:
        """Use a shortcut from the menu of a message; return once it is acknowledged and `answers` answers came."""
        return await self._people.shortcut(user, channel, ts, callback_id, answers=answers, within=within)

    async def ask(self, user: str, callback_id: str = "ask_record") -> Answer:
        """Use a global shortcut."""
        return await self._people.ask(user, callback_id)

    def open_home(self, user: str) -> None:
        """Look at the App Home; what the app publishes there is `home(user)`."""
        self._people.open_home(user)

    def home(self, user: str) -> View | None:
        """Return what stands in a person's App Home, if the app has published one."""
        return self.world.homes.get(self.world.person(user).id)

    async def click(
        self,
        user: str,
        channel: str,
        ts: str,
        action_id: str,
        *,
        chosen: str | None = None,
        answers: int = 0,
        within: float = 10.0,
    ) -> Answer:
        """Press a button (or choose an option) of a stored message; `NotThereError` if it is not there."""
        return await self._people.click(user, channel, ts, action_id, chosen=chosen, answers=answers, within=within)

    async def press(
        self, user: str, action_id: str, *, value: str | None = None, chosen: str | None = None, home: bool = False
    ) -> Answer:
        """Use an element of the person's top modal, or of the App Home."""
        return await self._people.press(user, action_id, value=value, chosen=chosen, home=home)

    async def submit(self, user: str, values: dict[str, str], *, view: str | None = None) -> Answer:
        """Fill in and submit the person's top modal, by `block_id` or `action_id`."""
        return await self._people.submit(user, values, view=view)

    async def wait_for(
        self, predicate: Callable[[], bool], within: float = 10.0, what: str = "the condition waited for"
    ) -> None:
        """Return once `predicate()` holds; it is looked at after every change of the workspace."""
        await self.world.changes.until(predicate, within, what)

    def _context(self) -> Context:
        socket = f"ws://{HOST}:{self.port}/link/?ticket="
        return Context(
            world=self.world, page_url=self.page_url, socket_url=lambda: f"{socket}{self.socket_mode.ticket()}"
        )

    def _transport(self) -> Transport:
        return self._http or self.socket_mode

    @web.middleware
    async def _same_host(
        self, request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> web.StreamResponse:
        """Refuse a request under another name: a foreign site may make its own name point to loopback."""
        if request.host not in (f"{HOST}:{self.port}", f"localhost:{self.port}"):
            raise web.HTTPForbidden(text="this workspace answers to its loopback address only")
        return await handler(request)

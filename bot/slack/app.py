"""The Slack side as one value: started, it answers people and delivers alerts; stopped, nothing is half done."""

from __future__ import annotations

import asyncio
import logging
import time
from contextlib import AsyncExitStack
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeVar

from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler

from bot.calibration import Rules
from bot.installed import NotInstalled
from bot.ledger.errors import LedgerError
from bot.slack.blocks import Desk
from bot.slack.commands import SUBCOMMANDS
from bot.slack.deliver import DeliveryLoop
from bot.slack.errors import SlackRefused, SlackSideError, SlackUnreachable
from bot.slack.homes import Homes
from bot.slack.line import ASK_EVERY, Answers, Line
from bot.slack.listeners import bolt_app
from bot.slack.newsroom import Newsroom
from bot.slack.permission import Doorkeeper
from bot.slack.rehearsal import rehearse
from bot.slack.signed_http import SignedHttp
from bot.slack.sources import watched
from bot.slack.web_api.calls import FAULTS
from bot.slack.web_api.client import DEADLINE, Tokens, is_local, quiet_libraries, web_client
from bot.slack.web_api.history import Unreadable
from bot.slack.web_api.places import PATIENCE, unpostable
from bot.slack.web_api.tokens import accepted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence

    from slack_bolt.app.async_app import AsyncApp

    from bot.inquiries import Inquiries
    from bot.ledger import Ledger
    from bot.mending import Mender
    from config.schema import Config

_log = logging.getLogger(__name__)

CONNECTIONS = 2  # when one is reset, the other goes on; each payload goes to any one of them
PING = 3  # seconds; a dead connection is noticed after two
SILENT = 5.0 * PING  # seconds without a word, not even a pong, after which a connection does not count as one
DRAIN = 8.0  # seconds for the post in flight, within the ten that a supervisor gives

Said = TypeVar("Said")


def utc_now() -> datetime:
    """The time of day."""
    return datetime.now(UTC)


class SlackSide:
    """Commands and buttons in, alerts out, for one workspace.

    The order of start is: identity, then commands are served, then the outbox is settled, and only then anything
    is posted. `base_url` and the mode come from the settings; `record_url` is where the web pages are, if anywhere.
    `notices` is what else to say of how the service does.
    `installed` takes the place of the bot token where that comes from an installation: it is asked at each start.
    """

    def __init__(
        self,
        *,
        ledger: Ledger,
        config: Config,
        tokens: Tokens,
        clock: Callable[[], datetime] = utc_now,
        ticks: Callable[[], float] = time.monotonic,
        acked: Callable[[float], None] = lambda _seconds: None,
        delivered: Callable[[float], None] = lambda _seconds: None,
        record_url: str | None = None,
        mend: Mender | None = None,
        inquiries: Inquiries | None = None,
        installed: Callable[[], str] | None = None,
        notices: Callable[[], Sequence[str]] = tuple,
    ) -> None:
        settings = config.settings.slack
        self._settings = settings
        self._tokens = tokens
        self._installed = installed
        self._clock = clock
        self._acked = acked
        self.line = Line(ticks)
        self._client = web_client(tokens.bot, settings.base_url)
        self._client.retry_handlers.append(Answers(self.line))
        self._record_url = record_url
        desk = Desk.of(config, record_url, SUBCOMMANDS)
        self.delivery = DeliveryLoop(
            ledger=ledger,
            client=self._client,
            settings=settings,
            desk=desk,
            clock=clock,
            ticks=ticks,
            channels=config.channels,
            feeds=lambda: watched(self._newsroom),
            delivered=delivered,
        )
        self._newsroom = Newsroom(
            ledger=ledger,
            config=config,
            desk=desk,
            rules=Rules.of(config.settings),
            troubles=lambda: (*self.delivery.troubles, *notices()),
            channel_of=self._channel_of,
            unpostable=self._unpostable,
            mend=mend,
            inquiries=inquiries,
            refused=lambda code: self.delivery.refusal.begins(code, "", clock()),
        )
        self._loop: asyncio.AbstractEventLoop | None = None  # once started
        self._stack = AsyncExitStack()
        self._loops: set[asyncio.Task[None]] = set()
        self._told = asyncio.Event()  # to stop
        self.http_port: int | None = None  # where signed HTTP listens, once started
        self.homes: Homes | None = None  # once started
        self.doorkeeper: Doorkeeper | None = None  # once started
        self._unreached = ""  # why the last start failed

    @property
    def by_socket(self) -> bool:
        """Whether Slack is heard on connections that we open."""
        return self._settings.mode == "socket"

    @property
    def silent_after(self) -> float:
        """For how many seconds Slack may say nothing before it counts as not heard."""
        return SILENT if self.by_socket else ASK_EVERY + 2 * DEADLINE

    @property
    def troubles(self) -> tuple[str, ...]:
        """What keeps it from its work at present, in words; empty when all is well."""
        return (*filter(None, (self._unreached,)), *self.delivery.troubles)

    def use(self, config: Config) -> None:
        """Answer and deliver with another configuration from now on: people, sides or the files have changed."""
        self._newsroom.config = config
        self._newsroom.rules = Rules.of(config.settings)
        self.delivery.channels = config.channels
        if self.doorkeeper:
            self.doorkeeper.roles = config.settings.roles
        self._newsroom.desk = self.delivery.desk = Desk.of(config, self._record_url, SUBCOMMANDS)

    async def start(self) -> None:
        """Serve and deliver. SlackRefused, with what to do, if Slack does not accept us.

        SlackUnreachable if it does not answer: nothing is left open then, and start may be called again.
        """
        try:
            await self._start()
        except (SlackSideError, LedgerError, OSError) as error:
            self._unreached = str(error)
            raise
        self._unreached = ""

    def named(self, users: Collection[str]) -> Mapping[str, str]:
        """What people are called, by their ids, for a thread that shows it; who is not known in time is left out."""
        return self._in_time(self.delivery.names.of_all(users)) or {} if self._loop and users else {}

    def _unpostable(self, channel: str) -> str:
        """As `places.unpostable`, for a thread that answers somebody; empty where it is not known in time."""
        return self._in_time(unpostable(self._client, channel)) or ""

    def _channel_of(self, place: str) -> str:
        """How the configuration names a channel, for a thread that answers somebody; the id where Slack is silent."""
        try:
            return self._in_time(self.delivery.configured(place)) or place
        except Unreadable as error:
            _log.warning("how %s is called is not known: %s", place, error.code)
            return place

    def _in_time(self, asking: Coroutine[Any, Any, Said]) -> Said | None:
        """What Slack says; None where it or the loop takes so long that whoever asked should not wait for it."""
        assert self._loop is not None  # noqa: S101  nobody is answered before the start
        asked = asyncio.run_coroutine_threadsafe(asking, self._loop)
        try:
            return asked.result(PATIENCE + 1)
        except TimeoutError:
            asked.cancel()
            return None

    async def _start(self) -> None:
        quiet_libraries()
        self._loop = asyncio.get_running_loop()
        identity = await self._let_in()
        await asyncio.to_thread(self.delivery.refusal.ends, self._clock())
        await self.delivery.learn()
        roles = self._newsroom.config.settings.roles
        self.doorkeeper = doorkeeper = Doorkeeper(self._client, roles, identity, self._clock)
        self.homes = homes = Homes(self._client, self._newsroom, doorkeeper, self._clock)
        app = bolt_app(
            bare=web_client("", self._settings.base_url),
            client=self._client,
            identity=identity,
            signing=self._tokens.signing,
            newsroom=self._newsroom,
            doorkeeper=doorkeeper,
            homes=homes,
            clock=self._clock,
            ticks=self.line.ticks,
            acked=self._acked,
        )
        async with AsyncExitStack() as stack:  # what was opened is closed if the rest of the start fails
            stack.callback(self.line.forget)
            if self._settings.mode == "http":
                await self._serve_http(app, stack)
            else:
                await self._connect(app, stack)
            stop = self._told = asyncio.Event()
            self._loops = {
                asyncio.create_task(self.delivery.run(stop), name="slack delivery"),
                asyncio.create_task(homes.run(stop), name="slack homes"),
            }
            if self._settings.mode == "http":
                asking = self.line.ask(self._client, stop, self.line.ear())
                self._loops.add(asyncio.create_task(asking, name="slack asked"))
            self._stack = stack.pop_all()
        _log.info("connected to Slack as %s in %s", identity.get("user"), identity.get("team"))

    async def rehearse(self, ledger: Ledger) -> str:
        """Deliver the first card of another ledger up to the point of posting; why that failed, or nothing."""
        desk, now = self.delivery.desk, self._clock()
        return await rehearse(ledger, client=self._client, settings=self._settings, desk=desk, now=now)

    async def stop(self, *, seconds: float = DRAIN) -> None:
        """Give the post in flight so long to end, then close the connections; stopping twice is harmless."""
        loops, self._loops = self._loops, set()
        self._told.set()
        if loops:
            _, late = await asyncio.wait(loops, timeout=seconds)
            for loop in late:
                loop.cancel()  # no more time: the row stays as intended, and history settles it after the next start
            await asyncio.gather(*loops, return_exceptions=True)
        stack, self._stack = self._stack, AsyncExitStack()
        await stack.aclose()

    async def newly_installed(self) -> bool:
        """Whether a token waits that is not the one in use: the app was installed anew since the last start."""
        try:
            return self._installed is not None and await asyncio.to_thread(self._installed) != self._client.token
        except NotInstalled:
            return False

    async def _let_in(self) -> dict[str, Any]:
        """Who we are in the workspace, by a token of the environment or of what is installed there."""
        if self._installed is None:
            return await accepted(self._client, "auth.test", "bot token (SLACK_BOT_TOKEN)")
        team = self._settings.team
        try:
            self._client.token = await asyncio.to_thread(self._installed)
            identity = await accepted(self._client, "auth.test", f"token of what is installed in {team}")
        except NotInstalled as error:
            raise SlackUnreachable(str(error)) from error
        except SlackRefused as error:  # an installation may be renewed, and nothing else needs a restart for it
            raise SlackUnreachable(f"{error}; install the app again") from error
        if identity.get("team_id") != team:
            raise SlackRefused(f"the token kept for {team} is one of {identity.get('team_id')}")
        return identity

    async def _connect(self, app: AsyncApp, stack: AsyncExitStack) -> None:
        """Open the sockets. The handler is built here, inside the running loop: elsewhere it would hear nothing."""
        base_url, token = self._settings.base_url, self._tokens.app
        await accepted(web_client(token, base_url), "apps.connections.open", "app-level token (SLACK_APP_TOKEN)")
        for _ in range(CONNECTIONS):
            handler = AsyncSocketModeHandler(
                app,
                token,
                logger=logging.getLogger("slack_sdk.socket_mode"),
                web_client=web_client(token, base_url),
                ping_interval=PING,
            )
            if is_local(base_url):
                handler.client.proxy = None
            await handler.client.aiohttp_client_session.close()  # in favour of one that tells what it hears
            handler.client.aiohttp_client_session = self.line.session(self.line.ear())
            stack.push_async_callback(handler.close_async)
            try:
                async with asyncio.timeout(2 * DEADLINE):
                    await handler.client.connect()  # type: ignore[no-untyped-call]
            except (TimeoutError, *FAULTS) as error:
                raise SlackUnreachable("Slack's Socket Mode cannot be reached") from error

    async def _serve_http(self, app: AsyncApp, stack: AsyncExitStack) -> None:
        if not self._tokens.signing:
            raise SlackRefused("signed HTTP needs the signing secret (SLACK_SIGNING_SECRET)")
        server = SignedHttp(app, self._tokens.signing, self._settings.team)
        stack.push_async_callback(server.stop)
        self.http_port = await server.start(self._settings.http_host, self._settings.http_port)

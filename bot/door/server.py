"""The door as one value: started it listens, stopped it answers what is in hand and closes."""

from __future__ import annotations

import asyncio
import logging
import time
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import aiohttp
from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_sdk.errors import SlackClientError
from slack_sdk.web.async_client import AsyncWebClient

from bot.door.installing import INSTALL, RETURN, Installing, failure
from bot.door.pages import HEADERS
from bot.door.passing import PATIENCE, Passing
from bot.installed import Installations
from bot.signed import LARGEST, PATH

if TYPE_CHECKING:
    from collections.abc import Callable

    from config.environment import DoorSecrets
    from config.settings import DoorSettings, SlackSettings

log = logging.getLogger(__name__)

_DRAIN = 3.0  # seconds for requests in hand when stopping: Slack waits no longer either
_DEADLINE = 10  # seconds for one exchange with Slack


class Door:
    """One app's public address. Installations are kept in the folder that `slack` names."""

    def __init__(
        self,
        settings: DoorSettings,
        slack: SlackSettings,
        secrets: DoorSecrets,
        *,
        ticks: Callable[[], float] = time.monotonic,
        patience: float = PATIENCE,
    ) -> None:
        self._settings = settings
        self.installations = Installations(Path(slack.installations))
        self._passing = Passing(settings, secrets.signing_secret, self.installations, patience)
        client = AsyncWebClient(base_url=slack.base_url, timeout=_DEADLINE, retry_handlers=[])
        if urlsplit(slack.base_url).hostname in {"127.0.0.1", "localhost"}:
            client.proxy = None  # taken from the environment, which knows no exception for this machine
        self._installing = Installing(
            client=client,
            secrets=secrets,
            settings=settings,
            installations=self.installations,
            authorize=slack.base_url.removesuffix("api/") + "oauth/v2/authorize",
            ticks=ticks,
        )
        self._runner: web.AppRunner | None = None

    async def start(self) -> int:
        """Listen and return the port, which the system chooses when asked for 0."""
        app = web.Application(client_max_size=LARGEST)
        app.router.add_post(PATH, self._passing.receive)
        app.router.add_get(PATH, _checked)
        app.router.add_get(INSTALL, self._begin)
        app.router.add_get(RETURN, self._end)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_DRAIN)  # a log of it would hold codes
        await self._runner.setup()
        await web.TCPSite(self._runner, self._settings.host, self._settings.port).start()
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Stop listening; requests in hand are answered first."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None
        await self._passing.close()

    async def _begin(self, request: web.Request) -> web.Response:
        asked = await to_bolt_request(request)
        return _shown(await to_aiohttp_response(await self._installing.handle_installation(asked)))

    async def _end(self, request: web.Request) -> web.Response:
        asked = await to_bolt_request(request)
        try:
            async with asyncio.timeout(2 * _DEADLINE):
                return _shown(await to_aiohttp_response(await self._installing.handle_callback(asked)))
        except (TimeoutError, SlackClientError, aiohttp.ClientError, OSError, ValueError, KeyError) as error:
            log.warning("an installation was not finished, Slack gave no clear answer: %s", type(error).__name__)
            words = "Slack gave no clear answer. Even if it shows On Record among your apps, begin again."
            return _shown(web.Response(status=502, text=failure(words), content_type="text/html"))


async def _checked(request: web.Request) -> web.Response:
    """Slack looks now and then whether the address is there and its certificate good."""
    if request.query.get("ssl_check"):
        return web.Response()
    raise web.HTTPMethodNotAllowed("GET", ["POST"])


def _shown(answer: web.Response) -> web.Response:
    answer.headers.update(HEADERS)
    return answer

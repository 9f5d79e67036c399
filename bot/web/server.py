"""The pages as one value: started they can be read, stopped whatever is being read is finished and no more."""

from __future__ import annotations

import logging
import secrets
from typing import TYPE_CHECKING

from aiohttp import web

from bot.web.api.access import Tokens
from bot.web.application import application
from bot.web.gate import Entrance, OpenHouse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.web.archive import Archive

log = logging.getLogger(__name__)

_LONGEST = 64 * 1024  # bytes of an address; of a longer one the answer says nothing but 400
_DRAIN = 2.0  # seconds for pages in hand when stopping


class WebServer:
    """Listens where the settings say. Without a `secret` what is signed is good until the service ends.

    `tokens` of the API are by the name of whoever has one.
    """

    def __init__(
        self,
        archive: Archive,
        entrance: Entrance | None = None,
        secret: str = "",
        tokens: Mapping[str, str] | None = None,
    ) -> None:
        self._archive = archive
        self._tokens = Tokens(tokens or {})
        self._entrance = entrance or OpenHouse()
        self._secret = secret or secrets.token_hex(32)
        self._runner: web.AppRunner | None = None

    async def start(self) -> int:
        """Listen where that is wanted, and return the port (0: not wanted); OSError if the place is taken."""
        settings = self._archive.settings
        if not settings.enabled:
            return 0
        app = application(self._archive, self._secret, self._entrance, self._tokens)
        self._runner = web.AppRunner(
            app,
            access_log=None,  # it would hold tokens
            shutdown_timeout=_DRAIN,
            max_line_size=_LONGEST,
        )
        await self._runner.setup()
        await web.TCPSite(self._runner, settings.host, settings.port).start()
        port = int(self._runner.addresses[0][1])
        log.info("the record can be read at %s", self._archive.address or f"http://{settings.host}:{port}")
        return port

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

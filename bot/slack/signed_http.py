"""Receives Slack's signed requests over HTTP, for newsrooms that would rather not use Socket Mode."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier

from bot.signed import LARGEST, PATH, TEAM, NotSlacks, received

if TYPE_CHECKING:
    from slack_bolt.app.async_app import AsyncApp

_DRAIN = 3.0  # seconds for requests in hand when stopping: Slack waits no longer either
_CLOCKS = 10.0  # seconds by which Slack's clock may be behind ours


class SignedHttp:
    """A web server for one app. Only what Slack signed within five minutes reaches the app; the rest gets 4xx.

    What was signed before the start may have been taken then, so it is refused too.
    With a `team` it is behind a door, and refuses what the door does not mean for that workspace.
    """

    def __init__(self, app: AsyncApp, signing: str, team: str = "") -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing)
        self._team = team
        self._since = 0.0
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen and return the port, which the system chooses when asked for 0."""
        self._since = time.time() - _CLOCKS
        server = web.Application(client_max_size=LARGEST)
        server.router.add_post(PATH, self._receive)
        self._runner = web.AppRunner(server, access_log=None, shutdown_timeout=_DRAIN)
        await self._runner.setup()
        await web.TCPSite(self._runner, host, port).start()
        return int(self._runner.addresses[0][1])

    async def stop(self) -> None:
        """Stop listening; requests in hand are answered first."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _receive(self, request: web.Request) -> web.StreamResponse:
        try:
            _, body = await received(request, self._verifier, since=self._since)
        except NotSlacks as error:
            return web.Response(status=error.status, text=str(error))
        if self._team and request.headers.get(TEAM) != self._team:
            return web.Response(status=421, text=f"this process serves {self._team} alone")
        try:
            # Signature and body are judged: Bolt takes it as it takes what comes by Socket Mode.
            asked = AsyncBoltRequest(body=body, query=request.query_string, mode="socket_mode")
        except (ValueError, TypeError, LookupError, AttributeError):
            return web.Response(status=400, text="not a request of Slack's")
        return await to_aiohttp_response(await self._app.async_dispatch(asked))

"""Receives Slack's signed requests over HTTP, for newsrooms that would rather not use Socket Mode."""

from __future__ import annotations

import logging
import re
import time
from typing import TYPE_CHECKING

from aiohttp import web
from slack_bolt.adapter.aiohttp import to_aiohttp_response, to_bolt_request
from slack_sdk.signature import SignatureVerifier

from bot.slack.repeats import Repeats

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_bolt.app.async_app import AsyncApp

_log = logging.getLogger(__name__)

PATH = "/slack/events"
_LARGEST = 1024 * 1024
_DRAIN = 3.0  # seconds for requests in hand when stopping: Slack waits no longer either
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")
_CLOCKS = 10.0  # seconds by which Slack's clock may be behind ours


class SignedHttp:
    """A web server for one app. Only what Slack signed within five minutes reaches the app; the rest gets 4xx.

    Each request reaches it once. What was signed before the start may have been taken before, so it is refused too.
    """

    def __init__(self, app: AsyncApp, signing: str) -> None:
        self._app = app
        self._verifier = SignatureVerifier(signing)
        self._repeats = Repeats()
        self._since = 0.0
        self._runner: web.AppRunner | None = None

    async def start(self, host: str, port: int) -> int:
        """Listen and return the port, which the system chooses when asked for 0."""
        self._since = time.time()
        server = web.Application(client_max_size=_LARGEST)
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
        if (request.content_length or 0) > _LARGEST:
            raise web.HTTPRequestEntityTooLarge(max_size=_LARGEST, actual_size=request.content_length or 0)
        raw = await request.read()  # over the limit: 413, as soon as it is passed
        try:
            body = raw.decode("utf-8")
        except UnicodeDecodeError:
            return web.Response(status=400, text="not UTF-8")
        if not self._signed(body, request.headers):
            return web.Response(status=401, text="not signed by Slack")
        try:
            asked = await to_bolt_request(request)
        except (ValueError, TypeError, LookupError):
            return web.Response(status=400, text="not a request of Slack's")
        signature = request.headers["X-Slack-Signature"]
        if not self._repeats.first(signature, time.monotonic()):
            _log.warning("a request of Slack's came twice, and was not heard the second time")
            return web.Response(status=200)
        try:
            return await to_aiohttp_response(await self._app.async_dispatch(asked))
        except BaseException:
            self._repeats.forget(signature)
            raise

    def _signed(self, body: str, headers: Mapping[str, str]) -> bool:
        """Judge the form first: a malformed timestamp or signature makes the verifier raise."""
        timestamp = headers.get("X-Slack-Request-Timestamp", "")
        signature = headers.get("X-Slack-Signature", "")
        if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
            return False
        if int(timestamp) < self._since - _CLOCKS:
            return False
        return self._verifier.is_valid(body, timestamp, signature)

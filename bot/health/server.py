"""Answers over HTTP: is it alive, is it ready, and its figures."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta

from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST

from bot.health.judging import deafness, unready
from bot.health.meter import Meter
from bot.health.signs import Signs, State
from bot.ledger import LedgerError
from config.settings import Health

_DRAIN = 1.0  # seconds for questions in hand when stopping


class HealthServer:
    """`signs` is cheap and asks nobody; `state` also reads the ledger, off the event loop."""

    def __init__(
        self, settings: Health, *, signs: Callable[[], Signs], state: Callable[[], Awaitable[State]], meter: Meter
    ) -> None:
        self._settings = settings
        self._late = timedelta(minutes=settings.late_minutes)
        self._signs = signs
        self._state = state
        self._meter = meter
        self._runner: web.AppRunner | None = None

    async def start(self) -> None:
        """Listen where the settings say; OSError if that place is taken."""
        app = web.Application()
        app.router.add_get("/healthz", self._alive)
        app.router.add_get("/readyz", self._ready)
        app.router.add_get("/metrics", self._figures)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=_DRAIN)
        await self._runner.setup()
        await web.TCPSite(self._runner, self._settings.host, self._settings.port).start()

    async def stop(self) -> None:
        """Stop listening."""
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def _alive(self, _request: web.Request) -> web.Response:
        why = deafness(self._signs(), self._settings.deaf_seconds)
        return _told("alive", (f"{why[0].upper()}{why[1:]}.",) if why else ())

    async def _ready(self, _request: web.Request) -> web.Response:
        try:
            state = await self._state()
        except LedgerError as error:
            return _told("ready", (f"The ledger cannot be read: {error}.",))
        return _told("ready", unready(state, self._late))

    async def _figures(self, _request: web.Request) -> web.Response:
        try:
            state = await self._state()
        except LedgerError as error:
            return web.Response(status=503, text=f"The ledger cannot be read: {error}.\n")
        return web.Response(body=self._meter.text(state, self._late), headers={"Content-Type": CONTENT_TYPE_LATEST})


def _told(name: str, troubles: tuple[str, ...]) -> web.Response:
    return web.json_response({name: not troubles, "troubles": troubles}, status=503 if troubles else 200)

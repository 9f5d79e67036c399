"""What the running service shows of itself, put together for health: of Slack's side, the ledger and the feeds."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.health import Deaf, HealthServer, Meter, Signs, State, watch

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.ledger import Ledger
    from bot.slack.app import SlackSide
    from config.schema import Health
    from watchers.schedule import Schedule

log = logging.getLogger(__name__)

_RETRIED = timedelta(hours=2)  # a planted conflict that fails is sent again after an hour


class Wellbeing:
    """Health of one run of the service, which begins now."""

    def __init__(
        self,
        *,
        settings: Health,
        slack: SlackSide,
        ledger: Ledger,
        schedule: Schedule,
        meter: Meter,
        ticks: Callable[[], float],
    ) -> None:
        self._settings = settings
        self._slack = slack
        self._ledger = ledger
        self._schedule = schedule
        self._ticks = ticks
        self._begun = ticks()
        self._server = HealthServer(settings, signs=self._signs, state=self._state, meter=meter)

    async def tell(self) -> None:
        """Answer questions over HTTP, where the settings want that."""
        if self._settings.port:
            await self._server.start()
            log.info("health is told at http://%s:%d/readyz", self._settings.host, self._settings.port)

    async def stop(self) -> None:
        """Answer no more."""
        await self._server.stop()

    async def stay(self, stop: asyncio.Event) -> None:
        """Return when told to stop; Deaf as soon as the watchdog has a reason."""
        told = asyncio.create_task(stop.wait())
        dog = asyncio.create_task(watch(self._signs, self._settings.deaf_seconds), name="watchdog")
        try:
            await asyncio.wait({told, dog}, return_when=asyncio.FIRST_COMPLETED)
            if not told.done():
                raise Deaf(dog.result())
        finally:
            told.cancel()
            dog.cancel()

    def _signs(self) -> Signs:
        slack = self._slack
        return Signs(
            uptime=self._ticks() - self._begun,
            silences=slack.line.silences,
            silent_after=slack.silent_after,
            refused=slack.delivery.refusal.unknown,
            sockets=slack.by_socket,
            stands=slack.delivery.stands,
            troubles=slack.troubles,
            reconnects=slack.line.reconnects,
            limits=slack.line.limits,
        )

    async def _state(self) -> State:
        vitals = await asyncio.to_thread(self._ledger.vitals)
        every = self._settings.canary_hours
        return State(
            now=datetime.now(UTC),
            signs=self._signs(),
            vitals=vitals,
            intervals=self._schedule.intervals,
            canary_late=timedelta(hours=every) + _RETRIED if every else None,
        )

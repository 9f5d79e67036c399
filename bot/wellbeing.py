"""What the running service shows of itself, put together for health: of Slack's side, the ledger and the feeds."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.health import Deaf, HealthServer, Meter, Signs, State, feel_pulse, watch
from bot.ledger import InUse, LedgerError, Replaced

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from bot.ledger import Held, Ledger
    from bot.ledger.database.wakeups import Wakeups
    from bot.slack.app import SlackSide
    from config.settings import Health

log = logging.getLogger(__name__)

HOLDS = 20.0  # seconds between two looks at whether the ledger is still ours alone
_RETRIED = timedelta(hours=2)  # a planted conflict that fails is sent again after an hour


class Wellbeing:
    """Health of one run of the service, which begins now.

    `intervals` gives the time between two polls of each feed whose lateness is this one's business.
    """

    def __init__(
        self,
        *,
        settings: Health,
        ledger: Ledger,
        intervals: Callable[[], Mapping[str, timedelta]],
        ticks: Callable[[], float],
        slack: SlackSide | None = None,
        wakeups: Wakeups | None = None,
        meter: Meter,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._settings = settings
        self._slack = slack
        self._wakeups = wakeups
        self._ledger = ledger
        self._intervals = intervals
        self._ticks = ticks
        self._clock = clock
        self._meter = meter
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

    async def stay(self, stop: asyncio.Event, held: Held, beside: Collection[asyncio.Task[None]] = ()) -> None:
        """Return when told to stop; Deaf as soon as the watchdog has a reason, or the ledger is another service's.

        Whatever is done beside all else should not end before: what ended it is raised.
        """
        told = asyncio.create_task(stop.wait())
        pulse = asyncio.create_task(feel_pulse(self._meter.lagged), name="pulse")
        dogs = {
            asyncio.create_task(watch(self._signs, self._settings.deaf_seconds), name="watchdog"),
            asyncio.create_task(lost(held), name="one writer"),
        }
        try:
            await asyncio.wait({told, *dogs, *beside}, return_when=asyncio.FIRST_COMPLETED)
            for work in beside:
                if work.done():
                    work.result()
            if not told.done():
                raise Deaf(next(dog.result() for dog in dogs if dog.done()))
        finally:
            for task in (told, pulse, *dogs):
                task.cancel()

    def _signs(self) -> Signs:
        slack, uptime = self._slack, self._ticks() - self._begun
        if slack is None:
            troubles = self._wakeups.troubles if self._wakeups else ()
            return Signs(
                uptime=uptime, silences=(), silent_after=0.0, sockets=False, stands=None, troubles=troubles, slack=False
            )
        return Signs(
            uptime=uptime,
            silences=slack.line.silences,
            silent_after=slack.silent_after,
            refused=slack.delivery.refusal.unknown,
            sockets=slack.by_socket,
            stands=slack.delivery.stands,
            troubles=slack.troubles,
            reconnects=slack.line.reconnects,
            answers=slack.line.answers,
        )

    async def _state(self) -> State:
        vitals = await asyncio.to_thread(self._ledger.vitals)
        every = self._settings.canary_hours if self._slack else 0
        return State(
            now=self._clock(),
            signs=self._signs(),
            vitals=vitals,
            intervals=self._intervals(),
            wakeups=await self._wakeups.waiting() if self._wakeups else None,
            canary_late=timedelta(hours=every) + _RETRIED if every else None,
        )


async def lost(held: Held, every: float = HOLDS) -> str:
    """Return once the ledger is another service's or another file, with a sentence that says so."""
    while True:
        await asyncio.sleep(every)
        try:
            await asyncio.to_thread(held.still)
        except InUse as error:
            return f"{error}, which took it when our hold on it was lost"
        except Replaced as error:
            return str(error)
        except (LedgerError, OSError) as error:  # a disk or a folder may fail for a moment
            log.warning("whether it is still ours alone is not known: %s", error)

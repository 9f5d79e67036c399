"""Says that something in the workspace changed, so that nobody has to poll for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Changes:
    """Counts changes and wakes those who wait for one; belongs to one event loop."""

    def __init__(self) -> None:
        self.version = 0
        self._waiting: list[asyncio.Future[None]] = []

    def ring(self) -> None:
        """Count one change and wake everybody who waits."""
        self.version += 1
        waiting, self._waiting = self._waiting, []
        for waiter in waiting:
            if not waiter.done():
                waiter.set_result(None)

    async def after(self, version: int) -> int:
        """Return the present version as soon as it is later than `version`."""
        while self.version <= version:
            waiter: asyncio.Future[None] = asyncio.get_running_loop().create_future()
            self._waiting.append(waiter)
            await waiter
        return self.version

    async def until(self, holds: Callable[[], bool], within: float, what: str) -> None:
        """Return once `holds()` is true; raise `TimeoutError` naming `what` after `within` seconds.

        The condition is looked at now and after every change of the workspace, never in between.
        """
        try:
            async with asyncio.timeout(within):
                while not holds():
                    await self.after(self.version)
        except TimeoutError:
            raise TimeoutError(f"not seen within {within:g} s: {what}") from None

"""The time that a server is given for its answer."""

from __future__ import annotations

import asyncio
from types import TracebackType
from typing import Self


class Deadline:
    """Within it, a TimeoutError once the server has had its seconds. They pass only between `run` and `stop`."""

    def __init__(self, seconds: float) -> None:
        self._left = seconds
        self._timeout = asyncio.timeout(None)
        self._since = 0.0

    def run(self) -> None:
        """From here on we wait for the server."""
        self._since = asyncio.get_running_loop().time()
        self._timeout.reschedule(self._since + self._left)

    def stop(self) -> None:
        """From here on it waits for us."""
        self._left -= asyncio.get_running_loop().time() - self._since
        self._timeout.reschedule(None)

    async def __aenter__(self) -> Self:
        await self._timeout.__aenter__()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._timeout.__aexit__(kind, error, trace)

"""How many downloads may run at once, in all and to one host."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass

REMEMBERED_HOSTS = 1000


@dataclass(slots=True)
class _Host:
    slots: asyncio.Semaphore
    users: int = 0
    free_at: float = 0.0  # loop time before which no further request is begun


class Slots:
    """Bounds on concurrency: `overall` in all, `per_host` to one host, begun at least `gap` seconds apart.

    Requests that are `doubtful` have half of all: however many of them stay silent, the others go on.
    """

    def __init__(self, *, overall: int, per_host: int) -> None:
        self._overall = asyncio.Semaphore(overall)
        self._doubtful = asyncio.Semaphore(max(1, overall // 2))
        self._per_host = per_host
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def held(self, host: str, *, gap: float, doubtful: bool = False) -> AsyncIterator[None]:
        """Hold a slot for one request to the host; waiting for a busy host costs no other host a slot."""
        entry = self._hosts.get(host)
        if entry is None:
            self._forget_idle()
            entry = self._hosts[host] = _Host(asyncio.Semaphore(self._per_host))
        entry.users += 1
        try:
            async with entry.slots:
                now = asyncio.get_running_loop().time()
                start = max(now, entry.free_at)
                entry.free_at = start + gap
                if start > now:
                    await asyncio.sleep(start - now)
                async with self._doubtful if doubtful else nullcontext(), self._overall:
                    yield
        finally:
            entry.users -= 1

    def _forget_idle(self) -> None:
        if len(self._hosts) < REMEMBERED_HOSTS:
            return
        now = asyncio.get_running_loop().time()
        for name in [name for name, host in self._hosts.items() if not host.users and host.free_at <= now]:
            del self._hosts[name]

"""How many answers may be in hand at once, how many of these may be large, and how many requests one host gets."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager, nullcontext
from dataclasses import dataclass

REMEMBERED_HOSTS = 1000


@dataclass(slots=True)
class _Host:
    turns: asyncio.Semaphore
    users: int = 0
    free_at: float = 0.0  # loop time before which no further request is begun


class Slots:
    """Bounds on what is in hand: `overall` answers, `large` of them large; `per_host` requests to one host at once.

    What is `doubtful` has half of all, and of the large: however many such answers stay silent, the others go on.
    """

    def __init__(self, *, overall: int, large: int, per_host: int) -> None:
        self._overall = _Places(overall)
        self._large = _Places(large)
        self._per_host = per_host
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, host: str, *, gap: float) -> AsyncIterator[None]:
        """Hold a turn for one request to the host, at least `gap` seconds after the one before."""
        entry = self._hosts.get(host)
        if entry is None:
            self._forget_idle()
            entry = self._hosts[host] = _Host(asyncio.Semaphore(self._per_host))
        entry.users += 1
        try:
            async with entry.turns:
                now = asyncio.get_running_loop().time()
                start = max(now, entry.free_at)
                entry.free_at = start + gap
                if start > now:
                    await asyncio.sleep(start - now)
                yield
        finally:
            entry.users -= 1

    @asynccontextmanager
    async def slot(self, *, doubtful: bool = False) -> AsyncIterator[Slot]:
        """Hold a slot for one answer. To be asked for in turn: who waits for a busy host keeps no slot from others."""
        async with self._overall.one(doubtful=doubtful), AsyncExitStack() as stack:
            yield Slot(self._large, stack, doubtful=doubtful)

    def _forget_idle(self) -> None:
        if len(self._hosts) < REMEMBERED_HOSTS:
            return
        now = asyncio.get_running_loop().time()
        for name in [name for name, host in self._hosts.items() if not host.users and host.free_at <= now]:
            del self._hosts[name]


class Slot:
    """Room for one answer, a large one if that is asked for."""

    def __init__(self, large: _Places, stack: AsyncExitStack, *, doubtful: bool) -> None:
        self._large = large
        self._stack = stack
        self._doubtful = doubtful

    async def enlarge(self) -> None:
        """Wait until the answer may be large. To be asked for once."""
        await self._stack.enter_async_context(self._large.one(doubtful=self._doubtful))


class _Places:
    """So many places, half of them for what is doubtful."""

    def __init__(self, count: int) -> None:
        self._all = asyncio.Semaphore(count)
        self._doubtful = asyncio.Semaphore(max(1, count // 2))

    @asynccontextmanager
    async def one(self, *, doubtful: bool) -> AsyncIterator[None]:
        """Hold one."""
        async with self._doubtful if doubtful else nullcontext(), self._all:
            yield

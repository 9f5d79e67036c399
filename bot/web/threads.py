"""Threads of the web's own, for what is looked up: however much is asked for, delivery is never behind a page."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from threading import BoundedSemaphore
from typing import TYPE_CHECKING, Final, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")

AT_ONCE: Final = 4  # each holds one of the ledger's fifteen connections, which delivery and Slack's answers need too
WAITING: Final = 60  # what came after these would be answered when whoever asked has left
RETRY: Final = {"Retry-After": "5"}  # seconds, to whoever is turned away


class Crowded(Exception):
    """Nothing more is taken for now; the text says so."""


class Threads:
    """So many look-ups at once, and so many that wait; the next one is `Crowded`."""

    def __init__(self, at_once: int = AT_ONCE, waiting: int = WAITING) -> None:
        self._places = BoundedSemaphore(at_once + waiting)
        self._threads = ThreadPoolExecutor(at_once, thread_name_prefix="web")

    async def run(self, does: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
        """What `does` returns, in its turn."""
        if not self._places.acquire(blocking=False):
            raise Crowded("So much is asked for at the moment that this would take too long, and nothing was done.")
        future = self._threads.submit(does, *arguments, **named)
        future.add_done_callback(lambda _: self._places.release())  # whoever leaves early keeps the thread busy
        return await asyncio.wrap_future(future)

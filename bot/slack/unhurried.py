"""Where work runs that Slack does not wait for: never in front of what must be on record before an acknowledgement."""

from __future__ import annotations

import asyncio
import contextvars
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")

# The loop's own pool has few threads on a small machine, and presses, forms and deliveries need them at once.
_THREADS = ThreadPoolExecutor(max_workers=16, thread_name_prefix="answer")


async def unhurried(does: Callable[P, T], *arguments: P.args, **named: P.kwargs) -> T:
    """What `does` returns, worked out in a thread in which it may take its time."""
    context = contextvars.copy_context()
    loop = asyncio.get_running_loop()
    return await loop.run_in_executor(_THREADS, lambda: context.run(does, *arguments, **named))

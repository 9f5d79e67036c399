"""A process that hears nothing and looks alive is worse than one that ended: a supervisor starts the latter again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.health.judging import deafness
from bot.health.signs import Signs

_LOOK = 1.0  # seconds between two looks


class Deaf(Exception):
    """The service gave itself up; the text says why."""


async def watch(signs: Callable[[], Signs], seconds: float) -> str:
    """Return why a restart is the only cure, once there is such a reason."""
    while not (why := deafness(signs(), seconds)):  # noqa: ASYNC110  silence makes no event
        await asyncio.sleep(_LOOK)
    return why

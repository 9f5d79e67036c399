"""A process that hears nothing and looks alive is worse than one that ended: a supervisor starts the latter again.

And one whose loop comes round late is on its way there, so that is measured.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import NoReturn

from bot.health.judging import deafness
from bot.health.signs import Signs

_LOOK = 1.0  # seconds between two looks
_BEAT = 0.5  # seconds between two measurements of the loop


class Deaf(Exception):
    """The service gave itself up; the text says why."""


async def watch(signs: Callable[[], Signs], seconds: float) -> str:
    """Return why a restart is the only cure, once there is such a reason."""
    while not (why := deafness(signs(), seconds)):  # noqa: ASYNC110  silence makes no event
        await asyncio.sleep(_LOOK)
    return why


async def feel_pulse(lagged: Callable[[float], None]) -> NoReturn:
    """Tell again and again, for ever, by how much the event loop came round too late."""
    loop = asyncio.get_running_loop()
    while True:
        due = loop.time() + _BEAT
        await asyncio.sleep(_BEAT)
        lagged(max(0.0, loop.time() - due))

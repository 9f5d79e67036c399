"""What was heard before: Slack gives every use of a command, a button or a form its own mark, and none twice.

Whoever sends a signed request again has only overheard it; a connection that sends one twice means it once.
"""

from __future__ import annotations

import logging
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt.response import BoltResponse

_log = logging.getLogger(__name__)

KEPT = 10 * 60.0  # seconds; a signature is good for five minutes, by either clock


class Repeats:
    """The marks of what was heard lately; `ticks` is a monotonic clock in seconds."""

    def __init__(self, ticks: Callable[[], float]) -> None:
        self._ticks = ticks
        self._heard: OrderedDict[str, float] = OrderedDict()

    def first(self, mark: str) -> bool:
        """Note a mark; whether it was not heard before."""
        now = self._ticks()
        while self._heard and now - next(iter(self._heard.values())) > KEPT:
            self._heard.popitem(last=False)
        if mark in self._heard:
            return False
        self._heard[mark] = now
        return True


def once(repeats: Repeats) -> Callable[..., Awaitable[BoltResponse | None]]:
    """The middleware that lets nothing be done twice. Events have ids, which the ledger keeps."""

    async def hear(body: dict[str, Any], next_: Callable[[], Awaitable[Any]]) -> BoltResponse | None:
        mark = body.get("trigger_id")
        if mark and not repeats.first(str(mark)):
            _log.warning(
                "a use of %s came twice, and was not heard the second time", body.get("command") or body["type"]
            )
            return BoltResponse(status=200, body="")
        await next_()
        return None

    return hear

"""Requests that were heard before: Slack signs none twice, so whoever sends one again has only overheard it."""

from __future__ import annotations

from collections import OrderedDict

KEPT = 10 * 60.0  # seconds; a signature is good for five minutes, by either clock


class Repeats:
    """The signatures of requests taken lately. Times are in seconds, of a clock that only goes forward."""

    def __init__(self) -> None:
        self._heard: OrderedDict[str, float] = OrderedDict()

    def first(self, signature: str, now: float) -> bool:
        """Note a signature; whether it was not heard before."""
        while self._heard and now - next(iter(self._heard.values())) > KEPT:
            self._heard.popitem(last=False)
        if signature in self._heard:
            return False
        self._heard[signature] = now
        return True

    def forget(self, signature: str) -> None:
        """It came to nothing, and may be sent again."""
        self._heard.pop(signature, None)

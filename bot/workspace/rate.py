"""The pace that Slack allows: a bucket of tokens for each method and channel."""

from __future__ import annotations

import math
from datetime import datetime

from bot.workspace.settings import Settings


class Pace:
    """Counts posts; belongs to one workspace and reads its clock."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._buckets: dict[tuple[str, str], tuple[float, datetime]] = {}

    def wait(self, method: str, channel: str) -> int:
        """Return 0 and take a token, or return the whole seconds after which there is one again."""
        if not self._settings.rate_limited:
            return 0
        now = self._settings.clock()
        tokens, seen = self._buckets.get((method, channel), (float(self._settings.rate_burst), now))
        filled = tokens + (now - seen).total_seconds() * self._settings.rate_per_second
        filled = min(float(self._settings.rate_burst), filled)
        if filled >= 1:
            self._buckets[method, channel] = (filled - 1, now)
            return 0
        self._buckets[method, channel] = (filled, now)
        return max(1, math.ceil((1 - filled) / self._settings.rate_per_second))

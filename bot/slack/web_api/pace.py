"""Who has to wait, and until when."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

PACE = 1.0  # seconds between two messages in one channel
_KEPT = 1000  # subjects that are remembered, before those that wait no longer are forgotten


class Pace:
    """Waits by subject. A clock set back ends a wait rather than stretching it."""

    def __init__(self) -> None:
        self._holds: dict[str, tuple[datetime, datetime]] = {}

    def __len__(self) -> int:
        """How many subjects are remembered."""
        return len(self._holds)

    def hold(self, subject: str, now: datetime, seconds: float) -> None:
        """Let a subject wait; the longer of two waits counts."""
        if len(self._holds) >= _KEPT:
            self._holds = {one: span for one, span in self._holds.items() if self.waits(one, now)}
        until = now + timedelta(seconds=seconds)
        before = self._holds.get(subject)
        if before is None or not self.waits(subject, now) or until > before[1]:
            self._holds[subject] = (now, until)

    def release(self, subject: str) -> None:
        """Let a subject wait no longer."""
        self._holds.pop(subject, None)

    def waits(self, subject: str, now: datetime) -> bool:
        """Whether the subject still has to wait."""
        since, until = self._holds.get(subject, (now, now))
        return since <= now < until

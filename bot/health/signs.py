"""What the service shows of itself at one moment. Whoever asks is handed values; nothing here looks into Slack."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.ledger.asking.vitals import Vitals


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What needs no look at the ledger. Times are ages in seconds."""

    uptime: float
    silences: tuple[float, ...]  # since Slack was last heard on each connection; empty: it was not reached yet
    silent_after: float  # after so long a connection counts as not heard
    refused: bool = False  # Slack knows us no more: only a new token helps
    sockets: bool = True  # False by signed HTTP: there is no connection that another start would open anew
    stands: float | None  # since the delivery loop last came round; None: it does not run yet
    troubles: tuple[str, ...] = ()  # what delivery itself, or who polls, complains of, in words
    slack: bool = True  # False where another process speaks to Slack
    reconnects: int = 0
    answers: Mapping[str, int] = field(default_factory=dict)  # of Slack's, by what they were: see `Line.answers`

    @property
    def heard(self) -> int:
        """How many connections were heard lately."""
        return sum(silence <= self.silent_after for silence in self.silences)


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The signs with what the ledger says. `intervals`: the time between two polls of each feed."""

    now: datetime
    signs: Signs
    vitals: Vitals
    intervals: Mapping[str, timedelta]
    wakeups: Mapping[str, int] | None = None  # of several roles: shards that wait, and those in hand
    canary_late: timedelta | None = None  # after so long without a planted conflict that came through; None: never

    @property
    def canary_age(self) -> timedelta:
        """Since a planted conflict last came through; since the start where none was due since, or none ever did."""
        last = self.vitals.canary
        begun = self.now - timedelta(seconds=self.signs.uptime)
        if last is None or last.good_at is None or last.good_at > self.now:  # by a clock that was ahead
            return self.now - begun
        return self.now - (last.good_at if last.fault else max(begun, last.good_at))

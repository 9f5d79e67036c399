"""When an article is read again because its feed has changed what it says of it; pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from config.schema import Polling
from watchers.model import Entry, Look

Step = Literal["note", "read", "wait", "leave"]


def step(entry: Entry, look: Look | None, polling: Polling, now: datetime) -> Step:
    """What an entry of a known article asks for: `note` what is seen first, `read` what changed, now or later."""
    if look is None:
        return "note"
    if entry.mark == look.mark or look.times >= polling.reread_most:
        return "leave"
    first = min(look.since, entry.published or look.since)
    if now - first > timedelta(days=polling.reread_days):
        return "leave"
    rests = abs(now - look.at) < timedelta(minutes=polling.reread_minutes)  # whichever way a clock was set
    return "wait" if rests else "read"


def first(entry: Entry, now: datetime) -> Look:
    """The look at an article that was read just now for the first time."""
    return Look(mark=entry.mark, at=now, since=now)


def again(look: Look, mark: str, now: datetime) -> Look:
    """The look after one more reading."""
    return Look(mark=mark, at=now, since=look.since, times=look.times + 1)

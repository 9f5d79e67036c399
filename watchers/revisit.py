"""When an article is read again because its feed has changed what it says of it; pure."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal

from config.settings import Polling
from watchers.model import Entry, Look

GROWTH = 1.5  # of the rest with each reading: 15 minutes and 12 readings make 64 hours

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
    # What was read often rests longer, or an article that changes all day would have used up its readings by noon.
    rest = timedelta(minutes=polling.reread_minutes) * GROWTH ** min(look.times, 40)
    return "wait" if abs(now - look.at) < rest else "read"  # whichever way a clock was set


def first(entry: Entry, now: datetime) -> Look:
    """The look at an article that was read just now for the first time."""
    return Look(mark=entry.mark, at=now, since=now)


def again(look: Look, mark: str, now: datetime) -> Look:
    """The look after one more reading."""
    return Look(mark=mark, at=now, since=look.since, times=look.times + 1)

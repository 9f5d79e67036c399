"""Which of two statements came first, and how to say so."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.model import Position

_FOREVER = timedelta(days=10_000)
_PAST = re.compile(
    r"\b(?:previously|formerly|in the past|used to|had (?:once|long|repeatedly|promised|pledged|vowed))\b",
    re.IGNORECASE,
)
_FORTNIGHT = 14  # days; from then on a date says more than a count


def first_day(position: Position) -> date | None:
    """The first day on which it may have been said; unknown where only the day of publication is."""
    return position.statement.said.first if position.statement.said else None


def last_day(position: Position) -> date | None:
    """The last day on which it may have been said: that of publication at the latest."""
    return position.statement.said.last if position.statement.said else position.said_first


def before(one: Position, other: Position) -> bool:
    """Whether `one` was surely said on an earlier day than `other`: by the days, or because its source says so."""
    if _bygone(one) and not _bygone(other):
        return (last_day(other) or date.max) >= (last_day(one) or date.min) or first_day(other) is None
    end, start = last_day(one), first_day(other)
    return end is not None and start is not None and end < start


def _bygone(position: Position) -> bool:
    """Whether a statement without a day is told as one of the past: "had previously called for it"."""
    return position.statement.recalled or (
        position.statement.said is None and _PAST.search(position.statement.quote) is not None
    )


def sorted_by_day(fresh: Position, other: Position) -> tuple[Position, Position]:
    """(earlier, later); where the days do not tell, `fresh` is the later one."""
    return (fresh, other) if before(fresh, other) else (other, fresh)


def gap(earlier: Position, fresh: Position) -> timedelta:
    """The time between both, as near as the days tell; very long when a day is unknown."""
    start, end = first_day(earlier) or last_day(earlier), first_day(fresh) or last_day(fresh)
    return abs(end - start) if start and end else _FOREVER


def day(position: Position) -> str:
    """The day or the days as words: "24 Feb 2025", "17–23 Feb 2025", "by 24 Feb 2025", "date unknown"."""
    start, end = first_day(position), last_day(position)
    if end is None:
        return "date unknown"
    if start is None:
        return f"by {written(end)}"
    if start == end:
        return written(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{written(end)}"
    if start.year == end.year:
        return f"{start.day} {start:%b} – {written(end)}"
    return f"{written(start)} – {written(end)}"


def written(on: date) -> str:
    """A day as the press writes it: "24 Feb 2025"."""
    return f"{on.day} {on:%b %Y}"


def when(position: Position) -> str:
    """The day as words that open a sentence: "On 24 Feb 2025", "Between 17–23 Feb 2025", "By 24 Feb 2025"."""
    text = day(position)
    if text == "date unknown":
        return "On a day that is not known,"
    if text.startswith("by "):
        return text.capitalize()[:3] + text[3:]
    return f"Between {text.replace('–', ' and ')}" if first_day(position) != last_day(position) else f"On {text}"


def later(earlier: Position, fresh: Position) -> str:
    """How long after, as words that open a sentence: "The next day"; the date itself where that is clearer."""
    start, end = first_day(earlier), first_day(fresh)
    if start is None or end is None or start != last_day(earlier) or end != last_day(fresh):
        return when(fresh)
    days = (end - start).days
    if days in {0, 1}:
        return ("The same day", "The next day")[days]
    return f"{days} days later" if 1 < days < _FORTNIGHT else when(fresh)

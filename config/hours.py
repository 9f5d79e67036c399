"""Times of day in a named zone: quiet hours and the hour of a digest, right over both changes of the clock."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import TYPE_CHECKING, Self, TypeVar
from zoneinfo import ZoneInfo, available_timezones

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Callable

Part = TypeVar("Part")
_TIME = re.compile(r"(?:([01]?\d|2[0-3])(?:[:.]([0-5]\d))?|24(?:[:.]00)?)\s*(am|pm|h|uhr)?", re.IGNORECASE)
_SPAN = re.compile(r"(.+?)\s*(?:-|–|—|\bto\b|\btill?\b|\buntil\b)\s*(\S+(?:\s*[ap]m\b)?)(?:\s+(.+))?", re.IGNORECASE)
_DAY = timedelta(days=1)


class BadHours(ValueError):
    """A time of day or a zone that cannot be understood; the text says what is wrong and what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Hours in which nothing is posted, e.g. "22:00-07:00 Europe/London"; they may run past midnight."""

    start: time
    end: time
    zone: str

    @classmethod
    def parse(cls, text: str, zone: str = "") -> Self:
        """The hours that a text names; `zone` holds where it names none. BadHours with every fault at once."""
        found = _SPAN.fullmatch(" ".join(text.split()))
        if not found:
            raise BadHours(f"“{text[:60]}” is no span of hours: write it like 22:00-07:00 Europe/London")
        faults = _Faults()
        start, end = faults.of(time_of, found[1], time()), faults.of(time_of, found[2], time())
        named = faults.of(zone_of, found[3] or zone, "UTC")
        faults.tell()
        if start == end:
            raise BadHours("quiet hours begin and end at the same time: write them like 22:00-07:00 Europe/London")
        return cls(start=start, end=end, zone=named)

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M} {self.zone}"

    def until(self, now: datetime) -> datetime | None:
        """When the quiet hours that hold at `now` are over; None outside them."""
        today = now.astimezone(ZoneInfo(self.zone)).date()
        for day in (today - _DAY, today):
            begins = moment(day, self.start, self.zone)
            ends = moment(day if self.end > self.start else day + _DAY, self.end, self.zone)
            if begins <= now < ends:
                return ends
        return None

    def ended(self, now: datetime) -> Occasion:
        """When quiet hours ended last."""
        return _last(self.end, self.zone, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Daily:
    """A time of every day, e.g. "08:00 Europe/London"."""

    at: time
    zone: str

    @classmethod
    def parse(cls, text: str, zone: str = "") -> Self:
        """The time that a text names; `zone` holds where it names none. BadHours with every fault at once."""
        words = re.sub(r"^(?:daily|every ?day)\b(?:\s+at\b)?|^at\b", "", " ".join(text.split()), flags=re.IGNORECASE)
        first, _, rest = words.strip().partition(" ")
        if re.match(r"(?:am|pm)\b", rest, re.IGNORECASE):
            first, rest = first + rest[:2], rest[2:].strip()
        faults = _Faults()
        at, named = faults.of(time_of, first, time()), faults.of(zone_of, rest or zone, "UTC")
        faults.tell()
        return cls(at=at, zone=named)

    def __str__(self) -> str:
        return f"{self.at:%H:%M} {self.zone}"

    def came(self, now: datetime) -> Occasion:
        """When it was that time last."""
        return _last(self.at, self.zone, now)


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """The moment of a time of day on one local date: each date has one, however the clock is set on it."""

    day: date
    at: datetime


def time_of(text: str) -> time:
    """The time of day in "22:00", "7", "7.30", "10pm"; BadHours for anything else."""
    found = _TIME.fullmatch(text.strip())
    if not found:
        raise BadHours(f"“{text[:40]}” is no time of day: write it like 07:30")
    hour, minute, half = int(found[1] or 0), int(found[2] or 0), (found[3] or "").casefold()
    if half in {"am", "pm"}:
        if not 1 <= hour <= 12:
            raise BadHours(f"“{text[:40]}” is no time of day: write it like 07:30")
        hour = hour % 12 + (12 if half == "pm" else 0)
    return time(hour, minute)


def zone_of(text: str) -> str:
    """The name of the time zone in "Europe/London", "london", "new york" or "utc"; BadHours for anything else."""
    wanted = text.strip().replace(" ", "_").casefold()
    if not wanted:
        raise BadHours("the time zone is missing: write it like Europe/London")
    zones = _zones()
    if wanted in zones:
        return zones[wanted]
    near = process.extractOne(wanted, list(zones), scorer=fuzz.ratio, score_cutoff=70)
    meant = f" (did you mean {zones[near[0]]}?)" if near else ", such as Europe/London"
    raise BadHours(f"“{text.strip()[:60]}” is no time zone{meant}")


def midnight(zone: str, now: datetime) -> datetime:
    """When the local day that holds `now` began."""
    return moment(now.astimezone(ZoneInfo(zone)).date(), time(), zone)


def moment(day: date, at: time, zone: str) -> datetime:
    """That time of that day in UTC: what the clock skips comes as much later, what it shows twice counts once."""
    return datetime.combine(day, at, tzinfo=ZoneInfo(zone)).astimezone(UTC)


def _last(at: time, zone: str, now: datetime) -> Occasion:
    today = now.astimezone(ZoneInfo(zone)).date()
    for day in (today, today - _DAY):
        if (when := moment(day, at, zone)) <= now:
            return Occasion(day=day, at=when)
    raise AssertionError("yesterday is over")  # pragma: no cover


@cache
def _zones() -> dict[str, str]:
    """Every zone by its name and by the name of its city, in small letters; a city that two share is none."""
    names = sorted(name for name in available_timezones() if not name.startswith(("posix", "right", "SystemV", "Etc/")))
    known: dict[str, str] = {"utc": "UTC", "gmt": "UTC", "z": "UTC"}
    for name in names:
        city = name.rpartition("/")[2].casefold()
        if "/" in name and (city not in known or "/" not in known[city]):
            known[city] = name
    return known | {name.casefold(): name for name in names}


class _Faults(list[str]):
    """The faults of the parts of one text, told together."""

    def of(self, read: Callable[[str], Part], text: str, otherwise: Part) -> Part:
        """What a reader makes of a part; `otherwise` with the fault kept."""
        try:
            return read(text)
        except BadHours as fault:
            self.append(str(fault))
            return otherwise

    def tell(self) -> None:
        """Raise what was found, each once."""
        if self:
            raise BadHours("; ".join(dict.fromkeys(self)))

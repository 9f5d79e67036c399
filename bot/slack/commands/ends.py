"""Until when: “for 2h”, “until 18:00”, “until Friday”, in the zone of whoever says so."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from config.hours import BadHours, moment, time_of, zone_of

if TYPE_CHECKING:
    from collections.abc import Iterator

LONGEST = timedelta(days=90)
_UNITS = {"m": timedelta(minutes=1), "h": timedelta(hours=1), "d": timedelta(days=1), "w": timedelta(weeks=1)}
_FAR = re.compile(r"\s(?:for\s+)?\S+\s*(?:months?|quarters?|years?)$|\s(?:for\s+)?(?:ever|good)$", re.IGNORECASE)
_WORDS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "half an": 0.5}
_SPAN = re.compile(
    r"(?:\bfor\s+(?:the\s+next\s+)?|^)(\d{1,6}(?:[.,]\d{1,3})?|half an|an?|one|two|three|four|five|six|seven)\s*"
    r"(m|h|d|w|mins?|minutes?|hrs?|hours?|days?|weeks?)$",
    re.IGNORECASE,
)
_BARE = re.compile(r"\s(\d{1,6}(?:[.,]\d{1,3})?)\s*(m|h|d|w|mins?|minutes?|hrs?|hours?|days?|weeks?)$", re.IGNORECASE)
_UNTIL = re.compile(r"\b(?:until|untill|till|til)\b\s*(.*)$", re.IGNORECASE)
_TOO_LONG = "that is too long: a mute ends within 90 days, so that somebody looks again"
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = {"noon": time(12), "midnight": time(), "tonight": time(20), "evening": time(18)}
_DATE = re.compile(r"(\d{4})-(\d{2})-(\d{2})")
_DAY_MONTH = re.compile(r"(\d{1,2})\.?\s+([a-z]{3})[a-z]*", re.IGNORECASE)


class BadEnd(ValueError):
    """An end that cannot be understood, or lies too far; the text says what would be right."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """What was typed, with its end taken off; `until` is None where none was named."""

    words: str
    until: datetime | None


def ended(typed: str, now: datetime, zone: str) -> Ended:
    """The end that the last words name, after `now`; BadEnd where they name one that cannot be."""
    words = " ".join(typed.split())
    until = _UNTIL.search(words)
    if until:
        try:
            at = _moment(until[1], now, zone)
        except OverflowError:  # the year 1, or 9999
            raise BadEnd(_TOO_LONG) from None
        return Ended(words=words[: until.start()].strip(), until=_checked(at, now))
    if _FAR.search(words):
        raise BadEnd(_TOO_LONG)
    found = _SPAN.search(words) or _BARE.search(words)
    if not found:
        return Ended(words=words, until=None)
    count = _WORDS.get(found[1].casefold()) or float(found[1].replace(",", "."))
    span = min(count * _UNITS[found[2][0].casefold()], 2 * LONGEST)
    return Ended(words=words[: found.start()].strip(), until=_checked(now + span, now))


def _checked(until: datetime, now: datetime) -> datetime:
    if until <= now:
        raise BadEnd("that is over already: name an end that is still to come, such as “for 2h” or “until Friday”")
    if until - now > LONGEST:
        raise BadEnd(_TOO_LONG)
    return until


def _moment(text: str, now: datetime, zone: str) -> datetime:
    """The moment that “18:00”, “friday”, “friday 9am”, “tomorrow”, “2031-03-01” name; days begin at midnight."""
    rest, day, at = text.casefold().strip(" .,"), None, None
    today = now.astimezone(ZoneInfo(zone)).date()
    if found := _DATE.match(rest):
        day, rest = _date(int(found[1]), int(found[2]), int(found[3])), rest[found.end() :].strip()
    elif (found := _DAY_MONTH.match(rest)) and found[2].casefold() in _MONTHS:
        month = _MONTHS.index(found[2].casefold()) + 1
        day = _date(today.year, month, int(found[1]))
        day = day if day > today else _date(today.year + 1, month, int(found[1]))
        rest = rest[found.end() :].strip()
    parts = rest.split()
    if day is None and parts and (named := list(_days(parts[0], today))):
        day, parts = named[0], parts[1:]
    if parts and parts[0] in {"at", "on"}:
        parts = parts[1:]
    if len(parts) > 1 and parts[1] in {"am", "pm"}:
        parts = [parts[0] + parts[1], *parts[2:]]
    if parts and parts[0] in _NAMED:
        at, parts = _NAMED[parts[0]], parts[1:]
    elif parts:
        at, parts = _time(parts[0]), parts[1:]
    if day is None and at is None:
        raise BadEnd("until when? Write “until 18:00”, “until Friday” or “for 2h”")
    zone = _zone(" ".join(parts)) if parts else zone
    if day is not None:
        return moment(day, at or time(), zone)
    today = now.astimezone(ZoneInfo(zone)).date()
    due = moment(today, at or time(), zone)
    return due if due > now else moment(today + timedelta(days=1), at or time(), zone)


def _days(word: str, today: date) -> Iterator[date]:
    """The next day of that name, never today."""
    if word == "tomorrow":
        yield today + timedelta(days=1)
    for place, name in enumerate(_DAYS):
        if len(word) >= 3 and name.startswith(word.rstrip(".")):
            yield today + timedelta(days=(place - today.weekday() - 1) % 7 + 1)


def _date(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise BadEnd(f"there is no {day}.{month}.{year}: write “until 2031-03-01”") from None


def _time(word: str) -> time:
    try:
        return time_of(word)
    except BadHours as fault:
        raise BadEnd(f"{fault}; or “until Friday”, or “for 2h”") from None


def _zone(words: str) -> str:
    try:
        return zone_of(words)
    except BadHours as fault:
        raise BadEnd(str(fault)) from None

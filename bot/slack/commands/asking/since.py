"""How far back: "7d", "3 weeks", "2025-03-01", "1 Mar 2025", "yesterday"."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

_LENGTH = re.compile(r"(\d{1,4})\s*(h|hours?|d|days?|w|weeks?|m|mo|months?|y|years?)(?![a-z])", re.IGNORECASE)
_HOURS = {"h": 1, "d": 24, "w": 7 * 24, "m": 30 * 24, "y": 365 * 24}
_OLDEST = 200 * 365 * 24
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_DAY = re.compile(r"(\d{1,2})\s+([a-z]{3})[a-z]*\.?,?\s+(\d{4})", re.IGNORECASE)
_MONTH = re.compile(r"([a-z]{3})[a-z]*\.?\s+(\d{4})|(\d{4})-(\d{1,2})|(\d{4})", re.IGNORECASE)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_EXAMPLES = "7d, 3 weeks, 2025-03-01 or yesterday"


def split_since(words: str, now: datetime) -> tuple[str, datetime | None, str]:
    """The words before "since", the moment meant by what follows, and why it could not be read (else empty).

    Without "since", a length of time or a date at the very end counts too: "timeline peskov nato 30d".
    """
    before, mark, after = _parted(words)
    if not mark:
        parts = words.split()
        for count in (3, 2, 1):
            if len(parts) > count and _certain(" ".join(parts[-count:])):
                return " ".join(parts[:-count]), moment(" ".join(parts[-count:]), now), ""
        return words, None, ""
    found = moment(after, now)
    return before, found, "" if found else f"“{after}” is no time I know. Write it like {_EXAMPLES}."


def _parted(words: str) -> tuple[str, str, str]:
    found = re.search(r"(?:^|\s)since(?:\s+|$)", words, re.IGNORECASE)
    return (words[: found.start()].strip(), "since", words[found.end() :].strip()) if found else (words, "", "")


def _certain(words: str) -> bool:
    """Whether it can be nothing but a time, so that it needs no "since"."""
    return bool(_LENGTH.fullmatch(words) or _ISO.fullmatch(words) or _DAY.fullmatch(words))


def moment(words: str, now: datetime) -> datetime | None:
    """The moment that is meant, never after `now`; None where it cannot be read. Days begin at midnight UTC."""
    asked = " ".join(words.casefold().split()).removesuffix(" ago").removeprefix("the last ").removeprefix("last ")
    today = now.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    if asked in {"today", "yesterday"}:
        return today - timedelta(days=asked == "yesterday")
    if length := _LENGTH.fullmatch(asked):
        hours = int(length[1]) * _HOURS[length[2][0].lower()]
        return now - timedelta(hours=hours) if hours < _OLDEST else None
    if asked in {"hour", "day", "week", "month", "year"}:
        return now - timedelta(hours=_HOURS[asked[0]])
    named = _named(asked)
    return named if named is not None and named <= now else None


def _named(asked: str) -> datetime | None:
    try:
        if found := _ISO.fullmatch(asked):
            return datetime(int(found[1]), int(found[2]), int(found[3]), tzinfo=UTC)
        if (found := _DAY.fullmatch(asked)) and found[2] in _MONTHS:
            return datetime(int(found[3]), _MONTHS.index(found[2]) + 1, int(found[1]), tzinfo=UTC)
        if found := _MONTH.fullmatch(asked):
            if found[1]:
                return datetime(int(found[2]), _MONTHS.index(found[1]) + 1, 1, tzinfo=UTC)
            return datetime(int(found[3] or found[5]), int(found[4] or 1), 1, tzinfo=UTC)
    except ValueError:
        return None
    return None

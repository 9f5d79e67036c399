"""How newspapers write days: each expression with the day or the interval it means on the day of publication."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
_MONTH_NUMBER = {name[:n]: k + 1 for k, name in enumerate(MONTHS) for n in range(3, len(name) + 1)} | {"sept": 9}
_DAY = r"(?P<day>Mondays?|Tuesdays?|Wednesdays?|Thursdays?|Fridays?|Saturdays?|Sundays?)"
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_YEAR = r"(?:,? (?P<year>(?:19|20)\d\d))"
_NUMBER = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "several": 5, "a few": 4, "few": 4}
_WEEK = 7

Rule = Callable[[re.Match[str], date], tuple[date, date] | None]


def back(day: date, days: int) -> date:
    """So many days earlier, never before the first day there is."""
    return day - timedelta(days=min(days, day.toordinal() - 1))


def count(written: str) -> int:
    """The number a word or figures stand for; one for "a" and "an"."""
    written = written.casefold()
    return int(written) if written.isdecimal() else _NUMBER.get(written, 1)


def _weekday(name: str, published: date) -> date:
    return back(published, (published.weekday() - DAYS.index(name.casefold().rstrip("s"))) % _WEEK)


def _last_week(published: date) -> tuple[date, date]:
    monday = back(published, published.weekday() + _WEEK)
    return monday, min(monday + timedelta(days=6), date.max)


def _in_last_week(match: re.Match[str], published: date) -> tuple[date, date] | None:
    """A day of the week before: "Thursday last week"."""
    monday, _ = _last_week(published)
    day = monday + timedelta(days=DAYS.index(match["day"].casefold().rstrip("s")))
    return day, day


def _plain_weekday(match: re.Match[str], published: date) -> tuple[date, date] | None:
    if match["day"].endswith("s"):
        return None  # "on Mondays" is a habit
    day = _weekday(match["day"], published)
    if match["last"] and day == published:
        day = back(day, _WEEK)
    return day, day


def _calendar(match: re.Match[str], published: date) -> tuple[date, date] | None:
    number = int(match["number"])
    month = _MONTH_NUMBER[match["month"].casefold().rstrip(".")]
    year = int(match["year"]) if match["year"] else None
    if year is None and published == date.max:
        return None
    try:
        day = date(year or published.year, month, number)
        if year is None and day > published:
            ahead = (day - published).days
            if ahead < 180:  # a date so near ahead is a plan, not a remark of last year
                return None
            day = date(published.year - 1, month, number)
    except ValueError:
        return None
    return day, day


def _month(match: re.Match[str], published: date) -> tuple[date, date] | None:
    month = _MONTH_NUMBER[match["month"].casefold().rstrip(".")]
    if match["year"]:
        year = int(match["year"])
    elif published == date.max:
        return None
    else:
        year = published.year - (1 if month > published.month else 0)
    if year < date.min.year:
        return None
    first = date(year, month, 1)
    last = date(year, month, 28) + timedelta(days=4)
    last -= timedelta(days=last.day)
    part = (match["part"] or "").casefold()
    if part == "late":
        first = date(year, month, 20)
    elif part == "early":
        last = date(year, month, 12)
    if published != date.max:
        last = min(last, published)
    return (first, last) if first <= last else None


def _year(match: re.Match[str], published: date) -> tuple[date, date] | None:
    year = int(match["year"])
    if year > published.year:
        return None
    part = (match["part"] or "").casefold()
    first, last = date(year, 1, 1), date(year, 12, 31)
    if part == "late":
        first = date(year, 9, 1)
    elif part == "early":
        last = date(year, 4, 30)
    return first, last


def _ago(match: re.Match[str], published: date) -> tuple[date, date] | None:
    many = count(match["count"])
    unit = match["unit"].casefold().rstrip("s")
    if many > 400:
        return None
    if unit == "day":
        return back(published, many), back(published, many)
    days = {"week": _WEEK, "month": 30, "year": 365}[unit] * many
    slack = {"week": 3, "month": 15, "year": 183}[unit]
    return back(published, days + slack), back(published, max(0, days - slack))


def _relative(match: re.Match[str], published: date) -> tuple[date, date] | None:
    words = " ".join(match.group().casefold().split())
    if "yesterday" in words or "last night" in words:
        return back(published, 1), back(published, 1)
    if "today" in words or "tonight" in words:
        return published, published
    if "weekend" in words:
        saturday = back(published, (published.weekday() - 5) % _WEEK or _WEEK)
        return saturday, min(saturday + timedelta(days=1), published)
    this = "this " in words or "earlier in the" in words
    if "week" in words:
        return (back(published, published.weekday()), published) if this else _last_week(published)
    if "month" in words:
        first = published.replace(day=1)
        return (first, published) if this else (back(first, 1).replace(day=1), back(first, 1))
    if "year" in words:
        year = published.year if this else max(date.min.year, published.year - 1)
        return date(year, 1, 1), min(date(year, 12, 31), published)
    return published, published  # this morning, afternoon, evening


# Each with whether it needs the day of publication. Where two overlap, the earlier one counts.
RULES: tuple[tuple[re.Pattern[str], Rule, bool], ...] = (
    (
        re.compile(rf"\b{_MONTH} (?P<number>[0-3]?\d)(?:st|nd|rd|th)?\b(?!,? ?\d{{1,2}}\b){_YEAR}?", re.IGNORECASE),
        _calendar,
        False,
    ),
    (re.compile(rf"\b(?P<number>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? {_MONTH}\b{_YEAR}?"), _calendar, False),
    (
        re.compile(rf"\b(?:last week on )?{_DAY},? (?:of )?last week\b", re.IGNORECASE),
        _in_last_week,
        True,
    ),
    (re.compile(rf"\blast week on {_DAY}\b", re.IGNORECASE), _in_last_week, True),
    (
        re.compile(rf"\b(?P<last>last )?{_DAY}\b(?!,? (?P<x>{_MONTH.replace('month>', 'month2>')}))", re.IGNORECASE),
        _plain_weekday,
        True,
    ),
    (
        re.compile(
            r"\b(?:(?:earlier|just|only|late|early|later) )?(?:yesterday|today|tonight|last night|"
            r"this (?:morning|afternoon|evening|week|month|year)|last (?:week|month|year|weekend)|"
            r"(?:over|at|during) the weekend|this (?:past )?weekend|"
            r"(?:earlier|late|early) in the (?:week|month|year)|the previous (?:week|month|year)|the week before)\b",
            re.IGNORECASE,
        ),
        _relative,
        True,
    ),
    (
        re.compile(
            r"\b(?P<count>a|an|one|two|three|four|five|six|seven|several|a few|few|\d{1,3}) (?P<unit>days?|"
            r"weeks?|months?|years?) (?:ago|(?<!day )(?<!days )earlier)\b",
            re.IGNORECASE,
        ),
        _ago,
        True,
    ),
    (
        re.compile(
            rf"\b(?:(?:earlier|back|also) )?in (?:(?P<part>early|late|mid)[- ])?{_MONTH}\b{_YEAR}?", re.IGNORECASE
        ),
        _month,
        False,
    ),
    (
        re.compile(
            r"\b(?:in|at a|at the|since) (?:(?P<part>early|late|mid)[- ])?(?P<year>(?:19|20)\d\d)\b", re.IGNORECASE
        ),
        _year,
        False,
    ),
)

_HOLD = (
    *("day", "night", "morning", "afternoon", "evening", "week", "month", "year", "19", "20"),
    *(month[:3] for month in MONTHS),
)
_AROUND = 40  # characters that an expression reaches at most before and behind such a word


def stretches(text: str) -> list[tuple[int, int]]:
    """Where an expression can stand, in order: around a word that each of them holds, a quarter of an ordinary text."""
    low = text.lower()
    if len(low) != len(text):  # a few letters become two
        return [(0, len(text))]
    places: list[int] = []
    for word in _HOLD:
        at = low.find(word)
        while at >= 0:
            places.append(at)
            at = low.find(word, at + 1)
    found: list[tuple[int, int]] = []
    for at in sorted(places):
        start, end = max(0, at - _AROUND), at + 2 * _AROUND
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], end
        else:
            found.append((start, end))
    return found

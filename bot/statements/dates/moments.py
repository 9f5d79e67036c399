"""The time expressions of a text: where each stands, and the day or the interval it means."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from bot.model import Said

_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_MONTHS = (
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
_MONTH_NUMBER = {name[:n]: k + 1 for k, name in enumerate(_MONTHS) for n in range(3, len(name) + 1)} | {"sept": 9}
_DAY = r"(?P<day>Mondays?|Tuesdays?|Wednesdays?|Thursdays?|Fridays?|Saturdays?|Sundays?)"
_MONTH = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_YEAR = r"(?:,? (?P<year>(?:19|20)\d\d))"
_NUMBER = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "several": 5, "a few": 4, "few": 4}
# What comes after such a word lies ahead or is the subject of the talk, so it does not date the saying.
_NOT_BEFORE = re.compile(
    r"(?:\b(?:until|till|by|since|next|coming|before|for|from|scheduled|planned|due|set|expected|'s|starting|"
    r"of)\s+(?:the\s+)?"
    r"(?:early\s+|late\s+|next\s+|this\s+coming\s+)?)$",
    re.IGNORECASE,
)
_LONGEST_LOOK_BACK = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """A time expression in a text: where it stands, what it says, and the days it may mean."""

    start: int
    end: int
    words: str
    first: date
    last: date
    exact: bool  # one day, named; not "last week"


_Rule = Callable[[re.Match[str], date], tuple[date, date] | None]


def moments(view: str, published: date | None) -> tuple[Moment, ...]:
    """Every past or present time expression of the text, in order; those that need a publication date only with one."""
    found: list[Moment] = []
    for pattern, rule, needs in _RULES:
        for match in pattern.finditer(view):
            if published is None and needs:
                continue
            if any(m.start < match.end() and match.start() < m.end for m in found):
                continue
            if _NOT_BEFORE.search(view[max(0, match.start() - 30) : match.start()]):
                continue
            days = rule(match, published or date.max)
            if days is None:
                continue
            first, last = days
            if published is not None:
                if first > published:
                    continue
                last = min(last, published)
            found.append(
                Moment(
                    start=match.start(),
                    end=match.end(),
                    words=" ".join(match.group().split()),
                    first=first,
                    last=last,
                    exact=first == last,
                )
            )
    return tuple(sorted(found, key=lambda m: m.start))


def said(moment: Moment, published: date | None) -> Said:
    """The moment as the day of a statement, with the words that show it."""
    how = f"'{moment.words}'"
    if published is not None:
        how += f", article of {published.day} {_MONTHS[published.month - 1][:3].title()} {published.year}"
    return Said(first=moment.first, last=moment.last, how=how)


def by_default(published: date | None) -> Said | None:
    """The day of publication or the one before it; None without a date of publication."""
    if published is None:
        return None
    return Said(first=_back(published, 1), last=published, how="publication date")


def _back(day: date, days: int) -> date:
    """So many days earlier, never before the first day there is."""
    return day - timedelta(days=min(days, day.toordinal() - 1))


def _weekday(name: str, published: date) -> date:
    return _back(published, (published.weekday() - _DAYS.index(name.casefold().rstrip("s"))) % _LONGEST_LOOK_BACK)


def _week(published: date, back: int) -> tuple[date, date]:
    monday = _back(published, published.weekday() + 7 * back)
    return monday, min(monday + timedelta(days=6), date.max)


def _in_week(match: re.Match[str], published: date) -> tuple[date, date] | None:
    """A day of the week before: "Thursday last week"."""
    monday, _ = _week(published, 1)
    day = monday + timedelta(days=_DAYS.index(match["day"].casefold().rstrip("s")))
    return day, day


def _plain_weekday(match: re.Match[str], published: date) -> tuple[date, date] | None:
    if match["day"].endswith("s"):
        return None  # "on Mondays" is a habit
    day = _weekday(match["day"], published)
    if match["last"] and day == published:
        day = _back(day, 7)
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
    written = match["count"].casefold()
    count = int(written) if written.isdigit() else _NUMBER.get(written, 1)
    unit = match["unit"].casefold().rstrip("s")
    if count > 400:
        return None
    if unit == "day":
        return _back(published, count), _back(published, count)
    days = {"week": 7, "month": 30, "year": 365}[unit] * count
    slack = {"week": 3, "month": 15, "year": 183}[unit]
    return _back(published, days + slack), _back(published, max(0, days - slack))


def _relative(match: re.Match[str], published: date) -> tuple[date, date] | None:
    words = " ".join(match.group().casefold().split())
    if "yesterday" in words or "last night" in words or "previous day" in words or "the day before" in words:
        return _back(published, 1), _back(published, 1)
    if "today" in words or "tonight" in words or words.startswith("this "):
        if "week" in words:
            return _back(published, published.weekday()), published
        if "month" in words:
            return published.replace(day=1), published
        if "year" in words:
            return date(published.year, 1, 1), published
        return published, published
    if "weekend" in words:
        saturday = _back(published, (published.weekday() - 5) % 7 or 7)
        return saturday, min(saturday + timedelta(days=1), published)
    if "earlier in the week" in words:
        return _back(published, published.weekday()), published
    if "week" in words:
        return _week(published, 1)
    if "month" in words:
        last = _back(published, published.day)
        return last.replace(day=1), last
    if "year" in words:
        return date(max(1, published.year - 1), 1, 1), date(max(1, published.year - 1), 12, 31)
    return None


_RULES: tuple[tuple[re.Pattern[str], _Rule, bool], ...] = (
    (
        re.compile(rf"\b{_MONTH} (?P<number>[0-3]?\d)(?:st|nd|rd|th)?\b(?!,? ?\d{{1,2}}\b){_YEAR}?", re.IGNORECASE),
        _calendar,
        False,
    ),
    (re.compile(rf"\b(?P<number>[0-3]?\d)(?:st|nd|rd|th)?(?: of)? {_MONTH}\b{_YEAR}?"), _calendar, False),
    (
        re.compile(
            rf"\b{_DAY}(?:,)? (?:of )?last week\b|\blast week on {_DAY.replace('day>', 'day2>')}", re.IGNORECASE
        ),
        _in_week,
        True,
    ),
    (
        re.compile(rf"\b(?P<last>last )?{_DAY}\b(?!,? (?P<x>{_MONTH.replace('month>', 'month2>')}))", re.IGNORECASE),
        _plain_weekday,
        True,
    ),
    (
        re.compile(
            r"\b(?:(?:earlier|just|only|late|early) )?(?:yesterday|today|tonight|last night|the day before|"
            r"the previous day|"
            r"this (?:morning|afternoon|evening|week|month|year)|last (?:week|month|year|weekend)|over the "
            r"weekend|at the weekend|"
            r"earlier in the week|the previous week|the week before)\b",
            re.IGNORECASE,
        ),
        _relative,
        True,
    ),
    (
        re.compile(
            r"\b(?P<count>a|an|one|two|three|four|five|six|seven|several|a few|few|\d{1,3}) (?P<unit>days?|"
            r"weeks?|months?|years?) (?:ago|earlier)\b",
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

"""Times in a text, each with its grain, so that "in 2034" and "in 2038" differ and "on Monday" and "in May" do not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal

Grain = Literal["year", "month", "day", "season", "hours", "loose"]

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_COUNTED = "first second third fourth fifth sixth seventh eighth ninth tenth"
_ORDINALS: Final = {word: str(number) for number, word in enumerate(_COUNTED.split(), start=1)}
_LEADS = r"(?:(?:in|by|before|after|until|till|since|from|during|throughout|early|late|mid|last|next|this|of)[\s-])"
_TIME = re.compile(
    rf"\b(?P<daymonth>(?:\d{{1,2}}(?:st|nd|rd|th)?|{'|'.join(_ORDINALS)})(?:\s+of)?\s+(?:{_MONTHS}))\b"
    rf"|\b(?P<monthday>(?:{_MONTHS})\s+\d{{1,2}})(?!\d)(?:st|nd|rd|th)?\b"
    r"|\b(?P<year>(?:19|20|21)\d\d)(?![\d,.]\d)(?![\d%])\b"
    r"|\b(?P<relative>(?:last|this|next)\s+(?:year|month|week|quarter|decade|century|spring|summer|autumn|fall|winter))\b"
    rf"|\b(?P<season>{_LEADS}(?:the\s+)?(?:spring|summer|autumn|winter))\b"
    rf"|{_LEADS}(?P<month>{_MONTHS})\b"
    r"|\b(?P<hours>(?:at|by|in\s+the)\s+(?:night|day|morning|afternoon|evening))\b"
    r"|\b(?P<loose>this\s+(?:morning|afternoon|evening)|(?:last|every)\s+night|today|tomorrow|yesterday|tonight|immediately|permanently|forever|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday)\b",
    re.IGNORECASE,
)
# Each time holds one of these; most sentences hold none.
_HELD: Final = (
    *(
        "19",
        "20",
        "21",
        "day",
        "night",
        "morning",
        "afternoon",
        "evening",
        "week",
        "month",
        "year",
        "quarter",
        "decade",
    ),
    *("century", "spring", "summer", "autumn", "fall", "winter", "tomorrow", "immediately", "permanently", "forever"),
    *_MONTHS.split("|"),
)
_OFF: Final = {"last": -1, "this": 0, "next": 1}
_NUMBER = re.compile(r"\d+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Time:
    """A time as written; two of one grain are the same time exactly when their keys are equal."""

    grain: Grain
    key: str
    words: str

    def differs(self, other: Time) -> bool:
        """Whether both are told in one grain and are not the same."""
        return self.grain == other.grain != "loose" and self.key != other.key


@lru_cache(maxsize=1 << 9)
def times(text: str, year: int | None = None) -> tuple[Time, ...]:
    """The times in `text` in order; `year` is the one in which it was said, so that "next year" has a number."""
    low = text.lower()
    if not any(word in low for word in _HELD):
        return ()
    found = (match for match in _TIME.finditer(text) if _plain(match.group()))
    return tuple(_time(match, year) for match in found)


def _plain(words: str) -> bool:
    """Whether its letters are those of the words: to a pattern a dotted "İ" is an "i", and no unit is called so."""
    return "".join(words.split()).isascii()


def _time(match: re.Match[str], year: int | None) -> Time:
    name = match.lastgroup or ""
    words = " ".join(match.group().split())
    told = " ".join((match.group(name) or "").casefold().split())
    match name:
        case "daymonth" | "monthday":
            month = next(word for word in told.split() if word in _MONTHS.split("|"))
            day = _NUMBER.search(told)
            number = day.group() if day else next(_ORDINALS[word] for word in told.split() if word in _ORDINALS)
            return Time(grain="day", key=f"{int(number)} {month}", words=words)
        case "relative":
            which, unit = told.split()
            if unit == "year" and year:
                return Time(grain="year", key=str(year + _OFF[which]), words=words)
            return Time(grain="loose", key=told, words=words)
        case "season":
            return Time(grain="season", key=told.split()[-1], words=words)
        case "hours":
            return Time(grain="hours", key=told.split()[-1], words=words)
        case "year":
            return Time(grain="year", key=told, words=words)
        case "month":
            return Time(grain="month", key=told, words=words)
        case _:
            return Time(grain="loose", key=told, words=words)

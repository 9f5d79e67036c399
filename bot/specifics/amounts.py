"""Numbers in a text with what they count; as intervals, because "some 300" and "more than 250" may be one number."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

_TOKEN = re.compile(r"[$€£]?\d+(?:,\d{3})*(?:\.\d+)?|[^\W\d_]+(?:['’][^\W\d_]+)?|%|[^\s\w]")
_DIGITS = re.compile(r"[$€£]?\d")
_YEAR = re.compile(r"(?:19|20|21)\d\d")
_BELOW_TWENTY = """
zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
eighteen nineteen"""
_ROUND = "twenty thirty forty fifty sixty seventy eighty ninety"
_MONTH_NAMES = "january february march april may june july august september october november december"
_COUNTED = "people men women children police staff crew fish cattle aircraft"
_STOPS = """
a an the of in on at to for from by with and or but per that this these those which who is are was were be been will
would can could has have had not no only also more less than as it its their his her our your my after before since
until during within"""
_ONES: Final = {word: value for value, word in enumerate(_BELOW_TWENTY.split())}
_TENS: Final = {word: 10 * value for value, word in enumerate(_ROUND.split(), start=2)}
_SCALES: Final = {
    "hundred": 100.0, "dozen": 12.0, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12,
    "m": 1e6, "mn": 1e6, "bn": 1e9,
}  # fmt: skip
_LEAST: Final = ("more than", "over", "above", "at least", "no fewer than", "no less than", "not less than",
                 "exceeding", "upwards of", "a minimum of", "minimum", "beyond")  # fmt: skip
_MOST: Final = ("no more than", "not more than", "at most", "up to", "less than", "fewer than", "under", "below",
                "a maximum of", "within", "maximum")  # fmt: skip
_ABOUT: Final = ("about", "around", "some", "roughly", "approximately", "nearly", "almost", "close to", "estimated",
                 "just over", "just under", "circa", "well over")  # fmt: skip
_DAYS: Final = {"day": 1.0, "week": 7.0, "month": 30.4, "year": 365.0, "decade": 3650.0}
_PERCENT: Final = frozenset({"%", "percent", "percentage"})
_MONTHS: Final = frozenset(_MONTH_NAMES.split())
_MASS: Final = frozenset(_COUNTED.split())
_ENDS_UNIT: Final = frozenset(_STOPS.split())
_ROUGH = 0.1  # of its size: how far "about" may be off
_SMALL = 100  # below this a number written without "about" is meant exactly
_ROUNDED = 0.05  # of its size: how far a round number may have been rounded
_LOOK = 3  # words before and after a number that bound it or say what is counted


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number as an interval, `unit` being what is counted ("%", "$", "days", "tonne"; "" unknown)."""

    low: float
    high: float
    unit: str
    words: str  # as written, with its bound and what is counted

    def differs(self, other: Amount) -> bool:
        """Whether both count the same and cannot be the same number."""
        return bool(self.unit) and self.unit == other.unit and (self.high < other.low or other.high < self.low)


@lru_cache(maxsize=1 << 9)
def amounts(text: str) -> tuple[Amount, ...]:
    """The numbers in `text` in order; years, days of a month and hours are times and not among them."""
    tokens = [(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]
    found: list[Amount] = []
    at = 0
    while at < len(tokens):
        read = _number(tokens, at)
        if read is None:
            at += 1
            continue
        value, grain, end = read
        made = _amount(text, tokens, (at, end), (value, grain))
        if made:
            found.append(made)
        at = end
    return tuple(found)


def _number(tokens: Sequence[tuple[str, int, int]], at: int) -> tuple[float, float, int] | None:
    """The value of the number that begins at a token, the size of its last digit, and the token behind it."""
    word = tokens[at][0].casefold()
    end = at + 1
    if _DIGITS.match(word):
        bare = word.lstrip("$€£").replace(",", "")
        value, grain = float(bare), _grain(bare)
    elif word in _ONES:
        value, grain = float(_ONES[word]), 1.0
    elif word in _TENS:
        value, grain = float(_TENS[word]), 1.0
        ahead = end + 1 if end < len(tokens) and tokens[end][0] == "-" else end
        if ahead < len(tokens) and 0 < _ONES.get(tokens[ahead][0].casefold(), 0) < 10:
            value, end = value + _ONES[tokens[ahead][0].casefold()], ahead + 1
    else:
        return None
    while end < len(tokens) and (scale := _SCALES.get(tokens[end][0].casefold())):
        value, grain, end = value * scale, grain * scale, end + 1
    return value, grain, end


def _grain(digits: str) -> float:
    """The size of the last digit that counts: .1 for "61.8", 1 for "62", 10 000 for "30000"."""
    whole, _, part = digits.partition(".")
    if part:
        return float(10.0 ** -len(part))
    zeros = len(whole) - len(whole.rstrip("0"))
    return float(10.0**zeros) if int(whole or 0) >= _SMALL else 1.0


def _amount(
    text: str, tokens: Sequence[tuple[str, int, int]], place: tuple[int, int], size: tuple[float, float]
) -> Amount | None:
    at, end = place
    first = tokens[at][0]
    if end == at + 1 and _YEAR.fullmatch(first):
        return None
    around = {tokens[near][0].casefold() for near in (at - 1, end) if 0 <= near < len(tokens)}
    if around & _MONTHS or (at and tokens[at - 1][0].casefold() in {"not", ":"}):
        return None
    unit, last = _unit(tokens, at, end)
    if unit in {"am", "pm", "o’clock", "o'clock", "th", "st", "nd", "rd"}:
        return None
    low, high, begin = _bounds(tokens, at, *size)
    if unit in _DAYS:
        low, high, unit = low * _DAYS[unit], high * _DAYS[unit], "days"
    return Amount(low=low, high=high, unit=unit, words=text[tokens[begin][1] : tokens[last][2]])


def _bounds(tokens: Sequence[tuple[str, int, int]], at: int, value: float, grain: float) -> tuple[float, float, int]:
    """The interval that the words before a number make of it, and the token with which they begin."""
    for size in range(min(_LOOK, at), 0, -1):
        before = " ".join(token.casefold() for token, _, _ in tokens[at - size : at])
        if before in _ABOUT:
            return value * (1 - _ROUGH), value * (1 + _ROUGH), at - size
        if before in _MOST:
            return -math.inf, value, at - size
        if before in _LEAST:
            return value, math.inf, at - size
    half = min(grain / 2, value * _ROUNDED) if grain != 1.0 or value >= _SMALL else 0.0
    return value - half, value + half, at


def _unit(tokens: Sequence[tuple[str, int, int]], at: int, end: int) -> tuple[str, int]:
    """What is counted, and the last token that says so."""
    if tokens[at][0][0] in "$€£":
        return tokens[at][0][0], end - 1
    ahead = [token.casefold() for token, _, _ in tokens[end : end + 2]]
    if ahead == ["per", "cent"]:
        return "%", end + 1
    if ahead[:1] and ahead[0] in _PERCENT:
        return "%", end
    following: list[str] = []
    for token, _, _ in tokens[end : end + _LOOK]:
        word = token.casefold()
        if not word.isalpha() or word in _ENDS_UNIT:
            break
        following.append(word)
    if not following:
        return "", end - 1
    named = next((at for at, word in enumerate(following) if word.endswith("s") or word in _MASS), 0)
    return _singular(following[named]), end + named


def _singular(word: str) -> str:
    if word.endswith("ies") and len(word) > 4:
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") and len(word) > 3 else word

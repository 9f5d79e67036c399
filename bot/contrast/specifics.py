"""Numbers and times of two assertions that cannot both be meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.specifics import amounts, times

if TYPE_CHECKING:
    from bot.contrast.assertions import Assertion
    from bot.specifics import Time


def figures(one: Assertion, other: Assertion) -> tuple[str, str] | None:
    """The numbers of one unit that cannot be one number, as written; None where any may be the same."""
    left, right = amounts(one.whole), amounts(other.whole)
    for unit in dict.fromkeys(amount.unit for amount in left if amount.unit):
        mine, theirs = ([amount for amount in side if amount.unit == unit] for side in (left, right))
        if theirs and all(amount.differs(figure) for amount in mine for figure in theirs):
            return mine[0].words, theirs[0].words
    return None


def grown(one: Assertion, other: Assertion) -> bool:
    """Whether a number of `other` is the larger one: what is counted may have gone on."""
    if {time.key for time in _fixed(one)} & {time.key for time in _fixed(other)}:
        return False  # of one time: nothing has gone on
    left, right = amounts(one.whole), amounts(other.whole)
    return any(a.unit == b.unit and a.high < b.low for a in left for b in right)


def periods(one: Assertion, other: Assertion, *, lone: bool = False) -> tuple[str, str] | None:
    """The times of one grain that cannot be one time, as written. With `lone` also one that only `one` names."""
    left, right = _fixed(one), _fixed(other)
    for grain in dict.fromkeys(time.grain for time in left):
        mine, theirs = ([time for time in side if time.grain == grain] for side in (left, right))
        if lone and not theirs:
            return mine[0].words, ""
        if theirs and all(time.differs(told) for time in mine for told in theirs):
            return mine[0].words, theirs[0].words
    return None


def _fixed(held: Assertion) -> list[Time]:
    return [time for time in times(held.whole) if time.grain != "loose"]

"""The words that carry the matter of a text, by their stems, and how much of it two texts share."""

from __future__ import annotations

import re
from functools import lru_cache
from math import sqrt
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_WORD = re.compile(r"[^\W_]+")
_TOO_COMMON: Final = """
about above after again against agree agreed ahead all almost also always among and another any anything are around
asked away back because become been before being believe best better between both but call called came can cannot
case clear come could country countries day days deal did different does doing done down during each either else
even every everything far first for former from full further get give given goes going good got great had has have
having her here him himself his how however important into its itself just keep know known last later least less let
like likely little long look made make makes making many matter may maybe mean might minister moment month months
more most much must near need never new next not nothing now off official officials often old once one only onto
other others our out over own part people perhaps place point possible president prime put question quite rather
ready really reason recent right said same say saying says see seen several shall she should side since situation
some something soon speak state statement still such sure take taken tell than that the their them then there these
they thing things think this those though through time times today together too towards two under until upon use
very view want wants was way week weeks well were what when where whether which while who whole whom whose why will
with within without words work would year years yes yesterday yet you your support supported reject rejected oppose
opposed accept accepted ready refuse refused deny denied unacceptable told asked added according
bring brought bringing end ends ended ending start started stop stopped help helped join
"""
_COMMON: Final = frozenset(_TOO_COMMON.split())
_ENDINGS: Final = ("ations", "ation", "ments", "ment", "ings", "ing", "ions", "ion", "ers", "er", "ies", "ied", "ed",
                   "es", "s", "e", "y")  # fmt: skip
_NAME: Final = 0.5
_AROUND: Final = 0.5


@lru_cache(maxsize=1 << 10)
def stems_of(name: str) -> frozenset[str]:
    """The stems of the words of a name."""
    return frozenset(stem(word.casefold()) for word in _WORD.findall(name))


@lru_cache(maxsize=1 << 10)
def salient(text: str) -> frozenset[str]:
    """The stems of the words that carry the matter of a text."""
    return frozenset(filter(None, map(_carried, _WORD.findall(text))))


@lru_cache(maxsize=1 << 13)
def _carried(found: str) -> str:
    """The stem of a word that carries the matter; of any other none."""
    word = found.casefold()
    return stem(word) if len(word) > 2 and word not in _COMMON else ""


@lru_cache(maxsize=1 << 10)
def lower(text: str) -> frozenset[str]:
    """Stems written without a capital: names of countries alone never make two statements one issue."""
    return frozenset(stem(word) for word in _WORD.findall(text) if word.islower())


def stems(forms: Iterable[str]) -> frozenset[str]:
    """The stems of words in lower case, common ones too."""
    return frozenset(map(stem, forms))


@lru_cache(maxsize=1 << 13)
def stem(word: str) -> str:
    """A word in lower case without its ending: "deploy" and "deployed" are one."""
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word


def weights(text: str, around: str) -> Mapping[str, float]:
    """What each stem counts of a text and the words around it, together of length 1.

    Names count half, for in one war all name the same; so does what only stands around.
    """
    small = lower(text) | lower(around)
    found = {form: (1.0 if form in small else _NAME) * _AROUND for form in salient(around)}
    found |= {form: 1.0 if form in small else _NAME for form in salient(text)}
    length = sqrt(sum(size * size for size in found.values()))
    return {form: size / length for form, size in found.items()}


def likeness(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How much of their matter two texts share, 0..1, by the weights of their words."""
    fewer, more = (one, other) if len(one) < len(other) else (other, one)
    return sum(size * more[form] for form, size in fewer.items() if form in more)

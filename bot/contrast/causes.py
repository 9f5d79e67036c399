"""Two causes of one thing: “caused by a broken signal” on one day, “caused by the driver” on another."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from bot.contrast import lexicon
from bot.contrast.words import tokens
from bot.specifics import times

_BE: Final = r"(?:is|are|was|were|(?:has|have|had) been)"
_THING: Final = r"[^.;:!?,]+?"
_FRAMES: Final = (
    ("by", rf"(?P<effect>{_THING} {_BE} (?:\w+ly )?\w+(?:ed|en|wn|t)) by (?P<cause>{_THING})"),
    ("because", rf"(?P<effect>{_THING}) (?:because of|because|due to|owing to|as a result of) (?P<cause>{_THING})"),
    ("of", rf"(?P<effect>{_THING} died) (?:of|from) (?P<cause>{_THING})"),
    ("blame", rf"(?P<cause>{_THING}) {_BE} (?:to blame|responsible) for (?P<effect>{_THING})"),
    ("caused", rf"(?P<cause>{_THING}) caused (?P<effect>{_THING})"),
)
_PATTERNS: Final = tuple((frame, re.compile(rf"{found}(?=[.;:!?,]|$)")) for frame, found in _FRAMES)
_ANY: Final = re.compile(r" (?:by|because|due to|owing to|as a result of|died|to blame|responsible|caused) ")
# Where there may be several causes, or none is asserted.
_LOOSE: Final = re.compile(
    r"\b(?:also|alone|partly|mainly|mostly|largely|among|other|another|too|only|perhaps|maybe|may|might|could|would|"
    r"should|must|will|if|unless|whether|not|no|none|never|nor|neither|cannot|or)\b|n['’]t\b",
    re.IGNORECASE,
)


class Caused(NamedTuple):
    """What is said to have come of what: the words that carry either, the cause as written, how it is put."""

    effect: frozenset[str]
    cause: frozenset[str]
    words: str
    frame: str
    when: frozenset[str]


def another_cause(one: str, other: str) -> tuple[str, str] | None:
    """The two causes, as written, that two texts name for one thing; None where they may be one, or both."""
    left, right = caused(one), caused(other)
    if left is None or right is None or left.effect != right.effect or left.cause & right.cause:
        return None
    if len(left.effect) == 1 and left.frame != right.frame:
        return None
    if left.when and right.when and not left.when & right.when:
        return None  # of two days, or of two years
    return left.words, right.words


@lru_cache(maxsize=1 << 10)
def caused(text: str) -> Caused | None:
    """What a text says that something came of; None where it is not said, or not for sure."""
    if not _ANY.search(text) or _LOOSE.search(text):
        return None
    for frame, pattern in _PATTERNS:
        match = pattern.search(text)
        if match is None:
            continue
        effect, cause = _carried(match["effect"]), _carried(match["cause"])
        if effect and cause and not lexicon.TOLD & (effect | cause):
            when = frozenset(str(time.key) for time in times(text) if time.grain != "loose")
            return Caused(effect=effect, cause=cause, words=match["cause"], frame=frame, when=when)
    return None


def _carried(text: str) -> frozenset[str]:
    return frozenset(token.stem for token in tokens(text) if token.counts)

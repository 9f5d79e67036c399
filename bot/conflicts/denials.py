"""Words that call something untrue, and what they speak of: the claim that stands near them, or one that they name."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from bot.conflicts.holders import voice
from bot.conflicts.names import surname
from bot.conflicts.nearness import overlap, own_words
from bot.matter import salient
from bot.meaning import cosine
from bot.untruth import CALLED_UNTRUE, CLAIMS, DENY, TURN_DOWN

if TYPE_CHECKING:
    from bot.model import Position

_UNTRUE: Final = re.compile(rf"\b{CALLED_UNTRUE}\b", re.IGNORECASE)
_NO_SUCH: Final = re.compile(r"\bno such (?P<noun>\w{4})", re.IGNORECASE)
_DENIES: Final = re.compile(rf"\b{DENY}", re.IGNORECASE)
_TURNS_DOWN: Final = re.compile(rf"\b{TURN_DOWN}", re.IGNORECASE)
_CLAIM: Final = re.compile(
    rf"\b(?:{CLAIMS}|reports?|statements?|remarks?|words|figures?|numbers?|description)\b", re.IGNORECASE
)


def denies(answer: Position, claim: Position) -> bool:
    """Whether `answer` calls something untrue that `claim` may have said; a refusal of a wish is none.

    Either its words speak of a claim ("the allegations are groundless", "That is false"), or they deny in terms that
    the claim has too.
    """
    words, cue = own_words(answer), answer.statement.cue or ""
    denied = bool(_DENIES.search(cue)) and " not " not in f" {cue} "
    untrue = bool(_UNTRUE.search(words))
    turned_down = bool(_TURNS_DOWN.search(cue))
    if untrue and len(words.split()) <= _BRIEF and _POINTS.match(words):
        return True
    if (untrue or denied or turned_down) and _CLAIM.search(words):
        return _bare(words) or speaks_of(answer, claim) or _same_matter(answer, claim)
    none = _NO_SUCH.search(words)
    if none and none["noun"].casefold() in own_words(claim).casefold():
        return True
    return (untrue or denied) and _same_matter(answer, claim)


def _bare(words: str) -> bool:
    """Whether a denial has no matter of its own: “These allegations are groundless”."""
    matter = _UNTRUE.sub("", _CLAIM.sub("", words))
    return len(salient(matter)) <= 1


def _same_matter(one: Position, other: Position) -> bool:
    likeness = cosine(one.meaning, other.meaning)
    shared = overlap(own_words(one), own_words(other), names=(voice(one).name, voice(other).name)).shared
    return len(shared) >= _SHARED or likeness >= _LIKE


def speaks_of(answer: Position, claim: Position) -> bool:
    """Whether the answer names the one who made the claim, in its words or right before them."""
    name = surname(voice(claim))
    around = f"{answer.statement.before[-_AROUND:]} {answer.statement.quote} {answer.statement.after[:_AFTER]}"
    return bool(re.search(rf"\b{re.escape(name)}\b", around))


_POINTS: Final = re.compile(r"\W*(?:that|this|it|all (?:of )?(?:that|this)|these|those|such)\b", re.IGNORECASE)
_BRIEF: Final = 8  # words: "That is false"
_SHARED: Final = 2  # words that carry the matter
_LIKE: Final = 0.7
_AROUND: Final = 200  # characters before an answer in which what was asked stands
_AFTER: Final = 80

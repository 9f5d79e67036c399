"""What a bare yes or no says: the question that it answers, as a clause of its own.

"Asked whether the toll would go, he said: “No, it won't.”" says that the toll would go, and denies it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_WHO: Final = r"(?:I|we|you|he|she|it|they|there|that)"
_DOES: Final = r"(?:am|is|are|was|were|do|does|did|have|has|had|will|would|shall|can|could|should|must|may|might)"
_TAG: Final = rf"{_WHO}(?:\s+(?:certainly|most certainly|really|indeed))?(?:\s+{_DOES}|['’]ll)(?:\s+indeed)?"
_TAG_NOT: Final = (
    rf"{_WHO}\s+(?:(?:certainly|really|most certainly)\s+)?"
    rf"(?:{_DOES}\s+not|{_DOES}n['’]t|cannot|won['’]t|can['’]t|shan['’]t)"
)
_SO: Final = r"I (?:really |do |would |certainly )?(?:think|believe|suppose|imagine|expect|hope) so"
_SO_NOT: Final = r"I (?:really |would )?(?:don['’]t|do not|wouldn['’]t|would not) (?:think|believe|suppose|imagine) so"
_YES: Final = re.compile(
    rf"\W*(?:(?:(?:oh|well|look|why)\W+)?(?:yes|yeah|absolutely|definitely|certainly|of course|sure|indeed|{_SO})"
    rf"(?:\W+(?:of course|absolutely|yes|{_SO}))?(?:\W+{_TAG})?|{_TAG})\W*",
    re.IGNORECASE,
)
_NO: Final = re.compile(
    rf"\W*(?:(?:(?:oh|well|look|why)\W+)?(?:(?:absolutely|definitely|certainly|of course)\s+not|no|never|not at all|"
    rf"by no means|{_SO_NOT})(?:\W+(?:of course not|absolutely not|not at all|never|no|{_SO_NOT}))?(?:\W+{_TAG_NOT})?|"
    rf"{_TAG_NOT})\W*",
    re.IGNORECASE,
)
_WORDS: Final = (
    r"[“\"](?-i:[a-z])[^.,;:?!“”\"\n]{0,40}[”\"]"  # a few words of the question as they were put: ready to “give up” it
)
_MARKS: Final = re.compile(r"[“”\"]")
_WHETHER: Final = re.compile(
    r"\b(?:asked|asks|pressed|questioned|quizzed|wanted\s+to\s+know|inquired|enquired)\b[^.!?\n]{0,60}?"
    rf"\b(?:if|whether)\s+(?P<clause>(?:[^.,;:?!“”\"\n–—]|{_WORDS})+)",
    re.IGNORECASE,
)
_OR: Final = re.compile(r"\bor\b", re.IGNORECASE)  # who is asked to choose answers neither
_NOT: Final = re.compile(r"\b(?:not|no|never|nobody|nothing)\b|n['’]t\b", re.IGNORECASE)  # "No" to it may mean both
_WOULD: Final = re.compile(r"\bwould\b")
_LEAST: Final = 3  # words of a clause


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """The clause that was asked, and whether the answer denies it."""

    clause: str
    denied: bool


def bare(answer: str) -> bool:
    """Whether the words are a yes or a no and nothing else: "No, it won't"."""
    return bool(_YES.fullmatch(answer) or _NO.fullmatch(answer))


def taken(answer: str, around: str) -> Taken | None:
    """What a bare `answer` says, by the question in the words `around` it; None where it is more, or nothing asks."""
    denied = _NO.fullmatch(answer) is not None
    if not denied and not _YES.fullmatch(answer):
        return None
    asked = None
    for asked in _WHETHER.finditer(around):  # noqa: B007  the last one is answered
        pass
    if asked is None:
        return None
    clause = " ".join(_WOULD.sub("will", _MARKS.sub("", asked["clause"])).split())
    if len(clause.split()) < _LEAST or _OR.search(clause) or (denied and _NOT.search(clause)):
        return None
    return Taken(clause=clause, denied=denied)

"""What people type, understood generously: alerts by number, people by a part of the name, topics by words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.ledger import Ledger
    from bot.ledger.records import Found

_SAME_NAME = 80  # of 100: a person or a topic was meant
_NEAR_NAME = 65  # a person may have been meant
_CLEAR = 4  # points by which the best name must lead the next
_LONGEST = 300  # characters of a command that are looked at
_ESCAPED = re.compile(r"<(?:[@#!][^|>]*\|)?([^|>]*)(?:\|([^>]*))?>")
_NAMED = re.compile(r"(?<![\w-])(?:OR[\s-]*|#\s*)?(\d{1,9})(?![\w-])", re.IGNORECASE)
_USER = re.compile(r"<@([UW][A-Z0-9]{2,20})(?:\|[^>]*)?>")
_NUMBER = re.compile(r"(?:OR[\s-]*|#\s*)?(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """Whom a search found: one person and the words left over, or several to choose from, or nobody."""

    official: str = ""
    rest: str = ""
    several: tuple[str, ...] = ()


def plain_words(typed: str, longest: int = _LONGEST) -> str:
    """What was typed, without Slack's marks for users, channels and links, and without quotation marks."""
    words = _ESCAPED.sub(lambda match: match.group(2) or match.group(1), typed[:longest])
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        words = words.replace(entity, char)
    return " ".join(words.strip(" \t\n\"“”'‘’`*_").split())


def numbered(words: str) -> int | None:
    """The number in "1042", "OR-1042", "or 1042" or "#1042"."""
    match = _NUMBER.fullmatch(words.strip())
    return int(match.group(1)) if match else None


def with_number(words: str) -> tuple[int | None, str]:
    """The first alert that is named, and the other words: "old news for OR-1042" is 1042 and "old news for"."""
    found = _NAMED.search(words)
    if found is None:
        return None, words.strip()
    return int(found[1]), " ".join(f"{words[: found.start()]} {words[found.end() :]}".split())


def user_in(typed: str) -> str | None:
    """The Slack user that a text mentions."""
    found = _USER.search(typed)
    return found[1] if found else None


def choose(words: str, find: Callable[[str], Sequence[Found]]) -> Chosen:
    """The person that the first words name, as many of them as fit best; what follows is the topic.

    Two names that fit about as well are a choice for the asker, unless one is written out.
    """
    parts = words.split()
    if len(parts) > 1 and parts[0].casefold() == "the":
        del parts[0]  # "the kremlin"
    best: tuple[float, int, Sequence[Found]] = (0.0, 0, ())
    for end in range(min(len(parts), 6), 0, -1):
        found = find(" ".join(parts[:end]))
        if found and found[0].score >= best[0]:  # the fewest words that fit as well: the rest may be a topic
            best = (found[0].score, end, found)
    score, end, found = best
    close = tuple(one.person.name for one in found if one.score >= score - _CLEAR)
    if score < _SAME_NAME:
        return Chosen(several=tuple(one.person.name for one in found[:3] if one.score >= _NEAR_NAME))
    if len(close) > 1 and " ".join(parts[:end]).casefold() != close[0].casefold():
        return Chosen(several=close[:5])
    person = found[0].person
    return Chosen(official=person.official or person.name, rest=" ".join(parts[end:]))


def topic_called(ledger: Ledger, words: str) -> str | None:
    """The topic that these words name, by id or by a part of its name."""
    names = {known.topic: f"{known.name} {known.topic}".casefold() for known in ledger.topics()}
    near = process.extractOne(words.casefold(), names, scorer=fuzz.WRatio, score_cutoff=_SAME_NAME)
    return near[2] if near else None

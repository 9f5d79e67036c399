"""What people type, understood generously: alerts by number, people by a part of the name, topics by words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from bot.ledger.nearness.spelling import plain
from bot.ledger.records import Found
from bot.model import MADE

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.ledger import Ledger
    from bot.slack.newsroom import Newsroom
    from config.schema import Config

    Whole = Callable[[Sequence[str]], int | None]  # the place of the first text that is a whole name

_WRITTEN_OUT = 100  # of 100: the whole name, so that fewer words cannot fit better
_SAME_NAME = 80  # a person or a topic was meant
_NEAR_NAME = 65  # a person may have been meant
_CLEAR = 4  # points by which the best name must lead the next
_LONGEST = 300  # characters of a command that are looked at
_JOINING = frozenset({"on", "about", "and", "vs", "versus", "with", "against", "over", "re", "to", "by", "between", ""})
_ESCAPED = re.compile(r"<(?:[@#!][^|>]*\|)?([^|>]*)(?:\|([^>]*))?>")
_MARKED = re.compile(r"(?<![\w-])(?:OR[\s-]*|#\s*)(\d{1,9})(?![\w-])", re.IGNORECASE)
_DIGITS = re.compile(r"(?<![\w-])(\d{1,9})(?![\w-])")
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
    return " ".join(unescaped(typed[:longest]).strip(" \t\n\"“”'‘’`*_").split())


def unescaped(typed: str) -> str:
    """What was typed, without Slack's marks for users, channels and links."""
    words = _ESCAPED.sub(lambda match: match.group(2) or match.group(1), typed)
    for entity, char in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        words = words.replace(entity, char)
    return words


def numbered(words: str) -> int | None:
    """The number in "1042", "OR-1042", "or 1042" or "#1042"."""
    match = _NUMBER.fullmatch(words.strip())
    return int(match.group(1)) if match else None


def with_number(words: str) -> tuple[int | None, str]:
    """The alert that is named, and the other words: "old news for OR-1042" is 1042 and "old news for".

    A number that begins the words is the alert, else the first with its mark, else the first of all: a note may count.
    """
    found = _DIGITS.match(words.lstrip()) and _DIGITS.search(words)
    found = found or _MARKED.search(words) or _DIGITS.search(words)
    if found is None:
        return None, words.strip()
    return int(found[1]), " ".join(f"{words[: found.start()]} {words[found.end() :]}".split())


def user_in(typed: str) -> str | None:
    """The Slack user that a text mentions."""
    found = _USER.search(typed)
    return found[1] if found else None


def choose(words: str, find: Callable[[str], Sequence[Found]], whole: Whole | None = None) -> Chosen:
    """The person that the first words name, as many of them as fit best; what follows is the topic.

    Two names that fit about as well are a choice for the asker, unless one is written out. `whole` finds that one at
    once: a search by likeness goes through all names, for each number of words.
    """
    parts = words.split()
    if len(parts) > 1 and parts[0].casefold() == "the":
        del parts[0]  # "the kremlin"
    best: tuple[float, int, Sequence[Found]] = (0.0, 0, ())
    ends = list(range(min(len(parts), 6), 0, -1))
    for end in _likely(ends, [" ".join(parts[:end]) for end in ends], whole):
        found = find(" ".join(parts[:end]))
        if found and found[0].score >= best[0]:  # the fewest words that fit as well: the rest may be a topic
            best = (found[0].score, end, found)
        if best[0] == _WRITTEN_OUT:
            break
    score, end, found = best
    close = tuple(one.name for one in found if one.score >= score - _CLEAR)
    if score < _SAME_NAME:
        return Chosen(several=tuple(one.name for one in found[:3] if one.score >= _NEAR_NAME))
    if len(close) > 1 and " ".join(parts[:end]).casefold() != close[0].casefold():
        return Chosen(several=close[:5])
    return Chosen(official=found[0].official or found[0].name, rest=" ".join(parts[end:]))


def _likely(counts: Sequence[int], texts: Sequence[str], whole: Whole | None) -> Sequence[int]:
    """The numbers of words to look at: the one of a name that is written out, else all."""
    written = whole(texts) if whole else None
    return counts if written is None else counts[written : written + 1]


class Finder:
    """A search for people by what is on record and by the names and aliases of the configuration."""

    def __init__(self, newsroom: Newsroom) -> None:
        officials = newsroom.config.officials
        self._roster = [(plain(name), one) for one in officials for name in (one.name, one.id, *one.aliases)]
        self._names = [name for name, _ in self._roster]
        self._ledger = newsroom.ledger
        self._one_person = newsroom.ledger.one_person()

    def first(self, words: str) -> Chosen:
        """The person that the first words name: see `choose`."""
        return choose(words, self.find, self.whole)

    def last(self, words: str) -> Chosen:
        """The person that the last words name, without a choice for the asker."""
        return choose_last(words, self.find, self.whole)

    def ends(self, words: str) -> bool:
        """Whether a name that is written out ends the words, and none begins them."""
        parts = words.split()
        begins = self.whole([" ".join(parts[:end]) for end in range(1, min(len(parts), 6) + 1)])
        return (
            begins is None
            and self.whole([" ".join(parts[-count:]) for count in range(1, min(len(parts), 5))]) is not None
        )

    def whole(self, texts: Sequence[str]) -> int | None:
        """The place of the first text that is somebody's whole name, id or alias."""
        known = set(self._names)
        here = next((at for at, one in enumerate(texts) if plain(one) in known), None)
        there = self._ledger.whole_name(texts if here is None else texts[:here])
        return here if there is None else there

    def find(self, text: str) -> Sequence[Found]:
        """Who may be meant, the likest first; on record nobody whose name is only like one that is written out."""
        found = {one.official or one.name: one for one in self._ledger.find_people(text, written_out=True)}
        wanted, names = plain(text), self._names
        for name, score, place in process.extract(wanted, names, scorer=fuzz.WRatio, score_cutoff=_NEAR_NAME, limit=5):
            likeness = 100.0 if name == wanted else min(99.0, score)
            official = self._roster[place][1]
            stands = self._one_person.get(official.id, official.id)
            known = found.get(stands)
            if known is None or known.score < likeness:
                called = known.name if known else official.name
                found[stands] = Found(name=called, official=stands, score=likeness)
        return sorted(found.values(), key=lambda one: -one.score)[:5]


def side_called(config: Config, words: str) -> tuple[str | None, str]:
    """The side that the first words name, by id or by one of its names, and the words behind it."""
    parts = words.split()
    if len(parts) > 1 and parts[0].casefold() == "the":
        del parts[0]
    names = {plain(name): side.id for side in config.sides for name in (side.id, side.name, *side.names)}
    for end in range(min(len(parts), 5), 0, -1):
        found = names.get(plain(" ".join(parts[:end])))
        if found:
            return found, " ".join(parts[end:])
    return None, words


def topic_called(ledger: Ledger, words: str) -> str | None:
    """The topic that these words name, by id or by a part of its name."""
    near = [one for one in ledger.find_topics(bare(words)) if one.score >= _SAME_NAME]
    return near[0].topic if near else None


def topics_near(ledger: Ledger, words: str) -> tuple[str, ...]:
    """Topics that may have been meant; where nothing is near, those spoken about most."""
    near = [one.topic for one in ledger.find_topics(words) if not one.topic.startswith(MADE)]
    named = {one.topic: one.name for one in ledger.configured_topics()}
    return tuple(named[key] for key in (near or named) if key in named)[:3]


def bare(words: str) -> str:
    """The words without what only joins them: "on", "about", "and", "vs", a comma."""
    parts = words.replace(",", " ").split()
    while parts and parts[0].casefold().strip(".:-–—") in _JOINING:
        del parts[0]
    while parts and parts[-1].casefold().strip(".:-–—?") in _JOINING:
        del parts[-1]
    return " ".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """A person and a topic in what was typed, in either order. `lost` are words that name no topic on record."""

    person: str = ""
    topic: str | None = None
    lost: str = ""
    several: tuple[str, ...] = ()


def understand(newsroom: Newsroom, words: str) -> Understood:
    """Whom and what the words name."""
    people, ledger = Finder(newsroom), newsroom.ledger
    if people.ends(bare(words)):  # the topic stands before a name that is written out
        last = people.last(bare(words))
        if last.official and (topic := topic_called(ledger, last.rest)):
            return Understood(person=last.official, topic=topic)
    first = people.first(bare(words))
    about = bare(first.rest)
    if first.official and not about and people.whole([bare(words)]) is not None:
        return Understood(person=first.official)
    if first.official and not about and (last := people.last(bare(words))).official == first.official:
        return Understood(person=first.official, topic=topic_called(ledger, last.rest))
    if first.official and (not about or topic_called(ledger, about)):
        return Understood(person=first.official, topic=topic_called(ledger, about) if about else None)
    last = people.last(bare(words))
    if last.official and last.rest and (topic := topic_called(ledger, last.rest)):
        return Understood(person=last.official, topic=topic)
    return Understood(person=first.official, lost=about if first.official else "", several=first.several)


def choose_last(words: str, find: Callable[[str], Sequence[Found]], whole: Whole | None = None) -> Chosen:
    """As `choose`, with the person behind the topic."""
    parts = words.split()
    best: tuple[float, int, Sequence[Found]] = (0.0, 0, ())
    counts = list(range(min(len(parts) - 1, 4), 0, -1))
    for count in _likely(counts, [" ".join(parts[-count:]) for count in counts], whole):
        found = find(" ".join(parts[-count:]))
        if found and found[0].score >= best[0]:
            best = (found[0].score, count, found)
        if best[0] == _WRITTEN_OUT:
            break
    score, count, found = best
    close = [one for one in found if one.score >= score - _CLEAR]
    if score < _SAME_NAME or len(close) != 1:
        return Chosen()
    return Chosen(official=found[0].official or found[0].name, rest=bare(" ".join(parts[:-count])))

"""What can be followed and muted, understood from what people type."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from rapidfuzz import fuzz, process

from bot.ledger.flow_records import Target, TargetKind
from bot.model import MADE
from bot.routing import KINDS
from bot.slack.commands.names import choose, numbered
from config.values import ConflictKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from bot.slack.newsroom import Newsroom

_SAME, _SAME_WORD, _MAYBE = 84, 80, 65  # of 100: it was meant, it may have been
_PREFIXES: Mapping[str, TargetKind] = {
    "topic": "topic",
    "person": "person",
    "official": "person",
    "side": "side",
    "country": "side",
    "kind": "kind",
    "source": "source",
    "outlet": "source",
    "feed": "source",
    "alert": "pair",
    "pair": "pair",
    "case": "pair",
}
_KIND_WORDS: Mapping[str, ConflictKind] = {
    "reversal": "reversal",
    "change of position": "reversal",
    "changes of position": "reversal",
    "same side": "same_side",
    "difference within a side": "same_side",
    "denied claim": "denied_claim",
    "denial": "denied_claim",
    "disputed": "disputed",
    "disputed account": "disputed",
    "opposed": "opposed",
}
_WORD = re.compile(r"\w+")


class Unclear(ValueError):
    """Nothing, or more than one thing, goes by these words; `near` are names that may have been meant."""

    def __init__(self, words: str, near: tuple[str, ...] = ()) -> None:
        super().__init__(words)
        self.words = words
        self.near = near


def target_of(newsroom: Newsroom, words: str) -> Target:
    """The one thing that these words name; Unclear where there is none, or where it cannot be told."""
    first, _, rest = words.partition(" ")
    prefix = _PREFIXES.get(first.casefold().rstrip(":"))
    if prefix is not None and rest:
        found = _FINDERS[prefix](newsroom, rest.strip())
        if found is None:
            raise Unclear(rest, _near(newsroom, rest, prefix))
        return found
    if not words:
        raise Unclear(words)
    for find in (_alert, _kind, _side, _topic_by_word, _person, _topic, _source, _any_side):
        found = find(newsroom, words)
        if found is not None:
            return found
    raise Unclear(words, _near(newsroom, words))


def kind_named(words: str) -> ConflictKind | None:
    """The kind of conflict that is called so, in singular or plural."""
    plain = words.casefold().replace("_", " ").replace("-", " ").strip()
    return _KIND_WORDS.get(plain) or _KIND_WORDS.get(plain.removesuffix("s"))


def _alert(newsroom: Newsroom, words: str) -> Target | None:
    number = numbered(words)
    alert = newsroom.ledger.alert(number) if number is not None else None
    return Target(kind="pair", id=alert.conflict.case, name=alert.name) if alert else None


def _kind(newsroom: Newsroom, words: str) -> Target | None:
    del newsroom
    kind = kind_named(words)
    return Target(kind="kind", id=kind, name=KINDS[kind]) if kind else None


def _side(newsroom: Newsroom, words: str) -> Target | None:
    plain = words.casefold().removeprefix("the ")
    for side in newsroom.config.sides:
        if plain in {
            one.casefold().removeprefix("the ") for one in (side.id, side.name, *side.names, *side.adjectives)
        }:
            return Target(kind="side", id=side.id, name=side.name)
    return None


def _any_side(newsroom: Newsroom, words: str) -> Target | None:
    sides = newsroom.config.sides
    found = _likest(words, {side.id: side.name for side in sides})
    return _side(newsroom, found) if found else None


def topics(newsroom: Newsroom) -> dict[str, str]:
    """The names of topics by id: those of the configuration, and those on record that somebody named."""
    on_record = {one.topic: one.name for one in newsroom.ledger.topics() if not one.topic.startswith(MADE)}
    return on_record | {one.id: one.name for one in newsroom.config.topics}


def _topic_by_word(newsroom: Newsroom, words: str) -> Target | None:
    wanted = _words(words)
    named = {
        number: name for number, name in topics(newsroom).items() if wanted and wanted <= _words(f"{name} {number}")
    }
    if len(named) > 1 and words.casefold() not in {one.casefold() for pair in named.items() for one in pair}:
        raise Unclear(words, tuple(named.values())[:5])
    exact = {number: name for number, name in named.items() if words.casefold() in {number.casefold(), name.casefold()}}
    for number, name in (exact or named).items():
        return Target(kind="topic", id=number, name=name)
    return None


def _topic(newsroom: Newsroom, words: str) -> Target | None:
    known = topics(newsroom)
    found = _likest(words, {number: f"{name} {number}" for number, name in known.items()})
    return Target(kind="topic", id=found, name=known[found]) if found else None


def _person(newsroom: Newsroom, words: str) -> Target | None:
    chosen = choose(words, newsroom.ledger.find_people)
    if chosen.official and not chosen.rest:
        found = newsroom.ledger.who(chosen.official, limit=1)
        return Target(kind="person", id=chosen.official, name=found.name if found else chosen.official)
    plain = words.casefold()
    written = {
        official.id: official.name
        for official in newsroom.config.officials
        if plain in {one.casefold() for one in (official.id, official.name, *official.aliases)}
        or plain == official.name.casefold().split()[-1]
    }
    if len(written) > 1:
        raise Unclear(words, tuple(written.values())[:5])
    for number, name in written.items():
        return Target(kind="person", id=number, name=name)
    if len(chosen.several) > 1:
        raise Unclear(words, chosen.several)
    return None


def _source(newsroom: Newsroom, words: str) -> Target | None:
    return _outlet(words, _watched(newsroom))


def _any_source(newsroom: Newsroom, words: str) -> Target | None:
    """An outlet by that name, be it only on record: what is carried from elsewhere has an outlet that no feed has."""
    return _source(newsroom, words) or _outlet(words, newsroom.ledger.outlets())


def _outlet(words: str, names: Iterable[str]) -> Target | None:
    plain = words.casefold().removeprefix("the ")
    outlets = {name: name.casefold().removeprefix("the ") for name in names}
    near = process.extractOne(plain, outlets, scorer=fuzz.ratio, score_cutoff=_SAME)
    return Target(kind="source", id=near[2], name=near[2]) if near else None


def _watched(newsroom: Newsroom) -> tuple[str, ...]:
    """The names of the sources of the files, and of those that were added in Slack."""
    added = (one.name for one in newsroom.ledger.sources() if one.url)
    return (*(feed.name for feed in newsroom.config.feeds), *added)


def _words(text: str) -> set[str]:
    return set(_WORD.findall(text.casefold())) - {"the", "a", "on", "of"}


def _likest(words: str, names: Mapping[str, str]) -> str | None:
    """The key of the name that is most like these words, if one is."""
    wanted = _words(words)
    likest: tuple[float, str | None] = (0.0, None)
    for key, name in names.items():
        there = _words(name)
        alike = [max((fuzz.ratio(word, other) for other in there), default=0.0) for word in wanted]
        if alike and min(alike) >= _SAME_WORD:  # each word was meant, be it misspelt
            likest = max(likest, (sum(alike) / len(alike), key), key=lambda one: one[0])
    return likest[1]


def _near(newsroom: Newsroom, words: str, kind: TargetKind | None = None) -> tuple[str, ...]:
    """Names that may have been meant."""
    config = newsroom.config
    names: list[str] = []
    if kind in {None, "topic"}:
        names += topics(newsroom).values()
    if kind in {None, "side"}:
        names += [side.name for side in config.sides]
    if kind in {None, "person"}:
        names += [one.name for one in newsroom.ledger.find_people(words, limit=3)]
        names += [official.name for official in config.officials]
    if kind == "source":
        names += [*_watched(newsroom), *newsroom.ledger.outlets()]
    found = process.extract(words, names, scorer=fuzz.WRatio, processor=str.casefold, limit=3, score_cutoff=_MAYBE)
    return tuple(dict.fromkeys(name for name, _, _ in found))


_FINDERS: Mapping[TargetKind, Callable[[Newsroom, str], Target | None]] = {
    "topic": lambda newsroom, words: _topic_by_word(newsroom, words) or _topic(newsroom, words),
    "person": _person,
    "side": lambda newsroom, words: _side(newsroom, words) or _any_side(newsroom, words),
    "kind": _kind,
    "source": _any_source,
    "pair": _alert,
}

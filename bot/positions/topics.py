"""Which issue a text is about: a configured proposition by its words, else one made from the content."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Self

from bot.model import MADE
from bot.positions.clauses import clauses
from bot.positions.issues import COMMON, ISSUE_OF, WIDE
from bot.positions.words import Index, last_words, phrase, words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.positions.gazetteer import Gazetteer
    from bot.positions.lexicon import Class
    from bot.positions.words import Word
    from config.schema import Proposition, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class Issue:
    """A topic and proposition, the character offsets at which the text names it, and its own stance phrases."""

    topic: str
    topic_name: str
    proposition: str
    proposition_text: str
    focus: frozenset[int]
    extra: Mapping[tuple[str, ...], Class]
    turned: bool = False  # named only in words around that speak against it
    public: bool = True  # named by a noun of public affairs, or by the configuration


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """The configured propositions, found by the words that name their issue; build it once with `of`."""

    held: tuple[tuple[Topic, Proposition], ...]
    by_word: Mapping[str, tuple[int, ...]]  # the last word of an entry of their first group -> their places in `held`

    @classmethod
    def of(cls, topics: Sequence[Topic]) -> Self:
        """The propositions of these topics, in their order."""
        held = tuple((topic, proposition) for topic in topics for proposition in topic.propositions)
        by_word: dict[str, tuple[int, ...]] = {}
        for place, (_, proposition) in enumerate(held):
            for word in last_words(proposition.words[0]):
                by_word[word] = (*by_word.get(word, ()), place)
        return cls(held=held, by_word=by_word)

    def near(self, *texts: Index) -> Iterator[tuple[Topic, Proposition]]:
        """Those whose issue one of the texts may name, in order: a cheap answer before the words are looked up."""
        places = {place for text in texts for word in text.ends for place in self.by_word.get(word, ())}
        return (self.held[place] for place in sorted(places))


def configured(text: str, topics: Topics, context: str = "", *, core: bool = False) -> tuple[Issue, ...]:
    """The configured propositions that `text` is about.

    `context` may supply words that `text` leans on ("he will accept that"); with `core` only those that say where or
    whose, never the first group of a proposition. `unless` words count wherever they stand.
    """
    held, index, around = words(text), _index(text), _index(context)
    found: list[Issue] = []
    for topic, proposition in topics.near(index, around):
        focus = _focus(held, index, around, proposition, core=core)
        if focus is None:
            continue
        found.append(
            Issue(
                topic=topic.id,
                topic_name=topic.name,
                proposition=proposition.id,
                proposition_text=proposition.text,
                focus=focus,
                extra=_extra(proposition),
            )
        )
    return tuple(found)


@lru_cache(maxsize=1 << 8)  # a statement is asked alone, then with what it leans on
def _index(text: str) -> Index:
    return Index(words(text))


def _focus(
    held: Sequence[Word], index: Index, around: Index, proposition: Proposition, *, core: bool
) -> frozenset[int] | None:
    if any(text.find(entry) is not None for text in (index, around) for entry in proposition.unless):
        return None
    focus: set[int] = set()
    for number, group in enumerate(proposition.words):
        places = [at for entry in group if (at := index.find(entry)) is not None]
        if places and not focus:  # the first group names the issue, the others where and whose
            focus.update(held[at].start for at in places)
        elif places:
            continue
        elif (core and number == 0) or not any(around.find(entry) is not None for entry in group):
            return None
    return frozenset(focus)


def _extra(proposition: Proposition) -> dict[tuple[str, ...], Class]:
    extra: dict[tuple[str, ...], Class] = {phrase(entry): "accept" for entry in proposition.accept}
    extra.update({phrase(entry): "reject" for entry in proposition.reject})
    extra.pop((), None)
    return extra


def made(text: str, gazetteer: Gazetteer, names: frozenset[str]) -> Issue | None:
    """An issue named from the content: its noun of public affairs and the place, else its two rarest-looking words.

    The id is the same for the same words. `names` are the people who speak: never the issue. None where the text
    names nothing.
    """
    held = words(text)
    bound = {at for part in clauses(text) if part.condition for at in range(part.first, part.last + 1)}
    named = [at for at, word in enumerate(held) if word.form in ISSUE_OF]
    nouns = [at for at in named if at not in bound] or named  # what is promised goes before what it hangs on
    narrow = [at for at in nouns if ISSUE_OF[held[at].form] not in WIDE] or nouns
    if narrow:
        at = narrow[0]
        place = _place(held, at, gazetteer, names)
        parts = [ISSUE_OF[held[at].form], *([place] if place else [])]
        if at in bound:  # named in a condition alone: what is said of it is not known for sure
            return replace(_issue(text, parts, _name(text, held, at), set()), turned=True)
        return _issue(text, parts, _name(text, held, at), {held[at].start})
    salient = [word for word in held if _salient(word, names)]
    if not salient:
        return None
    chosen = sorted(salient, key=lambda word: (not word.capital, -len(word.form), word.start))[:2]
    chosen.sort(key=lambda word: word.start)
    name = " ".join(dict.fromkeys(text[word.start : word.end] for word in chosen))
    return replace(
        _issue(text, sorted({word.form for word in chosen}), name, {word.start for word in chosen}), public=False
    )


def _issue(text: str, parts: Sequence[str], name: str, focus: set[int]) -> Issue:
    topic = MADE + "-".join(_plain(part) for part in parts)
    return Issue(
        topic=topic[:80],
        topic_name=name,
        proposition=topic[:80],
        proposition_text=" ".join(text.split())[:160],
        focus=frozenset(focus),
        extra={},
    )


def _plain(part: str) -> str:
    flat = unicodedata.normalize("NFKD", part).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9]+", "-", flat).strip("-").casefold() or format(sum(map(ord, part)), "x")


def _salient(word: Word, names: frozenset[str]) -> bool:
    return len(word.form) > 3 and word.form not in COMMON and word.form not in names and not word.form.isdigit()


def _place(held: Sequence[Word], at: int, gazetteer: Gazetteer, names: frozenset[str]) -> str | None:
    """The side named nearest to the issue word, else the nearest capitalised word in mid-sentence."""
    known = gazetteer.single
    near = sorted(
        (place for place in range(max(0, at - 6), min(len(held), at + 7)) if place != at),
        key=lambda place: (abs(place - at), place),
    )
    for place in near:
        if held[place].form in known:
            return known[held[place].form]
    for place in near:
        word = held[place]
        if place and word.capital and len(word.form) > 2 and word.form not in COMMON | names:
            return word.form
    return None


def _name(text: str, held: Sequence[Word], at: int) -> str:
    """The issue as the text words it: "EU tariffs", "ceasefire in Gaza"."""
    start, end = held[at].start, held[at].end
    if at and held[at - 1].capital and held[at - 1].form not in COMMON and text[held[at - 1].end : start].isspace():
        start = held[at - 1].start
    elif at + 2 < len(held) and held[at + 1].form in {"on", "in", "with", "against", "for"} and held[at + 2].capital:
        end = held[at + 2].end
    name = " ".join(text[start:end].split())
    return name if name[:1].isupper() and held[at].capital else name[:1] + name[1:]

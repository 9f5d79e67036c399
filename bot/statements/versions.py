"""Two versions of one article: which statements stayed, which the outlet changed, took out or added."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterator, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from bot.model import Fate, Party, Span, Statement

ALIKE = 70.0  # of 100: one speaker's words altered
IN_PLACE = 40.0  # the same where a neighbouring sentence stayed: words may have turned round
WHOLE = 4  # words from which equal words are the same remark, whoever is now said to have made it
PART = 6  # words from which one remark inside the other is the same, cut or continued
_WORD = re.compile(r"[^\W_]+")
_APOSTROPHE = re.compile("['’]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Alignment:
    """What became of each statement of the earlier version, in its order, and what only the later one holds."""

    fates: tuple[Fate, ...]
    fresh: tuple[Statement, ...]


def align(
    earlier: Sequence[Statement], later: Sequence[Statement], gone: Collection[str] = frozenset(), text: str = ""
) -> Alignment:
    """One fate for each statement of `earlier`, and no statement of `later` in two of them.

    Kept is what has the same words, speaker, holder and sense, wherever it stands now. `gone` are keys of earlier
    statements that an outlet took out before: they get a fate only if their words are back. What the later version is
    not read as holding, but whose words stand in its `text`, was not taken out and gets none.
    """
    old = sorted(range(len(earlier)), key=lambda place: earlier[place].key in gone)  # who still stood comes first
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    days = {statement.source.published for statement in (*earlier, *later)}
    for likeness in _samenesses(dated=len(days) == 1):
        pairs |= _matched(
            [(place, likeness(earlier[place])) for place in old if place not in pairs],
            [(place, likeness(value)) for place, value in enumerate(later) if place not in taken],
        )
        taken.update(pairs.values())
    kept = frozenset(pairs)
    rest = [place for place in old if place not in kept and earlier[place].key not in gone]
    pairs |= _closest(
        [(place, _Face.of(earlier[place])) for place in rest],
        [(place, _Face.of(value)) for place, value in enumerate(later) if place not in taken],
    )
    taken.update(pairs.values())
    lost = [place for place in range(len(earlier)) if place not in pairs and earlier[place].key not in gone]
    out = frozenset(lost) - _still_there(earlier, lost, text)
    return Alignment(
        fates=tuple(
            Fate(
                statement=statement,
                became="kept" if place in kept else "changed" if place in pairs else "vanished",
                now=later[pairs[place]] if place in pairs else None,
            )
            for place, statement in enumerate(earlier)
            if place in pairs or place in out
        ),
        fresh=tuple(value for place, value in enumerate(later) if place not in taken),
    )


def _still_there(earlier: Sequence[Statement], lost: Sequence[int], text: str) -> frozenset[int]:
    """Those of the lost whose words stand in the text all the same; a few words stand in many a text."""
    if not lost or not text:
        return frozenset()
    whole = f" {_words(text)} "
    quotes = [(place, _words(earlier[place].quote)) for place in lost]
    return frozenset(place for place, words in quotes if words.count(" ") >= WHOLE - 1 and f" {words} " in whole)


def _samenesses(*, dated: bool) -> Iterator[Callable[[Statement], Hashable]]:
    """From strict to loose; the days are compared only where one date of publication gave them."""

    def words(one: Statement) -> tuple[Hashable, ...]:
        said = (one.said.first, one.said.last) if one.said and dated else None
        marked = tuple(_words(_inside(one, span)) for span in one.verbatim)
        return one.kind, one.negated, _words(one.quote), marked, _who(one), _key(one.holder), _key(one.defers_to), said

    yield lambda one: one.key  # an old text that is back: its statements are on record
    yield lambda one: (*words(one), _words(one.content), one.before, one.after)
    yield lambda one: (*words(one), _words(one.content))
    yield lambda one: (*words(one), one.before)  # what the words point back to stayed, however it was resolved


def _matched(old: Sequence[tuple[int, Hashable]], new: Sequence[tuple[int, Hashable]]) -> dict[int, int]:
    """Equal ones in pairs, in order."""
    free: defaultdict[Hashable, list[int]] = defaultdict(list)
    for place, likeness in reversed(new):
        free[likeness].append(place)
    return {place: free[likeness].pop() for place, likeness in old if free.get(likeness)}


@dataclass(frozen=True, slots=True)
class _Face:
    """What of a statement tells an altered remark from another one."""

    words: str
    who: Hashable
    before: str
    after: str

    @staticmethod
    def of(one: Statement) -> _Face:
        return _Face(_words(one.quote), _who(one), _words(one.before), _words(one.after))


def _closest(old: Sequence[tuple[int, _Face]], new: Sequence[tuple[int, _Face]]) -> dict[int, int]:
    """The likest pairs first, none twice."""
    scored = [
        (-score, abs(place - other), place, other)
        for place, face in old
        for other, now in new
        if (score := _likeness(face, now))
    ]
    pairs: dict[int, int] = {}
    taken: set[int] = set()
    for *_, place, other in sorted(scored):
        if place not in pairs and other not in taken:
            pairs[place] = other
            taken.add(other)
    return pairs


def _likeness(old: _Face, new: _Face) -> float:
    """How surely one remark was altered into the other, 0 to 100; 0: they are two remarks."""
    if old.words == new.words and old.words.count(" ") >= WHOLE - 1:
        return 100.0
    if old.who != new.who:
        return 0.0
    neighbours = (bool(old.before) and old.before == new.before) + (bool(old.after) and old.after == new.after)
    if neighbours == 2:
        return max(IN_PLACE, fuzz.ratio(old.words, new.words))
    score = fuzz.ratio(old.words, new.words, score_cutoff=IN_PLACE if neighbours else ALIKE)
    short, long = sorted((old.words, new.words), key=len)
    if not score and short.count(" ") >= PART - 1 and f" {short} " in f" {long} ":
        return ALIKE
    return score


def _inside(one: Statement, span: Span) -> str:
    return one.quote[span.start - one.span.start : span.end - one.span.start]


def _words(text: str) -> str:
    """The words alone: marks, case and blanks are the typesetter's."""
    return " ".join(_WORD.findall(_APOSTROPHE.sub("", text).casefold()))


def _who(one: Statement) -> Hashable:
    return _key(one.party) or (one.speaker.as_written if one.speaker else None)


def _key(party: Party | None) -> Hashable:
    """Equal where `Party.same` takes two for one."""
    if party is None:
        return None
    if party.official:
        return "official", party.official
    if party.side and not party.person:
        return "side", party.side
    return party.person, party.name.casefold()

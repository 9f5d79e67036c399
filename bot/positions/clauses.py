"""Clauses of a text and the stance phrases in them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING, Self

from bot.positions.lexicon import CONDITION, LEXICON, NO_CONDITION
from bot.positions.words import listed, words

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.positions.lexicon import Class
    from bot.positions.words import Word

_HARD = re.compile(r"[.;:!?…\n](?!\d)")
_JOINERS = listed("but however although though whereas because when")
_AFTER_COMMA = listed("and or yet while which who so as let i we he she they it this that")
_LISTS = ("and", "or")  # "the league, its members, or volunteers": no clause of their own
_SOFT = re.compile(r",")


@dataclass(frozen=True, slots=True, kw_only=True)
class Operator:
    """A stance phrase: its class, its words, and which words of the text it covers (`first`..`last`, inclusive)."""

    kind: Class
    text: str
    first: int
    last: int


@dataclass(frozen=True, slots=True, kw_only=True)
class _Phrases:
    """Stance phrases with their class, the words with which they begin, and the length of the longest."""

    kinds: Mapping[tuple[str, ...], Class]
    firsts: frozenset[str]
    longest: int

    @classmethod
    def of(cls, kinds: Mapping[tuple[str, ...], Class]) -> Self:
        return cls(kinds=kinds, firsts=frozenset(first for first, *_ in kinds), longest=max(map(len, kinds)))


_GENERAL = _Phrases.of(LEXICON)


@dataclass(frozen=True, slots=True, kw_only=True)
class Clause:
    """A run of words without a break in sense; `condition` marks "if …", `question` a clause that asks."""

    first: int
    last: int  # inclusive
    operators: tuple[Operator, ...]
    condition: bool = False
    question: bool = False


def clauses(text: str, extra: Mapping[tuple[str, ...], Class] | None = None) -> tuple[Clause, ...]:
    """The clauses of `text` in order, conditions as clauses of their own."""
    return _read(text, _Phrases.of({**LEXICON, **extra})) if extra else _plain(text)


@lru_cache(maxsize=256)  # one text is asked about many issues
def _plain(text: str) -> tuple[Clause, ...]:
    return _read(text, _GENERAL)


def _read(text: str, phrases: _Phrases) -> tuple[Clause, ...]:
    held = words(text)
    if not held:
        return ()
    bounds = [0, *(at for at in range(1, len(held)) if _breaks(text, held, at)), len(held)]
    found: list[Clause] = []
    for first, end in pairwise(bounds):
        gap = text[held[end - 1].end : held[end].start if end < len(held) else len(text)]
        for part in _conditions(text, held, first, end):
            operators = _operators(held, part.first, part.last, phrases)
            bound = part.condition or ("," in gap and _supposes(held, part))
            found.append(replace(part, operators=operators, condition=bound, question="?" in gap))
    return tuple(found)


def _breaks(text: str, held: Sequence[Word], at: int) -> bool:
    """Whether a new clause begins with the word `at`."""
    gap = text[held[at - 1].end : held[at].start]
    if _HARD.search(gap):
        return True
    if held[at].form in _JOINERS:
        return (held[at - 1].form, held[at].form) != ("only", "when")
    if not _SOFT.search(gap):
        return False
    if _aside(text, held, at):
        return False
    following = {word.form for word in held[at : at + 2]}
    return held[at].form in _AFTER_COMMA and (held[at].form not in _LISTS or bool(following & (_SUBJECTS | _NOBODY)))


def _aside(text: str, held: Sequence[Word], at: int) -> bool:
    """Whether an opinion is only put in between: "the bridge, I think, is a terrible idea"."""
    if held[at].form not in {"i", "we"} or at + 2 >= len(held) or held[at + 1].form not in _THINKS:
        return False
    return "," in text[held[at + 1].end : held[at + 2].start]


_THINKS = listed("think believe guess suppose feel say admit confess")
# "the West's support for …" is the West's stance, not the speaker's
_OWNED = listed("""
support opposition refusal rejection demand demands call calls backing readiness willingness threats commitment""")
# "the plan to …", "amid calls for …": nouns, which take no side; "we plan to …", "our plans to …" are the speaker's
_NOUNS = listed("plan plans demand demands call calls push vote votes hope hopes threat")
# "the dispute over …", "a mock vote": the same, and nobody's stance whosever they are
_EVENTS = listed("dispute disputes blast blasts mock rebuke rebukes slam scorn regret regrets")
# the speaker's own, unless something is said of it: "its plan to go is a mistake"
_HOLDERS = listed("his her its their")
_SAID_OF = listed("is are was were has have had will would can could may might must should does did do")
_GOES_ON = listed("and but or that who which")
_LEADS_NOUN = listed("""
the a an any no this that these those such some your all each every another more new own renewed repeated fresh
growing many few several be been is are was were and or with without of on for in by about amid despite against over
after before behind under into from following since regarding concerning""")
_ADJECTIVE = re.compile(
    r"new|own|original|initial|controversial|radical|current|latest|\w+(?:ous|able|ible|ed|ful|ern)"
)
_LOOSE_ADJECTIVE = re.compile(r"\w+(?:al|ive|ary|ish|ese|an|est|ent|term)")  # or somebody: "the official plans to"
_OFFERS = listed("ready willing prepared")
_OFFERED = 12  # words from an offer to its condition
_PROVIDES = listed("""has have had be been being is are was were they it we he she who which that not also never ever
already""")
_TURNS = listed("will would can could should do does did is are")
_ARTICLES = listed("the a an our my his her its their you")
_BEFORE_ONLY = listed("not will would can could is are was were")
_ONCE_BEHIND = listed("at is was were had has have be been")
_ONCE_BEFORE = listed("told said was were had did made went came thought saw wrote spoke held took more again")
_PROVIDED = listed("that we they he she it i you there the a an this these all both each no our their his her its")
_ADJECTIVES = 3  # before a noun: "the much criticised new plan to …"
_NO_ADVERBS = ("only", "early")  # "not only" denies nothing
_NEGATES = listed("not no never nor without")
_GIVES = listed("""i we you they who to not will would can could should must may might do did and or also both fully
our my full strong continued unwavering in for have still always of her his""")
_SUBJECTS = listed("i we he she they it this that there these")
_NOBODY = listed("no nobody none nothing")  # "we reject her remarks, and no request was made": denied for itself
_MARKERS = {first: tuple(m for m in CONDITION if m[0] == first) for first, *_ in CONDITION}  # by their first word


def _conditions(text: str, held: Sequence[Word], first: int, end: int) -> list[Clause]:
    """Cuts "if …" off: to the next comma when it leads, to the end when it follows."""
    plain = Clause(first=first, last=end - 1, operators=())
    for at in range(first, end):
        markers = _MARKERS.get(held[at].form)
        if markers is None or not any(_is(held, at, end, marker) for marker in markers):
            continue
        if _binds_nothing(held, at, first, end):
            continue
        if held[at].form == "until" and not any(word.form in _NEGATES for word in held[first:at]):
            continue  # "until Friday" is a time, "not until they leave" a condition
        if held[at].form == "when" and not any(word.form in _OFFERS for word in held[max(0, at - _OFFERED) : at]):
            continue  # "ready to do so when they agree" is a condition, most others are times
        stop = end
        for behind in range(at + 1, end):
            if "," in text[held[behind - 1].end : held[behind].start] or _turned(held, at, behind, end):
                stop = behind
                break
        parts = [Clause(first=at, last=stop - 1, operators=(), condition=True)]
        if at > first:
            parts.insert(0, replace(plain, last=at - 1))
        if stop < end:
            parts.append(replace(plain, first=stop))
        return parts
    return [plain]


def _binds_nothing(held: Sequence[Word], at: int, first: int, end: int) -> bool:
    """Whether a word that may begin a condition begins none here: "asked if", "at once", "provided aid"."""
    form, before = held[at].form, held[at - 1].form if at > first else ""
    behind = held[at + 1].form if at + 1 < end else ""
    if form == "if":
        return before in NO_CONDITION
    if form in {"provided", "providing"}:
        return behind != "that" and (form == "providing" or before in _PROVIDES or not _begins(held, at + 1, end))
    if form == "without":
        return not behind or before == "not" or not any(word.form == "no" for word in held[first:at])
    if form == "as":
        return at + 3 < end and held[at + 3].form == "possible"
    if form == "once":  # "he once told me": an adverb
        return before in _ONCE_BEHIND or not behind or behind in _ONCE_BEFORE or behind.endswith("ed")
    return form == "the" and before in {"of", "at", "for"}


def _supposes(held: Sequence[Word], part: Clause) -> bool:
    """Whether a clause supposes without an "if": "should the court ask for it, we would …"."""
    if held[part.first].form != "should" or not held[part.first].capital or part.first == part.last:
        return False
    return held[part.first + 1].form in _SUBJECTS | _ARTICLES or held[part.first + 1].capital


def _turned(held: Sequence[Word], at: int, place: int, end: int) -> bool:
    """Whether a sentence that began with "only when" goes on to its main clause: "…, will the merger go ahead"."""
    if held[at].form not in {"only", "without"} or (at and held[at - 1].form in _BEFORE_ONLY) or place + 1 >= end:
        return False
    if held[at].form == "without":
        return held[place].form == "there" and held[place + 1].form in _SAID_OF
    return (
        held[place].form in _TURNS
        and held[place - 1].form not in _SUBJECTS | {"who", "that", "which"}
        and (held[place + 1].form in _SUBJECTS | _ARTICLES)
    )


def _begins(held: Sequence[Word], at: int, end: int) -> bool:
    """Whether a clause of its own may begin here: "provided they leave", but "provided lethal arms"."""
    return at < end and (held[at].capital or held[at].form in _PROVIDED)


def _whose_else(before: Word, form: str) -> bool:
    """Whether a noun like "support" is somebody else's: "the West's support", "government support"."""
    if before.owner:
        return form in _OWNED
    return form == "support" and before.form not in _GIVES and not before.form.endswith(("ly", "ed", "s"))


def _noun(held: Sequence[Word], at: int, last: int, *, many_words: bool) -> bool:
    """Whether what may be a verb ("they plan to go") is a noun here: "the plan to go", "Norrland's calls for talks"."""
    if held[at].form not in (_NOUNS if many_words else _EVENTS):
        return False
    place, many = at - 1, held[at].form.endswith("s")
    while place >= 0 and at - place <= _ADJECTIVES and _describes(held[place].form, many=many):
        place -= 1
    if place < 0:
        return True
    before = held[place]
    if before.form in _HOLDERS and many_words:
        behind = takewhile(lambda word: word.form not in _GOES_ON, held[at + 2 : last + 1])
        return any(word.form in _SAID_OF for word in behind)
    return before.owner or before.form in _LEADS_NOUN or before.form in _HOLDERS


def _describes(form: str, *, many: bool) -> bool:
    """Whether a word is an adjective before a noun of that number, and not the subject of a verb."""
    return bool(_ADJECTIVE.fullmatch(form) or (not many and _LOOSE_ADJECTIVE.fullmatch(form)))


def _is(held: Sequence[Word], at: int, end: int, marker: tuple[str, ...]) -> bool:
    return at + len(marker) <= end and all(held[at + step].form == form for step, form in enumerate(marker))


def _operators(held: Sequence[Word], first: int, last: int, phrases: _Phrases) -> tuple[Operator, ...]:
    """The stance phrases between `first` and `last`, the longest first, never overlapping."""
    found: list[Operator] = []
    at = first
    while at <= last:
        if held[at].form not in phrases.firsts:
            at += 1
            continue
        places = [at]  # adverbs within a phrase do not break it: "was absolutely considering"
        for place in range(at + 1, last + 1):
            if len(places) == phrases.longest:
                break
            if not held[place].form.endswith("ly") or held[place].form in _NO_ADVERBS:
                places.append(place)
        for size in range(len(places), 0, -1):
            forms = tuple(held[place].form for place in places[:size])
            kind = phrases.kinds.get(forms)
            if (
                kind
                and not (at and _whose_else(held[at - 1], forms[0]))
                and not _noun(held, at, last, many_words=size > 1)
            ):
                found.append(Operator(kind=kind, text=" ".join(forms), first=at, last=places[size - 1]))
                at = places[size - 1] + 1
                break
        else:
            at += 1
    return tuple(found)

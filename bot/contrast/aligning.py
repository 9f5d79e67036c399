"""The words of two assertions side by side: which are the same, which are opposites, and which have no partner."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from bot.contrast.cues import OF_PHRASES
from bot.contrast.lemmas import lemma
from bot.contrast.lexicon import OPPOSITES
from bot.contrast.segments import segments
from bot.contrast.words import tokens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from bot.contrast.assertions import Assertion
    from bot.contrast.words import Token

Owner = Literal["one", "other", ""]

_PREFIXES: Final = ("un", "in", "im", "il", "ir", "dis", "non", "de")
_OWNERS: Final[dict[str, Owner]] = {"@1": "one", "@2": "other"}
_FRONT: Final = 3  # the last place of a subject
_LEAST: Final = 3  # letters of a word that a prefix turns


class Opposites(NamedTuple):
    """The places of two opposite words; `exclusive`: one of the two must hold."""

    places: tuple[int, int]
    exclusive: bool


class Aligned(NamedTuple):
    """Two assertions side by side: pairs of places of one meaning, opposites, and places without a partner."""

    one: Assertion
    other: Assertion
    both: tuple[tuple[int, int], ...]
    opposites: tuple[Opposites, ...]
    left: tuple[int, ...]
    right: tuple[int, ...]
    named: frozenset[int]  # of those on either side, the names of who speaks: below 0 for the right
    lent: int  # words of the one that the other's "that" stands for
    owner: Owner  # whose own side both speak of, in the place of who acts

    def names(self, places: tuple[int, ...], *, first: bool) -> bool:
        """Whether these places without a partner, of the first or the second, are all names of the two who speak."""
        return all((at if first else ~at) in self.named for at in places)

    @property
    def matched(self) -> int:
        """How many words of content have a partner."""
        return len(self.both) + len(self.opposites) + self.lent

    @property
    def shared(self) -> tuple[str, ...]:
        """The words that both have, as the first has them."""
        return tuple(self.one.held[at].form for at, _ in self.both)


class Outline(NamedTuple):
    """What is told of a text by its words alone, before its clauses are read.

    `keys` and `stems` are of all words that may be of the matter; of each clause, the stems and the keys of those that
    surely are: no phrase of the lexicon has them, and they do not speak of the speaker.
    """

    keys: frozenset[str]
    stems: frozenset[str]
    clauses: tuple[tuple[frozenset[str], frozenset[frozenset[str]]], ...]


def may_align(one: str, other: str, names: frozenset[str]) -> bool:
    """Whether `align` may have anything to say of clauses of two texts that stand for no others.

    `names` are those of both who speak. Of most texts that share a word nothing can be said, and to read all of their
    clauses takes three times as long.
    """
    left, right = _outline(one), _outline(other)
    return _may_meet(left, right, names) or _may_meet(right, left, names)


def _may_meet(one: Outline, other: Outline, names: frozenset[str]) -> bool:
    """Whether a clause of the one shares a word with the other text, and has no two words that this surely lacks."""
    met = other.keys | names
    return any(
        not stems.isdisjoint(other.stems) and sum(keys.isdisjoint(met) for keys in sure) <= 1
        for stems, sure in one.clauses
    )


@lru_cache(maxsize=1 << 10)
def _outline(text: str) -> Outline:
    held = tokens(text)
    clauses = [[token for token in held[first:end] if token.counts] for first, end, _ in segments(text)]
    return Outline(
        frozenset().union(*[token.keys for some in clauses for token in some]),
        frozenset([token.stem for some in clauses for token in some]),
        tuple([(frozenset([token.stem for token in some]), _surely(some)) for some in clauses]),
    )


def _surely(some: Iterable[Token]) -> frozenset[frozenset[str]]:
    return frozenset([token.keys for token in some if not (token.first or token.lemma in OF_PHRASES)])


def align(
    one: Assertion, other: Assertion, mine: frozenset[str], theirs: frozenset[str], *, one_party: bool
) -> Aligned | None:
    """Lays two assertions side by side, None where more than a word on either side has no partner.

    `mine` and `theirs` are what the speakers' own sides are called.

    Of one party, "we" and the party's names are no matter of their own; between two, "our" is the name of whose it is.
    """
    left, all_left = _keys(one, mine, theirs, one_party, False)
    right, all_right = _keys(other, theirs, mine, one_party, True)
    lends = one.lent or other.lent
    if not lends:
        most = min(_met(left, all_right), _met(right, all_left))
        if min(len(left), len(right)) - most > 1:
            return None  # as below, before it is asked who meets whom
    both: list[tuple[int, int]] = []
    free = dict(right)
    for at, keys in left.items():
        partner = next((place for place, others in free.items() if keys & others), None)
        if partner is not None:
            both.append((at, partner))
            del free[partner]
    paired = {a for a, _ in both}
    alone = [at for at in left if at not in paired]
    if min(len(alone), len(free)) > 1 and not lends:
        return None
    opposites: list[Opposites] = []
    for at in alone:
        for place in free:
            exclusive = _opposed(one.held[at].lemma, other.held[place].lemma)
            if exclusive is not None:
                opposites.append(Opposites((at, place), exclusive))
                del free[place]
                break
    turned = {pair.places[0] for pair in opposites}
    lone = [at for at in alone if at not in turned]
    mine_lent, theirs_lent = (one.lent, other.lent) if one_party else (frozenset[str](), frozenset[str]())
    rest = (
        tuple(at for at in lone if not left[at] & theirs_lent),
        tuple(at for at in free if not free[at] & mine_lent),
    )
    owner: Owner = next(
        (_OWNERS[key] for a, b in both if _acts(one, a) and _acts(other, b) for key in left[a] & set(_OWNERS)), ""
    )
    lent = len(lone) + len(free) - len(rest[0]) - len(rest[1])
    named = {at for at in left if left[at] & set(_OWNERS)} | {~at for at in right if right[at] & set(_OWNERS)}
    return Aligned(one, other, tuple(both), tuple(opposites), *rest, frozenset(named), lent, owner)


def _acts(held: Assertion, at: int) -> bool:
    """Whether a word stands before all that carries or turns the clause, where the one who acts does."""
    return at < min(held.telling, default=len(held.held)) and at <= _FRONT


def _met(keys: Mapping[int, frozenset[str]], others: frozenset[str]) -> int:
    """How many words could be met at most."""
    return sum(not others.isdisjoint(forms) for forms in keys.values())


@lru_cache(maxsize=1 << 10)  # a fresh assertion is laid beside many, and they beside the next
def _keys(
    held: Assertion,
    own: frozenset[str],
    others: frozenset[str],
    one_party: bool,  # noqa: FBT001  a key of the cache
    second: bool,  # noqa: FBT001
) -> tuple[Mapping[int, frozenset[str]], frozenset[str]]:
    """By place, the forms under which a word of content may be met by another; and all of them."""
    found: dict[int, frozenset[str]] = {}
    seen: set[frozenset[str]] = set()
    for at in held.content:
        token = held.held[at]
        keys = token.keys
        if token.first or keys & own:
            if one_party:
                continue
            keys = frozenset({"@2" if second else "@1"})
        elif keys & others:
            if one_party:
                continue
            keys = frozenset({"@1" if second else "@2"})
        if keys not in seen:
            seen.add(keys)
            found[at] = keys
    return found, frozenset().union(*found.values())


def opposite(one: str, other: str) -> bool:
    """Whether two words in lower case are opposites, in whatever form: "opened", "shut"."""
    return _opposed(lemma(one), lemma(other)) is not None


@lru_cache(maxsize=1 << 13)
def _opposed(one: str, other: str) -> bool | None:
    """Whether one of two opposite words must hold (True), or both may fail (False); None: they are no opposites."""
    for scale, end in OPPOSITES.get(one, ()):
        for again, far in OPPOSITES.get(other, ()):
            if scale == again and end != far:
                return scale > 0
    short, long = sorted((one, other), key=len)
    turned = len(short) >= _LEAST and any(long == prefix + short for prefix in _PREFIXES)
    return True if turned else None

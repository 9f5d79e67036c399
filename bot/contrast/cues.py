"""Words of a clause that turn, limit or disown what it says, and the words that are its matter."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from bot.contrast import lexicon
from bot.contrast.lemmas import IRREGULAR, lemma, listed
from bot.contrast.words import number, tokens

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from bot.contrast.words import Token

_KINDS: Final = {  # of a phrase in two lists the last kind counts
    phrase: kind
    for kind, listed_phrases in (
        ("doubt", lexicon.DOUBT), ("duty", lexicon.DUTY), ("wish", lexicon.WISH), ("let", lexicon.LET),
        ("turn", lexicon.TURN), ("not", lexicon.NOT),
    )
    for phrase in listed_phrases
}  # fmt: skip
_LONGEST: Final = {  # words of the longest phrase that begins with a word
    first: max(len(phrase) for phrase in _KINDS if phrase[0] == first) for first in {phrase[0] for phrase in _KINDS}
}
OF_PHRASES: Final = frozenset(word for phrase in _KINDS for word in phrase)  # the common forms of their words
_KEPT: Final = frozenset(map(lemma, ("keep", "leave", "stay", "shut", "lock")))
_AWAY: Final = listed("out away off")
_FAR: Final = 6  # words: "keep the big lorries from Leth out"
_NOUNS: Final = ("ment", "ments")  # "the shift agreement" is a matter, "agreement to" lets stand
_WITHIN: Final = listed("with for in at to of by on from")  # "with no conditions" denies no clause
_SELF: Final = listed("i we")
_STOOD: Final = 3  # words: "as a student I"
_BYGONE: Final = frozenset(("used to", "back then", "the time", "those days", "years ago", "was young", "my youth"))


@lru_cache(maxsize=1 << 11)
def matter(text: str) -> frozenset[str]:
    """What a text may share with another that speaks of the same: disjoint sets have nothing in common."""
    held = tokens(text)
    found = {token.stem for token in held if token.counts and not token.first}
    return frozenset(found | {token.land for token in held if token.capital})


@lru_cache(maxsize=1 << 9)
def turns(cue: str) -> int:
    """How many words of a report's verb turn what follows: one in "ruled out", two in "did not rule out"."""
    return sum(kind in {"not", "turn"} for _, _, kind in phrases(tokens(cue)))


def named(names: Sequence[str]) -> frozenset[str]:
    """The forms under which names and titles are met in a text."""
    held = [token for name in names for token in tokens(name) if token.form not in lexicon.BARE]
    return frozenset({token.lemma for token in held} | {token.land for token in held})


def phrases(held: Sequence[Token]) -> list[tuple[int, int, str]]:
    """The phrases of the lexicon with their first and last place and kind, the longest first, never overlapping."""
    found: list[tuple[int, int, str]] = []
    free = 0  # the first place behind the last one
    for at, token in enumerate(held):
        longest = _LONGEST.get(token.lemma)
        if longest is None or at < free:
            continue
        for size in range(min(longest, len(held) - at), 0, -1):
            kind = _KINDS.get(tuple([one.lemma for one in held[at : at + size]]))
            if kind and not (size == 1 and kind == "let" and token.form.endswith(_NOUNS)):
                found.append((at, at + size - 1, kind))
                free = at + size
                break
    return found


def form_at(held: Sequence[Token], at: int) -> str:
    """The word at a place, "" beyond the ends."""
    return held[at].form if 0 <= at < len(held) else ""


def within(held: Sequence[Token], at: int) -> bool:
    """Whether "no" belongs to a noun behind a preposition and denies no clause: "with no conditions"."""
    if (
        held[at].form in {"no", "not"}
        and form_at(held, at + 1) in {"more", "fewer", "less"}
        and form_at(held, at + 2) == "than"
    ):
        return True
    return held[at].form == "no" and form_at(held, at - 1) in _WITHIN and form_at(held, at + 1) not in {"case", "way"}


def narrowed(held: Sequence[Token], at: int) -> frozenset[str]:
    """What follows a negation and limits it: "not all", "no further", "not yet"."""
    behind = [token.form for token in held[at + 1 :]]
    return frozenset(lexicon.NARROW & set(behind[:2])) | ({"yet", "twice", "alone", "fully"} & set(behind))


def bygone(held: Sequence[Token]) -> bool:
    """Whether it tells what was once: "as a student I opposed it", "we used to"."""
    if len(held) > _STOOD and held[0].form == "as" and held[1].form in {"a", "an"} and held[3].first:
        return True
    return any(f"{one.form} {other.form}" in _BYGONE for one, other in pairwise(held))


def kept_away(held: Sequence[Token]) -> bool:
    """Whether something is kept or left out: “keep lorries out of the valley” lets none in, without a “not”."""
    forms = [token.form for token in held]
    return any(
        token.lemma in _KEPT and not _AWAY.isdisjoint(forms[at + 1 : at + _FAR]) for at, token in enumerate(held)
    )


def only_part(held: Sequence[Token]) -> bool:
    """Whether what is said is limited to a part: "only in the capital"; "only three" is a number."""
    return any(token.form == "only" and not number(form_at(held, at + 1)) for at, token in enumerate(held))


def told_by(held: Sequence[Token], taken: Collection[int]) -> frozenset[str]:
    """The words by which it is said or thought by somebody, or in another hour, and not asserted here."""
    found = set()
    for at, token in enumerate(held):
        behind = {near.form for near in held[at + 1 : at + 5]}
        that = token.lemma in lexicon.TOLD_THAT and (
            behind & {"that", "they"} or form_at(held, at + 1) in {"he", "she"}
        )
        if at in taken or not (that or token.lemma in lexicon.TOLD):
            continue
        mine = any(near.form in _SELF for near in held[max(0, at - 4) : at])
        now = not token.form.endswith("ed") and IRREGULAR.get(token.form, token.form) == token.form
        if not (mine and now and token.lemma in lexicon.VOUCHED):
            found.add(token.lemma)
    return frozenset(found)

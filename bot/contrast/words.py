"""A text as words, each with what is told of it wherever it stands: once for all texts."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain
from typing import Final, NamedTuple

from bot.contrast.lemmas import land, lemma, listed
from bot.contrast.lexicon import ALIKE, BARE

_WORD = re.compile(r"(\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+)")
_OPENED: Final = {
    "cannot": ("can", "not"), "can't": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not"),
    "ain't": ("is", "not"),
}  # fmt: skip
_TAILS: Final = {"ll": "will", "ve": "have", "re": "are", "m": "am", "d": "would"}
_NAMES_SELF: Final = listed("i we us our ours my myself ourselves")
_NUMBERS: Final = listed("""
one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen
nineteen twenty thirty forty fifty sixty seventy eighty ninety hundred thousand million billion trillion dozen
january february march april june july august september october november december""")


class Token(NamedTuple):
    """A word as written in lower case, its common form, and what else is told of it wherever it stands.

    `stem` is its common form, or that of the words that mean the same. `keys` are the forms under which another word
    meets it.
    """

    form: str
    lemma: str
    stem: str
    keys: frozenset[str]
    capital: bool
    first: bool  # speaks of the speaker: "we", "our"
    counts: bool  # is of the matter: not the frame of a sentence, and not merely how

    @property
    def land(self) -> str:
        """What a name has in common with the words made of it."""
        return land(self.form)


def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order, contractions opened."""
    return _parted(text)[0]


def gaps(text: str) -> list[str]:
    """What stands before each of its `tokens`, and behind the last; nothing inside of a contraction."""
    return _parted(text)[1]


@lru_cache(maxsize=1 << 9)
def _parted(text: str) -> tuple[tuple[Token, ...], list[str]]:
    found = _WORD.split(text)
    words, between = list(map(_read, found[1::2])), found[::2]
    held = tuple(chain.from_iterable(words))
    if len(held) == len(words):
        return held, between
    told = between[:1]
    for opened, behind in zip(words, between[1:], strict=True):
        told += [*[""] * (len(opened) - 1), behind]
    return held, told


def places(text: str) -> list[tuple[int, int]]:
    """Where each of its `tokens` begins and ends; the parts of a contraction in one place."""
    return [match.span() for match in _WORD.finditer(text) for _ in _read(match[0])]


@lru_cache(maxsize=1 << 13)
def _read(raw: str) -> tuple[Token, ...]:
    """The tokens of a word as written: of a contraction two."""
    capital = raw[:1].isupper()
    return tuple(_token(form, capital=capital) for form in _forms(raw.replace("’", "'").casefold()))


def _token(form: str, *, capital: bool) -> Token:
    common, first = lemma(form), form in _NAMES_SELF
    stem = ALIKE.get(common, common)
    keys = frozenset({stem, land(form)}) if capital else frozenset({stem})
    return Token(form, common, stem, keys, capital, first, first or _bears(form, common))


def _forms(raw: str) -> tuple[str, ...]:
    if raw in _OPENED:
        return _OPENED[raw]
    if raw.endswith("n't") and len(raw) > 3:
        return (raw[:-3], "not")
    head, mark, tail = raw.rpartition("'")
    if mark and tail in _TAILS:
        return (head, _TAILS[tail])
    return (head,) if mark and head and tail in {"s", ""} else (raw.replace("'", ""),)


def number(form: str) -> bool:
    """Whether a word is a number or a month: these are compared as such, and are no words of the matter."""
    return form in _NUMBERS or form[:1].isdigit()


def _bears(form: str, common: str) -> bool:
    if number(form) or form in BARE or common in BARE:
        return False
    return not (form.endswith("ly") and len(form) > 4)

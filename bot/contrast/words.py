"""A text as words, each with what is told of it wherever it stands."""

from __future__ import annotations

import re
from functools import lru_cache, partial
from typing import Final, NamedTuple

from bot.contrast.lemmas import land, lemma, listed
from bot.contrast.lexicon import ALIKE, BARE

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|\d+")
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


class Token(NamedTuple):  # made for each word, and several times as fast as a frozen dataclass
    """A word: its place, as written in lower case, its common form, and what else is told of it.

    `stem` is its common form, or that of the words that mean the same. `keys` are the forms under which another word
    meets it.
    """

    start: int
    end: int
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


_token: Final = partial(tuple.__new__, Token)  # as its own maker does, without going through it for each word


@lru_cache(maxsize=1 << 9)
def tokens(text: str) -> tuple[Token, ...]:
    """The words of a text in order, contractions opened."""
    return tuple([_token((*match.span(), *told)) for match in _WORD.finditer(text) for told in _read(match[0])])


@lru_cache(maxsize=1 << 13)
def _read(raw: str) -> tuple[tuple[str, str, str, frozenset[str], bool, bool, bool], ...]:
    """Of each form of a word as written what its token says, but for its place."""
    capital = raw[:1].isupper()
    return tuple(_of_form(form, capital=capital) for form in _forms(raw.replace("’", "'").casefold()))


def _of_form(form: str, *, capital: bool) -> tuple[str, str, str, frozenset[str], bool, bool, bool]:
    common, first = lemma(form), form in _NAMES_SELF
    stem = ALIKE.get(common, common)
    keys = frozenset({stem, land(form)}) if capital else frozenset({stem})
    return form, common, stem, keys, capital, first, first or _bears(form, common)


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

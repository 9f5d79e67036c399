"""Words of a text with their places, contractions opened and spellings evened out."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*(?:\.[^\W_](?=\.))*(?:(?<=s)['’](?=\s))?")
_ENDINGS = {"ll": "will", "ve": "have", "re": "are", "m": "am", "d": "would"}
_IRREGULAR = {"cannot": ("can", "not"), "won't": ("will", "not"), "shan't": ("shall", "not"), "ain't": ("is", "not")}
_JOINED = {("cease", "fire"): "ceasefire", ("peace", "keepers"): "peacekeepers", ("peace", "keeping"): "peacekeeping"}


class Word(NamedTuple):  # made for each word, and several times as fast as a frozen dataclass
    """One word: lower-case form, place in the text, whether written with a capital, as an owner or in capitals."""

    form: str
    start: int
    end: int
    capital: bool
    owner: bool = False
    loud: bool = False


@lru_cache(maxsize=1 << 9)
def words(text: str) -> tuple[Word, ...]:
    """The words of `text` in order; "can't" gives "can", "not", and "cease-fire" gives "ceasefire"."""
    found: list[Word] = []
    for match in _WORD.finditer(text):
        raw = match.group().replace("’", "'")
        for form in _opened(raw.casefold()):
            joined = _JOINED.get((found[-1].form, form)) if found else None
            if joined and match.start() - found[-1].end <= 1:
                last = found.pop()
                found.append(Word(form=joined, start=last.start, end=match.end(), capital=last.capital))
            else:
                owner, loud = raw.endswith(("'s", "s'")), raw[:2].isupper()
                found.append(Word(form, match.start(), match.end(), raw[0].isupper(), owner, loud))
    return tuple(found)


def _opened(form: str) -> tuple[str, ...]:
    if form in _IRREGULAR:
        return _IRREGULAR[form]
    if form.isalnum():  # as most are
        return (form,)
    if form.endswith("n't") and len(form) > 3:
        return (form[:-3], "not")
    head, mark, tail = form.rpartition("'")
    if not mark:
        return (form.replace(".", ""),)
    if tail in _ENDINGS:
        return (head, _ENDINGS[tail])
    if tail in {"s", ""}:
        return (head,)
    return (form.replace("'", ""),)


def listed(text: str) -> frozenset[str]:
    """The words of a list written as running text."""
    return frozenset(text.split())


@lru_cache(maxsize=8192)
def phrase(text: str) -> tuple[str, ...]:
    """The forms of a configured phrase, ready to be looked for among words."""
    return tuple(word.form for word in words(text))


def last_words(entries: Sequence[str]) -> frozenset[str]:
    """The words with which phrases end."""
    return frozenset(wanted[-1] for wanted in map(phrase, entries) if wanted)


class Index:
    """Where phrases stand in a text, as whole words, the last word also in the plural.

    `ends` are the places of each word with which a phrase may end.
    """

    def __init__(self, held: Sequence[Word]) -> None:
        self._forms = tuple(word.form for word in held)
        self._loud = tuple(word.loud for word in held)
        self.ends: dict[str, list[int]] = {}
        for at, form in enumerate(self._forms):
            for wanted in {form, form.removesuffix("s"), form.removesuffix("es")}:
                if wanted == form or len(wanted) > 2:
                    self.ends.setdefault(wanted, []).append(at)

    def find(self, entry: str) -> int | None:
        """The place of the first word of a phrase, None where it does not stand in the text.

        One word in capitals is found in capitals only: "SWIFT" is a network, "swift" is not.
        """
        wanted = phrase(entry)
        before = len(wanted) - 1
        loud = not before and entry.isupper()
        for end in self.ends.get(wanted[-1], ()) if wanted else ():
            if end >= before and self._forms[end - before : end] == wanted[:-1] and (self._loud[end] or not loud):
                return end - before
        return None

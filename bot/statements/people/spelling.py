"""How names are compared: one spelling for many transliterations, and given names that must agree."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.fuzz import ratio

from bot.statements.text.words import words as listed

_LETTERS = str.maketrans("łŁøØı", "lLoOi")  # which no normalisation takes apart
_POSSESSIVE = re.compile(r"(?<=\w)['’]s\b|(?<=s)['’](?=\s|$)")
_POINTS = re.compile(r"[.'’`]")
_NO_LETTER = re.compile(r"[^\w]+")
_SUFFIX = re.compile(r"^(?:jr|sr|junior|senior|ii|iii|iv)$")
_HONORIFIC = listed("mr mrs ms miss dr sir lord lady dame prof professor")
_PARTICLES = listed("de da di del della van von der den la le el al bin bint ibn ben abu dos du ter mac st")
# One sound, many spellings: Zelensky/Zelenskyy/Zelenskiy, Sergei/Sergey, Uljanov/Ulyanov, Khrushchev/Hruschov.
_SOUNDS = (
    (re.compile(r"(?<=[aeou])(?:yi|iy|ij|ii|yj|y|j|i)(?![aeiou])"), "i"),
    (re.compile(r"yi|iy|ij|ii|yy|yj|y|j"), "i"),
    ("ei", "e"),
    ("kh", "h"),
    ("x", "ks"),
    ("w", "v"),
    ("ou", "u"),
    ("ph", "f"),
    (re.compile(r"ck|c(?=[aourlkt]|$)"), "k"),
    ("ts", "c"),
    ("tz", "c"),
    (re.compile(r"(.)\1"), r"\1"),
)
LEAST_SURNAME = 82.0  # of 100; "sibiga" and "sibiha" score 83
_LEAST_GIVEN = 74.0  # "volodimir" and "vladimir" score 82, "erik" and "donald" 20
_SHORT_SURNAME = 5  # a shorter surname must be equal: "Bush" and "Rush" are two people


@lru_cache(maxsize=1 << 13)
def plain(words: str) -> str:
    """The words in lower case, without diacritics, dots, apostrophes and possessive endings."""
    if words.isalpha() and words.isascii():  # one plain word, as most are
        return words.lower()
    if not words.isascii():
        words = words.translate(_LETTERS)
        words = unicodedata.normalize("NFKD", words)
        words = "".join(c for c in words if not unicodedata.combining(c))
    words = _POSSESSIVE.sub("", words.casefold())
    return " ".join(_NO_LETTER.sub(" ", _POINTS.sub("", words)).split())


@lru_cache(maxsize=1 << 12)
def sounds(words: str) -> str:
    """A spelling that transliterations of one name share."""
    text = plain(words)
    for pattern, sound in _SOUNDS:
        text = text.replace(pattern, sound) if isinstance(pattern, str) else pattern.sub(sound, text)
    return text


@lru_cache(maxsize=1 << 12)
def sounds_of(name: str) -> tuple[str, ...]:
    """The words of a name, each in the spelling that its transliterations share."""
    return tuple(sounds(word) for word in plain(name).split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A personal name, taken apart: given names, surname with its particles, and a "Jr." that tells son from father."""

    words: tuple[str, ...]
    given: tuple[str, ...]
    surname: str
    suffix: str

    @staticmethod
    @lru_cache(maxsize=1 << 13)
    def of(written: str) -> Name:
        """The name as written, without honorifics."""
        words = [w for w in plain(written).split() if w not in _HONORIFIC]
        suffix = " ".join(w for w in words if _SUFFIX.match(w)) if len(words) > 1 else ""
        if suffix:
            words = [w for w in words if not _SUFFIX.match(w)]
        at = max(0, len(words) - 1)
        while at > 1 and words[at - 1] in _PARTICLES:
            at -= 1
        return Name(
            words=tuple(words),
            given=tuple(sounds(w) for w in words[:at]),
            surname=sounds(" ".join(words[at:])),
            suffix={"junior": "jr", "senior": "sr"}.get(suffix, suffix),
        )

    @property
    def key(self) -> str:
        """Equal for two spellings of one name."""
        return " ".join((*self.given, self.surname, self.suffix)).strip()

    @property
    def headless(self) -> bool:
        """Whether nothing but particles stands before the last word: "Abu Velden", "von der Velden"."""
        return len(self.words) > 1 and all(w in _PARTICLES for w in self.words[:-1])

    def may_be(self, other: Name) -> bool:
        """Whether both may name one person: surnames sound alike and no given name, initial or suffix disagrees."""
        if self.suffix != other.suffix or not self.given or not other.given:
            return False
        short = min(len(self.surname), len(other.surname)) < _SHORT_SURNAME
        if self.surname != other.surname and (short or ratio(self.surname, other.surname) < LEAST_SURNAME):
            return False
        if not _agree(self.given[0], other.given[0]):
            return False
        # "George W. Bush" and "George H. W. Bush": middle names must agree one by one where both give them.
        return all(_agree(a, b) for a, b in zip(self.given[1:], other.given[1:], strict=False))


def _agree(one: str, two: str) -> bool:
    if len(one) == 1 or len(two) == 1:
        return one[0] == two[0]
    return one[0] == two[0] and ratio(one, two) >= _LEAST_GIVEN

"""Who of an article's people may be called by a word: look-ups that stay quick however many are named."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from bot.statements.people.spelling import LEAST_SURNAME, Name, sounds_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.statements.people.person import Person

_LEAST_ALIKE = 88.0  # of 100: a surname misspelt by one letter
_LONG_NAME = 4  # words; of so many, the first is a given name


class Surnames:
    """The people of an article by the words of their names. `people` may grow; each answer takes in the newcomers."""

    def __init__(self, people: Sequence[Person]) -> None:
        self._people = people
        self._known = 0
        self._surnames: list[str] = []  # of everybody known, one for one
        self._ends: defaultdict[str, list[Person]] = defaultdict(list)
        self._firsts: defaultdict[str, list[Person]] = defaultdict(list)

    def ending(self, words: str) -> list[Person]:
        """Those whose surname it is, or whose longer name ends so, in the order in which they were brought in."""
        self._take_in()
        return list(self._ends.get(words, ()))

    def beginning(self, word: str) -> list[Person]:
        """Those whose family name may stand first: "Xi" for Xi Jinping."""
        self._take_in()
        return list(self._firsts.get(word, ())) if len(word) > 1 else []

    def alike(self, surname: str) -> list[Person]:
        """Those whose surname is spelt so, or nearly."""
        return self._near(surname, _LEAST_ALIKE)

    def one_with(self, name: Name) -> list[Person]:
        """Those whom the configuration does not know who may be the bearer of this full name."""
        found = self._near(name.surname, LEAST_SURNAME)
        return [person for person in found if person.official is None and Name.of(person.name).may_be(name)]

    def _near(self, surname: str, least: float) -> list[Person]:
        self._take_in()
        found = extract(surname, self._surnames, scorer=ratio, score_cutoff=least, limit=None)
        return [self._people[at] for at in sorted(at for _, _, at in found)]

    def _take_in(self) -> None:
        for person in self._people[self._known :]:
            surname, words = Name.of(person.name).surname, sounds_of(person.name)
            self._surnames.append(surname)
            for key in dict.fromkeys((surname, *(" ".join(words[at:]) for at in range(1, len(words))))):
                self._ends[key].append(person)
            if 1 < len(words) < _LONG_NAME:
                self._firsts[words[0]].append(person)
        self._known = len(self._people)

"""The people and sides a newsroom knows: look-ups of names, titles and metonyms, with dates."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Self

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extract

from bot.model import Party
from bot.statements.people.spelling import LEAST_SURNAME, Name, plain, sounds
from bot.statements.text.words import words
from config.schema import Mandate, Official, Side
from config.values import Rank

# Words that make a role no more specific: they fall away before two roles are compared.
_FILLERS = words("the a an of for to and at in on's s acting's")
_WORDS = words(
    "who us was it we he she am is are as at by in on of to so up do"
)  # with a capital, where a clause begins
_WHERE = frozenset({"to", "in", "at", "on", "for", "with"})
_SAME_ROLE = {
    "defense": "defence",
    "spokesman": "spokesperson",
    "spokeswoman": "spokesperson",
    "chairman": "chair",
    "chairwoman": "chair",
    "chairperson": "chair",
    "premier": "prime",
    "pm": "prime",
    "fm": "foreign",
    "sec": "secretary",
    "vice-president": "vice president",
    "vp": "vice president",
    "affairs": "",
    "external": "foreign",
    "organization": "organisation",
    "organizations": "organisations",
    "congressman": "representative",
    "congresswoman": "representative",
}
# A premier is a prime minister; "minister" would otherwise tell the two apart.
_DROPPED_AFTER_PRIME = "minister"
_MOST_ASKED = 1 << 12  # names that are remembered
_LEADERS = frozenset({"leader", "chief", "boss", "ruler", "strongman", "head"})
_RANKED: tuple[Rank, ...] = ("leader", "minister", "spokesman", "deputy", "ambassador", "adviser", "military")


@lru_cache(maxsize=1 << 12)
def role_words(role: str) -> frozenset[str]:
    """The words of a role that tell it from others, in one spelling: "Prime Minister" and "premier" are equal."""
    words = [w for word in plain(role).split() for w in _SAME_ROLE.get(word, word).split()]
    if "prime" in words:
        words = [w for w in words if w != _DROPPED_AFTER_PRIME]
    return frozenset(w for w in words if w not in _FILLERS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Roster:
    """The configured officials and sides, indexed; build it once with `of`."""

    officials: Mapping[str, Official]
    sides: Mapping[str, Side]
    _names: Mapping[str, tuple[str, ...]] = field(repr=False)  # full name in one spelling -> officials
    _surnames: Mapping[str, tuple[str, ...]] = field(repr=False)
    _known: tuple[tuple[Name, str], ...] = field(repr=False)  # for the fuzzy look-up
    _known_surnames: tuple[str, ...] = field(repr=False)  # of `_known`, one for one
    _sides: Mapping[str, str] = field(repr=False)  # name or metonym -> side
    _adjectives: Mapping[str, str] = field(repr=False)
    _short: frozenset[str] = field(repr=False)  # names that are written in capitals only: "us", "who"
    _titles: Mapping[str, tuple[tuple[Mandate, tuple[frozenset[str], ...]], ...]] = field(repr=False)  # by official
    # names looked up before: the same few hundred all day, and each is compared with all that are known
    _asked: dict[str, Official | None] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, officials: Sequence[Official], sides: Sequence[Side]) -> Self:
        """A roster of these; where two officials share a name, that name alone names neither."""
        names: dict[str, set[str]] = defaultdict(set)
        surnames: dict[str, set[str]] = defaultdict(set)
        known: list[tuple[Name, str]] = []
        for official in officials:
            for spelling in (official.name, *official.aliases):
                name = Name.of(spelling)
                if len(name.words) > 1:
                    known.append((name, official.id))
                    surnames[name.surname].add(official.id)
                    surnames[name.surname.rsplit(" ", 1)[-1]].add(official.id)
                names[name.key].add(official.id)
        metonyms: dict[str, str] = {}
        adjectives: dict[str, str] = {}
        for side in sides:
            for word in (side.name, *side.names):
                metonyms.setdefault(_bare(word), side.id)
            for country in (state for state in sides if state.id in side.within and side.kind != "state"):
                for word in (*country.adjectives, *(n for n in country.names if n.isupper() and n.isalpha())):
                    if plain(word) not in plain(side.name).split():  # "the US Harbour Department"
                        metonyms.setdefault(f"{plain(word)} {_bare(side.name)}", side.id)
            for word in side.adjectives:
                adjectives.setdefault(plain(word), side.id)
        return cls(
            officials={o.id: o for o in officials},
            sides={s.id: s for s in sides},
            _names={k: tuple(sorted(v)) for k, v in names.items()},
            _surnames={k: tuple(sorted(v)) for k, v in surnames.items()},
            _known=tuple(known),
            _known_surnames=tuple(name.surname for name, _ in known),
            _sides=metonyms,
            _adjectives=adjectives,
            _short=frozenset(_bare(w) for side in sides for w in (side.name, *side.names) if w.isupper()),
            _titles={
                o.id: tuple(
                    (m, tuple(role_words(_split(t, metonyms, adjectives)[1]) for t in (m.role, *m.titles)))
                    for m in o.mandates
                )
                for o in officials
            },
        )

    # -- people -------------------------------------------------------------------------------------------------

    def person(self, name: str) -> Official | None:
        """Who bears this full name (or an alias) in any usual transliteration; None if nobody or more than one.

        Given names must agree, so a father, a son or a namesake is never taken for the official.
        """
        if name not in self._asked:
            if len(self._asked) >= _MOST_ASKED:
                self._asked.clear()
            self._asked[name] = self._person(name)
        return self._asked[name]

    def _person(self, name: str) -> Official | None:
        asked = Name.of(name)
        if not asked.words:
            return None
        exact = self._names.get(asked.key, ())
        if exact:
            return self.officials[exact[0]] if len(exact) == 1 else None
        if len(asked.words) == 1:
            return None
        alike = extract(asked.surname, self._known_surnames, scorer=ratio, score_cutoff=LEAST_SURNAME, limit=None)
        close = {who for known, who in (self._known[at] for _, _, at in alike) if asked.may_be(known)}
        return self.officials[close.pop()] if len(close) == 1 else None

    def surname(self, surname: str) -> tuple[Official, ...]:
        """All officials of this surname, in any usual transliteration."""
        words = plain(surname).split()
        for size in range(len(words), 0, -1):  # "De Wever" before "Wever"
            found = self._surnames.get(sounds(" ".join(words[-size:])), ())
            if found:
                return tuple(self.officials[who] for who in found)
        return ()

    @staticmethod
    def role_on(official: Official, day: date | None) -> Mandate | None:
        """The mandate held on that day, the highest rank first; without a day the latest one."""
        if not official.mandates:
            return None
        if day is None:
            return max(official.mandates, key=lambda m: (m.until or date.max, m.since or date.min))
        held = [m for m in official.mandates if _held(m, day)]
        return min(held, key=lambda m: _RANKED.index(m.rank) if m.rank in _RANKED else len(_RANKED), default=None)

    def party(self, official: Official, day: date | None) -> Party:
        """The official as a party, with role, rank and side of that day."""
        mandate = self.role_on(official, day)
        return Party(
            name=official.name,
            official=official.id,
            side=mandate.side if mandate else None,
            role=mandate.role if mandate else None,
            rank=mandate.rank if mandate else None,
        )

    def by_title(self, title: str, day: date | None, *, among: Iterable[Official] | None = None) -> Official | None:
        """Who bore this title ("the French president", "Kremlin spokesman") on that day; None unless exactly one.

        The title must name its side: "the president" alone is nobody's. Without a day, whoever ever bore it.
        """
        side, rest = self.split_side(title)
        if side is None or not rest:
            return None
        return self._only(o for o in among or self.officials.values() if self.bears(o, rest, day, side=side))

    def bears(self, official: Official, title: str, day: date | None, *, side: str | None = None) -> bool:
        """Whether the official bore the title (without its side) on that day, for that side if one is given."""
        wanted = role_words(title)
        if not wanted:
            return False
        for mandate, titles in self._titles.get(official.id, ()):
            if (day is not None and not _held(mandate, day)) or not (side is None or self.part_of(mandate.side, side)):
                continue
            if wanted in titles or (wanted <= _LEADERS and mandate.rank == "leader"):
                return True
        return False

    @staticmethod
    def _only(found: Iterable[Official]) -> Official | None:
        distinct = {o.id: o for o in found}
        return next(iter(distinct.values())) if len(distinct) == 1 else None

    # -- sides --------------------------------------------------------------------------------------------------

    def side(self, name: str) -> Side | None:
        """The side written so: its name or a metonym ("Moscow", "the Kremlin"); None for anything else."""
        known = _bare(name)
        found = self._sides.get(known)
        common = known in self._short and (name.islower() or (known in _WORDS and name.istitle()))
        return self.sides[found] if found and not common else None

    def adjective(self, word: str) -> Side | None:
        """The side whose people the adjective marks ("Russian")."""
        found = self._adjectives.get(plain(word))
        return self.sides[found] if found else None

    def split_side(self, phrase: str) -> tuple[str | None, str]:
        """The side a phrase names by adjective, name or possessive, and the phrase without it.

        "French President" -> (France, "president"); "Kremlin spokesman" -> (Russia, "spokesman").
        """
        kept = " ".join(w for w in phrase.split() if w not in self._short)  # "us" is no state, "who" no agency
        return _split(kept, self._sides, self._adjectives)

    def part_of(self, side: str, larger: str) -> bool:
        """Whether `side` is `larger` or lies within it."""
        if side == larger:
            return True
        seen = {side}
        waiting = [side]
        while waiting:
            known = self.sides.get(waiting.pop())
            for above in known.within if known else ():
                if above == larger:
                    return True
                if above not in seen:
                    seen.add(above)
                    waiting.append(above)
        return False

    def speaks_for(self, party: Party, other: Party, day: date | None) -> bool:
        """Whether stating the other's position is the party's own task: same side, or a spokesman's principal."""
        if party.same(other):
            return True
        official = self.officials.get(party.official or "")
        mandate = self.role_on(official, day) if official else None
        if mandate and other.official in mandate.speaks_for:
            return True
        return bool(
            party.side and other.side and (self.part_of(party.side, other.side) or self.part_of(other.side, party.side))
        )


def _held(mandate: Mandate, day: date) -> bool:
    return (mandate.since is None or mandate.since <= day) and (mandate.until is None or day <= mandate.until)


@lru_cache(maxsize=_MOST_ASKED)
def _bare(name: str) -> str:
    return plain(name).removeprefix("the ").strip()


def _split(phrase: str, sides: Mapping[str, str], adjectives: Mapping[str, str]) -> tuple[str | None, str]:
    words = plain(phrase).split()
    # "Velmark's ambassador to the League" speaks for Velmark; what stands behind "to" is where, not for whom.
    at = next((k for k, w in enumerate(words) if w in _WHERE and k), len(words))
    found, rest = _first(words[:at], sides, adjectives)
    if found is None:
        at = len(words)
        found, rest = _first(words, sides, adjectives)
    return found, " ".join(w for w in (*rest, *words[at:]) if w not in _FILLERS)


def _first(
    words: list[str], sides: Mapping[str, str], adjectives: Mapping[str, str]
) -> tuple[str | None, Sequence[str]]:
    """The side named by the longest phrase among the words, and the other words."""
    for size in (4, 3, 2, 1):
        for at in range(len(words) - size + 1):
            part = " ".join(words[at : at + size])
            found = sides.get(part.removeprefix("the ")) or adjectives.get(part)
            if found:
                return found, words[:at] + words[at + size :]
    return None, words

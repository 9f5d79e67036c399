"""Everybody an article names: full names with the role it gives them, and every later mention by surname."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

from bot.model import Span
from bot.statements.people.given_names import gender as gender_of
from bot.statements.people.names import Found, age_of, found, is_place, role_of
from bot.statements.people.nouns import BODIES, FIRMS, GENDERED, HONORIFICS, KIN, NAMESAKES, ROLES, UNOFFICIAL
from bot.statements.people.person import Mention, Person
from bot.statements.people.roster import Roster
from bot.statements.people.spelling import Name, plain, sounds
from bot.statements.people.surnames import Surnames
from bot.statements.text.page import Page
from bot.statements.text.words import words
from config.schema import Official

__all__ = ["Cast", "Mention", "Person"]

_SPOKEN_OF = ROLES - {"king", "prince"}  # "King Features" is a firm
# Written before a surname these are somebody's office, never part of a firm's or a body's name.
_OFFICES = words("president minister chancellor governor mayor senator ambassador admiral commissioner")
_NAMES = 4
_OF_FATHERS = words("bin bint ibn al el")  # in a long name they begin a further part
_SHORT_SURNAME = 6
# "The ambassador under President Velden" is so no longer.
_SERVED_UNDER = re.compile(r"\bunder (?:the )?(?:former |late |then-)?(?:[A-Z]|(?:president|prime minister)\b)")
# "The chief executive of Velden Rail" is not Velden Rail.
_OWNED_BY = re.compile(r" (?:of|for|at|in|from|to) (?:the )?$")
# "Some Lindhaven Dockers" are many, and none of them bears that name.
_COUNTED = re.compile(
    r"\b(?:[Ss]ome|[Mm]any|[Mm]ost|[Oo]ther|[Ff]ellow|[Aa]ll|[Ff]ew|[Ss]everal|[Tt]hose|[Tt]hese|million) $"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cast:
    """The persons of an article and their mentions in text order."""

    people: tuple[Person, ...]
    mentions: tuple[Mention, ...]

    @classmethod
    def of(cls, page: Page, roster: Roster, spoken: Iterable[Span] = ()) -> Self:
        """Read the names of an article; `spoken` are the mentions that speak, which are taken for people's names."""
        people, mentions = _Casting(page, roster, tuple(spoken)).result()
        return cls(people=people, mentions=mentions)

    def within(self, span: Span) -> tuple[Mention, ...]:
        """The mentions that lie in this stretch, in order."""
        return tuple(m for m in self.between(span.start, span.end) if m.span.end <= span.end)

    def between(self, start: int, end: int) -> tuple[Mention, ...]:
        """The mentions that start from `start` to before `end`, in order."""
        low = bisect_left(self.mentions, start, key=_start)
        return self.mentions[low : bisect_left(self.mentions, end, lo=low, key=_start)]


def _start(mention: Mention) -> int:
    return mention.span.start


class _Casting:
    """The two passes: full names first, then the bare surnames that point back to them."""

    def __init__(self, page: Page, roster: Roster, spoken: tuple[Span, ...]) -> None:
        self.page = page
        self.roster = roster
        self.spoken = sorted(spoken, key=lambda s: s.start)
        self.longest = max((s.end - s.start for s in spoken), default=0)
        self.spoken_ends = frozenset(s.end for s in spoken)
        self.people: list[Person] = []
        self.surnames = Surnames(self.people)
        self.by_key: dict[str, Person] = {}
        self.first: dict[int, int] = {}  # where each person is first named in full, by identity
        self.possible: list[Found] = []  # full names that may be a person's or a thing's

    def result(self) -> tuple[tuple[Person, ...], tuple[Mention, ...]]:
        named: list[tuple[Found, Person]] = []
        bare: list[Found] = []
        for one in found(self.page, self.roster):
            person = self._full(one) if " " in one.name else None
            if person is None:
                bare.append(one)
            else:
                named.append((one, person))
                self.first.setdefault(id(person), one.span.start)
        for one in bare:
            who = self._bare(one)
            if who is not None:
                named.append((one, who))
        known = {id(one) for one, _ in named}
        for one in self.possible:
            person = self.by_key.get(Name.of(one.name).key)
            if person is not None and id(one) not in known:
                named.append((one, person))
        named.sort(key=lambda pair: pair[0].span.start)
        mentions = tuple(Mention.at(one, person, self.page) for one, person in named)
        return tuple(self.people), mentions

    # -- first pass ---------------------------------------------------------------------------------------------

    def _full(self, one: Found) -> Person | None:
        official = self.roster.person(one.name)
        parts = one.name.split()
        role, before = role_of(one, self.page.view)
        if official and set(plain(role).split()) & NAMESAKES:
            official = None  # a farmer of that name is another man
        if official is None and (
            len(own := [w for w in parts if plain(w) not in _OF_FATHERS]) > _NAMES
            or len(set(own)) < len(own)
            or any(plain(w) in BODIES | FIRMS for w in parts)
            or (parts[-1].isupper() and plain(parts[-1]) in ROLES)  # "a Northern Isles MP"
        ):
            return None
        if official is None and Name.of(one.name).headless and self.surnames.alike(sounds(one.name)):
            return None  # "Abu Velden", once "Musa Abu Velden" was named
        if official is None and (self.roster.side(one.name) or self.roster.adjective(one.name)):
            return None
        name = Name.of(one.name)
        key = official.id if official else name.key
        person = self.by_key.get(key) or self._same(name, official)
        age = age_of(one, self.page.view)
        if person is None:
            gender = official.gender if official else gender_of(one.name)
            if official is None and not (role or gender or self._speaks(one) or age):
                self.possible.append(one)
                return None
            person = Person(name=official.name if official else one.name, official=official, gender=gender)
            self.people.append(person)
        self.by_key[key] = person
        person.voice = person.voice or self._speaks(one)
        person.age = person.age or age
        self._describe(person, one, role, before)
        return person

    def _same(self, name: Name, official: Official | None) -> Person | None:
        if official is not None:
            return None
        close = self.surnames.one_with(name)
        return close[0] if len(close) == 1 else None

    def _speaks(self, one: Found) -> bool:
        """Whether the name stands in a mention that speaks, or as an apposition right behind one."""
        view, span = self.page.view, one.span
        if _COUNTED.search(view, max(0, one.start - 16), one.start):
            return False
        if (
            span.start - 2 in self.spoken_ends
            and view.startswith(", ", span.start - 2)
            and view.startswith((",", "."), span.end)
        ):
            return True
        low = bisect_left(self.spoken, span.start - self.longest, key=lambda s: s.start)
        high = bisect_left(self.spoken, span.start + 1, lo=low, key=lambda s: s.start)
        return any(span.end <= s.end and not _OWNED_BY.search(view[s.start : one.start]) for s in self.spoken[low:high])

    def _describe(self, person: Person, one: Found, role: str, before: str) -> None:
        if role and person.role is None:
            person.role = re.sub(r"^(?:an?|the|his|her|its|who is|who was) ", "", " ".join(role.split()))
            side = self.roster.split_side(role)[0] or self._side_before(one, before)
            if person.official is None and not (set(plain(role).split()) & UNOFFICIAL or _SERVED_UNDER.search(role)):
                person.side = person.side or side
        for word in plain(f"{one.title} {role}").split():
            gender = HONORIFICS.get(word) or GENDERED.get(word)
            if gender in ("f", "m") and person.gender is None:
                person.gender = "f" if gender == "f" else "m"
        if set(plain(before).split()[-3:]) & KIN:
            person.kin = True

    def _side_before(self, one: Found, before: str) -> str | None:
        for word in reversed(plain(f"{before} {one.title}").split()[-4:]):
            side = self.roster.adjective(word)
            if side:
                return side.id
        return None

    # -- second pass --------------------------------------------------------------------------------------------

    def _bare(self, one: Found) -> Person | None:
        """Who is meant by a surname alone; nobody where two could be."""
        word = sounds(one.name)
        if not word:
            return None
        single = " " not in word
        candidates = self.surnames.ending(word)
        if len(candidates) > 1:  # whoever is brought in later is not meant yet
            candidates = [p for p in candidates if self.first.get(id(p), 0) < one.span.start] or candidates
        if not candidates and single:
            candidates = self.surnames.beginning(word)
        if not candidates and (self.roster.side(one.name) or self.roster.adjective(one.name)):
            return None
        if not candidates and len(word) > 5:
            candidates = self.surnames.alike(word)
        if not candidates:
            official = self.roster.person(one.name) if single else None
            officials = (official,) if official else self.roster.surname(one.name)
            if len(officials) == 1 and (
                self._fits(officials[0], one.title)
                if one.title
                else self._spelt_so(officials[0], one.name) and not is_place(one.name, self.page.view)
            ):
                return self._from_roster(officials[0])
            return self._promoted(one, word)
        candidates = self._narrowed(candidates, one)
        if len(candidates) != 1:
            return None
        who = candidates[0]
        if who.official is None and one.title:
            officials = tuple(o for o in self.roster.surname(one.name) if self._titled(o, one.title))
            if len(officials) == 1:
                return self._from_roster(officials[0])
        self._describe(who, one, one.title if set(plain(one.title).split()) & ROLES else "", "")
        return who

    @staticmethod
    def _spelt_so(official: Official, name: str) -> bool:
        """Whether a short surname that nothing introduces is spelt as the official's: "Sarr" is not Sa'ar."""
        spellings = {word for known in (official.name, *official.aliases) for word in plain(known).split()}
        return len(plain(name)) >= _SHORT_SURNAME or plain(name) in spellings

    def _promoted(self, one: Found, word: str) -> Person | None:
        """Whoever bears a full name given before, once the surname speaks or stands behind a "Mr"."""
        titles, speaks = set(plain(one.title).split()), self._speaks(one)
        if not (speaks or titles & (HONORIFICS.keys() | _OFFICES)):
            return None
        names = {
            Name.of(f.name).key: f
            for f in self.possible
            if f.span.start < one.span.start and Name.of(f.name).surname == word
        }
        if not names:
            return self._known_by_title(one, speaks=speaks)
        if len(names) != 1:
            return None
        [full] = names.values()
        person = Person(name=full.name, gender=gender_of(full.name))
        self.people.append(person)
        self.by_key[Name.of(full.name).key] = person
        self._describe(person, one, "", "")
        return person

    def _known_by_title(self, one: Found, *, speaks: bool) -> Person | None:
        """Somebody whom the article only calls "Governor Velden", "Ms Velden" or "her minister, Velden"."""
        role = one.title or (role_of(one, self.page.view)[0] if speaks else "")
        if plain(one.name) in BODIES or not set(plain(role).split()) & (_SPOKEN_OF | HONORIFICS.keys()):
            return None
        self.people.append(person := Person(name=one.name))
        self._describe(person, one, role if set(plain(role).split()) & ROLES else "", "")
        return person

    def _narrowed(self, candidates: list[Person], one: Found) -> list[Person]:
        gender = next((HONORIFICS[w] for w in plain(one.title).split() if w in HONORIFICS), None)
        if gender:
            candidates = [p for p in candidates if p.gender in (None, gender)]
        if len(candidates) > 1 and one.title:
            titled = [p for p in candidates if p.official and self._titled(p.official, one.title)]
            candidates = titled or candidates
        if len(candidates) > 1:
            speaks = self._speaks(one)
            candidates = [p for p in candidates if not p.kin or (speaks and self._heard(p))] or candidates
        return candidates

    @staticmethod
    def _heard(relative: Person) -> bool:
        """Whether a relative may be the one who speaks by surname: he has spoken before, or holds an office."""
        return relative.voice or not _OFFICES.isdisjoint(plain(relative.role or "").split())

    def _titled(self, official: Official, title: str) -> bool:
        side, rest = self.roster.split_side(title)
        return self.roster.bears(official, rest, None, side=side)

    def _fits(self, official: Official, title: str) -> bool:
        side, rest = self.roster.split_side(title)
        heads = set(rest.split()) & ROLES
        if not heads:
            return True
        return self.roster.bears(official, rest, None, side=side) or any(
            heads & set(plain(t).split()) for m in official.mandates for t in (m.role, *m.titles)
        )

    def _from_roster(self, official: Official) -> Person:
        person = self.by_key.get(official.id)
        if person is None:
            person = Person(name=official.name, official=official, gender=official.gender)
            self.people.append(person)
            self.by_key[official.id] = person
        return person

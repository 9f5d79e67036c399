"""Who a description without a name stands for: "the French president", "the minister", a lede's "top official"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain, groupby

from bot.model import Party, Span
from bot.statements.people.cast import Cast, Mention, Person
from bot.statements.people.nouns import (
    BODY_NOUNS,
    DESCRIBES,
    PERSON_NOUN,
    PLURALS,
    ROLE_MODIFIERS,
    ROLES,
    singular_role,
)
from bot.statements.people.roster import Roster, role_words
from bot.statements.people.spelling import plain
from bot.statements.speakers.countries import Countries
from bot.statements.speakers.institutions import ARTICLE, COMPLEMENT, DEFINITE, possessive_side
from bot.statements.speakers.pronouns import Antecedent
from bot.statements.text.page import Page
from bot.statements.text.words import words as listed

_INDEFINITE = re.compile(r"(?:an?|one|some|several)\b", re.IGNORECASE)
_PLURAL_HEAD = re.compile(r"\b(?:" + "|".join(sorted(PLURALS)) + r")\b")
# What tells one minister from another.
_FIELDS = listed(
    "foreign defence defense finance interior prime treasury trade commerce economy energy justice health education "
    "home labour labor transport agriculture environment culture migration housing press vice deputy"
)
# "The Velden air force" is not its commander; a chief's side may be called what he leads.
_BODIES = BODY_NOUNS - DESCRIBES.keys() - {"mission"}


def _of_body(title: str) -> bool:
    """Whether the head is a body, not somebody: "air force" is, "head of the delegation" is not."""
    return bool(set(plain(COMPLEMENT.split(title, maxsplit=1)[0]).split()[-1:]) & _BODIES)


_ITS = re.compile(r"(?:its|(?:the|its|their) (?:country|nation)'s) ", re.IGNORECASE)
# A title that says enough by itself, whatever its bearer's body is called the second time.
_GENERIC_OF = re.compile(
    r"(?P<title>[\w-]+(?: [\w-]+)+) of the (?:alliance|bloc|union|organi[sz]ation|body|country|nation|party|group)"
)
_RIGHT_BEHIND = 2  # sentences
PAST = frozenset({"former", "ex", "ousted", "deposed"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Descriptions:
    """Resolves the descriptions of one article."""

    page: Page
    cast: Cast
    roster: Roster
    countries: Countries
    day: date | None

    def of(self, span: Span, head: str, heard: Sequence[Antecedent]) -> Person | Party | None:
        """The person described by the phrase, by exact title first; None where nobody fits for sure."""
        return self.titled(span, head) or self._described(span, head, heard) or self._renamed(span, head, heard)

    def titled(self, span: Span, head: str) -> Person | Party | None:
        """Of "the French president": somebody of the article with that title, else whoever bore it on the day."""
        if _INDEFINITE.match(head):
            return None
        side, rest = self.roster.split_side(possessive_side(ARTICLE.sub("", head)))
        if side and PAST & set(rest.split()):
            return self._former(span.start, " ".join(w for w in rest.split() if w not in PAST), side)
        if side is None and _ITS.match(head):  # "Velmark votes today, as its president promised"
            start = self.page.sentences[max(0, self.page.sentence(span.start))].start
            side, rest = self.countries.latest(start, span.start), _ITS.sub("", head)
            head = f"{self.roster.sides[side].name} {rest}" if side else head
        if side is None or not rest or _PLURAL_HEAD.search(rest) or _of_body(rest):
            return None
        people = [p for p in self._people_before(span.start) if self._bears(p, rest, side)]
        distinct = list({id(p): p for p in people}.values())
        if distinct:
            return distinct[0]
        official = self.roster.by_title(head, self.day)
        words = rest.split()
        while official is None and len(words) > 1 and words[0] not in ROLES | ROLE_MODIFIERS | PLURALS | BODY_NOUNS:
            words.pop(0)  # "Velmark's populist president"
            official = self.roster.by_title(f"{self.roster.sides[side].name} {' '.join(words)}", self.day)
        return self.roster.party(official, self.day) if official else None

    def _former(self, place: int, title: str, side: str) -> Person | None:
        """Of "the former Velmarkian president": the one person of the article who bore the title and does no more."""
        people = {id(p): p for p in self._people_before(place) if self._bore(p, title, side)}
        return next(iter(people.values())) if len(people) == 1 else None

    def _bore(self, person: Person, title: str, side: str | None) -> bool:
        if person.official:
            ever = self.roster.bears(person.official, title, None, side=side)
            return ever and not self.roster.bears(person.official, title, self.day, side=side)
        return bool(PAST & set(plain(person.role or "").split())) and (side is None or self._bears(person, title, side))

    def _bears(self, person: Person, title: str, side: str) -> bool:
        if person.official and self.roster.bears(person.official, title, self.day, side=side):
            return True
        if person.role is None:
            return False
        given_side, given = self.roster.split_side(person.role)
        of_side = side in (person.side, given_side) or any(
            self.roster.part_of(s, side) for s in (person.side, given_side) if s
        )
        wanted, has = role_words(title), role_words(given)
        return of_side and bool(wanted) and (wanted <= has or self._describes(title, has))

    @staticmethod
    def _describes(title: str, role: frozenset[str]) -> bool:
        words = [singular_role(w) for w in plain(title).split()]
        heads = [w for w in words if w in DESCRIBES]
        return bool(heads) and bool(DESCRIBES[heads[-1]] & role) and len(words) <= 2

    def _people_before(self, place: int) -> list[Person]:
        """Everybody named so far outside quotations, the latest first; then those named later."""
        before = [m.person for m in reversed(self.cast.mentions) if m.span.start < place and not m.quoted]
        after = [m.person for m in self.cast.mentions if m.span.start >= place and not m.quoted]
        return [*before, *after]

    def _described(self, span: Span, head: str, heard: Sequence[Antecedent]) -> Person | None:
        """Of "the minister", "the Republican": the latest speaker, else the latest person, who fits."""
        if not DEFINITE.match(head):
            return None
        bare = plain(ARTICLE.sub("", head))
        whole = _GENERIC_OF.fullmatch(bare)
        if whole:  # "the secretary general of the alliance"
            bare = whole["title"]
        words = [singular_role(w) for w in bare.split()]
        side = self.roster.adjective(bare) or (self.roster.adjective(words[0]) if len(words) > 1 else None)
        if not words or words[-1] in PLURALS or words[-1] in BODY_NOUNS:
            return None
        if not side and words[-1] not in DESCRIBES and not PERSON_NOUN.fullmatch(words[-1]):
            return None  # "the airline" is not its chief executive
        latest = self._latest(span.start, heard)
        return next((p for p in latest if self.fits(p, words, side.id if side else None)), None)

    def _renamed(self, span: Span, head: str, heard: Sequence[Antecedent]) -> Person | None:
        """Of "the minister", right behind the words of the one person whose role the article has not told."""
        last = next((a for a in reversed(heard) if a.place < span.start), None)
        bare = [singular_role(w) for w in plain(ARTICLE.sub("", head)).split()]
        if last is None or not re.match(r"the\b", head, re.IGNORECASE) or not bare or bare[-1] not in DESCRIBES:
            return None
        if self.page.sentence(span.start) - self.page.sentence(last.place) > _RIGHT_BEHIND:
            return None
        named = {id(m.person): m.person for m in self.cast.between(0, span.start) if not m.quoted}
        untold = [p for p in named.values() if p.role is None and p.official is None]
        return untold[0] if len(untold) == 1 and untold[0].name == last.party.name else None

    def fits(self, person: Person, words: list[str], side: str | None) -> bool:
        """Whether the words of a role, its side apart, say what the person is."""
        if PAST & set(words):
            title = " ".join(w for w in words if w not in PAST)
            has = role_words(person.role or "")
            return self._bore(person, title, side) and (person.official is not None or role_words(title) <= has)
        roles = role_words(person.role or "")
        if PAST & roles:  # "the minister" is none who was it, unless the day says otherwise
            if person.official is None:
                return False
            roles = frozenset()
        own = {person.side}
        if person.official:
            mandate = self.roster.role_on(person.official, self.day)
            for title in (mandate.role, *mandate.titles) if mandate else ():
                roles |= frozenset() if PAST & role_words(title) else role_words(title)
            own.add(mandate.side if mandate else None)
        if side and side not in own and not any(self.roster.part_of(s, side) for s in own if s):
            return False
        if side and len(words) == 1:
            return True
        if words[-1] in DESCRIBES:
            if set(words[:-1]) & _FIELDS:
                return role_words(" ".join(words)) <= roles
            return bool(DESCRIBES[words[-1]] & roles)
        return role_words(" ".join(words)) <= roles

    def _latest(self, place: int, heard: Sequence[Antecedent]) -> Iterator[Person]:
        """Persons by how lately they spoke, then by how lately they were named; each once."""
        named = {p.name: p for p in self.cast.people}
        spoke = (named[a.party.name] for a in reversed(heard) if a.place < place and a.party.name in named)
        before = (m.person for m in self._subjects_first(place))
        seen: set[int] = set()
        for person in chain(spoke, before):
            if id(person) not in seen:
                seen.add(id(person))
                yield person

    def _subjects_first(self, place: int) -> Iterator[Mention]:
        """The mentions before the place, the latest sentence first; of two in one sentence its subject.

        "Velden will receive President Harnik. The president said".
        """
        unquoted = (m for m in reversed(self.cast.between(0, place)) if not m.quoted)
        for _, sentence in groupby(unquoted, key=lambda m: self.page.sentence(m.span.start)):
            here = list(sentence)
            yield from (m for m in reversed(here) if m.subject)
            yield from (m for m in reversed(here) if not m.subject)

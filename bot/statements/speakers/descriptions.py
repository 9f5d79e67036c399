"""Who a description without a name stands for: "the French president", "the minister", a lede's "top official"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.model import Party, Span
from bot.statements.people.cast import Cast, Person
from bot.statements.people.nouns import BODY_NOUNS, DESCRIBES, PLURALS, singular_role
from bot.statements.people.roster import Roster, role_words
from bot.statements.people.spelling import plain
from bot.statements.speakers.bodies import ARTICLE, COMPLEMENT, DEFINITE, possessive_side
from bot.statements.speakers.pronouns import Antecedent
from bot.statements.text.page import Page

_INDEFINITE = re.compile(r"(?:an?|one|some|several)\b", re.IGNORECASE)
_PLURAL_HEAD = re.compile(r"\b(?:" + "|".join(sorted(PLURALS)) + r")\b")
_FIELDS = frozenset({"foreign", "defence", "defense", "finance", "interior", "prime"})
# "The Velden air force" is not its commander; a chief's side may be called what he leads.
_BODIES = BODY_NOUNS - DESCRIBES.keys() - {"mission"}
_LEDE = 2  # sentences, the headline among them
_NEXT = 4  # sentences after it in which the person of a lede is named


def _of_body(title: str) -> bool:
    """Whether the head is a body, not somebody: "air force" is, "head of the delegation" is not."""
    return bool(set(plain(COMPLEMENT.split(title, maxsplit=1)[0]).split()[-1:]) & _BODIES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Descriptions:
    """Resolves the descriptions of one article."""

    page: Page
    cast: Cast
    roster: Roster
    day: date | None

    def of(self, span: Span, head: str, heard: Sequence[Antecedent]) -> Person | Party | None:
        """The person described by the phrase, by exact title first; None where nobody fits for sure."""
        return self._titled(span, head) or self._described(span, head, heard) or self._announced(span, head)

    def _titled(self, span: Span, head: str) -> Person | Party | None:
        """Of "the French president": somebody of the article with that title, else whoever bore it on the day."""
        if _INDEFINITE.match(head):
            return None
        side, rest = self.roster.split_side(possessive_side(ARTICLE.sub("", head)))
        if side is None or not rest or _PLURAL_HEAD.search(rest) or _of_body(rest):
            return None
        people = [p for p in self._people_before(span.start) if self._bears(p, rest, side)]
        distinct = list({id(p): p for p in people}.values())
        if distinct:
            return distinct[0]
        official = self.roster.by_title(head, self.day)
        return self.roster.party(official, self.day) if official else None

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
        words = [singular_role(w) for w in bare.split()]
        side = self.roster.adjective(bare) or (self.roster.adjective(words[0]) if len(words) > 1 else None)
        if not words or words[-1] in PLURALS or words[-1] in BODY_NOUNS:
            return None
        fits = [p for p in self._latest(span.start, heard) if self._fits(p, words, side.id if side else None)]
        return fits[0] if fits else None

    def _announced(self, span: Span, head: str) -> Person | None:
        """A lede's "top Velden official": the first person of that side and kind named in the lines below."""
        if self.page.sentence(span.start) > _LEDE or not re.match(r"(?:a|an|one)\b", head, re.IGNORECASE):
            return None
        side, rest = self.roster.split_side(possessive_side(ARTICLE.sub("", head)))
        words = [singular_role(w) for w in rest.split()]
        if side is None or not words or words[-1] not in DESCRIBES:
            return None
        until = self.page.sentences[min(len(self.page.sentences) - 1, _LEDE + _NEXT)].end
        for mention in self.cast.mentions:
            if (
                span.end <= mention.span.start < until
                and mention.subject
                and not mention.quoted
                and mention.person.role
            ):
                return mention.person if self._fits(mention.person, words[-1:], side) else None
        return None

    def _fits(self, person: Person, words: list[str], side: str | None) -> bool:
        roles = role_words(person.role or "")
        own = {person.side}
        if person.official:
            mandate = self.roster.role_on(person.official, self.day)
            for title in (mandate.role, *mandate.titles) if mandate else ():
                roles |= role_words(title)
            own.add(mandate.side if mandate else None)
        if side and side not in own and not any(self.roster.part_of(s, side) for s in own if s):
            return False
        if side and len(words) == 1:
            return True
        if words[-1] in DESCRIBES:
            if set(words) & _FIELDS and len(words) > 1:
                return role_words(" ".join(words)) <= roles
            return bool(DESCRIBES[words[-1]] & roles)
        return role_words(" ".join(words)) <= roles

    def _latest(self, place: int, heard: Sequence[Antecedent]) -> Sequence[Person]:
        """Persons by how lately they spoke, then by how lately they were named."""
        named = {p.name: p for p in self.cast.people}
        spoke = [named[a.party.name] for a in reversed(heard) if a.place < place and a.party.name in named]
        return [*spoke, *(m.person for m in reversed(self.cast.mentions) if m.span.start < place and not m.quoted)]

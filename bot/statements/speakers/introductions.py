"""People whom the first lines describe and the next ones name: "A minister resigned. "Enough," Ola Velden said."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.model import Span
from bot.statements.people.cast import Cast, Mention, Person
from bot.statements.people.nouns import BODIES, PERSON_NOUN, PLURALS, RANKS, ROLES, singular_role
from bot.statements.people.roster import Roster
from bot.statements.people.spelling import plain
from bot.statements.speakers.descriptions import Descriptions
from bot.statements.speakers.institutions import ARTICLE, COMPLEMENT, possessive_side
from bot.statements.text.page import Page
from bot.statements.text.words import words

_LINES = 3  # sentences, the headline among them, in which somebody is described before being named
_NEXT = 5  # sentences behind the description in which the name stands
_ROLE = "|".join(sorted(ROLES))
_OPENING = re.compile(
    rf"(?:(?:The|An?) |[A-ZÀ-Þ][\w-]+(?: [A-ZÀ-Þ][\w-]+)?'s? )(?:[\w-]+ ){{0,3}}?"
    r"(?:(?:deputy|vice|chief|assistant) (?:[\w-]+ )?)?"
    rf"(?:{_ROLE})\b(?: (?:of|for|to) (?:the )?[A-ZÀ-Þ][\w'-]*(?: [A-ZÀ-Þ][\w'-]*)?)?(?= [a-z])"
)
# Too many bear these to tell who is meant: the name must come with a role that says the same.
_VAGUE = words(
    "official officer diplomat lawmaker legislator politician aide adviser advisor expert analyst critic resident "
    "veteran worker survivor witness student journalist author founder member activist lawyer teacher farmer "
    "spokesman spokeswoman spokesperson researcher scientist economist player source person professor historian"
)


_GOVERNED = re.compile(r"\b(?:of|for|to|at|in|from|by|with|under) (?:the )?$")
_POST = re.compile(
    r"\b(?:minister|secretary|chief|head|director|envoy|adviser|ambassador|representative|commander|governor) "
    r"(?:of|to|for|at|in) (?:the )?$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Description:
    """What the first lines say of somebody."""

    span: Span
    text: str  # without the article
    words: list[str]  # of the role, without its side
    side: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Introductions:
    """Finds out whom the descriptions of the first lines mean, where the next lines bring in one who fits."""

    page: Page
    cast: Cast
    roster: Roster
    descriptions: Descriptions
    spoken: Sequence[Span]  # the mentions that speak

    def found(self) -> Mapping[Span, Person]:
        """The person of each description; somebody whose role the article does not tell otherwise is given it."""
        people: dict[Span, Person] = {}
        first = min((self.page.sentence(s.start) for s in self.spoken), default=0)  # a page may open with its own words
        early = [s for s in self.spoken if self.page.sentence(s.start) <= max(_LINES, first + 1)]
        for span in sorted({*early, *self._openings()}, key=lambda s: (s.start, -s.end)):
            described = self._described(span)
            if described is None or any(s.start <= span.start < s.end for s in people):
                continue
            person = self._bearer(described)
            if person is None:
                continue
            people[span] = person
            if person.role is None:
                person.role = described.text.removesuffix(person.name).strip()
                person.side = described.side if person.official is None else None
        return people

    def _openings(self) -> Iterator[Span]:
        """The descriptions that open the first sentences."""
        for sentence, headline in zip(self.page.sentences[:_LINES], self.page.headlines, strict=False):
            match = _OPENING.match(self.page.view, sentence.start, sentence.end)
            if match and not headline:
                yield Span(start=match.start(), end=match.end())

    def _described(self, span: Span) -> _Description | None:
        """The phrase as a description of one person; None where it names somebody, or means a body or many."""
        written = " ".join(self.page.view[span.start : span.end].split())
        text = ARTICLE.sub("", written)
        head = COMPLEMENT.split(text, maxsplit=1)[0]
        inside = Span(start=span.start, end=span.start + written.index(head) + len(head))
        if "," in written or any(not m.possessive for m in self.cast.within(inside)) or self._named_behind(span):
            return None
        last = plain(head).split()[-1:]
        if not last or not PERSON_NOUN.fullmatch(last[0]) or last[0] in PLURALS or last[0] in BODIES:
            return None
        if self.descriptions.titled(span, written):
            return None
        side = self.roster.split_side(possessive_side(text))[0]
        kept = [singular_role(w) for w in self.roster.split_side(possessive_side(head))[1].split()]
        return _Description(span=span, text=text, words=kept, side=side) if kept else None

    def _named_behind(self, span: Span) -> bool:
        """Whether a name follows at once: "the minister, Mara Velden"."""
        return any(0 <= m.span.start - len(m.title) - span.end <= len(", ") + 1 for m in self.cast.mentions)

    def _ends_in(self, span: Span) -> Person | None:
        """Who is named at the end of a description: "the Secretary of State Mara Velden", not "of Mara Velden"."""
        last = next(iter(reversed(self.cast.within(span))), None)
        if last is None or last.possessive or last.span.end < span.end or " " not in last.person.name:
            return None
        start = last.span.start - (len(last.title) + 1 if last.title else 0)
        before = self.page.view[span.start : max(span.start, start)]
        if last.title and not set(plain(last.title).split()) & ROLES:  # "of State", "to the United States"
            return last.person if _POST.search(before) else None
        return None if _GOVERNED.search(before) else last.person

    def _bearer(self, described: _Description) -> Person | None:
        """The first person brought in behind the description who fits it, unless somebody else speaks before."""
        named = self._ends_in(described.span)
        if named:
            return named
        index = self.page.sentence(described.span.start)
        until = self.page.sentences[min(len(self.page.sentences) - 1, index + _NEXT)].end
        before = [
            m.person
            for m in self.cast.mentions
            if m.span.start < described.span.start and not self.page.headlines[self.page.sentence(m.span.start)]
        ]
        if any(p.role is None or self.descriptions.fits(p, described.words, described.side) for p in before):
            return None
        known = {id(p) for p in before}
        for mention in self.cast.mentions:
            person = mention.person
            if not described.span.end <= mention.span.start < until or mention.quoted or id(person) in known:
                continue
            known.add(id(person))
            if self._elsewhere(person, described.side) or self._runs_over(mention, described):
                continue
            speaks = any(s.start <= mention.span.start and mention.span.end <= s.end for s in self.spoken)
            if person.official or (person.role and not set(plain(person.role).split()) <= RANKS):
                side = described.side if person.official or person.side else None
                if mention.subject and self.descriptions.fits(person, described.words, side):
                    return person
                if speaks and person.role:
                    return None
            elif speaks:
                return person if described.words[-1] not in _VAGUE and " " in person.name else None
        return None

    @staticmethod
    def _runs_over(mention: Mention, described: _Description) -> bool:
        """Whether what was read as the person's role holds the description: "A judge freed singer Ola Brell"."""
        role = mention.person.role or ""
        return described.text in role and mention.span.start - described.span.end <= len(role)

    def _elsewhere(self, person: Person, side: str | None) -> bool:
        """Whether the person is known to belong to another side than the one described."""
        own = {m.side for m in person.official.mandates} if person.official else {person.side} - {None}
        return bool(side and own) and not any(self.roster.part_of(s, side) for s in own if s and side)

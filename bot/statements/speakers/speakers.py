"""Who a mention stands for: a person, a body or a side, or nobody where that is not sure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from bot.model import Party, Span
from bot.statements.people.cast import Cast, Mention, Person
from bot.statements.people.given_names import is_given
from bot.statements.people.nouns import BODY_NOUNS, KIN, PERSON_NOUN, ROLES
from bot.statements.people.roster import Roster
from bot.statements.people.spelling import Name, plain, sounds
from bot.statements.speakers import evidence, heads
from bot.statements.speakers.belonging import THEIRS, belonging
from bot.statements.speakers.bodies import Bodies
from bot.statements.speakers.countries import Countries
from bot.statements.speakers.descriptions import Descriptions
from bot.statements.speakers.earlier import NOT_NAMED, acting, body_before
from bot.statements.speakers.institutions import COMPLEMENT, of_side
from bot.statements.speakers.introductions import Introductions
from bot.statements.speakers.papers import author
from bot.statements.speakers.pronouns import FEMININE, MASCULINE, NEUTER, PLURAL, Antecedent, antecedent
from bot.statements.speakers.together import together
from bot.statements.text.page import Page

_OWNED = re.compile(
    r"(?P<whose>[Hh]is|[Hh]er) (?P<noun>administration|government|office|cabinet|campaign|team|party|family|parents|"
    r"(?:defence |defense )?(?:lawyer|attorney)s?|mother|father|wife|husband|widow|spokes\w+)$"
)
_HIMSELF = re.compile(r" (?:him|her|it|them)sel(?:f|ves)$")
_BEHIND = 80  # characters
_LEAD = 200  # characters
_PHRASE_STARTS = re.compile(r"(?:[,.;:“”\"] ?|\b(?:to|by|from|with|of|and|for|on|at) )(?=[\w'-]+)")
_SURNAME = re.compile(r"[A-ZÀ-Þ][a-zß-ÿ'’]+(?:-[A-ZÀ-Þ][a-zß-ÿ]+)?")  # of somebody the article never names in full
_RELATED = frozenset({"pick", "nominee", "choice", "predecessor", "successor", "rival", "opponent", "challenger"})
_DESCRIBES = re.compile(r"(?:the|an?|his|her|its|their) ", re.IGNORECASE)
_LINK = re.compile(r"(?: (?:to|for|of|at|in) (?:the )?[\w. -]{2,40})?,? (?:(?P<role>(?:[\w'-]+ ){1,4}))?")
# "Velden, a lawyer who says", "Velden was one of those lawyers who said": the same person by another word.
_IS_ONE = re.compile(r"(?:,| is| was| has been| remains) (?:an?|the|one of (?:the|those|these)) [\w' -]{2,60}")
# "an actor playing Velden", "a lawyer who represents Velden": somebody else, of a trade.
_BUSY_WITH = re.compile(
    rf"(?:{PERSON_NOUN.pattern}|\b[a-z]+(?:er|or|ist|ess|ian|man|woman))s? (?:(?:who|that) [a-z]+s|[a-z]+ing|dressed) "
    r"(?:(?:as|by|for|with|against) )?(?:the )?$"
)
_SPEECH_ACT_PRONOUNS = frozenset({"i", "you", "me", "my", "your", "us", "our", "one", "myself", "there"})
_RELATIVES = frozenset({"who", "whom", "whose", "which", "that"})


@dataclass(slots=True, kw_only=True)
class Speakers:
    """Resolves the mentions of one article, in text order: earlier answers serve later pronouns."""

    page: Page
    cast: Cast
    roster: Roster
    day: date | None
    heard: list[Antecedent] = field(default_factory=list)  # who has spoken so far, with the place of the mention
    how: dict[Span, str] = field(default_factory=dict)  # the evidence for each mention that was resolved
    spoken: Sequence[Span] = ()  # all mentions that speak
    descriptions: Descriptions = field(init=False)
    bodies: Bodies = field(init=False)
    introduced: Mapping[Span, Person] = field(init=False)
    _how: str = field(default="", init=False)  # of the mention at hand
    _in_full: dict[int, Mention] = field(init=False)
    _names: dict[str, bool] = field(default_factory=dict, init=False)  # whether a word may be a surname

    def __post_init__(self) -> None:
        self._in_full = evidence.in_full(self.cast, self.page)
        countries = Countries(page=self.page, roster=self.roster)
        self.descriptions = Descriptions(
            page=self.page, cast=self.cast, roster=self.roster, countries=countries, day=self.day
        )
        self.bodies = Bodies(page=self.page, cast=self.cast, roster=self.roster, countries=countries)
        self.introduced = Introductions(
            page=self.page, cast=self.cast, roster=self.roster, descriptions=self.descriptions, spoken=self.spoken
        ).found()

    def resolve(self, span: Span, content: Span) -> Party | None:
        """The party that the mention before or behind `content` names; None where it cannot be told."""
        self._how = ""
        party = self._resolve(span, content)
        if party is not None:
            self.how[span] = self._how
            self.heard.append(Antecedent(place=span.start, party=party, gender=self._gender(party)))
        return party

    def meant(self, span: Span, content: Span) -> Party | None:
        """Like `resolve`, for a mention that does not speak: nothing is remembered of it."""
        return self._resolve(span, content)

    def _by(self, how: str, party: Party) -> Party:
        """Keeps the evidence for the party beside it."""
        self._how = how
        return party

    def _resolve(self, span: Span, content: Span) -> Party | None:
        if span in self.introduced:
            person = self.introduced[span]
            return self._by(f"description that fits {person.name}, named in the lines below", self.party(person))
        lead = re.match(r"[Qq]uotes? (?:from|of|by) ", self.page.view[span.start : span.end])
        span = Span(start=span.start + lead.end(), end=span.end) if lead else span
        span = author(self.page.view, span, self.roster) or span
        written = _HIMSELF.sub("", " ".join(self.page.view[span.start : span.end].split()))
        word = plain(written) if len(written) == 1 or not written.isupper() else written  # the WHO is no "who"
        if not word or word in _SPEECH_ACT_PRONOUNS:
            return None
        if word in _RELATIVES:
            return self._relative(span)
        if word in NEUTER and (side := acting(span.start, self.page, self.roster)):
            return self._by("pronoun: the side that acts in its clause", side)
        if word in MASCULINE | FEMININE | PLURAL | NEUTER:
            found = antecedent(
                word,
                span.start,
                page=self.page,
                cast=self.cast,
                heard=self.heard,
                bodies=lambda place: body_before(place, self.heard),
                content=content,
            )
            party = self._by(evidence.of_pronoun(found), self._as_party(found)) if found else None
            self._learn(party, word)
            return party
        apposed = self._named_behind(span)
        if apposed:
            return self._by("the name right behind the title", self.party(apposed))
        return self._phrase(span, written)

    def _named_behind(self, span: Span) -> Person | None:
        """The person named right behind a title: "Velden's envoy" + " to the talks, Mara Velden"."""
        written = self.page.view[span.start : span.end]
        head = heads.ENDS.split(written, maxsplit=1)[0]
        ends = {*plain(head).split()[-1:], *plain(COMPLEMENT.split(head, maxsplit=1)[0]).split()[-1:]}
        relative = head.casefold().rsplit(" ", 1)[-1] in KIN and " and " not in head
        if not relative and not any(PERSON_NOUN.fullmatch(word) or word in _RELATED for word in ends):
            return None
        inside = self.cast.within(span)
        if inside and not inside[-1].possessive and inside[-1].span.end == span.end:
            return None
        mention = next(iter(self.cast.between(span.end, span.end + _BEHIND)), None)
        if mention is None:
            return None
        title = mention.title if set(plain(mention.title).split()) & ROLES else ""  # else the place of a post
        between = self.page.view[span.end : mention.span.start - (len(title) + 1 if title else 0)]
        link = _LINK.fullmatch(between)
        role = link["role"] if link else None
        fits = link is not None and (role is None or PERSON_NOUN.fullmatch(role.split()[-1]) is not None)
        return mention.person if fits else None

    def party(self, person: Person) -> Party:
        """A person of the article as a party: the mandate's role where there is one, else the article's."""
        if person.official is not None:
            party = self.roster.party(person.official, self.day)
            if party.role is None and person.role is not None:
                return Party(name=party.name, official=party.official, role=person.role)
            return party
        return Party(name=person.name, side=person.side, role=person.called)

    def _as_party(self, found: Person | Party) -> Party:
        return self.party(found) if isinstance(found, Person) else found

    def _learn(self, party: Party | None, word: str) -> None:
        """A pronoun tells the gender of somebody of whom it was not known."""
        for person in self.cast.people:
            if party and party.person and person.name == party.name and person.gender is None:
                person.gender = "f" if word in FEMININE else "m"

    def _gender(self, party: Party) -> str | None:
        if not party.person:
            return None if party.side is None and self._surname(party.name) else "n"
        for person in self.cast.people:
            if person.name == party.name:
                return person.gender
        return None

    def _surname(self, name: str) -> bool:
        """Whether a single capitalised word may be a surname: the article uses it for no place, body or thing."""
        if name in self._names:
            return self._names[name]
        if not _SURNAME.fullmatch(name):
            return False
        other = rf"\b(?:[Oo]n|[Aa]t|[Ii]n|[Ii]nside|[Aa]cross|[Tt]he) {re.escape(name)}\b|\b{re.escape(name.lower())}\b"
        self._names[name] = re.search(other, self.page.view) is None
        return self._names[name]

    # -- noun phrases -------------------------------------------------------------------------------------------

    def _phrase(self, span: Span, written: str) -> Party | None:
        head = heads.head(written)
        own = _OWNED.match(head)
        if own and not self.cast.within(span):
            return self._owned(span, own["whose"], own["noun"])
        joint = together(span, head, self.page, self.cast, self.roster, day=self.day)
        if joint:
            return self._by("two named together", joint)
        mentions = self.cast.within(span)
        cut = span.start + len(self.page.view[span.start : span.end].split(",")[0])
        in_head = [m for m in mentions if m.span.end <= cut and not (m.possessive and m.span.end + 2 < span.end)]
        # "Karsovian Radio owner Velden": the name that ends the phrase is the person's.
        named = [m for m in in_head if self._heads(span, m)]
        until = heads.end(self.page.view, span, head)
        if named and until >= named[0].span.end:
            ends = named[-1].span.end >= until
            return self._named(named[-1] if ends else named[0])
        side = self.roster.side(head)
        if side:
            return self._by(evidence.of_side(head, side), of_side(side.id, head, self.roster))
        described = self.descriptions.of(span, head, self.heard)
        if described:
            return self._by(evidence.of_description(described), self._as_party(described))
        # "His pick for the post, Senator Mara Velden": the name stands in the apposition.
        apposed = next((m for m in mentions if m.span.start >= cut and self._heads_apposition(span, m)), None)
        if apposed and (PERSON_NOUN.search(head) or self._is_called(span, apposed)):
            return self._by("the name in the apposition", self.party(apposed.person))
        surname = sounds(head)
        bearers = [p for p in self.cast.people if surname in (Name.of(p.name).surname, *sounds(p.name).split()[-1:])]
        if bearers:  # of a surname that more than one person of the article bears, nobody
            bearer = bearers[0] if len(bearers) == 1 else None
            return self._by(f"surname of {bearer.name}", self.party(bearer)) if bearer else None
        found = self.bodies.of(span, head, self.heard)
        return self._by(evidence.of_body(found, self.heard), found) if found else None

    def _named(self, mention: Mention) -> Party:
        how = evidence.of_name(mention, self._in_full.get(id(mention.person)), self.page)
        return self._by(how, self.party(mention.person))

    def _owned(self, span: Span, whose: str, noun: str) -> Party | None:
        """The body of whomever the pronoun means: "his administration"."""
        owner = self._resolve(Span(start=span.start, end=span.start + len(whose)), span)
        if owner is None or not owner.person:
            return None
        name = belonging(noun, owner.name)
        return self._by(f"{self._how}, and the {noun}", _theirs(noun, name, owner))

    def _heads(self, span: Span, mention: Mention) -> bool:
        """Whether the phrase is about this person, not about somebody of his: "a spokesman for Velden"."""
        before = self.page.view[span.start : mention.span.start]
        after = self.page.view[mention.span.end : span.end]
        if re.match(r"\s+(?:administration|government|campaign|team|officials?|allies|aides?|supporters)\b", after):
            return False
        if _BUSY_WITH.search(before[: len(before) - len(mention.title)] if mention.title else before):
            return False
        if not COMPLEMENT.search(f" {before}"):
            return True
        place = mention.title and not set(plain(mention.title).split()) & ROLES
        if place and is_given(mention.person.name.split()[0]) and mention.span.end == span.end:
            return True  # "Head of the Agency for Harbour Trade Anna Velden"
        # "External Affairs Ministry of X spokesperson Velden" is Velden, "a spokesman for President Velden" is not.
        cut = list(COMPLEMENT.finditer(f" {before}"))[-1]
        owner, rest = plain(f" {before}"[: cut.start()]).split(), plain(f" {before}"[cut.end() :]).split()
        owned = any(w in THEIRS or PERSON_NOUN.fullmatch(w) for w in owner)
        if re.search(
            r"\b(?:minister|secretary|chief|head|director|envoy|adviser|deputy|ambassador|representative|"
            r"president|chancellor|king|queen|mayor|leader|premier|governor|speaker|chairman|chair|"
            r"commander)$",
            " ".join(owner),
        ):
            at = rest.index("and") if "and" in rest else len(rest)  # "secretary of state and security adviser Velden"
            return bool(rest[:at]) and not any(PERSON_NOUN.fullmatch(w) for w in rest[:at])
        return not owned and bool(rest) and bool(PERSON_NOUN.fullmatch(rest[-1]))

    def _heads_apposition(self, span: Span, mention: Mention) -> bool:
        before = self.page.view[span.start : mention.span.start].rsplit(",", 1)[-1]
        return not COMPLEMENT.search(f" {before}") and not mention.possessive

    def _is_called(self, span: Span, mention: Mention) -> bool:
        """Whether the phrase is "The convener of the union, Mara Velden": one description and one name."""
        written = self.page.view[span.start : mention.span.end]
        return mention.span.end >= span.end - 1 and written.count(",") == 1 and bool(_DESCRIBES.match(written))

    def _relative(self, span: Span) -> Party | None:
        """Of "…, who said" the person whose name ends just before; of "…, which said" the body."""
        lead = self.page.view[max(0, span.start - 120) : span.start].rstrip(" ,")
        if plain(self.page.view[span.start : span.end]) in ("which", "that"):
            start = max((m.end() for m in _PHRASE_STARTS.finditer(lead)), default=-1)
            phrase = lead[start:].strip() if start >= 0 else ""
            place = span.start - len(self.page.view[max(0, span.start - 120) : span.start]) + max(start, 0)
            if not phrase or not (
                (plain(phrase).split()[-1:] and plain(phrase).split()[-1] in BODY_NOUNS) or self.roster.side(phrase)
            ):
                return None
            return self._phrase(Span(start=place, end=place + len(lead) - max(start, 0)), phrase)
        near = [
            m for m in self.cast.between(span.start - _LEAD, span.start) if m.span.end <= span.start and not m.quoted
        ]
        if near:
            between = self.page.view[near[-1].span.end : span.start]
            beside = between.strip(" ,") == "" or between.count(",") >= 2 or _IS_ONE.fullmatch(between)
            if len(between) < _BEHIND and "." not in between and beside:
                return self._by("the name before the relative clause", self.party(near[-1].person))
        return None


def _theirs(noun: str, name: str, owner: Party) -> Party:
    """A relative is a person of his own, an office or a spokesman the voice of the owner's side."""
    return Party(name=name, role=NOT_NAMED) if noun in KIN else Party(name=name, side=owner.side, person=False)

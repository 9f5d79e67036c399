"""Whom the words of a statement name: people, sides, groups, bodies and pronouns, each with its place."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Self

from bot.model import Party, Span
from bot.statements.holders.belonging import belongs, holds_office
from bot.statements.holders.context import Context
from bot.statements.holders.groups import Groups, is_people, named_sides
from bot.statements.people.nouns import (
    BODY_NOUNS,
    HONORIFICS,
    NOT_NAMES,
    PERSON_NOUN,
    PLURALS,
    ROLE_MODIFIERS,
    ROLES,
)
from bot.statements.people.spelling import plain
from bot.statements.speakers.earlier import ANY_BODY, NOT_NAMED
from bot.statements.text.words import words

OWN = re.compile(r"(?<![\w'])(?:I|[Ww]e)(?=\b|')")
PRONOUN = re.compile(r"(?<![\w'])(?P<word>[Hh]e|[Ss]he|[Tt]hey|HE|SHE|THEY)(?=\b|')")
_GLOSS = re.compile(r"\s[(\[](?P<who>[A-Z][^()\[\]\n]{1,40})[)\]]")  # "he (Velden) told us": who is meant
_THEM = re.compile(r"\b(?:they|them|their)\b", re.IGNORECASE)
_GOES_ON = re.compile(r" [A-Z]")  # "US President": no body by itself
_LED = re.compile(
    r"\b[Tt]he (?:administration|government) of (?P<of>[A-Z][\w.]+)(?: [A-Z]\w+){0,3}|"
    r"\b(?P<whole>(?:(?:[Tt]he|[Oo]ur) )?(?P<side>(?!The\b|Our\b)[A-Z][\w.]+(?: [A-Z]\w+)?)(?:'s)? "
    r"(?P<noun>leadership|government|authorities|side|partners|colleagues|counterparts|friends|"
    r"administration|president|leader|prime minister|chancellor|chief|negotiators|officials|leaders))\b"
)
# Where these have no country, they are of whoever is in office.
ORGANS = words("government ministry administration cabinet department office treasury")
_PERSONAL = frozenset({"president", "leader", "prime minister", "chancellor", "chief"})
_BODY = re.compile(
    r"(?<![\w.-])(?:[Tt]he )?(?P<name>[A-Z][\w-]+(?:(?<=s)')?"
    r"(?: (?:of (?:the )?|for (?:the )?)?[A-Z][\w-]+(?:(?<=s)')?){0,4})(?![\w'-])"
)
_HEADS = "|".join(sorted((ROLES | BODY_NOUNS) - PLURALS - words("us east west north south day week year")))
DESCRIBED = re.compile(
    r"\b(?P<whose>[Tt]he|[Tt]heir|[Hh]is|[Hh]er|[Ii]ts|[A-Z][\w-]+'s?) "
    r"(?P<kind>(?:(?!(?:and|or|but|of|to|that|in|on|for|with|is|are|was|were|has|have|had|will|would)\b)"
    rf"[\w-]+(?:'s?)? ){{0,3}}?)(?P<head>{_HEADS})"
    rf"(?:(?='s?[ ])|(?![\w'-]))(?!(?:'s?)? (?:{_HEADS})\b)(?: (?:of|for) (?:the )?[A-Z][\w-]+(?: [A-Z][\w-]+)?)?"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Somebody named in the words. `named()` tells who it is; None where that cannot be told."""

    start: int
    end: int
    named: Callable[[], Party | None]
    owns: bool = False  # a possessive, "Velden's": no subject itself
    person: bool = False
    singular: bool = False  # so that "the government support" is no support of the government's


@dataclass(frozen=True, slots=True, kw_only=True)
class Actors:
    """Everybody the content of one statement may show acting."""

    span: Span
    speaker: Party
    context: Context
    quoted: bool
    view: str
    groups: Groups
    pairs: tuple[tuple[Span, Party | None], ...]
    vague: tuple[tuple[Span, Party], ...]
    sides: tuple[tuple[Span, Party], ...]

    @classmethod
    def of(cls, span: Span, speaker: Party, context: Context, *, quoted: bool) -> Self:
        """The actors of a content, whose quotation marks count as blanks."""
        view = context.page.unmarked[: span.end]
        groups = Groups(view=view, span=span, cast=context.cast, roster=context.roster)
        return cls(
            span=span,
            speaker=speaker,
            context=context,
            quoted=quoted,
            view=view,
            groups=groups,
            pairs=groups.pairs(),
            vague=tuple(groups.vague()),
            sides=tuple(named_sides(view, span, context.roster)),
        )

    def all(self) -> Iterator[Actor]:
        """Every mention that may be a subject; one in the middle of "A, B and C" is none by itself."""
        for span, party in (*((s, p) for s, p in self.pairs if p), *self.groups.both()):
            yield _actor(span, party)
        for found in (self._people, self._sides, self._led, self._vague, self._unknown, self._described):
            for actor in found():
                if not any(span.start < actor.start < span.end for span, _ in self.pairs):
                    yield actor
        yield from self._pronouns()

    def foreign(self, party: Party) -> bool:
        """Whether the speaker does not speak for that body; of somebody in office nobody knows where, not sure."""
        if self.context.own_body or (party.side and self.speaker.side is None and self._in_office()):
            return False
        context = self.context
        if context.roster.speaks_for(self.speaker, party, context.day):
            return False
        return not belongs(self.speaker, party, context.page, context.cast, context.roster)

    def _in_office(self) -> bool:
        """Whether the speaker is somebody of a government."""
        return self.speaker.person and holds_office(self.speaker)

    def _people(self) -> Iterator[Actor]:
        for mention in self.context.cast.within(self.span):
            party = self.context.party(mention.person.name)
            if party is None or party.same(self.speaker):
                continue
            start = mention.span.start - (len(mention.title) + 1 if mention.title else 0)
            yield _actor(Span(start=max(0, start), end=mention.span.end), party, owns=mention.possessive, person=True)

    def _sides(self) -> Iterator[Actor]:
        for span, party in self.sides:
            yield _actor(span, party, singular=self.view[span.start : span.end] == party.name)

    def _led(self) -> Iterator[Actor]:
        """Sides by what leads them: "the Velden leadership"."""
        roster = self.context.roster
        for match in _LED.finditer(self.view, self.span.start):
            word = match["side"] or match["of"]
            known = roster.adjective(word) or roster.side(word)
            if known is None:
                continue
            party: Party | None = Party(name=known.name, side=known.id, person=False)
            if match["noun"] in _PERSONAL:
                official = roster.by_title(match["whole"], self.context.day)
                party = roster.party(official, self.context.day) if official else None
            yield _actor(Span(start=match.start(), end=match.end()), party)

    def _vague(self) -> Iterator[Actor]:
        for span, party in self.vague:
            yield _actor(span, party)

    def _unknown(self) -> Iterator[Actor]:
        """Bodies that no list of sides knows: "the Dockers' Union wants"."""
        roster = self.context.roster
        own = self._own_words()
        mine = OWN.search(self.view, self.span.start) if self.quoted else None
        until = mine.start() if mine else len(self.view)  # there the speaker comes to his own part
        for match in _BODY.finditer(self.view, self.span.start, until):
            name = match["name"]
            found = set(plain(name).split())
            if not found or len(name) < 3 or name.endswith("'s") or name == "Please" or is_people(name, roster):
                continue
            if found & (own | NOT_NAMES | HONORIFICS.keys()) or found <= ROLES | ROLE_MODIFIERS:
                continue
            inside = Span(start=match.start("name"), end=match.end("name"))
            if roster.side(name) or roster.adjective(name.split()[0]) or self.context.cast.within(inside):
                continue
            if plain(name).split()[-1] in ORGANS and self._in_office():
                continue
            bare = match.group() == name and " " not in name
            meant = partial(self._body, name, bare=bare)
            yield Actor(start=match.start(), end=match.end(), named=meant, singular=not name.endswith("s"))

    def _body(self, name: str, *, bare: bool) -> Party | None:
        """A body of this name; a single word is one only where the article writes it so inside a sentence as well."""
        page = self.context.page.view
        at = page.find(f" {name}") if bare else 0
        while at > 0 and not (page[at - 1].islower() or page[at - 1] == ","):
            at = page.find(f" {name}", at + 1)
        return Party(name=name, person=False) if at > 0 or not bare else None

    def _own_words(self) -> set[str]:
        written = f"{self.speaker.name} {self.speaker.role or ''}"
        return {word for word in plain(written).split() if len(word) > 2}

    def _described(self) -> Iterator[Actor]:
        """People and bodies without a name: "the minister", "Karsgrad's envoy", "the ministry"."""
        for match in DESCRIBED.finditer(self.view, self.span.start):
            if match["whose"].casefold() in ("his", "her", "its", "their") and not self.quoted:
                continue  # the speaker's own
            yield Actor(
                start=match.start(),
                end=match.end(),
                named=partial(self._meant, match),
                owns=self.view.startswith("'", match.end()),
                singular=True,
            )

    def _meant(self, match: re.Match[str]) -> Party | None:
        """Who a description stands for: somebody of the article, of the speaker's side, or a person not named."""
        party = self.context.described(Span(start=match.start(), end=match.end()), self.span)
        if party and party.person and not self._is_so(party, match["kind"]):
            party = None
        if party is None and PERSON_NOUN.fullmatch(match["head"]) and match["head"] not in self._own_words():
            bare = " ".join(match.group().split()[1:])
            return self._at_home(bare, match["whose"]) or Party(name=bare, role=NOT_NAMED)
        if party and not party.person and match["head"] in ANY_BODY and match["head"] not in plain(party.name).split():
            return None  # "the group" is whichever spoke last only where it speaks
        if party is None or party.person or party.side:
            return party
        if match["head"] in ORGANS and not match["kind"] and self._in_office():
            return None
        parts = set(plain(party.name).split())
        return None if len(parts) == 1 or parts & self._own_words() else party

    def _is_so(self, party: Party, kind: str) -> bool:
        """Whether the capitalised words of a description fit: "the Harbour Police president" is no head of state."""
        roster = self.context.roster
        own = set(plain(f"{party.name} {party.role or ''}").split()) | ROLE_MODIFIERS
        named = [word for word in kind.replace("'s", "").split() if word[:1].isupper()]
        return all(plain(word) in own or roster.adjective(word) or roster.side(word) for word in named)

    def _at_home(self, title: str, whose: str) -> Party | None:
        """Who bears the title on the speaker's own side: "the president", of a minister."""
        roster = self.context.roster
        home = roster.sides.get(self.speaker.side or "")
        if home is None or whose not in ("the", "The"):
            return None
        official = roster.by_title(f"{title} of {home.name}", self.context.day)
        return roster.party(official, self.context.day) if official else None

    def _pronouns(self) -> Iterator[Actor]:
        """Whom "he" and "they" mean in the speaker's own words; else only where the gender rules him out."""
        for match in PRONOUN.finditer(self.view, self.span.start):
            word = match["word"].casefold()
            gender = {"he": "m", "she": "f"}.get(word)
            if not self.spoken(match.start()) and (gender is None or self.context.gender in (None, gender)):
                continue
            gloss = _GLOSS.match(self.view, match.end())
            if gloss:
                other = self._named_in(Span(start=gloss.start("who"), end=gloss.end("who")))
            else:
                other = self._he(word, match.start()) if gender else self._they(match.start())
            if other and not other.same(self.speaker):
                yield _actor(Span(start=match.start(), end=match.end()), other, singular=gender is not None)

    def spoken(self, place: int) -> bool:
        """Whether the words there are the speaker's own, so that "he" is somebody else."""
        return self.quoted and any(s.start <= place < s.end for s in self.context.spoken)

    def _they(self, place: int) -> Party | None:
        """Those named together in the content before a "they", else the one foreign body named there or before it."""
        pairs = [party for span, party in self.pairs if party and span.end <= place]
        if pairs:
            return pairs[-1]
        if any(span.end <= place for span, _ in self.vague):
            return None
        before = _THEM.search(self.view, self.span.start, place)  # "for them, instead of helping Karsovia, they"
        first = before.start() if before else place
        bodies = {
            party.name: party
            for span, party in self.sides
            if span.end <= first and self.foreign(party) and not _GOES_ON.match(self.view, span.end)
        }
        return next(iter(bodies.values())) if len(bodies) == 1 else self.context.others.they

    def _named_in(self, gloss: Span) -> Party | None:
        """The person or the side that a reporter's bracket names."""
        for mention in self.context.cast.within(gloss):
            return self.context.party(mention.person.name)
        return next((party for span, party in self.sides if span.start == gloss.start), None)

    def _he(self, word: str, place: int) -> Party | None:
        """The last person of that gender the content itself names before a pronoun, else the one named before it."""
        other = "m" if word == "she" else "f"
        for mention in reversed(self.context.cast.within(self.span)):
            party = self.context.party(mention.person.name)
            if mention.person.gender == other or mention.span.start >= place or mention.possessive:
                continue
            if party and not party.same(self.speaker):
                return party
        return self.context.others.of(word)


def _actor(
    span: Span, party: Party | None, *, owns: bool = False, person: bool = False, singular: bool = False
) -> Actor:
    return Actor(
        start=span.start, end=span.end, named=lambda: party, owns=owns, person=person, singular=singular or person
    )

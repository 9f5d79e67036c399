"""Whose position a statement gives: the speaker's, or another's whom the content shows wanting or agreeing."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.model import Party, Span
from bot.statements.people.cast import Cast
from bot.statements.people.nouns import HONORIFICS, NOT_NAMES, ROLE_MODIFIERS, ROLES
from bot.statements.people.roster import Roster
from bot.statements.people.spelling import plain
from bot.statements.position_words import (
    AGREES,
    BEFORE_SUBJECT,
    GOVERNS,
    LEADS_UP,
    POSITION,
    SHARED,
    SKIPPED,
    WHO,
)
from bot.statements.text.page import Page

_PRONOUN = re.compile(r"(?<![\w'])(?P<word>[Hh]e|[Ss]he|[Tt]hey|HE|SHE|THEY)(?=\b|')")
_OWN = re.compile(r"(?<![\w'])(?:I|[Ww]e)(?=\b|')")
_CAPITALS = re.compile(r"(?<![\w-])(?:[Tt]he )?[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,2}")
_LEADER = re.compile(
    r"\b[Tt]he (?P<title>president|prime minister|chancellor|king|secretary of state|foreign minister)\b"
)
_LED = re.compile(
    r"\b(?P<whole>(?:(?:[Tt]he|[Oo]ur) )?(?P<side>[A-Z][\w.]+(?: [A-Z]\w+)?)(?:'s)? (?P<noun>leadership|government|"
    r"authorities|side|partners|colleagues|counterparts|friends|"
    r"administration|president|leader|prime minister|chancellor|chief|negotiators|officials|leaders))\b|"
    r"\b[Tt]he (?:administration|government) of (?P<of>[A-Z][\w.]+)(?: [A-Z]\w+){0,3}"
)
_JOINT = re.compile(
    r"(?<![\w-])(?:[Tt]he )?(?P<a>[A-Z][\w.]+(?: [A-Z]\w+){0,2}) and (?:the )?(?P<b>[A-Z][\w.]+(?: "
    r"[A-Z]\w+){0,2})"
)
# "None of these countries want": nobody that can be named, and not the speaker.
_VAGUE = re.compile(
    r"\b(?P<who>(?:(?:none|some|many|most|all|several|both|few) of )?(?:the |these |those |some |many |most |all |"
    r"several |other |certain |our )+(?:\w+ ){0,2}?(?:countries|nations|states|allies|partners|capitals|politicians|"
    r"leaders|governments|members|parties|sides))\b",
    re.IGNORECASE,
)
_BODY = re.compile(
    r"(?<![\w.-])(?:[Tt]he )?(?P<name>[A-Z][\w-]+(?:(?<=s)')?"
    r"(?: (?:of (?:the )?|for (?:the )?)?[A-Z][\w-]+(?:(?<=s)')?){0,4})(?![\w'-])"
)
_PERSONAL = frozenset({"president", "leader", "prime minister", "chancellor", "chief"})
_LOOK = 60  # characters before a mention that show whether it is a subject


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What the holder of a statement is read from, beside its words."""

    page: Page
    cast: Cast
    roster: Roster
    day: date | None
    party: Callable[[str], Party | None]  # a person of the article, by name
    gender: Literal["f", "m"] | None  # the speaker's
    he: Party | None  # whom "he" or "she" in the speaker's own words means
    they: Party | None


def holder(span: Span, speaker: Party, context: Context, *, quoted: bool) -> Party:
    """Whose position the content is; the speaker's own unless another is shown holding it.

    `quoted`: the content is in the speaker's own words, so that "I" is the speaker and "he" is not.
    """
    return _Holding(span, speaker, context, quoted=quoted).holder()


class _Holding:
    def __init__(self, span: Span, speaker: Party, context: Context, *, quoted: bool) -> None:
        self.span = span
        self.speaker = speaker
        self.context = context
        self.quoted = quoted
        self.view = context.page.unmarked[: span.end]

    def holder(self) -> Party:
        """The first who holds a position in the content; where that is "I" or nobody, the speaker."""
        if self.quoted and AGREES.search(self.view, self.span.start):
            return self.speaker
        own = self._own() if self.quoted else None
        found = sorted(self._others(), key=lambda pair: pair[0])
        if not found or (own is not None and own < found[0][0]):
            return self.speaker
        return found[0][1]

    def _own(self) -> int | None:
        """Where the speaker first says what he himself wants."""
        for match in _OWN.finditer(self.view, self.span.start):
            if not LEADS_UP.match(self.view, match.end()) and self._holds(match.end()):
                return match.start()
        return None

    def _holds(self, end: int) -> bool:
        """Whether what stands behind a subject shows it holding a position."""
        skipped = SKIPPED.match(self.view, end)
        return bool(POSITION.match(self.view, skipped.end() if skipped else end) or POSITION.match(self.view, end))

    def _acts(self, start: int, end: int) -> bool:
        """Whether the stretch is the subject of a clause in which it holds a position."""
        lead = self.view[max(self.span.start, start - _LOOK) : start]
        if self.span.start < start - _LOOK:
            lead = f"\u2026{lead}"  # so that the cut is not taken for the beginning
        return bool(BEFORE_SUBJECT.search(lead)) and self._holds(end)

    def _governed(self, start: int) -> bool:
        lead = self.view[max(self.span.start, start - _LOOK) : start]
        return bool(
            GOVERNS.search(re.sub(r"\b(?:the|secretary|president|minister)\s+$", "", lead, flags=re.IGNORECASE))
            or SHARED.search(lead)
        )

    def _others(self) -> Iterator[tuple[int, Party]]:
        yield from self._joint()
        yield from self._people()
        yield from self._bodies()
        yield from self._vague()
        yield from self._unknown()
        yield from self._pronouns()

    def _people(self) -> Iterator[tuple[int, Party]]:
        for mention in self.context.cast.within(self.span):
            party = self.context.party(mention.person.name)
            if party is None or mention.possessive or party.same(self.speaker):
                continue
            start, end = mention.span.start - (len(mention.title) + 1 if mention.title else 0), mention.span.end
            who = WHO.match(self.view, end)
            if self._acts(start, end) or (who and self._holds(who.end())) or self._governed(start):
                yield start, party
        for match in _LEADER.finditer(self.view, self.span.start):
            side = self.context.roster.sides.get(self.speaker.side or "")
            yield from self._titled(f"{match['title']} of {side.name if side else ''}", match.start(), match.end())

    def _titled(self, title: str, start: int, end: int) -> Iterator[tuple[int, Party]]:
        official = self.context.roster.by_title(title, self.context.day)
        if official and self._acts(start, end):
            party = self.context.roster.party(official, self.context.day)
            if not party.same(self.speaker):
                yield start, party

    def _bodies(self) -> Iterator[tuple[int, Party]]:
        """Sides by name or metonym, and by what leads them: "the Velden leadership"."""
        for start, end, party in self._sides():
            if self._foreign(party) and (self._acts(start, end) or self._governed(start)):
                yield start, party
        for match in _LED.finditer(self.view, self.span.start):
            word = match["side"] or match["of"]
            side = self.context.roster.adjective(word) or self.context.roster.side(word)
            if side is None:
                continue
            if match["noun"] in _PERSONAL:
                yield from self._titled(match["whole"], match.start(), match.end())
                continue
            party = Party(name=side.name, side=side.id, person=False)
            if self._foreign(party) and self._acts(match.start(), match.end()):
                yield match.start(), party

    def _foreign(self, party: Party) -> bool:
        return not self.context.roster.speaks_for(self.speaker, party, self.context.day)

    def _sides(self) -> Iterator[tuple[int, int, Party]]:
        for match in _CAPITALS.finditer(self.view, self.span.start):
            words = match.group().split(" ")
            for size in range(len(words), 0, -1):
                written = " ".join(words[:size])
                side = self.context.roster.side(written)
                if side:
                    yield match.start(), match.start() + len(written), Party(name=side.name, side=side.id, person=False)
                    break

    def _joint(self) -> Iterator[tuple[int, Party]]:
        """Two that act together."""
        for start, end, party in self._pairs():
            if self._acts(start, end):
                yield start, party

    def _pairs(self) -> Iterator[tuple[int, int, Party]]:
        """Two sides or two persons named together; one body without a side."""
        for match in _JOINT.finditer(self.view, self.span.start):
            names: list[str] = []
            for part in ("a", "b"):
                side = self.context.roster.side(match[part])
                inside = self.context.cast.within(Span(start=match.start(part), end=match.end(part)))
                names.append(side.name if side else inside[-1].person.name if inside else "")
            if all(names) and names[0] != names[1]:
                yield match.start(), match.end(), Party(name=" and ".join(names), person=False)

    def _vague(self) -> Iterator[tuple[int, Party]]:
        """Groups without a name, as they are called."""
        for match in _VAGUE.finditer(self.view, self.span.start):
            if self._acts(match.start(), match.end()):
                yield match.start(), Party(name=" ".join(match["who"].split()), person=False)

    def _unknown(self) -> Iterator[tuple[int, Party]]:
        """Bodies that no list of sides knows: "the Dockers' Union wants"."""
        own = {word for word in plain(f"{self.speaker.name} {self.speaker.role or ''}").split() if len(word) > 2}
        for match in _BODY.finditer(self.view, self.span.start):
            name = match["name"]
            words = set(plain(name).split())
            if self.quoted and _OWN.search(self.view, self.span.start, match.start()):
                return  # the speaker has come to his own part by then
            if name.endswith("'s") or len(name) < 3 or name == "Please":
                continue
            if words & (own | NOT_NAMES | HONORIFICS.keys()) or not self._acts(match.start(), match.end()):
                continue
            inside = Span(start=match.start("name"), end=match.end("name"))
            known = self.context.roster.side(name) or self.context.roster.adjective(name.split()[0])
            if not known and not self.context.cast.within(inside) and not words <= ROLES | ROLE_MODIFIERS:
                yield match.start(), Party(name=name, person=False)

    def _pronouns(self) -> Iterator[tuple[int, Party]]:
        """Whom "he" and "they" mean in the speaker's own words; else only where the gender rules him out."""
        for match in _PRONOUN.finditer(self.view, self.span.start):
            word = match["word"].casefold()
            gender = {"he": "m", "she": "f"}.get(word)
            if not self.quoted and (gender is None or self.context.gender in (None, gender)):
                continue
            other = self._inside(match.start()) if gender else self._bodies_inside(match.start())
            other = other or (self.context.he if gender else self.context.they)
            if other and not other.same(self.speaker) and self._acts(match.start(), match.end()):
                yield match.start(), other

    def _bodies_inside(self, place: int) -> Party | None:
        """Two named together in the content before a "they", else the one foreign body named there."""
        pairs = [party for _, end, party in self._pairs() if end <= place]
        bodies = {p.name: p for _, end, p in self._sides() if end <= place and self._foreign(p)}
        return pairs[-1] if pairs else next(iter(bodies.values())) if len(bodies) == 1 else None

    def _inside(self, place: int) -> Party | None:
        """The last person the content itself names before a pronoun."""
        for mention in reversed(self.context.cast.within(self.span)):
            party = self.context.party(mention.person.name)
            if mention.span.start < place and not mention.possessive and party and not party.same(self.speaker):
                return party
        return None

"""Several that the words name together: "Velden and Harnik", "both sides", "many of those cities"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from bot.model import Party, Span
from bot.statements.people.cast import Cast
from bot.statements.people.nouns import NOT_NAMES, PLURALS
from bot.statements.people.roster import Roster
from bot.statements.people.spelling import plain
from bot.statements.text.words import words

_CAPITALS = re.compile(r"(?<![\w-])(?:[Tt]he )?[A-Z][\w.-]*(?: [A-Z][\w.-]*){0,2}")
_NAME = r"(?:(?:Mr|Mrs|Ms|Dr)\. )?[A-Z][\w.'-]*\w(?: [A-Z][\w.]*\w){0,2}"
_JOINT = re.compile(rf"(?<![\w-])(?:[Tt]he )?(?P<names>{_NAME}(?:, (?:the )?{_NAME}){{0,4}},? and (?:the )?{_NAME})")
_PARTS = re.compile(r",? and (?:the )?|, (?:the )?")
_BARE = re.compile(  # of those named together before; "both boats" and "both agreed plans are void" are no such
    r"\b(?:both|the two)(?! [a-z]+ (?:[a-z]+s|men|women|people) (?:are|were|have|had|will|would|can|could|should) )"
    r"(?= (?:(?:had|have|has|were|are|would|will|could|did|do|now|also|then|already) )*"
    r"(?:not )?(?:[a-z]+(?:ed|ing)|want|accept|agree|know|see|understand|understood|ready|willing|think|thought) )",
    re.IGNORECASE,
)
_BOTH = re.compile(
    r"\b(?:(?:both|the two|two|each of the) (?:warring |rival |opposing )?"
    r"(?:sides|parties|countries|nations|states|leaders|presidents|governments|capitals|men|ministers|neighbou?rs)|"
    r"the (?:warring )?(?:sides|parties|countries|nations|governments|leaders|presidents))\b",
    re.IGNORECASE,
)
# Plurals that can want something, beside those that speak.
_PLURALS = "|".join(
    sorted(
        PLURALS - words("people sources")
        | words(
            "partners capitals politicians sides diplomats companies unions workers employers farmers doctors nurses "
            "teachers students parents families voters shareholders owners investors banks firms clubs players cities "
            "judges prosecutors generals commanders rebels militants negotiators mediators opponents supporters "
            "republicans democrats conservatives liberals islamists separatists europeans"
        )
    )
)
# "None of those cities wants": nobody that can be named, and not the speaker.
_VAGUE = re.compile(
    r"\b(?:(?:(?:none|some|many|most|all|several|both|few) of )?(?:(?:the|these|those|some|many|most|all|several|"
    rf"other|certain) )+(?:[\w-]+ ){{0,2}}?(?:{_PLURALS})|"
    r"our (?:[\w-]+ ){0,2}?(?:allies|partners|friends|neighbou?rs|counterparts|opponents|adversaries|enemies))\b",
    re.IGNORECASE,
)
_POINTING = re.compile(r"\b(?:these|those)\b", re.IGNORECASE)
_NAMED_GROUP = re.compile(
    r"(?<![\w-])(?:[A-Z][\w-]+ ){1,2}"
    r"(?:allies|partners|countries|nations|states|members|leaders|governments|capitals)\b"
)
_BACK = 600  # characters in which a group or a pair stands that "these countries" or "both sides" points back to


def side(written: str, roster: Roster) -> Party | None:
    """A side by its name, a metonym, or its people: "the Veldens"."""
    bare = written.removeprefix("the ").removeprefix("The ")
    found = roster.side(written)
    if found is None and " " not in bare and (bare != written or bare.endswith("s")):
        found = roster.adjective(bare.removesuffix("s")) or (roster.adjective(bare) if bare != written else None)
    return Party(name=found.name, side=found.id, person=False) if found else None


def named_sides(view: str, span: Span, roster: Roster) -> Iterator[tuple[Span, Party]]:
    """The sides the content names, with their places."""
    for match in _CAPITALS.finditer(view, span.start):
        written = match.group().split(" ")
        for size in range(len(written), 0, -1):
            part = " ".join(written[:size])
            if size == 1 and part.casefold() in NOT_NAMES and not part.isupper():
                break  # "Who" is no health organisation
            party = side(part, roster)
            if party and plain(part) != plain(party.name) and is_people(part, roster):
                break
            if party:
                yield Span(start=match.start(), end=match.start() + len(part)), party
                break


def is_people(written: str, roster: Roster) -> bool:
    """Whether the words name a people and not its state: "Velmarkians want peace", unlike "the Velmarkians"."""
    return written.endswith("s") and " " not in written and roster.adjective(written.removesuffix("s")) is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Groups:
    """The groups of one content; `view` reaches from the beginning of the article to the content's end."""

    view: str
    span: Span
    cast: Cast
    roster: Roster

    def pairs(self) -> tuple[tuple[Span, Party | None], ...]:
        """Names joined by "and" in the content; who they are together, where all are known."""
        return tuple(self._pairs(self.span.start))

    def both(self) -> Iterator[tuple[Span, Party]]:
        """Of "both sides" the pair named last before, else the words themselves."""
        for match in _BOTH.finditer(self.view, self.span.start):
            before = [p for s, p in self._pairs(max(0, match.start() - _BACK)) if p and s.end <= match.start()]
            yield Span(start=match.start(), end=match.end()), before[-1] if before else _as_called(match)
        for match in _BARE.finditer(self.view, self.span.start):
            named = [p for s, p in self._pairs(max(0, match.start() - _BACK)) if p and s.end <= match.start()]
            if named:
                yield Span(start=match.start(), end=match.end()), named[-1]

    def vague(self) -> Iterator[tuple[Span, Party]]:
        """Groups without a name, as they are called; "these countries" is the group named before."""
        for match in _VAGUE.finditer(self.view, self.span.start):
            party = _as_called(match)
            if _POINTING.search(match.group()):
                for named in _NAMED_GROUP.finditer(self.view, max(0, match.start() - _BACK), match.start()):
                    party = _as_called(named)
            yield Span(start=match.start(), end=match.end()), party

    def _pairs(self, low: int) -> Iterator[tuple[Span, Party | None]]:
        for match in _JOINT.finditer(self.view, low):
            names: list[str] = []
            at = match.start("names")
            for part in _PARTS.split(match["names"]):
                start = self.view.find(part, at)
                at = start + len(part)
                known = side(part, self.roster)
                inside = () if known else self.cast.within(Span(start=start, end=at))
                names.append(known.name if known else inside[-1].person.name if inside else "")
            whole = all(names) and len(set(names)) == len(names)
            party = Party(name=" and ".join(names), person=False) if whole else None
            yield Span(start=match.start(), end=match.end()), party


def _as_called(match: re.Match[str]) -> Party:
    return Party(name=" ".join(match.group().split()), person=False)

"""A report beside the statement that came of it, and what two of them have in common."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.model import Party, Statement
from bot.statements.people.roster import Roster
from bot.statements.report import Report
from bot.statements.text.words import words

WORDLESS: Final = ("attached denial", "announced denial")
_HIM: Final = re.compile(r"(?:him|her|them|it)\b(?! was| is)", re.IGNORECASE)
_DESCRIBED: Final = re.compile(r"[Tt]he [a-z]+")
_WORD: Final = re.compile(r"[^\W\d_]{4,}|\d[\d.,]*")
_ROOT: Final = 6  # letters: "deploy" and "deployment" begin alike
_SHORTEST: Final = 4  # letters of a name
_COMMON: Final = words(
    "that this these those with from have been were will would could should about after before which while their there "
    "they them then than what when where whom whose some such said says also only over under into being more most "
    "other any all claim claims allegation allegations accusation accusations charge charges report reports "
    "suggestion suggestions false untrue unfounded baseless groundless repeated earlier recent against according "
    "denied denies rejected dismissed country countries government official officials minister president"
)


@dataclass(frozen=True)
class Read:
    """One statement of an article, as its relations to the others are looked for."""

    report: Report
    said: Statement
    roster: Roster

    @property
    def voice(self) -> Party | None:
        """Who speaks, as far as is known."""
        return self.said.party or self.said.holder

    @property
    def placed(self) -> bool:
        """Whether it is known of whom somebody speaks: an official, of a side, in a role."""
        return self.voice is not None and bool(self.voice.official or self.voice.side or self.voice.role)

    @property
    def wordless(self) -> bool:
        """Whether a denial says nothing by itself: "Orlo contradicted him"."""
        denies = self.report.act in {"deny", "reject"} and self.report.kind == "indirect"
        return self.report.rule in WORDLESS or (denies and bool(_HIM.match(self.said.quote)))

    @cached_property
    def matter(self) -> frozenset[str]:
        """The roots of the words that carry what it is about."""
        return roots(self.said.content.partition(" [about: ")[0])

    @cached_property
    def forms(self) -> re.Pattern[str] | None:
        """The names under which the others may speak of who speaks, and of the speaker's side."""
        party = self.voice
        if party is None:
            return None
        side = self.roster.sides.get(party.side or "")
        written = self.said.speaker.as_written if self.said.speaker else ""
        known = {party.name, party.name.split()[-1], written}
        known |= {side.name, *side.names, *side.adjectives} if side else set()
        proper = sorted(form for form in known if form[:1].isupper() and len(form) >= _SHORTEST)
        described = [f"[Tt]{written[1:]}"] if _DESCRIBED.fullmatch(written) else []  # "the report's accusations"
        any_of = "|".join([*map(re.escape, proper), *described])
        return re.compile(rf"\b(?:{any_of})\b") if any_of else None

    def named_in(self, text: str) -> bool:
        """Whether words name who speaks here, or the speaker's side."""
        return self.forms is not None and self.forms.search(text) is not None

    def one_voice(self, other: Read) -> bool:
        """Whether one voice speaks, or a person and the body whose voice the person is."""
        left, right = self.voice, other.voice
        if left is None or right is None:
            return False
        return left.same(right) or (left.person != right.person and left.side is not None and left.side == right.side)

    def one_side(self, other: Read) -> bool:
        """Whether both speak for one side, be it as two persons."""
        left, right = self.voice, other.voice
        return self.one_voice(other) or bool(left and right and left.side is not None and left.side == right.side)

    def within(self, other: Read) -> bool:
        """Whether its words are a part of the other's."""
        inner, outer = self.report.span, other.report.span
        return inner != outer and outer.start <= inner.start and inner.end <= outer.end

    def shared(self, other: Read) -> int:
        """How many words that carry a matter both have, those for who speaks aside."""
        names = roots(" ".join(party.name for party in (self.voice, other.voice) if party))
        return len((self.matter & other.matter) - names)


def roots(text: str) -> frozenset[str]:
    """The first letters of the words that carry a matter."""
    return frozenset(word[:_ROOT] for word in map(str.casefold, _WORD.findall(text)) if word not in _COMMON)


def last(some: list[Read]) -> Read | None:
    """The one that stands last; of two that end together the longer."""
    return max(some, key=lambda one: (one.report.span.end, -one.report.span.start), default=None)

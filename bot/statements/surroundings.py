"""What stands around a statement: whom its pronouns mean, what its "that" points back to, the sentences beside it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.model import Party
from bot.statements.others import Others
from bot.statements.people.cast import Cast
from bot.statements.people.roster import Roster
from bot.statements.report import Report
from bot.statements.text.page import Page

_QUESTION = re.compile(
    r"\b(?:asked|question|whether|pressed on|responding to|in response to|commenting on)\b|\?", re.IGNORECASE
)
_CAPITAL = re.compile(r"(?<![\w-])[A-Z][\w.]+(?: [A-Z]\w+)?")
_OPENS = re.compile(
    r"\W*(?:.*[,;:] (?:and |but )?|(?:But |And |So )?(?:[Ww]hat|[Ww]hy|[Hh]ow) (?:did|does|do|will|would) |"
    r"(?:But|And|So|While|As|If|When|However|Meanwhile),? )?(?:[Tt]he )?",
    re.DOTALL,
)
_WINDOWS = (1, 3, 5)  # sentences back, the nearest first
_NEAR = 3  # sentences over which words point back to what the same speaker said


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """What a statement leaves to those behind it."""

    report: Report
    speaker: Party | None
    holder: Party | None
    content: str
    sentence: int  # its index


@dataclass(frozen=True, slots=True, kw_only=True)
class Surroundings:
    """The surroundings of the statements of one article."""

    page: Page
    cast: Cast
    roster: Roster
    day: date | None
    named: Callable[[str], Party | None]  # a person of the article, by name

    def others(self, report: Report, party: Party | None, last: Earlier | None) -> Others:
        """Whom the pronouns in the speaker's own words mean: the last other man, woman and body."""
        he = she = they = None
        index = self.page.sentence(report.span.start)
        if last and self._goes_on(last, party, index) and last.holder and party and not last.holder.same(party):
            if not last.holder.person:
                they = last.holder
            elif last.holder.name not in self._named_in(report):
                same = Others.only(last.holder, self.gender(last.holder))
                he, she = same.he, same.she
        for back in _WINDOWS:
            low = self.page.sentences[max(0, index - back)].start if index >= 0 else 0
            he = he or self._person_near(low, report, party, "m")
            she = she or self._person_near(low, report, party, "f")
            if back <= _NEAR:
                they = they or self._body_near(low, report, party)
        held = last.holder if last else None
        if they is None and held and party and not held.person and not self.roster.speaks_for(party, held, self.day):
            near = index - last.sentence <= _NEAR if last else False
            they = held if near else None
        return Others(he=he, she=she, they=they)

    def gender(self, party: Party) -> Literal["f", "m"] | None:
        """The gender of somebody of the article, where it is known."""
        return next((p.gender for p in self.cast.people if p.name == party.name), None)

    def names_itself(self, report: Report, party: Party | None) -> int:
        """The place where the content first names another person, to whom its later pronouns may point."""
        for mention in self.cast.within(report.span):
            if party is None or mention.person.name != party.name:
                return mention.span.start
        return report.span.end

    def points_back(self, report: Report, party: Party | None, last: Earlier | None) -> str:
        """The words that "it" or "that" may stand for: the question asked, or what was said just before."""
        index = self.page.sentence(report.span.start)
        if index < 0:
            return ""
        lead = self.page.view[self.page.sentences[index].start : report.span.start]
        if _QUESTION.search(lead) and len(lead.split()) > _NEAR:
            return lead
        if last and self._goes_on(last, party, index):
            return last.content
        if index == 0 or self.page.headlines[index - 1]:
            return ""
        return self.page.sentences[index - 1].of(self.page.view)

    def asked(self, report: Report) -> str:
        """The words around a statement in which its question may stand: the sentence before, and its own."""
        index = self.page.sentence(report.sentence.start)
        start = self.page.sentences[max(0, index - 1)].start if index >= 0 else report.sentence.start
        return f"{self.page.view[start : report.span.start]} {self.page.view[report.span.end : report.sentence.end]}"

    def before(self, report: Report) -> str:
        """The sentence before, and the question that the statement answers."""
        index = self.page.sentence(report.sentence.start)
        if index <= 0:
            return ""
        sentence = self.page.sentences[index - 1].of(self.page.text)
        lead = self.page.view[report.sentence.start : report.span.start]
        question = lead if _QUESTION.search(lead) else ""
        return " ".join(f"{sentence} {question}".split())

    def after(self, report: Report) -> str:
        """The sentence behind."""
        index = self.page.sentence(max(report.sentence.start, report.sentence.end - 1)) + 1
        if not 0 < index < len(self.page.sentences):
            return ""
        return " ".join(self.page.sentences[index].of(self.page.text).split())

    @staticmethod
    def _goes_on(last: Earlier, party: Party | None, index: int) -> bool:
        """Whether the same speaker said the last statement, a few sentences before at most."""
        same = bool(party and last.speaker and last.speaker.same(party))
        return same and index - last.sentence <= _NEAR

    def _person_near(self, low: int, report: Report, party: Party | None, gender: Literal["f", "m"]) -> Party | None:
        """The last person named before the statement who may be meant: not the speaker, nor whom it names itself."""
        near = self.cast.between(low, report.span.start)
        inside = self._named_in(report)
        for mention in reversed(near):
            if mention.person.gender not in (None, gender) or mention.person.name in inside:
                continue
            candidate = self.named(mention.person.name)
            if candidate and not (party and candidate.same(party)):
                return candidate
        return None

    def _named_in(self, report: Report) -> set[str]:
        """Who is named where the content begins: in "he puts pressure on Velden", he is somebody else."""
        first = self.page.sentence(report.span.start)
        named = self.cast.within(report.span)
        return {m.person.name for m in named if self.page.sentence(m.span.start) == first}

    def _body_near(self, low: int, report: Report, party: Party | None) -> Party | None:
        """The last side that acts in the sentences before the statement, other than the speaker's own."""
        found = None
        view = self.page.view
        for match in _CAPITAL.finditer(view, low, report.span.start):
            word = match.group()
            side = self.roster.side(word) or (self.roster.adjective(word[:-1]) if word.endswith("s") else None)
            if side is None:
                continue
            sentence = self.page.sentences[max(0, self.page.sentence(match.start()))]
            if not _OPENS.fullmatch(view, sentence.start, match.start()):
                continue
            body = Party(name=side.name, side=side.id, person=False)
            if party is None or not self.roster.speaks_for(party, body, self.day):
                found = body
        return found

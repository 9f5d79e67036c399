"""A person of an article, and a place where the article names one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self

from bot.model import Span
from bot.statements.people.names import Found
from bot.statements.people.spelling import plain, sounds_of
from bot.statements.text.page import Page
from bot.statements.text.words import words
from config.schema import Official

_PREPOSITIONS = words(
    "with to of by for from on about against between at than as like via including under amid over into "
    "toward "
    "towards after before during without behind alongside through versus vs"
)
_BEFORE_A_TITLE = words("the a an former president minister leader us senior")
_CLAUSE = words(
    "that and but or when while after before as because where if although though whether which so said says"
)


@dataclass(slots=True, kw_only=True)
class Person:
    """A person of this article. `official` is set where the roster knows the name."""

    name: str
    official: Official | None = None
    role: str | None = None  # as the article gives it
    side: str | None = None
    gender: Literal["f", "m"] | None = None
    kin: bool = False  # introduced as somebody's relative
    voice: bool = False  # speaks under the name in full
    age: str = ""  # in years, where the article gives it

    @property
    def called(self) -> str | None:
        """The role, else the age: what tells readers who somebody is that holds no office."""
        return self.role or (f"aged {self.age}" if self.age else None)

    @property
    def parts(self) -> frozenset[str]:
        """The words of the name, in one spelling."""
        return frozenset(sounds_of(self.name))


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """A place where a person is named. `subject`: nothing governs it, so that a pronoun may point back to it."""

    span: Span
    person: Person
    quoted: bool
    subject: bool
    possessive: bool
    title: str = ""  # the title written before the name

    @classmethod
    def at(cls, one: Found, person: Person, page: Page) -> Self:
        """The mention of the person where the name stands."""
        start = one.start
        possessive = page.view.startswith(("'s ", "' ", "'s\n"), one.span.end)
        sentence = page.sentences[page.sentence(one.span.start)]
        lead = plain(page.view[sentence.start : start]).split()
        while lead and lead[-1] in _BEFORE_A_TITLE:
            lead.pop()
        before = lead[-1] if lead else ""
        governed = before in _PREPOSITIONS or (before.endswith("ed") and before not in _CLAUSE)
        comma = page.view[max(0, start - 2) : start].startswith(",")
        return cls(
            span=one.span,
            person=person,
            quoted=page.within_quotes(one.span.start),
            subject=not possessive and (not governed or comma),
            possessive=possessive,
            title=one.title,
        )

"""The roles an article gives an official, held against the mandates on record: the mandate wins, the doubt is told."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from bot.model import Span
from bot.statements.people.cast import Cast
from bot.statements.people.roster import Roster
from bot.statements.people.spelling import plain
from bot.statements.text.page import Page
from config.schema import Official

# Words before or behind a role that say it is not held, or not yet fully. "Then-" is none of them: it tells of a day
# long past, on which the role was held.
_MARKS = frozenset(
    {"former", "ex", "pick", "nominee", "elect", "designate", "outgoing", "incoming", "acting", "interim"}
)
_PAST = frozenset({"then", "late"})
_MARKED = re.compile(r"\b(former|ex|then|outgoing|incoming|acting|interim)[ -]$", re.IGNORECASE)
_PICKED = re.compile(r"\b((?:[A-Z][\w.]+ (?:of )?){1,4}(?:pick|nominee|designate)),? $")
_EX_BEHIND = re.compile(r",? \(?((?:[\w'-]{1,30} ){0,3}ex-[\w-]{2,30}(?: [\w-]{2,30}){0,2})[,)]")
# A sentence of another day, whose roles are those of that day.
_OTHER_DAY = re.compile(
    r"\b(?:(?:19|20)\d\d|January|February|March|April|June|July|August|September|October|November|December|"
    r"ago|last (?:month|year)|earlier|when|once|at the time|then)\b"
)
_NEWS = timedelta(days=7)


@dataclass(frozen=True, slots=True, kw_only=True)
class Title:
    """A role as the article writes it, with its place."""

    words: str
    span: Span


def titles(official: Official, page: Page, cast: Cast) -> tuple[Title, ...]:
    """Every title the article gives an official, with "former" before it or "pick" behind it, in text order."""
    found = list(_titles(official, page, cast))
    return tuple({title.words: title for title in reversed(found)}.values())[::-1]


def _titles(official: Official, page: Page, cast: Cast) -> Iterator[Title]:
    role = next((p.role for p in cast.people if p.official is official), None)
    for mention in cast.mentions:
        if mention.person.official is not official:
            continue
        start = mention.span.start - (len(mention.title) + 1 if mention.title else 0)
        lead = page.view[max(0, start - 60) : start]
        if mention.title:
            marked = _MARKED.search(lead)
            yield Title(words=f"{marked[1]} {mention.title}" if marked else mention.title, span=mention.span)
        if picked := _PICKED.search(lead):
            yield Title(words=picked[1], span=mention.span)
        if behind := _EX_BEHIND.match(page.view, mention.span.end):
            yield Title(words=behind[1], span=mention.span)
        if role:
            yield Title(words=role, span=mention.span)
            role = None


def doubt(title: Title, official: Official, *, roster: Roster, page: Page, day: date, published: date) -> str | None:
    """That the article's title for an official is not the mandate of the day of the words, or None."""
    words = plain(title.words).split()
    side, rest = roster.split_side(title.words)
    marks = _MARKS & set(words)
    core = " ".join(w for w in rest.split() if w not in _MARKS | _PAST)
    if not core or _PAST & set(words):
        return None
    held = roster.bears(official, core, day, side=side) or (
        bool(marks) and core == "president" and _leads(official, roster, day)
    )
    mandate = roster.role_on(official, day)
    written = f"the article writes “{' '.join(title.words.split())}”"
    if marks:
        doubtful = held and mandate is not None and not marks & set(plain(mandate.role).split())
        return f"{written}; the role of that day: {mandate.role}" if doubtful and mandate else None
    if held or not roster.bears(official, core, None, side=side) or published - day > _NEWS:
        return None
    index = page.sentence(title.span.start)
    if index >= 0 and _OTHER_DAY.search(page.view, page.sentences[index].start, page.sentences[index].end):
        return None
    if mandate:
        return f"{written}; the role of that day: {mandate.role}"
    return f"{written}; on that day no such mandate was on record"


def _leads(official: Official, roster: Roster, day: date) -> bool:
    mandate = roster.role_on(official, day)
    return mandate is not None and mandate.rank == "leader"


def without_mandate(role: str | None, official: Official, roster: Roster) -> str | None:
    """The article's role for an official without a mandate that day; one that has ended or not begun is not shown."""
    if role is None or (_MARKS | _PAST) & set(plain(role).split()):
        return role
    side, rest = roster.split_side(role)
    return None if roster.bears(official, rest, None, side=side) else role

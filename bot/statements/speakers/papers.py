"""Whose words a paper holds: "the Harbour Union's statement", "a Lindhaven Court ruling", "a report by the League"."""

from __future__ import annotations

import re

from bot.model import Span
from bot.statements.people.nouns import BODY_NOUNS
from bot.statements.people.roster import Roster
from bot.statements.people.spelling import plain

_PAPER = (
    r"(?:statement|report|readout|ruling|release|post|letter|message|memo|filing|announcement|communiqu[eé]|bulletin|"
    r"briefing|survey|study|review|note|document|documents|tweet)"
)
_OWNED = re.compile(
    r"(?:'s|(?<=s)') (?:[a-z]+ ){0,2}(?:position|stance|view|words|remarks|comments|announcement|claim|demands?|"
    r"statement|readout|post|letter|message|filing|memo|bulletin|report|study|ruling|lawsuit|"
    r"website|press release|communiqu[eé])$"
)
_NAMED = re.compile(
    rf"(?:[Aa]n?|[Tt]he|[Oo]ne|[Aa]nother) (?P<who>[\w'.& -]{{2,60}}?) (?:(?:blog|press|news|media|social media|annual|"
    rf"quarterly|official|written|research|security) ){{0,2}}{_PAPER}"
)
_WHEN = r"(?:(?: on| late| early)? (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day| issued| released| published| posted)"
_BY = re.compile(rf"(?:[\w-]+ ){{0,4}}{_PAPER}{_WHEN}{{0,2}} (?:from|by) (?=[\w'])", re.IGNORECASE)
_BEHIND = re.compile(
    rf"{_WHEN}{{0,2}} (?:from|by) (?P<who>(?:the )?[A-ZÀ-Þ][\w'-]*(?: (?:(?:of|for) )?[A-ZÀ-Þ][\w'-]*){{0,5}})"
)
_ENDS = re.compile(rf"\b{_PAPER}{_WHEN}{{0,2}}$", re.IGNORECASE)


def author(view: str, span: Span, roster: Roster) -> Span | None:
    """Where the mention of a paper, or the text right behind it, names who issued it; None if it does not."""
    written = view[span.start : span.end]
    owned = _OWNED.search(written)
    if owned:
        return Span(start=span.start, end=span.start + owned.start())
    by = _BY.match(written)
    if by:
        return Span(start=span.start + by.end(), end=span.end)
    if not _ENDS.search(written):
        return None
    behind = _BEHIND.match(view, span.end, span.end + 100)
    if behind:
        return Span(start=behind.start("who"), end=behind.end("who"))
    named = _NAMED.fullmatch(written)
    if named and _issues(named["who"], roster):
        return Span(start=span.start + named.start("who"), end=span.start + named.end("who"))
    return None


def _issues(phrase: str, roster: Roster) -> bool:
    """Whether the words before "report" are the body behind it, and no topic: "the Velmark ministry", not "jobs"."""
    last = plain(phrase).split()[-1:]
    if roster.side(phrase):
        return True
    return bool(last) and last[0] in BODY_NOUNS and (" " in phrase or phrase[:1].isupper())

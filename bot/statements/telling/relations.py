"""Which statement of its article another one denies or gives up, where the article itself says so."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.model import RECALLED, Statement, Told
from bot.statements.people.roster import Roster
from bot.statements.report import Report
from bot.statements.telling.answers import denied
from bot.statements.telling.reading import WORDLESS, Read, last
from bot.statements.text.page import Page

_BEHIND: Final = 120  # characters between "X denied it" and the words by which X does
_NEIGHBOURS: Final = 6  # statements on either side that may be of one sentence
# Words by which a narrator sets what somebody says off against what the same person said before.
_BEFORE: Final = r"(?:previously|earlier|initially|originally|repeatedly|once|long|until recently)"
_PLAINLY: Final = re.compile(
    r"(?:(?:hours|days|weeks|months|years|an? (?:hour|day|week|month|year)) after (?:\w+ )?(?:had )?"
    rf"(?:(?:{_BEFORE}|first|publicly) )?|after (?:{_BEFORE} |(?:months|weeks|years|days) of )|"
    rf"despite (?:having )?(?:{_BEFORE} )?(?:(?:his|her|its|their) (?:\w+ ){{0,2}})?|having {_BEFORE} |"
    rf"(?:al)?though (?:{_BEFORE},? )?(?:[\w.'-]+ ){{1,4}}?had (?:\w+ly )?)$",
    re.IGNORECASE,
)
# "initially denied that …, but later admitted that …"
_AT_FIRST: Final = re.compile(r"\b(?:initially|originally|at first) (?:had )?$", re.IGNORECASE)
_THEN: Final = re.compile(r"\b(?:but|before|then|later|subsequently|now|since)\b", re.IGNORECASE)
_ADMITS: Final = re.compile(r"(?:\w+ )*?(?:admit|acknowledg|conced|confess)", re.IGNORECASE)
_LOOSELY: Final = re.compile(rf"(?:who|which) (?:had {_BEFORE}|{_BEFORE}(?: had)?) $", re.IGNORECASE)


def relate(page: Page, reports: Sequence[Report], said: Sequence[Statement], roster: Roster) -> tuple[Statement, ...]:
    """The statements in their order, those that answer or give up another one told so, and what is recalled marked.

    Where a denial has no words of its own ("Orlo denied it"), those that Orlo says right behind are the answer.
    """
    read = [Read(report, _marked(report, one), roster) for report, one in zip(reports, said, strict=True)]
    related = [_related(page, at, read) for at in range(len(read))]
    for at, one in enumerate(read):
        told = related[at].told
        if not one.wordless or told is None:
            continue
        behind = _goes_on(one, read)
        if behind is not None and related[behind].told is None:
            related[behind] = replace(related[behind], told=told)
        if behind is not None or one.report.rule == "announced denial":
            related[at] = replace(related[at], told=None)
    return tuple(related)


def _marked(report: Report, one: Statement) -> Statement:
    return replace(one, caveats=(RECALLED, *one.caveats)) if report.recalled else one


def _related(page: Page, at: int, read: Sequence[Read]) -> Statement:
    one = read[at]
    if one.voice is None:
        return one.said
    if one.report.rule == "echoed position":
        return _echoed(one, read)
    earlier, words = _given_up(page, at, read)
    if earlier is not None:
        return replace(one.said, told=Told(how="turned", words=words, of=earlier.said.quote))
    claim = denied(one, read)
    if claim is None:
        return one.said
    told = Told(how="denied", words=one.report.cue or "", of=claim.said.quote)
    content = claim.said.content if one.report.rule in WORDLESS else one.said.content
    return replace(one.said, told=told, content=content)


def _goes_on(denial: Read, read: Sequence[Read]) -> int | None:
    """The place of the words of the one who denies, right behind "X denied it"."""
    for at, x in enumerate(read):
        if x is not denial and 0 <= x.report.span.start - denial.report.span.end <= _BEHIND:
            return at if x.one_voice(denial) and not x.wordless else None
    return None


# -- positions given up ----------------------------------------------------------------------------------------------


def _given_up(page: Page, at: int, read: Sequence[Read]) -> tuple[Read | None, str]:
    """The earlier position that the sentence says is given up by this statement, and the words that say so."""
    one = read[at]
    if one.report.recalled:
        return None, ""
    around = read[max(0, at - _NEIGHBOURS) : at + _NEIGHBOURS + 1]
    near = [x for x in around if x is not one and x.report.sentence.start == one.report.sentence.start]
    for other in near:
        if other.report.rule == "echoed position" and other.one_voice(one) and _main(other, read) is one:
            return (
                other,
                other.said.quote if other.report.cue_span == other.report.span else f"had {other.report.cue} it",
            )
        if other.report.rule == "recalled position" and other.within(one):
            return other, one.report.cue or ""
        if other.report.rule == "recalled position" and other.one_voice(one) and _stood_until(other, one, near):
            return other, f"had {other.report.cue} it until then"
    for other in near:
        words = _set_off(page, other, one)
        if words and other.voice and one.voice and other.voice.same(one.voice):
            return other, words
    return None, ""


def _stood_until(other: Read, one: Read, near: Sequence[Read]) -> bool:
    """Whether "until" stands between them: what is recalled as dropped is a part of what drops it."""
    return one.report.span.start > other.report.span.end and not any(other.within(x) for x in near)


def _set_off(page: Page, other: Read, one: Read) -> str:
    """How the narrator says that the other words came before, and that it is no matter of course to say both."""
    if other.report.cue_span is None or other.report.span.start == one.report.span.start:
        return ""
    if _admitted(page, other, one):
        return f"initially {other.report.cue}, then {one.report.cue}"
    found = _lead(page, other)
    if found is None or _lead(page, one) is not None:
        return ""
    if _LOOSELY.match(found.group()) and not other.shared(one):
        return ""
    return f"{found.group().strip()} {other.report.cue}"


def _admitted(page: Page, other: Read, one: Read) -> bool:
    """Whether the sentence tells what was said at first, and then what was admitted."""
    said, cue = other.report, one.report.cue_span
    if said.cue_span is None or cue is None or cue.start < said.span.end or not _ADMITS.match(one.report.cue or ""):
        return False
    first = _AT_FIRST.search(page.view[said.sentence.start : said.cue_span.start])
    return first is not None and bool(_THEN.search(page.view[said.span.end : cue.start]))


def _lead(page: Page, one: Read) -> re.Match[str] | None:
    if one.report.cue_span is None:
        return None
    before = page.view[one.report.sentence.start : one.report.cue_span.start]
    return _PLAINLY.search(before) or _LOOSELY.search(before)


def _echoed(one: Read, read: Sequence[Read]) -> Statement:
    """What "although X had called for this" says: the opposite of what stands before it in the sentence."""
    main = _main(one, read)
    if main is None:
        return one.said
    refuses = main.said.negated or main.report.act in {"reject", "deny"}
    said = replace(one.said, content=main.said.content, negated=not refuses)
    if main.one_voice(one):
        return said
    return replace(said, told=Told(how="denied", words=one.report.cue or "", of=main.said.quote))


def _main(echo: Read, read: Sequence[Read]) -> Read | None:
    """What a clause without words of its own is set off against: the nearest statement before it in its sentence."""
    place = echo.report.span.start
    return last(
        [
            x for x in read
            if x is not echo and x.voice and x.report.sentence.start <= place <= x.report.sentence.end
            and x.report.span.start < place and not x.report.recalled
        ]
    )  # fmt: skip

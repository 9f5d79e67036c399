"""Which statement of its article another one denies or gives up, where the article itself says so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.contrast import opposite
from bot.model import RECALLED, Statement, Told
from bot.statements.people.roster import Roster
from bot.statements.report import Report
from bot.statements.telling import asides
from bot.statements.telling.answers import denied
from bot.statements.telling.reading import WORDLESS, Read, last
from bot.statements.text.page import Page
from bot.statements.text.words import words

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
_THEN: Final = re.compile(r"\b(?:but|before|yet|only to)\b", re.IGNORECASE)
_OWNS_UP: Final = re.compile(r"(?:\w+ )*?(?:admit|confess)", re.IGNORECASE)
_OF_ONESELF: Final = re.compile(r"(?:that )?(?:he|she|they|I|we)\b", re.IGNORECASE)
_TO_WHOM: Final = re.compile(
    r"(?:it|him|her|them|us) (?!(?:would|will|was|were|is|had|has|did|could|should|may|might|must|can)\b)\w"
)
_LAPSE: Final = re.compile(r"(?:hour|day|week|month|year)s? after ", re.IGNORECASE)
_SUDDEN: Final = re.compile(  # "just days after saying": so soon that the narrator wonders
    r"\b(?:just|only|barely|mere|hardly)(?: (?:an?|\w+))? $", re.IGNORECASE
)
_SHORTLY: Final = 20  # characters
_POINTS: Final = re.compile(r"\b(?:it|so|the opposite|otherwise)\b", re.IGNORECASE)
_HALVED: Final = re.compile(r"\b(?:would|will|could)(?: not|n['’]t)?$", re.IGNORECASE)  # "that she would not"
_MODALS: Final = words("will would could can wouldn't won't can't couldn't")
_WORD: Final = re.compile(r"[^\W_]+(?:['’]t)?")
_NO: Final = words(
    "not no never nothing nobody none neither nor cannot won't wouldn't can't couldn't didn't isn't wasn't aren't "
    "weren't"
)
_SMALL: Final = words("that the a an it he she they we i this would will is was are were be been had has have")
_ADMITS: Final = re.compile(r"(?:\w+ )*?(?:admit|acknowledg|conced|confess)", re.IGNORECASE)
_UNTOLD: Final = re.compile(r"(?:there|we|I)\b", re.IGNORECASE)
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
    return tuple(one for one, of in zip(related, read, strict=True) if not _nobodys(of, read))


def _nobodys(one: Read, read: Sequence[Read]) -> bool:
    """Whether "a week after ruling it out" may be told of another than who speaks: "Velden said Harnik would go, …"."""
    if not asides.bare(one.report):
        return False
    main = _main(one, read)
    return main is None or not main.one_voice(one) or not _of_the_speaker(main)


def _of_the_speaker(one: Read) -> bool:
    """Whether what is said is of who says it, of that one's side, or of nobody ("there will be a vote")."""
    if asides.speaks_last(one.report):
        return True
    words = one.said.content.removeprefix("that ")
    party = one.voice
    side = one.roster.sides.get(party.side or "") if party else None
    names = [*([party.name] if party else []), *((side.name, *side.names) if side else ())]
    return bool(_UNTOLD.match(words)) or any(words.startswith(name + " ") for name in names)


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
            if asides.bare(other.report):
                return (other, other.said.quote) if _of_the_speaker(one) else (None, "")
            return other, f"had {other.report.cue} it"
        if other.report.rule == "recalled position" and other.within(one):
            return other, one.report.cue or ""
        if other.report.rule == "recalled position" and other.one_voice(one) and _stood_until(other, one, near):
            return other, f"had {other.report.cue} it until then"
    for other in near:
        words = _set_off(page, other, one, near)
        if words and other.voice and one.voice and other.voice.same(one.voice):
            return other, words
    return None, ""


def _stood_until(other: Read, one: Read, near: Sequence[Read]) -> bool:
    """Whether "until" stands between them: what is recalled as dropped is a part of what drops it."""
    return one.report.span.start > other.report.span.end and not any(other.within(x) for x in near)


def _set_off(page: Page, other: Read, one: Read, near: Sequence[Read]) -> str:
    """How the narrator says that the other words came before, and that it is no matter of course to say both."""
    if other.report.cue_span is None or other.report.span.start == one.report.span.start:
        return ""
    if _TO_WHOM.match(other.said.quote) or any(one.within(x) and other.within(x) for x in near):
        return ""  # "denied it entry"; or somebody else tells both
    if _admitted(page, other, one):
        return f"initially {other.report.cue}, then {one.report.cue}"
    found = _lead(page, other)
    if found is None or _lead(page, one) is not None:
        return ""
    if _LOOSELY.match(found.group()) and not other.shared(one):
        return ""
    begins = other.report.sentence.start + found.start()
    sudden = _SUDDEN.search(page.view, max(other.report.sentence.start, begins - _SHORTLY), begins)
    if _LAPSE.search(found.group()) and not sudden and not _turns(other, one):
        return ""
    return f"{found.group().strip()} {other.report.cue}"


def _turns(other: Read, one: Read) -> bool:
    """Whether "a day after saying that …" sets one thing off against another, and is not just what was said before."""
    before, now = (set(_WORD.findall(x.said.content.partition(" [about: ")[0].casefold())) for x in (other, one))
    no = bool(before & _NO) != bool(now & _NO)
    if not no and (before - _SMALL <= now or now - _SMALL <= before):
        return False  # the same once more, or more of it
    behind = max(one, other, key=lambda x: x.report.span.start).said.quote
    pointed = bool(_POINTS.search(behind)) or bool(_HALVED.search(behind) and before & _MODALS and now & _MODALS)
    return pointed or (bool(other.shared(one)) and (no or _opposites(before, now)))


def _opposites(before: set[str], now: set[str]) -> bool:
    """Whether a word of the one is the opposite of a word of the other: "close", "stay open"."""
    return any(opposite(word, again) for word in before - now for again in now - before)


def _admitted(page: Page, other: Read, one: Read) -> bool:
    """Whether the sentence tells what was said at first, and then what was admitted."""
    said, cue = other.report, one.report.cue_span
    if said.cue_span is None or cue is None or cue.start < said.span.end or not _ADMITS.match(one.report.cue or ""):
        return False
    first = _AT_FIRST.search(page.view[said.sentence.start : said.cue_span.start])
    if first is None or not _THEN.search(page.view[said.span.end : cue.start]):
        return False
    before, now = (bool(set(_WORD.findall(x.said.quote.casefold())) & _NO) != x.report.negated for x in (other, one))
    if other.shared(one) or before != now or _POINTS.search(one.said.quote):
        return True
    # "Admitted", of something else than of oneself, is telling enough; what is acknowledged may be anything.
    return bool(_OWNS_UP.match(one.report.cue or "")) and not _OF_ONESELF.match(one.said.quote)


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
    at = bisect_left(read, place, key=lambda x: x.report.span.start)
    return last(
        [
            x for x in read[max(0, at - 2 * _NEIGHBOURS) : at]
            if x is not echo and x.voice and x.report.sentence.start <= place <= x.report.sentence.end
            and x.report.span.start < place and not x.report.recalled
        ]
    )  # fmt: skip

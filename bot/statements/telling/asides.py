"""A turn told in a bare clause: "X will take part, Velden said, a week after ruling it out".

Whose it was and what it was goes without saying, so nothing is taken where either could be somebody or something else.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.model import Span
from bot.statements.report import Report
from bot.statements.text.sentences import Sentence

_AGO: Final = (
    r"(?:(?:just |only |barely |less than |more than )?(?:an?|one|two|three|four|five|six|seven|eight|nine|ten|several|"
    r"some|a few|a couple of|\d+) )?(?:hours?|days?|weeks?|months?|years?)"
)
_MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|spring|summer|autumn|"
    r"winter|\d{4})"
)
_THAT: Final = r"(?:it|this|that|them|the idea|just that|exactly that|(?:any )?such (?:an? )?\w+)"
_REFUSED: Final = (
    rf"rul(?:ing|ed) {_THAT} out|rul(?:ing|ed) out {_THAT}|oppos(?:ing|ed) {_THAT}|"
    rf"resist(?:ing|ed) {_THAT}|(?:being|been) (?:firmly |strongly )?(?:opposed to|against) {_THAT}|"
    r"(?:saying|said|insisting|insisted|vowing|vowed|promising|promised|declaring|declared|telling \w+|told \w+) "
    r"(?:that )?(?:it|he|she|they) (?:would|will|could) (?:not|never)(?: do (?:so|that|it))?"
)
_FAVOURED: Final = (
    rf"(?:being|been) (?:open to|in favou?r of|supportive of|ready for) {_THAT}|call(?:ing|ed) for {_THAT}|"
    rf"demand(?:ing|ed) {_THAT}|back(?:ing|ed) {_THAT}|support(?:ing|ed) {_THAT}|favou?r(?:ing|ed) {_THAT}|"
    r"promis(?:ing|ed) (?:it|this|that|just that|exactly that)"
)
_ASIDE: Final = re.compile(
    rf"\b(?P<held>(?:{_AGO} after|(?P<bare>despite|despite having|having)) "
    r"(?P<before>(?:(?:previously|earlier|initially|repeatedly|once|long|consistently|first|publicly) )*)"
    rf"(?:(?P<denied>den(?:ying|ied) (?:it|this|that))|(?P<refused>{_REFUSED})|(?P<favoured>{_FAVOURED})))"
    r"(?P<when> (?:(?:only |just )?(?:on \w+day|last \w+|earlier(?: (?:this|that|in the) \w+)?|before|previously|"
    rf"repeatedly|for (?:(?:many|\w+) )?(?:days|weeks|months|years|decades|long)|in (?:early |late )?{_MONTH}|"
    rf"{_AGO} (?:earlier|before|ago))))?(?= *(?:[.,;:—–]|$))",
)
_OPENS: Final = (" after ", "despite ", "having ")  # of which it holds one
# -- what it is set off against: news of the speaker's own, that says plainly yes or plainly no -----------------------
_CLAUSE: Final = re.compile(  # between the news and the clause: who stands there may have ruled it out, too
    r"\b(?:if|unless|that|who|whom|whose|which|when|where|while|whether|because|but|and|or|as|after|before|since)\b"
)
_ADMITS: Final = re.compile(r"(?:\w+ )*?(?:admit|acknowledg|conced|confess|confirm)", re.IGNORECASE)
_AGAIN: Final = re.compile(r"\b(?:again|repeat\w*|reiterat\w*|renew\w*|still|remain\w*|once more|st(?:an|oo)d\w* by)\b")
_OTHERS_DEED: Final = re.compile(r"(?:\w+ )*?(?:welcom|prais|hail|applaud|thank|warn|predict|fear|expect|hope)")
_LEAVES_OPEN: Final = re.compile(r"\b(?:if|unless|whether|provided|too early|no comment|nothing|undecided)\b")
_GOES_AHEAD: Final = re.compile(r"\b(?:will|would|shall|must|should|can|going to)\b|['’]ll\b")
_SAYS_NO: Final = re.compile(
    r"\b(?:not?|never|nothing|nobody|none|nor|neither|cannot|without|hardly|off the table|out of the question|"
    r"impossible|unthinkable|unacceptable|regret\w*|rul\w+ (?:\w+ )?out|reject\w*|refus\w*|oppos\w*|resist\w*)\b|"
    r"n['’]t\b",
    re.IGNORECASE,
)
_STOPS: Final = re.compile(r"\b(?:will|would|shall|could|can) (?:not|never)\b|\b(?:wo|would|ca)n['’]t\b|\bbe no\b")
_HINDERS: Final = re.compile(  # who is against such a thing, or will have none of it, is for what it hinders
    r"\b(?:critici\w+|fears?|concerns?|doubts?|claims?|objections?|opposition|accusations?|delay\w*|postpon\w*|suspen\w+|"
    r"exempt\w*|repeal\w*|end(?:s|ed|ing)?|stop\w*|halt\w*|scrap\w*|cancel\w*|abandon\w*|drop(?:s|ped|ping)?|ban\w*|"
    r"block\w*|limit\w*|cuts?|cutting|weaken\w*|revers\w*|withdr\w+|unfair|without|reason|more|longer|only|yet)\b",
    re.IGNORECASE,
)
_NEAR: Final = 12  # statements before a sentence that may reach into it
_OWN_DEED: Final = ("cue + object", "cue + infinitive")


def taken(view: str, read: Sequence[Sentence], found: Sequence[Report]) -> list[Report]:
    """`found`, with what the narrator tells in passing as said before, which is taken off the end of the news."""
    reports = sorted(found, key=_start)
    clauses: list[Report] = []
    for sentence in read:
        if not any(view.find(word, sentence.start, sentence.end) >= 0 for word in _OPENS):
            continue  # as nearly always
        first = max(0, bisect_left(reports, sentence.start, key=_start) - _NEAR)
        last = bisect_left(reports, sentence.end, lo=first, key=_start)
        clause = _aside(view, sentence, reports[first:last])
        if clause is None:
            continue
        span = clause.span
        inside = [one for one in reports[first:last] if not (span.start <= one.span.start and one.span.end <= span.end)]
        reports[first:last] = [_without(one, span, view) for one in inside]
        clauses.append(clause)
    return [*reports, *clauses]


def _start(report: Report) -> int:
    return report.span.start


def bare(report: Report) -> bool:
    """Whether it is such a clause, of which no words are anybody's but the narrator's."""
    return report.recalled and report.cue_span == report.span


def speaks_last(report: Report) -> bool:
    """Whether the clause behind it is the speaker's for sure: the speaker does it, admits it, or is named behind it."""
    cue = report.cue_span
    behind = cue is not None and cue.start >= report.span.end
    return behind or report.rule in _OWN_DEED or bool(_ADMITS.match(report.cue or ""))


def _aside(view: str, sentence: Sentence, reports: Sequence[Report]) -> Report | None:
    found = _ASIDE.search(view, sentence.start, sentence.end)
    if found is None or (found["bare"] and not (found["when"] or found["before"])):
        return None
    span = Span(start=found.start("held"), end=found.end("held"))
    told = [
        one for one in reports if one.sentence.start <= span.start < one.sentence.end and one.span.start < span.start
    ]
    main = max(told, key=lambda one: one.span.start, default=None)
    if main is None or main.speaker_span is None or main.recalled or not _beside(view, main, span, reports):
        return None
    if view[sentence.start : sentence.end].rstrip(' "”').endswith("?") or not _turned(view, main, found):
        return None
    refused = not found["favoured"]
    return replace(
        main,
        kind="indirect",
        span=span,
        verbatim=(),
        cue=found["held"],
        cue_span=span,
        act="reject" if refused else "demand",
        negated=refused,
        rule="echoed position",
        float_quote=False,
        recalled=True,
    )


def _beside(view: str, main: Report, span: Span, reports: Sequence[Report]) -> bool:
    """Whether the clause stands behind a comma, in nobody's quotation, with nobody else between it and the news."""
    if view[max(0, span.start - 2) : span.start].strip()[-1:] not in {",", "—", "–", "-"}:
        return False
    if any(quoted.start <= span.start < quoted.end for one in reports for quoted in one.verbatim):
        return False
    cue = main.cue_span
    if cue is not None and cue.start > span.start:
        return False  # "…, a week after ruling it out, Velden said": it is part of what she says
    return not _CLAUSE.search(view, min(main.span.end, span.start), span.start)


def _turned(view: str, main: Report, clause: re.Match[str]) -> bool:
    """Whether the news is the opposite of the clause, and plainly so."""
    said, cue = view[main.span.start : min(main.span.end, clause.start())], main.cue or ""
    if _AGAIN.search(cue) or _AGAIN.search(said) or _OTHERS_DEED.match(cue) or _LEAVES_OPEN.search(said):
        return False
    if clause["denied"]:
        return main.act == "say" and bool(_ADMITS.match(cue)) and not main.negated
    if clause["refused"]:
        deed = main.rule in _OWN_DEED and main.act in {"accept", "offer", "say"}
        goes = deed or (main.act in {"say", "offer", "accept"} and bool(_GOES_AHEAD.search(said)))
        return goes and not main.negated and not _SAYS_NO.search(said)
    if _HINDERS.search(said):
        return False
    return main.act == "reject" or (main.act == "say" and not main.negated and bool(_STOPS.search(said)))


def _without(report: Report, tail: Span, view: str) -> Report:
    """A report without what another one has taken of its end."""
    if not (report.span.start < tail.start < report.span.end):
        return report
    words = view[report.span.start : tail.start].rstrip(" \n\t,;—–-")
    span = Span(start=report.span.start, end=report.span.start + len(words))
    return replace(report, span=span, verbatim=tuple(one for one in report.verbatim if one.end <= span.end))

"""Denials that hang on to what they deny and have no words of their own: "…, which the ministry has denied"."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.model import Span
from bot.statements.report import Report, Rule
from bot.statements.text import sentences
from bot.statements.text.sentences import Sentence
from bot.untruth import CLAIMS, UNTRUE

_NOW: Final = (
    r"(?:den(?:y|ies|ied)|reject(?:s|ed)?|disput(?:es?|ed)|dismiss(?:es|ed)?|refut(?:es?|ed)|contest(?:s|ed)?)"
)
_DONE: Final = r"(?:denied|rejected|disputed|dismissed|refuted|contested|rebutted|contradicted)"
_HOW: Final = r"(?:(?:has|have|had|also|long|always|since|itself|himself|herself|themselves|\w+ly) )*"
_NAME: Final = r"[\w&'-]+(?:\.[\w&'-]+)*"  # a full stop ends none
_NO_NAME: Final = (
    r"(?!(?:has|have|had|was|were|is|are|been|be|do|does|did|not|never|neither|nor|or|to|will|would|can|could|should|"
    r"may|might|must|cannot|\w+n't)\b)"
)
_WHO: Final = rf"(?P<who>(?:{_NO_NAME}{_NAME}\.? ){{0,7}}?{_NO_NAME}{_NAME})"
_CLAUSE: Final = (  # where a clause may begin
    r"(?:(?<=[.!?:”\"] )|\A|\n|[,;—–] ?(?:but|and|though|although|while|which|yet)? ?|\b(?:but|though|although|while) )"
)
_WHO_BESIDE: Final = rf"{_WHO}(?:, [^,.;:“”\"\n]{{3,80}},)?"  # "Orlo, the head of the port,"
_ENDS: Final = r"(?=\s*(?:[.,;:!?—–)\"]|$)| and\b| but\b| while\b| although\b| though\b| as\b)"
_BEHIND: Final = r"(?:,|—|–| -) ?(?:(?:all|both|some) of )?"
_NOUN: Final = rf"(?:(?:an?|the|those|these|such|all|both) )?(?:[\w'-]+ ){{0,2}}?{CLAIMS}"
_ATTACHED: Final = tuple(
    re.compile(rf"{_BEHIND}(?P<denial>{pattern})", re.IGNORECASE)
    for pattern in (
        rf"(?:something (?:that |which )?|which ){_WHO} {_HOW}(?P<cue>{_NOW}){_ENDS}",
        rf"{_NOUN} (?:(?:that|which) )?{_WHO} {_HOW}(?P<cue>{_NOW}){_ENDS}",
        rf"(?:{_NOUN}|which) (?:(?:that |which )?(?:has|have|had|was|were|is|are) (?:been )?)?(?:\w+ly )?"
        rf"(?P<cue>{_DONE}) by {_WHO}{_ENDS}",
        rf"(?:which|{_NOUN}(?: that| which)?) {_WHO} {_HOW}(?P<cue>called|calls|described as|describes as|"
        rf"dismissed as|dismisses as|rejected as|rejects as|branded|labelled|labeled|says? (?:is|are|was|were)|"
        rf"said (?:was|were)) [\"“]?{UNTRUE}[\"”]?",
    )
)
_POINTING: Final = re.compile(
    rf"{_CLAUSE}(?P<denial>{_WHO_BESIDE} {_HOW}(?P<cue>{_NOW}) (?:this|that|it|them|so)){_ENDS}",
    re.IGNORECASE,
)
# Words that name nobody by themselves, and whom an accusation names first.
_ANYBODY: Final = re.compile(r"(?:it|he|she|they|the [a-z]+(?: [a-z]+)?)", re.IGNORECASE)
_BLAMED: Final = re.compile(r"(?:(?!(?:of|for) )[\w'.-]+ ){0,5}?(?!(?:of|for) )[\w'.-]+(?= (?:of|for) )")
_BETWEEN: Final = " \n\t,;—–-"
# "X contradicted her.", "X gave a different account.": what X says stands behind.
_CONTRARY: Final = (
    rf"(?:contradict(?:s|ed)?|correct(?:s|ed)?) "
    rf"(?:him|her|them|it|this|that|(?P<whom>(?:the |his |her |their |its )?{_NAME}(?: {_NAME})?))|"
    r"(?:said|says|claimed|claims) (?:(?:just|quite|exactly|precisely) )?the (?:exact )?opposite|"
    r"(?:said|says|claimed|claims|insists|insisted) otherwise|"
    r"(?:g[ai]ve|gives|offer(?:s|ed)?|had|has|tells|told|present(?:s|ed)?|paint(?:s|ed)?) an?(?:other)? (?:\w+ly )?"
    r"(?:(?:very |quite |rather )?(?:different|contradictory|conflicting) )?(?:account|version|picture|story)|"
    rf"(?:thinks|believes|says|said) (?:that )?(?:he|she|they|{_NAME}) (?:errs|(?:is|are|was|were) (?:wrong|mistaken))"
)
_ANNOUNCED: Final = re.compile(
    rf"{_CLAUSE}(?P<denial>{_WHO_BESIDE} {_HOW}(?P<cue>{_CONTRARY}))"
    r"(?=\s*(?:[.:;,—–]|$)| (?:in|on|at|before|within|the same|an? (?:hour|day|few)|hours|later|from|to|when)\b)",
    re.IGNORECASE,
)
_DIFFERENT: Final = (
    *("opposite", "otherwise", "different", "contradict", "conflicting", "another", "correct", "errs", "wrong"),
    "mistaken",
)
_DENIES: Final = ("deni", "deny", "reject", "disput", "dismiss", "refut", "rebut", "contest", "contradict")
# In order, each with words of which it holds one: hardly a sentence does, and to look for them is soon done.
_PATTERNS: Final = (
    *((pattern, _DENIES) for pattern in _ATTACHED[:3]),
    (_ATTACHED[3], ("as", "call", "say", "said", "brand", "label")),
    (_POINTING, _DENIES),
    (_ANNOUNCED, _DIFFERENT),
)


def attached(text: str, read: Sequence[Sentence], found: Sequence[Report]) -> list[Report]:
    """`found`, with the denials that hang on to one of them; what they deny ends where they begin."""
    view = sentences.view(text)
    reports: list[Report | None] = list(found)
    denials: list[Report] = []
    for sentence, places in zip(read, _by_sentence(read, found), strict=True):
        beside = [(place, one) for place in places if (one := reports[place]) is not None]
        denial = _in(view, sentence, [one for _place, one in beside if _meet(one.sentence, sentence)])
        if denial is not None:
            denials.append(denial)
            for place, one in beside:
                reports[place] = _beside(one, denial, view)
    return [kept for kept in reports if kept is not None] + denials


def _meet(one: Span, other: Sentence) -> bool:
    return one.start < other.end and other.start < one.end


def _by_sentence(read: Sequence[Sentence], found: Sequence[Report]) -> list[list[int]]:
    """For each sentence the places of those found that reach into it; a text may have thousands of both."""
    starts = [sentence.start for sentence in read]
    reaching: list[list[int]] = [[] for _ in read]
    for place, report in enumerate(found):
        spans = [report.sentence, report.span, *([report.cue_span] if report.cue_span else [])]
        first = bisect_right(starts, min(span.start for span in spans)) - 1
        for number in range(max(first, 0), bisect_left(starts, max(span.end for span in spans))):
            reaching[number].append(place)
    return reaching


def _in(view: str, sentence: Sentence, held: Sequence[Report]) -> Report | None:
    """The denial in `sentence`, beside the statements `held` in it."""
    low = view[sentence.start : sentence.end].lower()
    for pattern, needed in _PATTERNS:
        if not any(word in low for word in needed):
            continue
        for match in pattern.finditer(view, sentence.start, sentence.end):
            span = Span(start=match.start("denial"), end=match.end())
            if pattern is _ANNOUNCED and (not _different(match["cue"]) or "sel" in (match["whom"] or "")):
                continue  # "gave an account", "corrected herself"
            if pattern in _ATTACHED and not any(one.span.start < span.start for one in held):
                continue  # nobody has said what is denied
            if any(quote.start <= span.start < quote.end for one in held for quote in one.verbatim):
                continue  # spoken, not told
            who = Span(start=match.start("who"), end=match.end("who"))
            rule: Rule = "announced denial" if pattern is _ANNOUNCED else "attached denial"
            return _report(match, span, _accused(view, held, span, who) or who, sentence, rule)
    return None


def _different(cue: str) -> bool:
    """Whether it tells of another account, where "gave an account" tells of none."""
    low = cue.lower()
    return any(word in low for word in _DIFFERENT)


def _accused(view: str, held: Sequence[Report], denial: Span, who: Span) -> Span | None:
    """For "X accused Y of theft, which the group denies" the name of the accused: that is whom such words mean."""
    if not _ANYBODY.fullmatch(who.of(view)):
        return None
    blamed = [one for one in held if one.act == "accuse" and one.span.start < denial.start]
    named = _BLAMED.match(view, blamed[-1].span.start, denial.start) if blamed else None
    return Span(start=named.start(), end=named.end()) if named else None


def _report(match: re.Match[str], span: Span, who: Span, sentence: Sentence, rule: Rule) -> Report:
    return Report(
        kind="indirect",
        span=span,
        verbatim=(),
        cue=match["cue"],
        cue_span=Span(start=match.start("cue"), end=match.end("cue")),
        speaker_span=who,
        negated=True,
        act="deny",
        sentence=Span(start=sentence.start, end=sentence.end),
        headline=sentence.headline,
        rule=rule,
        float_quote=False,
    )


def _beside(report: Report, denial: Report, text: str) -> Report | None:
    """A statement beside a denial: without the denial's words, None where it was nothing but a part of them."""
    cue = report.cue_span
    if cue is not None and denial.span.start <= cue.start < denial.span.end:
        if report.span.start >= denial.span.end:
            return report
        behind = [one for one in report.verbatim if one.start >= denial.span.end]  # "said the opposite: “…”"
        return replace(report, kind="direct", span=behind[0], verbatim=(behind[0],)) if behind else None
    if report.span.start >= denial.span.end or report.span.end <= denial.span.start:
        return report
    if denial.span.start <= report.span.start:
        return None
    if report.cue_span is not None and report.cue_span.start >= denial.span.end:
        return report  # "…, which Orlo denies, Velden said": both are what Velden said
    words = text[report.span.start : denial.span.start].rstrip(_BETWEEN)
    span = Span(start=report.span.start, end=report.span.start + len(words))
    return replace(report, span=span, verbatim=tuple(one for one in report.verbatim if one.end <= span.end))

"""Positions that the narrator goes back to: what somebody has dropped, and what somebody had wanted until then."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.model import Span
from bot.statements.cues import lexicon
from bot.statements.report import Act, Report, Rule
from bot.statements.telling import asides
from bot.statements.text import sentences
from bot.statements.text.sentences import Sentence

# The verbs by which a narrator tells that a position is given up.
_GIVEN_UP: Final = re.compile(
    r"(?:ha(?:s|ve|d) |is |are |was |were )?(?:\w+ly )?"
    r"(?:back\w* (?:off|away|down)|walk\w* back|row\w* back|t(?:ook|ak\w+) back|retreat|backtrack|drop|abandon|soften|"
    r"retract|revers|shelv|scrap|ditch|renounc|withdr[ae]w|g[ai]v\w+ up|reneg)",
    re.IGNORECASE,
)
_AGAINST: Final = {"opposition", "objection", "objections", "refusal", "rejection", "denial", "denials", "ban"}
_WANTED: Final = {
    "plan",
    "plans",
    "decision",
    "policy",
    "bid",
    "commitment",
    "opposition",
    "objection",
    "insistence",
    "ban",
}
_HELD: Final = "|".join(sorted({*lexicon.NOUNS, "threats", *_AGAINST, *_WANTED}))
_OWN: Final = r"(?:(?:his|her|its|their)(?: own)? |an? |the |this |that )?"
_OBJECT: Final = re.compile(
    rf"\s*(?:from |on )?(?P<object>{_OWN}(?:[\w-]+ ){{0,3}}?(?P<noun>{_HELD}) "
    r"(?P<link>that|to|for|of|on|against|over) (?P<held>.+))",
    re.IGNORECASE | re.DOTALL,
)
_UNTIL: Final = re.compile(
    r"(?P<who>[A-Z][\w.'-]*(?: [\w.'-]+){0,5}?|(?:The|the|his|her|their|its) (?:[\w.'-]+ ){0,4}?[\w.'-]+) had "
    r"(?:(?:long|previously|initially|originally|earlier|once|always|repeatedly|consistently|for \w+) )*"
    r"(?P<cue>sought|wanted|demanded|insisted on|insisted|pushed for|pressed for|called for|asked for|backed|supported|"
    r"favou?red|advocated|pledged|promised|vowed|opposed|resisted|rejected|refused|ruled out) (?P<held>[^.;:“”\"]+?),? "
    r"(?:until|before|but) (?=\S)"
)
# "…, although he had repeatedly called for this": what was held is what the sentence is about.
_ECHO: Final = re.compile(
    r"(?:(?:al|even )?though|despite|while|but|having|even as|whereas) "
    r"(?:previously |earlier |initially |until recently )?(?P<held>"
    r"(?P<who>he|she|it|they|(?:the|its|his|her|their) (?:[\w-]+ ){0,3}?[\w-]+|[A-Z][\w.'-]+(?: [A-Z][\w.'-]+)*)"
    r"(?P<when>(?: (?:had|has|have|previously|earlier|repeatedly|initially|once|long|always|consistently|often|himself|"
    r"herself|itself|themselves))+) "
    r"(?P<cue>called for|demanded|promised|pledged|backed|supported|favou?red|opposed|rejected|ruled|insisted on|urged|"
    r"wanted|sought|advocated|vowed|denied|said)"
    r"(?: (?:this|it|that|so|the opposite|just that|exactly that|them|such a (?:move|step)|"
    r"the (?:move|step|idea))\b(?: out)?|"
    r"(?: (?:again and again|repeatedly|many times))? (?:that )?(?:he|she|it|they) "
    r"(?:(?:never )?would(?: never| not|n't)?|will not|won't)(?= *(?:[.,;]|$))))",
)
_AUXILIARY: Final = re.compile(r" (?:had|has|have) ")
_LONG_HELD: Final = re.compile(
    r"previously|earlier|repeatedly|initially|once|long|always|consistently|often|again and again|never|had"
)
_REFUSING: Final = re.compile(r"oppos|resist|reject|refus|rul")


def recalled(text: str, read: Sequence[Sentence], found: Sequence[Report]) -> list[Report]:
    """`found`, with the positions that the narrator tells as given up or as held until something happened."""
    view = sentences.view(text)
    reports: list[Report] = []
    for report in found:
        reports += _dropped(view, report)
    for sentence in read:
        if _AUXILIARY.search(view, sentence.start, sentence.end):
            reports += _until(view, sentence, reports)
            for echo in _echoed(view, sentence, reports):
                reports = [one for one in reports if not _inside(one.span, echo.span)] + [echo]
    return asides.taken(view, read, reports)


def _dropped(view: str, report: Report) -> Iterator[Report]:
    """Of "X backed off its demand that …" the turn and the demand; any other report as it is."""
    cue = report.cue_span
    given_up = report.act == "deny" and cue is not None and _GIVEN_UP.match(report.cue or "")
    found = _OBJECT.match(view, cue.end, report.span.end) if cue and given_up else None
    if found is None or report.verbatim:
        yield report
        return
    yield replace(report, span=Span(start=found.start("object"), end=report.span.end))
    noun = found["noun"].lower()
    start = found.start("link") if found["link"].lower() in {"that", "to"} else found.start("held")
    against = noun in _AGAINST
    act: Act = "reject" if against else lexicon.NOUNS.get(noun, "offer")
    yield replace(
        report,
        span=Span(start=start, end=report.span.end),
        cue=view[found.start("noun") : found.end("noun")],
        cue_span=Span(start=found.start("noun"), end=found.end("noun")),
        act=act,
        negated=against,
        rule="recalled position",
        recalled=True,
    )


def _echoed(view: str, sentence: Sentence, reports: Sequence[Report]) -> Iterator[Report]:
    """Of "…, although she had repeatedly called for this" the clause behind the conjunction."""
    found = _ECHO.search(view, sentence.start, sentence.end)
    if found is None or not _LONG_HELD.search(found["held"]):
        return
    span = Span(start=found.start("held"), end=found.end("held"))
    if any(one.span.start < span.end and span.start < one.span.end and one.verbatim for one in reports):
        return
    yield _report(found, span, sentence, rule="echoed position")


def _inside(part: Span, whole: Span) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def _until(view: str, sentence: Sentence, reports: Sequence[Report]) -> Iterator[Report]:
    """Of "X had sought P until …" what was sought, where no rule has taken it."""
    found = _UNTIL.search(view, sentence.start, sentence.end)
    if found is None:
        return
    span = Span(start=found.start("held"), end=found.end("held"))
    if any(one.span.start < span.end and span.start < one.span.end for one in reports):
        return
    yield _report(found, span, sentence, rule="recalled position")


def _report(found: re.Match[str], span: Span, sentence: Sentence, *, rule: Rule) -> Report:
    against = bool(_REFUSING.match(found["cue"]))
    return Report(
        kind="indirect",
        span=span,
        verbatim=(),
        cue=found["cue"],
        cue_span=Span(start=found.start("cue"), end=found.end("cue")),
        speaker_span=Span(start=found.start("who"), end=found.end("who")),
        negated=against,
        act="reject" if against else "demand",
        sentence=Span(start=sentence.start, end=sentence.end),
        headline=sentence.headline,
        rule=rule,
        float_quote=False,
        recalled=True,
    )

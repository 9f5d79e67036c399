"""What makes a statement less sure than it looks: hedges, second hand."""

from __future__ import annotations

import re

from bot.model import Party, Span
from bot.statements.report import Report
from bot.statements.text.page import Page

_HEDGE = re.compile(
    r"\b(?:appear(?:s|ed|ing) to|seem(?:s|ed|ing)? to|reportedly|allegedly|apparently|supposedly|purportedly|"
    r"is said to|"
    r"are said to|was said to|is believed to|is understood to|unconfirmed|could not be (?:independently "
    r")?verified)\b",
    re.IGNORECASE,
)
_SECOND_HAND = re.compile(
    r"\b(?:as reported by|(?:was |were )?quoted by|cited by|as per a report (?:by|in)|according to a report "
    r"(?:by|in)|"
    r"reported by|in an interview (?:with|to|for|published)|in comments (?:to|carried by)) (?P<where>(?:the "
    r")?[^.,;“\"\n]{2,60})",
    re.IGNORECASE,
)
_RUNS_ON = re.compile(r"\s(?:on|that|which|published|late|early|[A-Z][a-z]+day)\b")
_TRANSLATED = re.compile(
    r"\b(?:translated|translation|through (?:an|his|her) interpreter|via (?:an )?interpreter|speaking in "
    r"[A-Z]\w+)\b"
)


def caveats(report: Report, speaker: Party | None, span: Span | None, page: Page) -> list[str]:
    """The doubts the sentence itself shows, in words."""
    view = page.view
    found: list[str] = []
    anchor = report.cue_span or report.speaker_span or report.span
    for match in _HEDGE.finditer(view, report.sentence.start, report.sentence.end):
        inside = report.span.start <= match.start() < report.span.end
        near = abs(match.start() - anchor.start) < 60
        if not page.within_quotes(match.start()) and near and not (inside and report.kind == "indirect"):
            found.append(f"the source hedges: “{match.group()}”")
    if report.kind != "direct" and not found:
        hedge = _HEDGE.search(view, report.span.start, report.span.end)
        if hedge and not page.within_quotes(hedge.start()):
            found.append(f"the source hedges: “{hedge.group()}”")
    for match in _SECOND_HAND.finditer(view, report.sentence.start, report.sentence.end):
        if not report.span.start <= match.start() < report.span.end:
            words = _RUNS_ON.split(" ".join(match.group().split()), maxsplit=1)[0]
            found.append(f"second-hand: “{words}”")
            break
    if _TRANSLATED.search(view, report.sentence.start, report.sentence.end):
        found.append("translated")
    if report.headline:
        found.append("from a headline")
    if speaker is None and span is not None:
        found.append(f"speaker not resolved: “{' '.join(span.of(view).split())}”")
    return list(dict.fromkeys(found))

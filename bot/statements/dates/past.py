"""Remarks of which only the past is known: for them no date is better than the day of publication."""

from __future__ import annotations

import re

from bot.statements.report import Report
from bot.statements.text.page import Page

_LONG_AGO = re.compile(
    r"\b(?:previously|repeatedly|consistently|in the past|long(?: since)?|has often|have often|had (?:also |"
    r"earlier |once |already |long )?\w+(?:ed|id|old|ade|aid)|"
    r"once (?:said|called|told|wrote|described)|on (?:several|many) occasions|before the war|at the time|"
    r"years? ago|for years|"
    r"for months|has always|have always|during (?:his|her|the) (?:election |presidential )?campaign|in a "
    r"recent)\b",
    re.IGNORECASE,
)
_PERFECT = re.compile(
    r"\b(?:has|have) (?:also |since |already )?(?:said|stated|told|called|warned|claimed|argued|insisted|"
    r"suggested|described|declared)\b"
)
_OPENS_EARLIER = re.compile(r"Earlier(?:,| [A-Z])")
_EARLIER = re.compile(
    r"\b(?:earlier|recently)\b(?! (?:today|on|in|this|the same)\b| that (?:day|week|month|year|morning|evening)\b)"
)
_LEDE = 4  # sentences
_BEFORE = 60  # characters before a cue
_BESIDE = 14  # characters around a cue


def long_ago(page: Page, report: Report) -> bool:
    """Whether the sentence says that the words are older than the news, and not of which day."""
    view = page.view
    cue = report.cue_span or report.span
    start = max(report.sentence.start, cue.start - _BEFORE)
    around = f"{view[start : report.span.start]} {view[max(start, report.span.end) : report.sentence.end]}"
    if _OPENS_EARLIER.match(view, report.sentence.start) or (report.cue_span and _beside(view, report)):
        return True
    # "has said" in the lede is today's news; further down it recalls something earlier.
    recalled = page.sentence(report.sentence.start) >= _LEDE and bool(_PERFECT.search(around))
    return recalled or bool(_LONG_AGO.search(around))


def _beside(view: str, report: Report) -> bool:
    """Whether "earlier" or "recently" stands right at the cue."""
    cue = report.cue_span or report.span
    low, high = max(report.sentence.start, cue.start - _BESIDE), min(report.sentence.end, cue.end + _BESIDE)
    found = _EARLIER.search(view, low, high)
    return found is not None and not report.span.start <= found.start() < report.span.end

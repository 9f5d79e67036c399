"""What makes a statement less sure than it looks: hedges, second hand; and to whom a speaker defers."""

from __future__ import annotations

import re
from datetime import date

from bot.model import Party, Span
from bot.statements.people.cast import Cast
from bot.statements.people.roster import Roster
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

_DEFERS = re.compile(
    r"\b(?:position|stance|view|statement|words|comments?|remarks?|answer|"
    r"explanation)s?\b[^.!?\n]{0,60}?\b(?:was |were |has been |have been |already )?"
    r"(?:expressed|stated|set out|outlined|voiced|given|laid out|formulated|explained|made|spelled out|"
    r"articulated|presented) by\b"
    r"|\brefer(?:red|s|ring)? (?:you|them|reporters|journalists|questions|back)?\s*(?:back )?to\b"
    r"|\b(?:nothing|little) (?:more )?to add (?:to|beyond)\b"
    r"|\bpoint(?:ed|s|ing)? (?:you |them |reporters |back )*to (?:the )?(?:statements?|words|position|"
    r"remarks|comments) (?:of|by)\b"
    r"|\bas (?:[A-Z][\w.]+ ){1,5}(?:has |have )?(?:already )?(?:said|stated|explained|put it)\b"
    r"|\b(?:has|have) already (?:commented|spoken|stated|expressed|given|answered|said everything|explained|"
    r"made (?:his|her|their|its) position)\b"
    r"|\b(?:stand|stands|stood) by (?:what )?",
    re.IGNORECASE,
)
_ITS_STANCE = re.compile(
    r"(?P<who>(?:the )?[\w' -]{3,50}?)'s? (?:stance|position|statement|words|remarks|comments|view)\b", re.IGNORECASE
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


def defers(
    content: Span, speaker: Party, *, page: Page, cast: Cast, roster: Roster, day: date | None
) -> Party | str | None:
    """To whom the words point back instead of answering: a person's name, a side's body, or None.

    "There is a position on this matter, expressed by the minister. I have nothing to add": the minister.
    """
    view = page.view
    match = _DEFERS.search(view, content.start, content.end)
    if match is None:
        return None
    sentence_end = re.compile(r"[.!?](?:\s|$)").search(view, match.end(), content.end)
    reach = Span(start=match.start(), end=sentence_end.end() if sentence_end else content.end)
    for mention in cast.within(reach):
        if mention.person.name != speaker.name:
            return mention.person.name
    rest = Span(start=match.end(), end=reach.end)
    stance = _ITS_STANCE.search(view, rest.start, rest.end)
    if stance:
        who = stance["who"].strip()
        titled = roster.by_title(who, day)
        if titled:
            return roster.party(titled, day)
        side = roster.split_side(who)[0] or speaker.side
        if who.casefold().removeprefix("the ").strip() not in ("his", "her", "our", "my", "their", "its"):
            return Party(name=who.removeprefix("the ").strip(), side=side, person=False)
    return None

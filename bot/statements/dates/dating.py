"""Which of an article's dates belongs to a statement: the one beside its cue, one carried on, or the publication's."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.model import Party, Said, Span
from bot.statements.dates.moments import Moment, by_default, moments, said
from bot.statements.report import Report
from bot.statements.text.page import Page

_AFTER = re.compile(r"\b(?P<count>a|an|one|two|three|four|five|\d) (?P<unit>days?|weeks?) after\b", re.IGNORECASE)
_COUNT = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5}
# Remarks of which only the past is known: better no date than the day of publication.
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
_OTHER_SUBJECT = re.compile(r"\b(?:who|which|where|when|that)\b")
_EVENT = re.compile(
    r"\b(?:after|following|during|in|at) (?:the|that|their|his|her|this|a joint) (?:\w+ ){0,3}?(?:call|"
    r"conversation|meeting|talks|summit|visit|"
    r"interview|speech|address|conference|briefing|hearing|debate|session|announcement|email|letter|"
    r"statement|post)\b",
    re.IGNORECASE,
)
_EVENT_REACH = 3  # sentences
_LEDE = 4  # sentences
_FRESH = 3  # days
_CARRIED = ", carried on from the sentence before"
_CARRY = 4  # sentences over which a date is carried on to the next words of the same speaker


@dataclass(slots=True, kw_only=True)
class Dating:
    """Dates the statements of one article, in text order."""

    page: Page
    published: date | None
    _moments: tuple[Moment, ...] = field(default=())
    _last: dict[str, tuple[int, Said]] = field(default_factory=dict)  # by name: sentence and date of the last words

    def __post_init__(self) -> None:
        self._moments = moments(self.page.view, self.published)

    def when(self, report: Report, party: Party | None) -> Said | None:
        """The day or interval of a statement with how it was found; None where nothing shows it."""
        index = self.page.sentence(report.sentence.start)
        found = self._in_sentence(report)
        name = party.name if party else ""
        if found is None and not self._long_ago(report):
            earlier = self._last.get(name)
            if earlier and name and index - earlier[0] <= _CARRY:
                found = earlier[1]
                found = replace(found, how=f"{found.how.removesuffix(_CARRIED)}{_CARRIED}")
            else:
                return self._event(report) or self._same_speaker(name) or self._lede() or by_default(self.published)
        if found is not None and name:
            self._last[name] = (self.page.sentence(report.sentence.end), found)
        return found

    def _event(self, report: Report) -> Said | None:
        """The day of the call or meeting that the sentence refers back to: "After the call, …"."""
        view = self.page.view
        index = self.page.sentence(report.sentence.start)
        lead = view[report.sentence.start : max(report.sentence.start, (report.cue_span or report.span).start)]
        if not _EVENT.search(lead):
            return None
        low = self.page.sentences[max(0, index - _EVENT_REACH)].start
        before = [m for m in self._moments if low <= m.start < report.sentence.start and m.exact]
        if not before:
            return None
        found = said(before[-1], self.published)
        return replace(found, how=f"{found.how}, the occasion named before")

    def _same_speaker(self, name: str) -> Said | None:
        """The day of the speaker's earlier words in the article, where it was a day of this week's news."""
        earlier = self._last.get(name)
        if earlier is None or self.published is None or earlier[1].first != earlier[1].last:
            return None
        if (self.published - earlier[1].first).days > _FRESH:
            return None
        return replace(earlier[1], how=f"{earlier[1].how.removesuffix(_CARRIED)}, the day of earlier words")

    def _lede(self) -> Said | None:
        """The day on which the article's own event happened, where its first sentences name one."""
        if self.published is None or not self.page.sentences:
            return None
        end = self.page.sentences[min(_LEDE, len(self.page.sentences)) - 1].end
        for moment in self._moments:
            if moment.start >= end:
                break
            age = (self.published - moment.first).days
            dateline = age == 0 and any(c.isdigit() for c in moment.words)
            if moment.exact and 0 <= age <= _FRESH and not dateline and self._open(moment):
                found = said(moment, self.published)
                return Said(first=moment.first, last=moment.last, how=f"{found.how}, the day of the article's news")
        return None

    def _open(self, moment: Moment) -> bool:
        """Whether the expression stands in the prose itself, not in a quotation or in the page's furniture."""
        return self.page.holds(moment.start) and not self.page.within_quotes(moment.start)

    def _in_sentence(self, report: Report) -> Said | None:
        """The expression in the statement's sentence, outside its content, that stands nearest to the cue."""
        shifted = self._day_after(report)
        if shifted:
            return shifted
        near = [m for m in self._moments if self._serves(m, report)]
        if not near:
            return None
        anchor = report.cue_span or report.speaker_span or report.span
        best = min(near, key=lambda m: (self._distance(m, anchor), m.start))
        return said(best, self.published)

    def _serves(self, moment: Moment, report: Report) -> bool:
        if not (report.sentence.start <= moment.start < report.sentence.end):
            return False
        if report.span.start <= moment.start < report.span.end:
            return False
        if self.page.within_quotes(moment.start):
            return False
        anchor = report.cue_span or report.speaker_span or report.span
        low, high = sorted((moment.start, anchor.start))
        between = self.page.view[low:high]
        if moment.end <= anchor.start:
            # "X, who visits on Thursday, said": a clause of its own, unless it opens the sentence.
            clause = self.page.view[report.sentence.start : moment.start]
            opened = _OTHER_SUBJECT.search(clause[max(0, clause.rfind(",")) :])
            return not opened or "," not in between
        after_content = moment.start >= report.span.end > anchor.start
        # Behind an indirect content a date belongs to it as often as to the cue.
        return not (after_content and report.kind != "direct" and "," in between[report.span.end - low :])

    @staticmethod
    def _distance(moment: Moment, anchor: Span) -> int:
        return max(moment.start - anchor.end, anchor.start - moment.end, 0)

    def _day_after(self, report: Report) -> Said | None:
        """Of "A day after X said …, Y answered": X spoke so many days before the rest of the sentence."""
        view = self.page.view
        anchor = (report.cue_span or report.speaker_span or report.span).start
        for match in _AFTER.finditer(view, report.sentence.start, report.sentence.end):
            comma = view.find(",", match.end())
            if not match.end() <= anchor or (0 <= comma < anchor):
                continue
            if self.page.within_quotes(match.start()) or self.published is None:
                continue
            written = match["count"].casefold()
            days = (_COUNT.get(written) or int(written)) * (7 if match["unit"].startswith("week") else 1)
            base = self._base(report, match)
            shift = timedelta(days=days)
            return Said(first=base.first - shift, last=base.last - shift, how=f"'{match.group()}', {base.how}")
        return None

    def _base(self, report: Report, match: re.Match[str]) -> Said:
        """When the rest of the sentence, or the sentence before, happened."""
        same = [m for m in self._moments if match.end() < m.start < report.sentence.end and m.exact]
        index = self.page.sentence(report.sentence.start)
        lead = self.page.sentences[max(0, index - 1)].start
        before = [m for m in self._moments if lead <= m.start < match.start() and m.exact]
        chosen: Sequence[Moment] = same or before[-1:]
        if chosen:
            return said(chosen[0], self.published)
        day = self.published or date.max
        return Said(first=day, last=day, how="publication date")

    def _long_ago(self, report: Report) -> bool:
        view = self.page.view
        start = max(report.sentence.start, (report.cue_span or report.span).start - 60)
        around = view[start : report.sentence.end]
        if report.span.start >= start:
            around = view[start : report.span.start] + " " + view[report.span.end : report.sentence.end]
        # "has said" in the lede is today's news; further down it recalls something earlier.
        recalled = self.page.sentence(report.sentence.start) >= _LEDE and bool(_PERFECT.search(around))
        return recalled or bool(_LONG_AGO.search(around))

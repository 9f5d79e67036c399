"""Which of an article's dates belongs to a statement: the one beside its cue, one carried on, or the publication's."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from bot.model import Party, Said, Span
from bot.statements.dates.expressions import count
from bot.statements.dates.moments import Moment, by_default, moments, said
from bot.statements.dates.occasions import Occasions, modifies
from bot.statements.dates.past import long_ago
from bot.statements.report import Report
from bot.statements.text.page import Page

_AFTER = re.compile(r"\b(?P<count>a|an|one|two|three|four|five|\d) (?P<unit>days?|weeks?) after\b", re.IGNORECASE)
_OTHER_SUBJECT = re.compile(r"\b(?:who|which|where|when|that)\b")
_RELATIVE = re.compile(r"\b(?:who|whose|which|where|when|that)\b")
_DATELINE = re.compile(r"\s*(?:[A-Z][A-Z.'/ -]{2,40}(?:, [A-Z][\w. ]{2,20})?), $")
_LEDE = 4  # sentences
_FRESH = 3  # days
_OLD = 2
_CARRIED = ", carried on from the sentence before"
_SCENE = ", of what the sentence before tells"
_DEED_HOW = ", of what the speaker did"
_OCCASION = ", the occasion named before"
_CARRY = 4  # sentences over which a date is carried on to the next words of the same speaker
_DEED = 2  # sentences before, in which what the speaker did may be dated


@dataclass(slots=True, kw_only=True)
class Dating:
    """Dates the statements of one article, in text order."""

    page: Page
    published: date | None
    reports: Sequence[Report]
    _moments: tuple[Moment, ...] = field(default=())
    _occasions: Occasions = field(init=False)
    _told: set[int] = field(default_factory=set)  # the sentences that report what somebody said
    _dateline: Moment | None = field(default=None)
    _news: Said | None = field(default=None)  # the day of what the article reports as new
    # By name: the sentence and the date of the last words; None where they were of an earlier, unknown day.
    _last: dict[str, tuple[int, Said | None]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._moments = moments(self.page.view, self.published)
        for report in self.reports:
            first, last = self.page.sentence(report.sentence.start), self.page.sentence(report.sentence.end - 1)
            self._told.update(range(first, last + 1))
        self._occasions = Occasions.of(self.page, self._moments)
        self._news = self._lede()

    def when(self, report: Report, party: Party | None) -> Said | None:
        """The day or interval of a statement with how it was found; None where nothing shows it."""
        if report.recalled:
            return None
        shifted = self._day_after(report)
        if shifted:
            return shifted
        name = party.name if party else ""
        found = self._in_sentence(report)
        if found is None and long_ago(self.page, report):
            self._last[name] = (self.page.sentence(report.sentence.end), None)
            return None
        found = found or self._occasion(report)
        if found is None and name:
            found = self._deed(report, name) if party and party.person else None
            if found is None and (earlier := self._before(report, name)):
                if earlier[1] is None:
                    return None
                found = _how(earlier[1], _CARRIED)
        found = found or self._pointed(report) or self._scene(report)
        if found is None:
            return self._same_speaker(name) or self._news or by_default(self.published)
        if name:
            self._last[name] = (self.page.sentence(report.sentence.end), found)
        return found

    # -- from what stands before --------------------------------------------------------------------------------

    def _occasion(self, report: Report) -> Said | None:
        """The day of the letter, call or meeting that the sentence names again."""
        for where in self._around(report):
            if moment := self._occasions.meant(self.page, where):
                return _how(said(moment, self.published), _OCCASION)
        return None

    def _pointed(self, report: Report) -> Said | None:
        """The last day named before words that point back to an occasion in front of the cue: "After the call, …"."""
        end = max(report.sentence.start, (report.cue_span or report.span).start)
        moment = self._occasions.before(self.page, Span(start=report.sentence.start, end=end))
        return _how(said(moment, self.published), _OCCASION) if moment else None

    def _deed(self, report: Report, name: str) -> Said | None:
        """The day of what the sentence before tells of the speaker: "Velden met him on Friday. “It went well,” …"."""
        index = self.page.sentence(report.sentence.start)
        since = self._last[name][0] if name in self._last else -1
        low = max(index - _DEED, since + 1, 0)
        if low >= index or self.page.paragraphs[index] - self.page.paragraphs[low] > 1:
            low = max(low, index - 1)
        if low >= index:
            return None
        surname = re.compile(rf"\b{re.escape(name.rsplit(maxsplit=1)[-1])}\b")
        start, end = self.page.sentences[low].start, report.sentence.start
        for moment in reversed(self._between(start, end)):
            sentence = self.page.sentences[self.page.sentence(moment.start)]
            told = surname.search(
                self.page.view, sentence.start, min(max(moment.start, sentence.start + 60), sentence.end)
            )
            if told and self._open(moment) and not self._reported(moment) and not self.page.within_quotes(told.start()):
                return _how(said(moment, self.published), _DEED_HOW)
        return None

    def _scene(self, report: Report) -> Said | None:
        """The day of what the sentence before tells: "The court ruled on Friday. In its opinion it said …"."""
        index = self.page.sentence(report.sentence.start)
        if index < 1 or self.page.paragraphs[index] - self.page.paragraphs[index - 1] > 1:
            return None
        start, end = self.page.sentences[index - 1].start, self.page.sentences[index - 1].end
        for moment in reversed(self._between(start, end)):
            told = moment.exact and self._open(moment) and not self._reported(moment)
            if told and not modifies(self.page.view, moment) and moment is not self._dateline:
                return _how(said(moment, self.published), _SCENE)
        return None

    def _between(self, start: int, end: int) -> Sequence[Moment]:
        low = bisect_left(self._moments, start, key=lambda m: m.start)
        return self._moments[low : bisect_left(self._moments, end, lo=low, key=lambda m: m.start)]

    def _reported(self, moment: Moment) -> bool:
        """Whether the expression stands in a sentence of somebody's statement, which it dates."""
        return self.page.sentence(moment.start) in self._told

    def _before(self, report: Report, name: str) -> tuple[int, Said | None] | None:
        """The speaker's last words, where they stand near enough to be of one occasion."""
        earlier = self._last.get(name)
        index = self.page.sentence(report.sentence.start)
        return earlier if earlier and index - earlier[0] <= _CARRY else None

    def _same_speaker(self, name: str) -> Said | None:
        """The day of the speaker's earlier words in the article, where it was a day of this week's news."""
        earlier = self._last.get(name)
        if not name or earlier is None or earlier[1] is None or self.published is None:
            return None
        if earlier[1].first != earlier[1].last or (self.published - earlier[1].first).days > _FRESH:
            return None
        return _how(earlier[1], ", the day of earlier words")

    # -- from the article's head --------------------------------------------------------------------------------

    def _lede(self) -> Said | None:
        """The day on which the article's own event happened: of what its first sentences report, or its dateline."""
        if self.published is None or not self.page.sentences:
            return None
        end = self.page.sentences[min(_LEDE, len(self.page.sentences)) - 1].end
        fresh: list[Moment] = []
        for moment in self._moments:
            if moment.start >= end:
                break
            age = (self.published - moment.first).days
            if not moment.exact or not 0 <= age <= _FRESH or not self._open(moment):
                continue
            if _DATELINE.fullmatch(self.page.view, self.page.sentences[0].start, moment.start):
                self._dateline = self._dateline or moment
            elif not modifies(self.page.view, moment) and not (age == 0 and moment.words[-4:].isdigit()):
                fresh.append(moment)
        told = [m for m in fresh if self._reported(m)]
        if self._dateline and not told:
            return _how(said(self._dateline, self.published), ", the dateline")
        # The first sentence that names a day counts; in it what dates the saying goes before what was said.
        first = self.page.sentence((told or fresh)[0].start) if fresh else -1
        near = [m for m in told or fresh if self.page.sentence(m.start) == first]
        chosen = next((m for m in near if not self._content(m)), near[0] if near else None)
        if chosen is None:
            return None
        found = _how(said(chosen, self.published), ", the day of the article's news")
        # Of news two days old and more, the others may have spoken on any day since.
        return found if (self.published - found.last).days < _OLD else replace(found, last=self.published)

    def _content(self, moment: Moment) -> bool:
        """Whether the expression stands in what somebody says."""
        return any(r.span.start <= moment.start < r.span.end for r in self.reports)

    def _open(self, moment: Moment) -> bool:
        """Whether the expression stands in the prose itself, not in a quotation or in the page's furniture."""
        return self.page.holds(moment.start) and not self.page.within_quotes(moment.start)

    # -- beside the cue -----------------------------------------------------------------------------------------

    def _around(self, report: Report) -> tuple[Span, ...]:
        """The statement's sentence without its content."""
        before = Span(start=report.sentence.start, end=max(report.sentence.start, report.span.start))
        after = Span(start=min(report.sentence.end, report.span.end), end=report.sentence.end)
        return before, after

    def _in_sentence(self, report: Report) -> Said | None:
        """The expression in the statement's sentence, outside its content, that stands nearest to the cue."""
        near = [m for m in self._between(report.sentence.start, report.sentence.end) if self._serves(m, report)]
        if not near:
            return None
        anchor = report.cue_span or report.speaker_span or report.span
        best = min(near, key=lambda m: (self._distance(m, anchor), m.start))
        if not best.exact:  # "earlier this week … on Tuesday"
            best = next((m for m in near if m.exact and best.first <= m.first <= best.last), best)
        return said(best, self.published)

    def _serves(self, moment: Moment, report: Report) -> bool:
        if report.span.start <= moment.start < report.span.end:
            return False
        if self.page.within_quotes(moment.start) or modifies(self.page.view, moment):
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
        if after_content and report.kind != "direct" and "," in between[report.span.end - low :]:
            return False
        behind = max(anchor.end, report.span.end) if after_content else anchor.end
        return not _RELATIVE.search(self.page.view, min(behind, moment.start), moment.start)

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
            days = count(match["count"]) * (7 if match["unit"].casefold().startswith("week") else 1)
            base = self._base(report, match)
            shift = timedelta(days=min(days, base.first.toordinal() - 1))
            return Said(first=base.first - shift, last=base.last - shift, how=f"'{match.group()}', {base.how}")
        return None

    def _base(self, report: Report, match: re.Match[str]) -> Said:
        """When the rest of the sentence, or the sentence before, happened."""
        same = [m for m in self._between(match.end(), report.sentence.end) if m.exact]
        index = self.page.sentence(report.sentence.start)
        lead = self.page.sentences[max(0, index - 1)].start
        before = [m for m in self._between(lead, match.start()) if m.exact]
        chosen: Sequence[Moment] = same or before[-1:]
        if chosen:
            return said(chosen[0], self.published)
        day = self.published or date.max
        return Said(first=day, last=day, how="publication date")


def _how(found: Said, added: str) -> Said:
    """The same days, with one more word on how they came to belong to the statement."""
    known = found.how
    for ending in (_CARRIED, ", the occasion named before", _DEED_HOW):
        known = known.removesuffix(ending)
    return replace(found, how=f"{known}{added}")

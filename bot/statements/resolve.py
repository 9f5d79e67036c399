"""The second half of reading: found reports become statements with speaker, holder, date, content and doubts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Literal

from bot.model import Party, Said, Source, Span, Speaker, Statement
from bot.statements import doubts, mandates
from bot.statements.content import of_himself, own_words, resolved, with_subject
from bot.statements.dates.dating import Dating
from bot.statements.holders.belonging import its_own
from bot.statements.holders.deference import Deference
from bot.statements.holders.holders import Context, holder, is_own, nobodys, planner
from bot.statements.holders.position_words import ANSWER, QUESTION
from bot.statements.others import Others
from bot.statements.people.cast import Cast
from bot.statements.people.roster import Roster
from bot.statements.polar import bare, taken
from bot.statements.report import Report
from bot.statements.speakers.speakers import Speakers
from bot.statements.surroundings import Earlier, Surroundings
from bot.statements.telling.relations import relate
from bot.statements.text.page import Page
from config.schema import Official
from watchers.model import Article

_RETELLING = frozenset({"say", "describe", "offer"})


def resolve(article: Article, reports: Sequence[Report], roster: Roster) -> tuple[Statement, ...]:
    """One statement for each report, in text order; what cannot be told stays None."""
    return _Resolution(article, reports, roster).statements()


class _Resolution:
    """One pass over an article's reports, in text order; earlier answers serve later questions."""

    def __init__(self, article: Article, reports: Sequence[Report], roster: Roster) -> None:
        self.article = article
        self.roster = roster
        self.reports = tuple(sorted(reports, key=lambda r: (r.span.start, r.span.end)))
        self.page = Page.of(article.text, article.title)
        spoken = [r.speaker_span for r in self.reports if r.speaker_span]
        self.cast = Cast.of(self.page, roster, spoken)
        self.day = article.published.date() if article.published else None
        self.speakers = Speakers(page=self.page, cast=self.cast, roster=roster, day=self.day, spoken=spoken)
        self.dating = Dating(page=self.page, published=self.day, reports=self.reports)
        self.surroundings = Surroundings(page=self.page, cast=self.cast, roster=roster, day=self.day, named=self._named)
        self.deference = Deference(
            page=self.page,
            cast=self.cast,
            roster=roster,
            day=self.day,
            named=self._named,
            described=self.speakers.meant,
        )
        self.by_name = {person.name: person for person in reversed(self.cast.people)}
        self.earlier: list[Earlier] = []
        self.reach: list[int] = []  # how far any of `earlier` up to each reaches
        self.titles: dict[str, tuple[mandates.Title, ...]] = {}  # by official
        self.source = Source(
            article=article.id,
            outlet=article.outlet,
            url=article.url,
            title=article.title,
            published=article.published,
            retrieved=article.retrieved,
            text_hash=article.text_hash,
        )

    def statements(self) -> tuple[Statement, ...]:
        parties = self._parties()
        said = [self._statement(report, parties[k]) for k, report in enumerate(self.reports)]
        return relate(self.page, self.reports, said, self.roster)

    def _parties(self) -> list[Party | None]:
        """The speakers, resolved in the order of their mentions, so that a pronoun finds who spoke before it."""
        order = sorted(
            range(len(self.reports)),
            key=lambda k: (self.reports[k].speaker_span or self.reports[k].span).start,
        )
        found: list[Party | None] = [None] * len(self.reports)
        known: dict[Span, Party | None] = {}
        for k in order:
            span = self.reports[k].speaker_span
            if span is None:
                continue
            if span not in known:
                known[span] = self.speakers.resolve(span, self.reports[k].span)
            found[k] = known[span]
        return found

    def _statement(self, report: Report, party: Party | None) -> Statement:
        outer = self._outer(report)
        inner = party
        speaker_span = report.speaker_span
        how = self.speakers.how.get(speaker_span, "") if speaker_span else ""
        if speaker_span is None:
            party, speaker_span = self._resumed(report)
            how = "goes on from the quotation before"
        if outer is not None and outer.speaker is not None and outer.report.speaker_span is not None:
            party, speaker_span = outer.speaker, outer.report.speaker_span
            how = "a remark retold inside this speaker's own"
        said = self.dating.when(report, party)
        party = self._dated(party, said)
        last = self.earlier[-1] if self.earlier else None
        before = next((e for e in reversed(self.earlier) if e.report.span.end <= report.span.start), None)
        others = self.surroundings.others(report, party, last)
        gender = self.surroundings.gender(party) if party else None
        held = self._holder(report, party, inner if outer else None, others, gender)
        content = resolved(
            self.article.text,
            report.span,
            spoken=self._spoken(report),
            speaker=party,
            gender=gender,
            others=others,
            until=self.surroundings.names_itself(report, party),
            earlier=self.surroundings.points_back(report, party, before),
        )
        answer = taken(report.span.of(self.article.text), self.surroundings.asked(report))
        content = (
            of_himself(answer.clause, held, self.surroundings.gender(held) if held else None) if answer else content
        )
        content = with_subject(self.article.text, content, report, self.reports)
        statement = Statement(
            source=self.source,
            kind=report.kind,
            span=report.span,
            quote=report.span.of(self.article.text),
            verbatim=report.verbatim,
            cue=report.cue,
            speaker=self._speaker(party, speaker_span, how),
            holder=held,
            said=said,
            content=content,
            negated=report.negated != bool(answer and answer.denied),
            defers_to=self._defers_to(report, party),
            before=self.surroundings.before(report),
            after=self.surroundings.after(report),
            caveats=self._caveats(report, party, speaker_span, said),
            rule=report.rule,
        )
        self.reach.append(max(report.span.end, self.reach[-1] if self.reach else 0))
        self.earlier.append(
            Earlier(
                report=report,
                speaker=party,
                holder=held,
                content=content,
                sentence=self.page.sentence(report.span.start),
            )
        )
        return statement

    # -- who ----------------------------------------------------------------------------------------------------

    def _outer(self, report: Report) -> Earlier | None:
        """The statement whose content holds this one with its cue: a remark retold by another."""
        place = report.cue_span or report.speaker_span
        if place is None or self._on_record(report):
            return None
        for earlier, reach in zip(reversed(self.earlier), reversed(self.reach), strict=True):
            span = earlier.report.span
            if reach < report.span.end:
                break  # none before it reaches so far
            if earlier.report.act not in _RETELLING or earlier.report.negated:
                continue  # "disputed Velden's claim": Velden did make it
            if span.start <= place.start < span.end and span.start <= report.span.start and report.span.end <= span.end:
                return earlier
        return None

    def _on_record(self, report: Report) -> bool:
        """Whether a possessive names the source, "Velden's claim that": a remark that stands by itself."""
        if report.speaker_span is None or report.cue_span is None:
            return False
        return self.page.view[report.speaker_span.start : report.cue_span.start].rstrip().endswith(("'s", "s'"))

    def _resumed(self, report: Report) -> tuple[Party | None, Span | None]:
        """Who goes on speaking: a quotation of whole sentences right behind another's attribution, in one paragraph."""
        last = self.earlier[-1] if self.earlier else None
        if last is None or report.kind != "direct" or last.report.kind != "direct":
            return None, None
        index = self.page.sentence(report.span.start)
        if index < 0 or index - last.sentence > 1 or self.page.paragraphs[index] != self.page.paragraphs[last.sentence]:
            return None, None
        whole = self.page.view[self.page.sentences[index].start : report.span.start].strip(" \"“”'") == ""
        return (last.speaker, last.report.speaker_span) if whole else (None, None)

    def _speaker(self, party: Party | None, span: Span | None, how: str) -> Speaker | None:
        if span is None:
            return None
        written = " ".join(span.of(self.article.text).split())
        return Speaker(party=party, as_written=written, span=span, how=how if party else "")

    def _dated(self, party: Party | None, said: Said | None) -> Party | None:
        """The party with the role of the day on which it spoke; without one then, with what the article calls it."""
        official = self.roster.officials.get(party.official or "") if party else None
        if party is None or official is None or self.day is None:
            return party
        day = min(said.last, self.day) if said else self.day
        if self.roster.role_on(official, day):
            return party if day == self.day else self.roster.party(official, day)
        written = next((p.role for p in self.cast.people if p.official is official), None)
        return replace(party, side=None, rank=None, role=mandates.without_mandate(written, official, self.roster))

    def _titles(self, official: Official) -> tuple[mandates.Title, ...]:
        if official.id not in self.titles:
            self.titles[official.id] = mandates.titles(official, self.page, self.cast)
        return self.titles[official.id]

    def _named(self, name: str) -> Party | None:
        person = self.by_name.get(name)
        return self.speakers.party(person) if person else None

    def _inside(self, report: Report) -> bool:
        """Whether the words are a person's own, in the first person, though not all in marks."""
        return report.kind == "mixed" and any(own_words(s.of(self.article.text)) for s in report.verbatim)

    def _spoken(self, report: Report) -> tuple[Span, ...]:
        """The stretches whose pronouns are the speaker's own."""
        if report.kind == "direct":
            return (report.span,)
        return report.verbatim if self._inside(report) else ()

    def _holder(
        self,
        report: Report,
        party: Party | None,
        inner: Party | None,
        others: Others,
        gender: Literal["f", "m"] | None,
    ) -> Party | None:
        source = report.speaker_span.of(self.article.text) if report.speaker_span else ""
        nobody = (party is None or not party.side) and nobodys(source)
        if party is None and not nobody:
            return None
        if inner is not None:
            own = party is not None and not inner.person and self.roster.speaks_for(party, inner, self.day)
            return party if own else inner
        if is_own(report):
            return party
        context = Context(
            page=self.page,
            cast=self.cast,
            roster=self.roster,
            day=self.day,
            party=self._named,
            described=self.speakers.meant,
            gender=gender,
            others=others,
            spoken=self._spoken(report),
            own_body=its_own(self.page, report.span, report.speaker_span),
        )
        quoted = report.kind == "direct" or self._inside(report)
        if party is None or nobody:
            return planner(report.span, source, context, quoted=quoted) or party
        question = self._asked(report)
        if question:
            return holder(question, party, context, quoted=False)
        return holder(report.span, party, context, quoted=quoted)

    def _asked(self, report: Report) -> Span | None:
        """The question that a bare answer takes over: "Asked whether Velden would sign, he said yes"."""
        start, end = report.span.start, report.span.end
        if not (ANSWER.fullmatch(self.page.view, start, end) or bare(self.page.view[start:end])):
            return None
        index = self.page.sentence(report.span.start)
        start = self.page.sentences[max(0, index - 1)].start
        end = max(report.sentence.end, report.span.end)
        asked = [m.end() for m in QUESTION.finditer(self.page.view, start, report.span.start)]
        later = QUESTION.search(self.page.view, report.span.end, end)  # "I think so," she said when asked whether
        if asked:
            return Span(start=asked[-1], end=report.span.start)
        return Span(start=later.end(), end=end) if later else None

    def _defers_to(self, report: Report, party: Party | None) -> Party | None:
        if party is None or report.act in ("accuse", "ask"):
            return None
        return self.deference.of(report.span, party)

    def _caveats(self, report: Report, party: Party | None, span: Span | None, said: Said | None) -> tuple[str, ...]:
        found = doubts.caveats(report, party, span, self.page)
        if self.day is None:
            found.append("no date of publication")
        if self.article.partial:
            found.append("only the feed's summary could be read")
        official = self.roster.officials.get(party.official or "") if party else None
        if official is not None and self.day is not None:
            found.extend(self._stale(official, said.last if said else self.day, self.day))
        return tuple(found)

    def _stale(self, official: Official, day: date, published: date) -> list[str]:
        """The first doubt about a role that the article gives the official."""
        for title in self._titles(official):
            doubt = mandates.doubt(title, official, roster=self.roster, page=self.page, day=day, published=published)
            if doubt:
                return [doubt]
        return []

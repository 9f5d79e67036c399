"""Whose position a statement gives: the speaker's, or another's whom the content shows wanting or agreeing."""

from __future__ import annotations

import re
from collections.abc import Iterator

from bot.model import Party, Span
from bot.statements.holders.actors import OWN, PRONOUN, Actor, Actors
from bot.statements.holders.context import Context
from bot.statements.holders.position_words import (
    AGREES,
    APART,
    BEFORE_SUBJECT,
    CLEFT,
    CLEFT_IS,
    COMPLEMENT,
    FIRST,
    GOVERNS,
    LEADS_UP,
    OWNED,
    PLANNED,
    POSITION,
    SKIPPED,
    SUBORDINATE,
    UNSAID,
    VIEW,
    WHO,
    WORD,
    WORD_OF,
)
from bot.statements.report import Report
from bot.statements.speakers.earlier import NOT_NAMED
from bot.statements.text.words import COORDINATORS, DETERMINERS, PREPOSITIONS

__all__ = ["Context", "holder", "is_own", "nobodys", "planner"]

_TITLE = re.compile(r"\b(?:the|secretary|president|minister)\s+$", re.IGNORECASE)
_ABBREVIATED = re.compile(r"\b(Mr|Mrs|Ms|Dr)\.")
_COMPLEMENT = 5  # words
_NO_END = DETERMINERS | PREPOSITIONS | COORDINATORS  # of a complement
_JOINED = re.compile(r"\b(?:[A-Z][\w'-]*|s?he|they|we) and (?:the )?$")
# "was told by the envoy on Monday that": whose position, he goes on to say.
_TOLD_THAT = re.compile(r"[^,.;:!?\n]{0,40} that\b")
_ANSWERED = re.compile(  # "she asked me for it and I said yes"
    r"\s+(?:[a-z]+ ){0,2}?ask(?:s|ed)? (?:me|us)\b[^.!?\n]{0,80}?\b(?:and|but|so) (?:I|we)\b", re.IGNORECASE
)
_LOOK = 60  # characters before a mention that show whether it is a subject
_REACH = 300  # characters; whom a long answer comes to later is not what it is about
_CLAUSE = 300  # characters back in which its clause begins


_NOBODY = re.compile(
    r"\b(?:sources?|insiders?)\b|\b(?:familiar with|briefed on|close to|with (?:direct )?knowledge of)\b|"
    r"^(?:the|a|one|two|three|several|some) (?:person|people)$",
    re.IGNORECASE,
)


_FORESEES = re.compile(r"predict|forecast|fores[ae][ew]", re.IGNORECASE)


def is_own(report: Report) -> bool:
    """Whether the cue makes the position the speaker's own, whoever acts in the content.

    Whoever denies, rejects or foresees what another does speaks for himself.
    """
    foreseen = report.kind == "indirect" and _FORESEES.search(report.cue or "")  # a quotation shows it itself
    return report.negated or report.act in ("deny", "reject") or bool(foreseen)


def nobodys(source: str) -> bool:
    """Whether a source is nobody's voice: "a person familiar with the matter" speaks for no side."""
    return bool(_NOBODY.search(source))


def planner(span: Span, source: str, context: Context, *, quoted: bool) -> Party | None:
    """Whose plan or decision a source tells that is nobody's voice; None where no body and no person is named."""
    teller = Party(name=source, person=False, role=NOT_NAMED)
    found = _Holding(span, teller, context, quoted=quoted, planned=True).holder()
    return None if found.same(teller) or found.role == NOT_NAMED else found


def holder(span: Span, speaker: Party, context: Context, *, quoted: bool) -> Party:
    """Whose position the content is; the speaker's own unless another is shown holding it.

    `quoted`: the content is in the speaker's own words, so that "I" is the speaker and "he" is not.
    """
    return _Holding(span, speaker, context, quoted=quoted).holder()


class _Holding:
    def __init__(self, span: Span, speaker: Party, context: Context, *, quoted: bool, planned: bool = False) -> None:
        self.planned = planned  # whether a plan alone shows a position
        self.span = span
        self.speaker = speaker
        self.quoted = quoted
        self.actors = Actors.of(span, speaker, context, quoted=quoted)
        self.gender = context.gender
        self.view = self.actors.view

    def holder(self) -> Party:
        """The first who holds a position in the content; the speaker where that is himself, his side, or nobody."""
        if self.quoted and AGREES.search(self.view, self.span.start):
            return self.speaker
        own = self._own()
        teller: Party | None = None
        until = min(self.span.start + _REACH, self.span.end if own is None else own)
        for actor in sorted(self.actors.all(), key=lambda a: a.start):
            if actor.start > until:
                break
            acts = self._acts(actor)
            if not (acts or self._governed(actor)):
                continue
            party = actor.named()
            if party is None:
                continue
            if self.quoted and _ANSWERED.match(self.view, actor.end):
                return self.speaker
            if party.same(self.speaker) or not (party.person or self.actors.foreign(party)):
                return self.speaker
            if acts or not _TOLD_THAT.match(self.view, actor.end):
                return party
            teller = teller or party
        return teller or self.speaker

    def _own(self) -> int | None:
        """Where the speaker first says what he himself wants."""
        own = list(OWN.finditer(self.view, self.span.start)) if self.quoted else []
        own.extend(m for m in PRONOUN.finditer(self.view, self.span.start) if self._may_be_speaker(m))
        for match in sorted(own, key=lambda m: m.start()):
            if UNSAID.match(self.view, match.end()):
                return match.start()
            if not LEADS_UP.match(self.view, match.end()) and self._holds(match.end()):
                return match.start()
        return None

    def _may_be_speaker(self, match: re.Match[str]) -> bool:
        word = match["word"].casefold()
        if self.actors.spoken(match.start()):
            return False
        return word == "they" or self.gender in (None, {"he": "m", "she": "f"}[word])

    def _holds(self, end: int, *, singular: bool = False) -> bool:
        """Whether what stands behind a subject shows it holding a position."""
        return any(self._takes(place, singular=singular) for place in self._predicates(end))

    def _predicates(self, end: int) -> Iterator[int]:
        """Where the verb of a subject may begin: behind it, behind its complement, behind a bracketed remark."""
        yield end
        first = FIRST.match(self.view, end)
        if first:
            yield first.end()
        complement = COMPLEMENT.match(self.view, end)
        place = complement.end() if complement else end
        for _ in range(_COMPLEMENT if complement else 0):
            word = WORD.match(self.view, place)
            if word is None:
                break
            place = word.end()
            if word["word"].casefold() not in _NO_END:
                yield place
        apart = APART.match(self.view, end)
        if apart:
            yield apart.end()

    def _takes(self, place: int, *, singular: bool) -> bool:
        skipped = SKIPPED.match(self.view, place)
        for at in (skipped.end(), place) if skipped else (place,):
            match = POSITION.match(self.view, at)
            if match and not (singular and match["plural"]):
                return True
            if self.planned and PLANNED.match(self.view, at):
                return True
        return False

    def _lead(self, start: int) -> str:
        """The words before a mention, cut where it is far from the beginning."""
        lead = self.view[max(self.span.start, start - _LOOK) : start]
        return f"\u2026{lead}" if self.span.start < start - _LOOK else lead

    def _acts(self, actor: Actor) -> bool:
        """Whether somebody is the subject of a clause in which he holds a position."""
        who = WHO.match(self.view, actor.end) if actor.person and not actor.owns else None
        if who and self._holds(who.end()):
            return True
        before = self._lead(actor.start)
        cleft = CLEFT.search(before) and CLEFT_IS.match(self.view, actor.end)
        if not (cleft or BEFORE_SUBJECT.search(before)):
            return False
        singular = actor.singular and not _JOINED.search(before)
        if not (VIEW.match(self.view, actor.end) or (not actor.owns and self._holds(actor.end, singular=singular))):
            return False
        lead = self.view[max(self.span.start, actor.start - _CLAUSE) : actor.start]
        return not SUBORDINATE.search(_ABBREVIATED.sub(r"\1", lead))

    def _governed(self, actor: Actor) -> bool:
        """Whether the words before make the position his: "acceptable to", "was told by"."""
        lead = self._lead(actor.start)
        bare = _TITLE.sub("", lead)
        if GOVERNS.search(lead) or GOVERNS.search(bare):
            return True
        return bool(OWNED.match(self.view, actor.end) and WORD_OF.search(bare))

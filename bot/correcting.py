"""The way back over the walk: a statement that people put right is stored anew, and what rests on it judged again."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, get_args

from rapidfuzz import fuzz, process

from bot import conflicts
from bot.addressing import address
from bot.calibration import posted
from bot.ledger.records import Change
from bot.mending import Mended, Mending, Misunderstood, Outcome, differences, found_in, in_words, mended, refiled
from bot.model import Party, Stance
from bot.opinions import Hurried, NotYet
from bot.pipeline import Pipeline

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence
    from datetime import datetime

    from bot.ledger import Ledger, Work
    from bot.model import Alert, Conflict, Position, Statement

_SAME_NAME = 85  # of 100: that person was meant
_LET_GO = (
    "The text of this article was let go on {} as the newsroom’s retention says; only words close to the quotation are"
    " kept. Copy them from what is shown, or withdraw the statement."
)
_UNSEEN = "These words do not stand in the stored article. Copy them from it, without leaving anything out."


class Correcting(Pipeline):
    """The pipeline with corrections: what people mend is judged as what is read."""

    def understood(self, ledger: Ledger, statement: Statement, given: Mapping[str, str]) -> Mending | Misunderstood:
        """What was typed, by field; each thing that cannot be used is named."""
        faults: dict[str, str] = {}
        speaker = words = said = topic = stance = None
        if name := given.get("speaker", "").strip():
            speaker = self._called(ledger, name)
            if speaker is None:
                faults["speaker"] = f"Nobody called “{name[:80]}” is known. Give the full name as in the configuration."
        if typed := given.get("words", "").strip():
            words = found_in(ledger.text_of(statement.source.text_hash) or "", typed, statement.span.start)
            if words is None:
                let_go = ledger.let_go_on(statement.source.text_hash)
                faults["words"] = _LET_GO.format(f"{let_go:%-d %b %Y}") if let_go else _UNSEEN
        if day := given.get("date", "").strip():
            said = _day(day)
            if said is None:
                faults["date"] = f"“{day[:40]}” is not a date. Write it like 2025-02-24."
            elif said > statement.source.retrieved.date():
                faults["date"] = "That day was after the article was read."
        if place := given.get("topic", "").strip():
            topic = (place.partition("|")[0], place.partition("|")[2])
            if self._named(ledger, topic) is None:
                faults["topic"] = "There is no such topic."
        if wanted := given.get("stance", "").strip():
            stance = next((one for one in get_args(Stance) if one == wanted), None)
            if stance is None:
                faults["stance"] = "There is no such stance."
        if faults:
            return Misunderstood(fields=faults)
        return Mending(speaker=speaker, words=words, said=said, topic=topic, stance=stance)

    def mend(  # noqa: PLR0917 - what a correction is, each once
        self, ledger: Ledger, statement: Statement, mending: Mending, by: str, why: str, now: datetime
    ) -> Outcome:
        """Store the correction and judge every alert on the statement again, or nothing at all if anything fails."""
        while True:
            try:
                with ledger.work() as work:
                    outcome = self._mend(ledger, work, statement, mending, by, why, now)
                    work.commit()
                    return outcome
            except NotYet as wanting:  # whoever takes long to answer is asked while the ledger is free
                if isinstance(self._judge, Hurried):
                    self._judge.judge(wanting.pairs)

    def _mend(  # noqa: PLR0917 - what a correction is, each once
        self,
        ledger: Ledger,
        work: Work,
        statement: Statement,
        mending: Mending,
        by: str,
        why: str,
        now: datetime,
    ) -> Outcome:
        text = ledger.text_of(statement.source.text_hash) or ""
        new = mended(statement, mending, self._speaker(statement, mending), text)
        was = ledger.positions_of(statement)
        shown = work.alerts_on([statement])
        positions = self._again(ledger, new, mending, was)
        changes = (*differences(statement, new), *_refiled(was, positions))
        if not changes:
            return Outcome()
        work.mend(statement, new, changes, by=by, why=why, now=now)
        for position in positions:
            work.position(position)
        before, after = in_words(changes)
        change = Change(what="mend", by=by, why=why, before=before, after=after)
        reworded: list[int] = []
        withdrawn: list[int] = []
        for alert in shown:
            if alert.number in {*reworded, *withdrawn}:
                continue  # a copy in another channel, which has followed
            if statement.key not in {one.statement.key for one in _shown(alert)}:
                work.reword(alert.number, None, positions, change, now)
            elif lead := self._judged_again(alert, statement, positions, work, told_stance=mending.stance is not None):
                work.reword(alert.number, lead, (), change, now)
            else:
                reason = f"with {after} the statements are not in conflict" + (f" ({why})" if why else "")
                withdrawn += work.take_back(alert.number, reason, by, now)
                continue
            reworded += work.copies(alert.number)
        found = self._find(positions, (), _published(new), work)
        raised, _ = address(found, work, self._config, now=now, quiet=False)
        return Outcome(
            reworded=tuple(one for one in shown if one.number in reworded),
            withdrawn=tuple(one for one in shown if one.number in withdrawn),
            raised=raised,
        )

    def _again(self, ledger: Ledger, new: Statement, mending: Mending, was: Sequence[Position]) -> tuple[Position, ...]:
        """The positions that the statement shows now; what people say of topic and stance overrules the reading."""
        read: tuple[Position, ...] = ()
        if mending.words is not None or mending.speaker is not None or mending.said is not None:
            read = self._reading.of(new)
        if not read and (mending.words is None or mending.topic or mending.stance):
            read = tuple(_said_by(one, new) for one in was)  # read otherwise, or as people say it is
        named = self._named(ledger, mending.topic) if mending.topic else None
        told = tuple(refiled(one, mending, named) for one in read)
        return tuple({one.key: one for one in told}.values())

    def _judged_again(
        self, alert: Alert, statement: Statement, positions: Sequence[Position], work: Work, *, told_stance: bool
    ) -> Conflict | None:
        """The conflict of the same two statements as they are now; None where there is none that would be posted."""
        head = alert.conflict
        rest = [one for one in _shown(alert) if one.statement.key != statement.key]
        mended_key = next((one.statement.key for one in positions), "")
        told = [one.statement.key for one in (head.fresh, head.earlier)]
        pair = {mended_key if key == statement.key else key for key in told}
        all_ = [*positions, *rest]
        posted_from = work.posted_from(self._rules)
        found: list[Conflict] = []
        for one in all_:
            others = [other for other in all_ if other.statement.key != one.statement.key]
            found += conflicts.find(one, others, self._config.sides, self._judge)
        fitting = [
            one
            for one in conflicts.once(found)
            if {one.fresh.statement.key, one.earlier.statement.key} == pair
            and (one.kind != "opposed" or head.kind == "opposed")
            and (not told_stance or one.fresh.stance != one.earlier.stance)  # people overrule what words suggest
            and posted(one.score, posted_from[one.kind])
        ]
        return conflicts.lead(fitting) if fitting else None

    def _speaker(self, statement: Statement, mending: Mending) -> Party | None:
        """Who said it, in the role of the day; None where neither speaker nor day was corrected.

        Where the day alone was, they keep the name under which they were read.
        """
        party = statement.party
        who = mending.speaker or (party.official if party and mending.said else None)
        if who is None:
            return None
        day = mending.said or (statement.said.first if statement.said else _published(statement))
        official = next((one for one in self._config.officials if one.id == who), None)
        said = self._reading.roster.party(official, day) if official else Party(name=who)
        return said if mending.speaker or party is None else replace(said, name=party.name)

    def _called(self, ledger: Ledger, name: str) -> str | None:
        """The id of an official, or the name of somebody on record, that a name means."""
        official = self._reading.roster.person(name)
        if official is None:
            namesakes = self._reading.roster.surname(name)
            official = namesakes[0] if len(namesakes) == 1 else None
        if official is not None:
            return official.id
        people = {one.official or one.name: one.name for one in ledger.people()}
        near = process.extract(name.casefold(), people, scorer=fuzz.WRatio, processor=str.casefold, limit=2)
        clear = len(near) == 1 or (len(near) == 2 and near[0][1] > near[1][1])
        return near[0][2] if near and near[0][1] >= _SAME_NAME and clear else None

    def _named(self, ledger: Ledger, place: tuple[str, str]) -> tuple[str, str] | None:
        """The name of a topic and the text of its proposition, configured or on record."""
        for topic in self._config.topics:
            for proposition in topic.propositions:
                if (topic.id, proposition.id) == place:
                    return topic.name, proposition.text
        return next(
            (
                (one.topic_name, one.proposition_text)
                for one in ledger.about(place[0], limit=50)
                if one.proposition == place[1]
            ),
            None,
        )


class ByHand:
    """Corrections of one ledger, for whoever may not judge; `in_turn` waits until nothing else is put on record."""

    def __init__(
        self,
        pipeline: Correcting,
        ledger: Ledger,
        in_turn: Callable[[Callable[[], Outcome]], Outcome] = lambda act: act(),
    ) -> None:
        self._pipeline = pipeline
        self._ledger = ledger
        self._in_turn = in_turn

    def use(self, pipeline: Correcting) -> None:
        """Judge with another pipeline from now on: people and sides have changed."""
        self._pipeline = pipeline

    def understood(self, statement: Statement, given: Mapping[str, str]) -> Mending | Misunderstood:
        """What was typed, by field: quick, and nothing is stored."""
        return self._pipeline.understood(self._ledger, statement, given)

    def mend(self, statement: Statement, mending: Mending, by: str, why: str, now: datetime) -> Outcome:
        """Store the correction and judge every alert on the statement again, or nothing at all if anything fails."""
        return self._in_turn(lambda: self._pipeline.mend(self._ledger, statement, mending, by, why, now))


def _said_by(position: Position, new: Statement) -> Position:
    """The position with its statement as it is now, held or claimed by whoever is now said to have made it."""
    before, speaker = position.statement.party, new.party
    if speaker is None or before is None or speaker.same(before):
        return replace(position, statement=new)
    if position.claimed_by is not None and position.claimed_by.same(before):
        return replace(position, statement=new, claimed_by=speaker)
    own = position.holder.same(before)
    return replace(position, statement=new, holder=speaker if own else position.holder)


def _shown(alert: Alert) -> tuple[Position, ...]:
    head = alert.conflict
    return (head.fresh, head.earlier, *([head.bridge] if head.bridge else []))


def _refiled(was: Sequence[Position], now: Sequence[Position]) -> tuple[Mended, ...]:
    """What of topic and stance was corrected, in words."""

    def line(positions: Sequence[Position], what: str) -> str:
        return ", ".join(dict.fromkeys(str(getattr(one, what)) for one in positions)) or "none"

    pairs = [
        (field, line(was, column), line(now, column)) for field, column in (("topic", "topic_name"), ("stance",) * 2)
    ]
    return tuple(Mended(field=field, old=old, new=new) for field, old, new in pairs if old != new)


def _published(statement: Statement) -> date:
    return (statement.source.published or statement.source.retrieved).date()


def _day(typed: str) -> date | None:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return None

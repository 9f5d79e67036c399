"""The walk: article → statements → positions → conflicts → alerts, in one transaction, and again when edited."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeVar

from bot import conflicts, statements
from bot.addressing import address
from bot.calibration import Rules, kept, posted
from bot.compared import Compared
from bot.opinions import Hurried, NotYet, SlowJudge
from bot.reading import Reading
from bot.statements import versions
from config import trace
from watchers.model import Handed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from bot.ledger import Beforehand, Ledger, Rehearsal, Version, Work
    from bot.model import Alert, Conflict, Fate, Position, Statement
    from bot.opinions import Encoder, Judge, Reader
    from bot.reading import Heard
    from config.schema import Config
    from watchers.model import Article


Done = TypeVar("Done")

_AMENDED = "the article first had other words here"


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What became of one article: `known` articles are not read again; `aside` says in words why one is not read.

    Of an edited one `changed` and `vanished` count earlier statements, and `corrected` are alerts that show them.
    """

    known: bool = False
    aside: str = ""
    statements: int = 0
    conflicts: int = 0
    raised: tuple[Alert, ...] = ()  # new alerts
    joined: tuple[Alert, ...] = ()  # alerts that gained evidence
    changed: int = 0
    vanished: int = 0
    corrected: tuple[Alert, ...] = ()


class Pipeline:
    """The only place that knows the order of the walk. Holds no state between articles but the configuration."""

    def __init__(
        self,
        config: Config,
        judge: Judge | None = None,
        reader: Reader | None = None,
        encoder: Encoder | None = None,
    ) -> None:
        self._config = config
        self._judge = Hurried(judge=judge) if isinstance(judge, SlowJudge) else judge
        self._rules = Rules.of(config.settings)
        self._reading = Reading(config, reader, encoder)

    def read(self, article: Article) -> list[Heard]:
        """The statements of an article in text order, each with the positions it shows; nothing is stored."""
        return self._reading.all(article)

    def record(self, article: Article, ledger: Ledger, *, now: datetime, quiet: bool = False) -> Recorded:
        """Put an article on record, as `record_some`."""
        return self.record_some([Handed(article)], ledger, now=now, quiet=quiet)[0]

    def record_some(
        self, handed: Sequence[Handed], ledger: Ledger, *, now: datetime, quiet: bool = False
    ) -> tuple[Recorded, ...]:
        """Put the first of these articles on record with everything that follows from them; what became of each.

        They go in one transaction, and nothing at all remains if anything fails: at least one, and no more than up to
        the first of which a statement is taken, for others wait while it is compared. `quiet` stores the conflicts but
        addresses them to nobody (the first poll of a feed).
        """
        read: list[tuple[Handed, Sequence[Heard]]] = []
        for one in handed:
            with ledger.rehearsal() as rehearsal:
                known = rehearsal.knows(one.article)
            if known and read:
                break
            if known and self._known(one, ledger):
                return (Recorded(known=True),)
            with trace.following(one.article.id):
                read.append((one, self._reading.counting(one.article)))  # before the turn: others wait meanwhile
            if read[-1][1]:
                break
        article, reading = read[-1][0].article, read[-1][1]
        compared = Compared(self._config.sides, self._judge)
        before = None
        if reading and ledger.shared:  # a rehearsal costs a little more than it saves where nobody waits
            before = self._unhurried(lambda: self._rehearsed(article, reading, ledger, compared))

        def act() -> tuple[Recorded, ...]:
            with ledger.work(before) as work:
                done = tuple(self._record(one, heard, work, compared, now=now, quiet=quiet) for one, heard in read)
                work.commit()
                return done

        with trace.following(article.id):
            return self._unhurried(act)

    def _known(self, one: Handed, ledger: Ledger) -> bool:
        """Whether an article is on record; it may be under a new identity, or from one more source."""
        with ledger.work() as work:
            known = work.knows(one.article)
            if known:
                work.looked(*one)
                work.commit()
        return known

    def _rehearsed(self, article: Article, reading: Sequence[Heard], ledger: Ledger, compared: Compared) -> Beforehand:
        """What the record has for an article, compared with it as far as it goes: for that nobody has to wait."""
        with ledger.rehearsal() as rehearsal:
            fresh, known = self._take_down(reading, rehearsal)
            self._compare(fresh, known, _day(article), rehearsal, compared)
            return rehearsal.before

    def _unhurried(self, act: Callable[[], Done]) -> Done:
        """What comes of `act`, a transaction. A judge that takes long is asked before it: the ledger is locked."""
        while True:
            try:
                return act()
            except NotYet as wanting:  # raised at most once a position: from here on the judge knows these pairs
                if isinstance(self._judge, Hurried):
                    self._judge.judge(wanting.pairs)

    def _record(
        self,
        handed: Handed,
        reading: Sequence[Heard],
        work: Work,
        compared: Compared,
        *,
        now: datetime,
        quiet: bool,
        carried: Sequence[tuple[Statement, bool]] = (),
    ) -> Recorded:
        """`carried` is what was told, and whether it stands, by the text of another outlet that this one had before."""
        article, look = handed
        if work.knows(article):
            work.looked(article, look)
            return Recorded(known=True)
        aside = statements.unreadable(article)
        work.article(replace(article, notes=article.notes + statements.partly_read(article, len(reading))), aside)
        work.looked(article, look)
        replaced = _replaced(_alignment(carried, reading, article))
        fresh, known = self._take_down(reading, work, replaced)
        found = self._find(fresh, known, _day(article), work, compared)
        raised, joined = address(found, work, self._config, now=now, quiet=quiet)
        return Recorded(aside=aside, statements=len(reading), conflicts=len(found), raised=raised, joined=joined)

    def revise(self, article: Article, ledger: Ledger, *, now: datetime, quiet: bool = False) -> Recorded:
        """Put on record what an article has become, or nothing at all if anything fails.

        What stayed is known and raises nothing again. What was added walks on; so does what was changed, but never
        against the words it replaces, and what is back after it was out. What was taken out stays on record, marked.
        """
        with ledger.work() as work:
            newest = work.newest(article)
        reading = self._reading.counting(article if newest is None else replace(article, id=newest.article))
        return self._unhurried(lambda: self._revise(article, reading, ledger, now=now, quiet=quiet))

    def _revise(
        self, article: Article, reading: Sequence[Heard], ledger: Ledger, *, now: datetime, quiet: bool
    ) -> Recorded:
        with ledger.work() as work:
            newest = work.newest(article)
            if newest is None:
                once = Compared(self._config.sides, self._judge)
                part = work.part(article)
                recorded = self._record(Handed(article), reading, work, once, now=now, quiet=quiet, carried=part)
                work.commit()
                return recorded
            aside = statements.unreadable(article)
            if aside or not _differs(article, newest):
                work.commit()  # it may be known under a new identity
                return Recorded(known=True, aside=aside)
            article = replace(article, id=newest.article)
            source = work.version(article, newest)
            told = work.told(article.id)
            fates = _alignment(told, reading, article)
            kept = {fate.now.key for fate in fates if fate.now and fate.became == "kept"}
            news = [pair for pair in reading if pair[0].key not in kept]
            fresh, known = self._take_down(news, work, _replaced(fates))
            if newest.partial and not article.partial:  # a summary still says what the page says in other words
                fates = tuple(fate for fate in fates if fate.became == "kept")
            for fate in fates:
                work.fate(fate, source, now)
            out = {statement.key for statement, stands in told if not stands}
            back = [fate.statement for fate in fates if fate.became == "kept" and fate.statement.key in out]
            fresh += [position for one in back for position in self._reading.of(replace(one, amended=""))]
            found = self._find(fresh, known, _day(article), work)
            raised, joined = address(found, work, self._config, now=now, quiet=quiet)
            edited = [fate for fate in fates if fate.became != "kept"]
            work.show_again(back, now)
            corrected = work.show_again([fate.statement for fate in edited], now)
            work.commit()
        changed = sum(fate.became == "changed" for fate in edited)
        return Recorded(
            statements=len(reading),
            conflicts=len(found),
            raised=raised,
            joined=joined,
            changed=changed,
            vanished=len(edited) - changed,
            corrected=corrected,
        )

    def _take_down(
        self,
        reading: Sequence[Heard],
        work: Work | Rehearsal,
        replaced: Mapping[str, Statement] = MappingProxyType({}),
    ) -> tuple[list[Position], list[Position]]:
        """Store the statements; gives the positions that are news, and those of remarks that are known.

        `replaced`: by key, what each stands in for.
        """
        fresh: list[Position] = []
        known: list[Position] = []
        for statement, taken in reading:
            before = replaced.get(statement.key)
            held: set[tuple[str, ...]] = set()
            if before is not None:
                held = {_held(position) for position in self._reading.of(before)}
                statement = replace(statement, caveats=(*statement.caveats, _AMENDED))  # noqa: PLW2901
                taken = self._reading.of(statement)  # noqa: PLW2901
            first_report = work.statement(statement, before)
            for position in taken:
                # what an article tells of two known remarks is news as well
                if (first_report or statement.told) and _held(position) not in held:
                    fresh.append(position)
                else:  # one more report of a known utterance: evidence, but no news
                    work.report(position)
                    known.append(position)
        return fresh, known

    def _find(
        self,
        fresh: Sequence[Position],
        known: Sequence[Position],
        day: date,
        work: Work,
        compared: Compared | None = None,
    ) -> list[Conflict]:
        """Compare each fresh position as `_compare`, and store the conflicts; those that are to be posted."""
        found = self._compare(fresh, known, day, work, compared or Compared(self._config.sides, self._judge))
        if not found:
            return []
        posted_from = work.posted_from(self._rules)
        news = work.conflicts(one for one in found if kept(one.score, posted_from[one.kind], self._rules))
        return [conflict for conflict in news if posted(conflict.score, posted_from[conflict.kind])]

    def _compare(
        self,
        fresh: Sequence[Position],
        known: Sequence[Position],
        day: date,
        record: Work | Rehearsal,
        compared: Compared,
    ) -> list[Conflict]:
        """Compare each fresh position with the record and with those of the same article said before it.

        Of a remark in many outlets the record gives one report; where the article tells of its own, that one counts.
        """
        beside = list(known)
        since = day - timedelta(days=self._config.settings.alerts.look_back_days)
        found: list[Conflict] = []
        for position in sorted(fresh, key=_when):
            read = record.filed(position)
            near = () if conflicts.stands_alone(read) and not read.meaning else record.near(read, since)
            placed, like = compared.placed(read, near)
            told = [other for other in beside if conflicts.told_of(placed, other) and other not in near]
            found += compared.find(placed, (*near, *told))
            record.position(position, placed, like)
            beside.append(placed)
        return conflicts.once(found)  # a statement may show several positions


def _alignment(
    told: Sequence[tuple[Statement, bool]], reading: Sequence[tuple[Statement, object]], article: Article
) -> tuple[Fate, ...]:
    """What became of what was told, of which some may not stand any more."""
    if not told:
        return ()
    gone = frozenset(statement.key for statement, stands in told if not stands)
    return versions.align([one for one, _ in told], [one for one, _ in reading], gone, article.text).fates


def _replaced(fates: Sequence[Fate]) -> dict[str, Statement]:
    """By its key, what each changed statement stands in for."""
    return {fate.now.key: fate.statement for fate in fates if fate.now and fate.became == "changed"}


def _differs(article: Article, newest: Version) -> bool:
    """Whether it is a new version: another text, and not the mere summary of one that is on record in full."""
    return article.text_hash != newest.text_hash and not (article.partial and not newest.partial)


def _held(position: Position) -> tuple[str, ...]:
    """Who holds what: equal where an edit left the position as it was."""
    holder = position.holder.official or position.holder.side or position.holder.name.casefold()
    return holder, position.topic, position.proposition, position.stance


def _when(position: Position) -> tuple[date, bool, int]:
    """The order of events, as far as it is known: what the narrator goes back to was said before the day's news."""
    statement = position.statement
    return (position.said_first or date.max, not statement.recalled, statement.span.start)


def _day(article: Article) -> date:
    return (article.published or article.retrieved).astimezone(UTC).date()

"""The walk: article → statements → positions → conflicts → alerts, in one transaction."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from bot import conflicts, positions, statements
from bot.routing import channels_for, strength_of
from bot.statements import Roster

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.ledger import Ledger, Work
    from bot.model import Alert, Conflict, Judge, Position, Statement
    from config.schema import Config
    from watchers.model import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """What became of one article: `known` articles are not read again."""

    known: bool = False
    statements: int = 0
    conflicts: int = 0
    raised: tuple[Alert, ...] = ()  # new alerts
    joined: tuple[Alert, ...] = ()  # alerts that gained evidence


class Pipeline:
    """The only place that knows the order of the walk. Holds no state between articles but the configuration."""

    def __init__(self, config: Config, judge: Judge | None = None) -> None:
        self._config = config
        self._judge = judge
        self._roster = Roster.of(config.officials, config.sides)
        self._gazetteer = positions.Gazetteer.of(config.sides)

    def read(self, article: Article) -> list[tuple[Statement, tuple[Position, ...]]]:
        """The statements of an article in text order, each with the positions it shows; nothing is stored."""
        return [
            (statement, tuple(positions.take(statement, self._config.topics, self._gazetteer)))
            for statement in statements.extract(article, self._roster)
        ]

    def record(self, article: Article, ledger: Ledger, *, now: datetime, quiet: bool = False) -> Recorded:
        """Put an article on record with everything that follows from it, or nothing at all if anything fails.

        `quiet` stores the conflicts but addresses them to nobody (the first poll of a feed).
        """
        with ledger.work() as work:
            if work.knows(article):
                work.commit()  # it may be known under a new identity or from one more source
                return Recorded(known=True)
            work.article(article)
            reading = self.read(article)
            fresh: list[Position] = []
            for statement, taken in reading:
                first_report = work.statement(statement)
                for position in taken:
                    if first_report:
                        fresh.append(position)
                    else:  # one more report of a known utterance: evidence, but no news
                        work.position(position)
            found = self._find(fresh, article, work)
            raised, joined = self._alert(found, work, now=now, quiet=quiet)
            work.commit()
        return Recorded(statements=len(reading), conflicts=len(found), raised=raised, joined=joined)

    def _find(self, fresh: Sequence[Position], article: Article, work: Work) -> list[Conflict]:
        """Compare each fresh position with the record and with those of the same article said before it."""
        since = _day(article) - timedelta(days=self._config.settings.alerts.look_back_days)
        found: list[Conflict] = []
        for position in sorted(fresh, key=_when):
            near = work.near(position, since)
            found += [
                conflict
                for conflict in conflicts.find(position, near, self._config.sides, self._judge)
                if conflict.score >= self._config.settings.alerts.minimum_score
            ]
            work.position(position)
        return [conflict for conflict in found if work.conflict(conflict)]

    def _alert(
        self, found: Sequence[Conflict], work: Work, *, now: datetime, quiet: bool
    ) -> tuple[tuple[Alert, ...], tuple[Alert, ...]]:
        """One card a case: new evidence joins the card that is there."""
        raised: list[Alert] = []
        joined: list[Alert] = []
        if quiet:
            return (), ()
        since = now - timedelta(days=self._config.settings.alerts.join_days)
        by_case = sorted(found, key=lambda conflict: conflict.case)
        for case, group in groupby(by_case, key=lambda conflict: conflict.case):
            of_case = list(group)
            lead = conflicts.lead(of_case)
            further = _further(of_case, lead)
            known = work.alerts_of(case, since)
            undecided = [alert for alert in known if alert.review != "dismissed"]
            joined += [self._join(alert, of_case, work, now) for alert in undecided]
            if len(undecided) < len(known):  # what the desk has dismissed is decided, and nobody is bothered again
                continue
            strength = strength_of(lead, self._config.settings.alerts)
            told = {alert.channel for alert in known}  # a channel for the strong or for one person may come in later
            for channel in channels_for(lead, self._config.channels, strength):
                if channel.id in told:
                    continue
                alert = work.alert(lead, channel.id, strength, now, further)
                if alert is not None:
                    raised.append(alert)
        return tuple(raised), tuple(joined)

    def _join(self, alert: Alert, of_case: Sequence[Conflict], work: Work, now: datetime) -> Alert:
        """Add evidence to a card; when the other side has now answered, the card says so under its old title."""
        lead = conflicts.lead([alert.conflict, *of_case])
        if lead is not alert.conflict:
            lead = replace(lead, title=alert.conflict.title)
        shown = {position.statement.key for position in (*_shown(alert.conflict), *alert.joined)}
        evidence = tuple(
            position for conflict in of_case for position in _shown(conflict) if position.statement.key not in shown
        )
        return work.join(alert.number, *evidence, lead=lead, now=now)


def _shown(conflict: Conflict) -> tuple[Position, ...]:
    bridge = (conflict.bridge,) if conflict.bridge else ()
    return (conflict.fresh, conflict.earlier, *bridge)


def _further(of_case: Sequence[Conflict], lead: Conflict) -> tuple[Position, ...]:
    """The positions of a case that the leading pair does not show, each once, oldest first."""
    seen = {position.statement.key for position in _shown(lead)}
    rest: list[Position] = []
    for conflict in of_case:
        for position in _shown(conflict):
            if position.statement.key not in seen:
                seen.add(position.statement.key)
                rest.append(position)
    return tuple(sorted(rest, key=_when))


def _when(position: Position) -> tuple[date, int]:
    return (position.said_first or date.max, position.statement.span.start)


def _day(article: Article) -> date:
    return (article.published or article.retrieved).astimezone(UTC).date()

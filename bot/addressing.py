"""From conflicts to alerts: one card a case in each place that it goes to, and why it went there on record."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby
from typing import TYPE_CHECKING

from bot import conflicts
from bot.ledger.flow_records import Routed
from bot.routing import STATES, destined, first, strength_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from bot.ledger import Flow, Work
    from bot.model import Alert, Conflict, Position
    from config.schema import Config

_FILLING = "found while the record was being filled from a feed’s past, of which nobody is told"
_DISMISSED = "the desk has dismissed an alert of the same case"


def address(
    found: Sequence[Conflict], work: Work, config: Config, *, now: datetime, quiet: bool
) -> tuple[tuple[Alert, ...], tuple[Alert, ...]]:
    """Raise an alert of each case wherever it goes, or let it join the card that is there: those raised, and joined.

    `quiet` tells nobody, and says so on record.
    """
    if not found:
        return (), ()
    if quiet:
        for conflict in found:
            work.routed(conflict, Routed(audience="", outcome="not sent", reason=_FILLING, at=now))
        return (), ()
    addressing = _Addressing(work=work, config=config, now=now)
    flow = work.flow(config.channels, now)
    raised: list[Alert] = []
    joined: list[Alert] = []
    cases = _cases(found)
    on_record = work.alerts_of((lead.case for lead, _ in cases), now - timedelta(days=config.settings.alerts.join_days))
    for lead, of_case in cases:
        known = on_record.get(lead.case, ())
        undecided = [alert for alert in known if alert.review != "dismissed"]
        again = [addressing.join(alert, of_case, flow) for alert in undecided]
        joined += again
        if len(undecided) < len(known):  # what the desk has dismissed is decided, and nobody is bothered again
            work.routed(lead, Routed(audience="", outcome="not sent", reason=_DISMISSED, at=now))
            continue
        told = frozenset(alert.channel for alert in known)  # a channel for the strong or for one may come in later
        fresh = addressing.send(lead, _further(of_case, lead), told, flow)
        cards = Counter(alert.channel for alert in (*fresh, *again) if alert.state == "pending" and alert not in known)
        flow = replace(flow, posted=Counter(flow.posted) + cards)
        raised += fresh
    return tuple(raised), tuple(joined)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Addressing:
    work: Work
    config: Config
    now: datetime

    def send(self, lead: Conflict, further: Sequence[Position], told: frozenset[str], flow: Flow) -> list[Alert]:
        """Raise the alerts of a case wherever it goes and is not known, and keep why."""
        strength = strength_of(lead, self.config.settings.alerts)
        raised: list[Alert] = []
        for one in destined(lead, strength, flow, self.now):
            place, state = one.channel.id, STATES.get(one.outcome)
            if place in told:
                continue
            alert = self.work.alert(lead, place, strength, self.now, further, state=state) if state else None
            if state and alert is None:  # it was raised here before
                continue
            self._keep(lead, Routed(audience=place, outcome=one.outcome, reason=one.reason, at=self.now), alert)
            raised += [alert] if alert else []
        return raised

    def join(self, alert: Alert, of_case: Sequence[Conflict], flow: Flow) -> Alert:
        """Add evidence to a card; when the other side has now answered, the card says so under its old title."""
        lead = conflicts.lead([alert.conflict, *of_case])
        if lead is not alert.conflict:
            lead = replace(lead, title=alert.conflict.title)
        shown = {position.statement.key for position in (*_shown(alert.conflict), *alert.joined)}
        evidence = tuple(
            position for conflict in of_case for position in _shown(conflict) if position.statement.key not in shown
        )
        muted = first(flow.mutes, alert.channel, of_case[0]) is not None
        reason = f"joined {alert.name}" + (", quietly, since it is muted here" if muted else "")
        self._keep(of_case[0], Routed(audience=alert.channel, outcome="joined", reason=reason, at=self.now), alert)
        joined = self.work.join(alert.number, *evidence, lead=lead, now=self.now, aloud=not muted)
        if joined.revision > alert.revision and alert.state in {"listed", "folded"}:
            return self._show(joined, flow)
        return joined

    def _show(self, alert: Alert, flow: Flow) -> Alert:
        """Let an alert that had no card have one now that there is news of it: a mute ends, a story goes on."""
        places = destined(alert.conflict, alert.strength, flow, self.now)
        here = next((one for one in places if one.channel.id == alert.channel), None)
        state = STATES.get(here.outcome) if here else None
        if here is None or state is None or state == "listed":
            return alert
        reason = f"new evidence came, and {here.reason}"
        self._keep(
            alert.conflict, Routed(audience=alert.channel, outcome=here.outcome, reason=reason, at=self.now), alert
        )
        return self.work.show(alert.number, state)

    def _keep(self, conflict: Conflict, outcome: Routed, alert: Alert | None) -> None:
        self.work.routed(conflict, replace(outcome, alert=alert.number if alert else None))


def _cases(found: Sequence[Conflict]) -> list[tuple[Conflict, list[Conflict]]]:
    """The conflicts of each case with the one that leads it, the strongest case first: a channel takes only so many."""
    by_case = sorted(found, key=lambda conflict: conflict.case)
    groups = [list(group) for _, group in groupby(by_case, key=lambda conflict: conflict.case)]
    cases = [(conflicts.lead(of_case), of_case) for of_case in groups]
    return sorted(cases, key=lambda case: -case[0].score)


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


def _shown(conflict: Conflict) -> tuple[Position, ...]:
    bridge = (conflict.bridge,) if conflict.bridge else ()
    return (conflict.fresh, conflict.earlier, *bridge)


def _when(position: Position) -> tuple[date, int]:
    return (position.said_first or date.max, position.statement.span.start)

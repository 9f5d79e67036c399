"""Where a conflict goes, and why there: a pure decision from what holds at a moment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.ledger.flow_records import Target

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model import Alert, Conflict, Party
    from config.schema import Alerting, Channel, Strength


def strength_of(conflict: Conflict, settings: Alerting) -> Strength:
    """The word for a score: "high" from `high_score` on, else "medium"."""
    return "high" if conflict.score >= settings.high_score else "medium"


def channels_for(conflict: Conflict, channels: Sequence[Channel], strength: Strength) -> tuple[Channel, ...]:
    """The channels whose route takes this conflict; an empty list in a route means: all."""
    parties = parties_of(conflict)
    officials = {party.official for party in parties}
    sides = {party.side for party in parties}
    return tuple(
        channel
        for channel in channels
        if conflict.kind in channel.kinds
        and (strength == "high" or channel.minimum == "medium")
        and (not channel.topics or conflict.fresh.topic in channel.topics)
        and (not channel.sides or not sides.isdisjoint(channel.sides))
        and (not channel.officials or not officials.isdisjoint(channel.officials))
    )


def targets_of(alert: Alert) -> tuple[Target, ...]:
    """What of an alert can be muted: its topic, the pair, the people who speak, the outlet of what is new."""
    conflict = alert.conflict
    people = {party.official or party.name: party.name for party in parties_of(conflict) if party.person}
    outlet = conflict.fresh.statement.source.outlet
    return (
        Target(kind="topic", id=conflict.fresh.topic, name=conflict.fresh.topic_name),
        Target(kind="pair", id=conflict.case, name=f"{alert.name} and what else comes of its case"),
        *(Target(kind="person", id=number, name=name) for number, name in people.items()),
        Target(kind="source", id=outlet, name=outlet),
    )


def parties_of(conflict: Conflict) -> tuple[Party, ...]:
    """Everybody who speaks or whose position it is, on either side of the conflict."""
    shown = (conflict.fresh, conflict.earlier, conflict.bridge)
    return tuple(
        party
        for position in shown
        if position is not None
        for party in (position.statement.party, position.holder)
        if party is not None
    )

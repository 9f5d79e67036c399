"""Which channels a conflict is addressed to."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model import Conflict, Party
    from config.schema import Alerting, Channel, Strength


def strength_of(conflict: Conflict, settings: Alerting) -> Strength:
    """The word for a score: "high" from `high_score` on, else "medium"."""
    return "high" if conflict.score >= settings.high_score else "medium"


def channels_for(conflict: Conflict, channels: Sequence[Channel], strength: Strength) -> tuple[Channel, ...]:
    """The channels whose route takes this conflict; an empty list in a route means: all."""
    parties = _parties(conflict)
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


def _parties(conflict: Conflict) -> tuple[Party, ...]:
    """Everybody who speaks or whose position it is, on either side of the conflict."""
    shown = (conflict.fresh, conflict.earlier, conflict.bridge)
    return tuple(
        party
        for position in shown
        if position is not None
        for party in (position.statement.party, position.holder)
        if party is not None
    )

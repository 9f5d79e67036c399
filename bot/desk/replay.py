"""Other settings tried on what is on record: which alerts would not be, and which conflicts would be alerts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.calibration import Rules
from bot.inquiries import Replayed
from bot.routing import first, refused, strength_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.inquiries import Otherwise
    from bot.ledger import Ledger, Wish
    from bot.model import Conflict
    from config.schema import Channel, Config
    from config.settings import Alerting
    from config.values import ConflictKind


def under(asked: Otherwise, ledger: Ledger, config: Config, now: datetime) -> Replayed:
    """Conflicts stored since then, judged as they were and routed by the other settings. Nothing is read again.

    What the lowest score kept on record leaves out cannot come back: it was never stored.
    """
    settings = config.settings.alerts
    now_from = {stands.kind: stands.threshold for stands in ledger.thresholds(Rules.of(config.settings))}
    then_from = {kind: asked.minimum if asked.minimum is not None else score for kind, score in now_from.items()}
    other = settings.model_copy(update={"high_score": settings.high_score if asked.high is None else asked.high})
    flow = ledger.flow(config.channels, now)
    channels = [channel for channel in flow.channels if asked.channel in {"", channel.id, channel.name}]
    changed = [_with(channel, asked) for channel in channels]
    found = ledger.conflicts_since(asked.since)
    places = {channel.id for channel in channels}
    cards = [alert for alert in ledger.alerts_since(asked.since) if not asked.channel or alert.channel in places]
    before = {one.case for one in found if _told(one, now_from, channels, flow.follows, settings)}
    after = {one.case for one in found if _told(one, then_from, changed, flow.follows, other)}
    told = {alert.conflict.case for alert in cards}
    vanish = tuple(alert for alert in cards if alert.conflict.case not in after)
    appear: dict[str, Conflict] = {}
    for one in sorted(found, key=lambda one: (-one.score, one.key)):  # the surest stands for its case
        if one.case in after - before - told and _told(one, then_from, changed, flow.follows, other):
            appear.setdefault(one.case, one)
    return Replayed(
        considered=len(found),
        stays=len(cards) - len(vanish),
        vanish=vanish,
        appear=tuple(appear.values()),
        settings=_in_words(asked, settings),
    )


def _told(
    conflict: Conflict,
    start: Mapping[ConflictKind, float],
    channels: Sequence[Channel],
    follows: Sequence[Wish],
    settings: Alerting,
) -> bool:
    """Whether a route or a follow would bring it to anybody; mutes, quiet hours and caps only delay it."""
    if conflict.score < start[conflict.kind]:
        return False
    strength = strength_of(conflict, settings)
    return any(not refused(conflict, one, strength) or first(follows, one.id, conflict) for one in channels)


def _with(channel: Channel, asked: Otherwise) -> Channel:
    if asked.kinds is None:
        return channel
    return channel.model_copy(update={"kinds": tuple(sorted(asked.kinds))})


def _in_words(asked: Otherwise, settings: Alerting) -> dict[str, str]:
    told = {}
    if asked.minimum is not None:
        told["posted from"] = f"{settings.minimum_score:.2f} → {asked.minimum:.2f}"
    if asked.high is not None:
        told["strong from"] = f"{settings.high_score:.2f} → {asked.high:.2f}"
    if asked.kinds is not None:
        told["kinds"] = ", ".join(sorted(kind.replace("_", " ") for kind in asked.kinds))
    if asked.channel:
        told["channel"] = asked.channel
    return told

"""Where a conflict goes, and why there: a pure decision from what holds at a moment."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from bot.ledger.flow_records import OutcomeKind, Target

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import datetime

    from bot.ledger.flow_records import Flow, Wish
    from bot.model import Alert, Conflict, DeliveryState, Party
    from config.schema import Channel
    from config.settings import Alerting
    from config.values import Strength

STATES: Mapping[OutcomeKind, DeliveryState] = {
    "posted": "pending",
    "held": "held",
    "muted": "listed",
    "listed": "listed",
}
KINDS = {
    "reversal": "changes of position",
    "same_side": "differences within a side",
    "denied_claim": "conflicts over another’s position",
    "disputed": "disputed accounts",
    "opposed": "disagreements between sides",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Destined:
    """What is to become of a conflict in one place, and why, in words."""

    channel: Channel
    outcome: OutcomeKind
    reason: str


def strength_of(conflict: Conflict, settings: Alerting) -> Strength:
    """The word for a score: "high" from `high_score` on, else "medium"."""
    return "high" if conflict.score >= settings.high_score else "medium"


def destined(conflict: Conflict, strength: Strength, flow: Flow, now: datetime) -> tuple[Destined, ...]:
    """What becomes of a conflict everywhere; places that are sent nothing but what they follow are named if they do.

    A route or a follow brings it there; then a mute, quiet hours and the daily cap may keep it from being posted.
    """
    found = []
    for channel in flow.channels:
        followed = first(flow.follows, channel.id, conflict)
        refusal = refused(conflict, channel, strength)
        if refusal and followed is None:
            if channel.kinds:
                found.append(Destined(channel=channel, outcome="not sent", reason=refusal))
            continue
        brought = f"{followed.target.name} is followed" if followed else "the route takes it"
        outcome, reason = _kept_back(conflict, channel, flow, now) or ("posted", brought)
        found.append(Destined(channel=channel, outcome=outcome, reason=reason))
    return tuple(found)


def refused(conflict: Conflict, channel: Channel, strength: Strength) -> str:
    """Why a channel's route does not take a conflict; empty: it does. An empty list in a route means: all."""
    parties = parties_of(conflict)
    if conflict.kind not in channel.kinds:
        return f"its route takes no {KINDS[conflict.kind]}"
    if strength != "high" and channel.minimum == "high":
        return "its route takes strong alerts only, and this one is of medium strength"
    if channel.topics and conflict.fresh.topic not in channel.topics:
        return f"its route does not take the topic {conflict.fresh.topic_name}"
    if channel.sides and not {party.side for party in parties} & set(channel.sides):
        return f"its route takes other sides only: {', '.join(channel.sides)}"
    if channel.officials and not {party.official for party in parties} & set(channel.officials):
        return f"its route takes other people only: {', '.join(channel.officials)}"
    return ""


def _kept_back(conflict: Conflict, channel: Channel, flow: Flow, now: datetime) -> tuple[OutcomeKind, str] | None:
    """Why what was brought here is not posted now."""
    mute = first(flow.mutes, channel.id, conflict)
    if mute is not None and mute.until is not None:
        muted = mute.until.astimezone(ZoneInfo(channel.zone))
        return "muted", f"{mute.target.name} is muted here until {muted:%d %b %H:%M} {channel.zone}"
    quiet = channel.quiet_hours
    if quiet is not None and (until := quiet.until(now)):
        return "held", f"quiet hours until {until.astimezone(ZoneInfo(quiet.zone)):%H:%M} {quiet.zone}"
    if channel.cap and flow.posted.get(channel.id, 0) >= channel.cap:
        over = f"over the cap of {channel.cap} alerts a day"
        if channel.daily is None:
            return "listed", f"{over}, and there is no digest here"
        return "held", f"{over}, for the digest at {channel.daily}"
    return None


def first(wishes: Iterable[Wish], audience: str, conflict: Conflict) -> Wish | None:
    """The first wish of an audience that a conflict fits."""
    return next((one for one in wishes if one.audience == audience and fits(one.target, conflict)), None)


def fits(target: Target, conflict: Conflict) -> bool:
    """Whether a conflict is about a target: a person or a side that speaks or whose position it is, and so on."""
    match target.kind:
        case "topic":
            return target.id in {conflict.fresh.topic, conflict.earlier.topic}
        case "kind":
            return target.id == conflict.kind
        case "pair":
            return conflict.case in {target.id, *target.also}
        case "source":
            return target.id.casefold() == conflict.fresh.statement.source.outlet.casefold()
        case "side":
            return target.id in {party.side for party in parties_of(conflict)}
        case "person":
            return any(target.id in {party.official, party.name} for party in parties_of(conflict))


def targets_of(alert: Alert) -> tuple[Target, ...]:
    """What of an alert can be muted: its topic, the pair, the people who speak, the outlet of what is new."""
    conflict = alert.conflict
    people = {party.official or party.name: party.name for party in parties_of(conflict) if party.person}
    outlet = conflict.fresh.statement.source.outlet
    return (
        Target(kind="topic", id=conflict.fresh.topic, name=conflict.fresh.topic_name),
        Target(kind="pair", id=conflict.case, name=alert.name),
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


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """One chance in the life of a channel to be told what was held; `key` is the same however often it is computed."""

    key: str
    words: str


def occasions(channel: Channel, since: datetime, now: datetime) -> tuple[Occasion, ...]:
    """The occasions that have come for what a channel holds `since` a moment: none within its quiet hours.

    The end of quiet hours and the hour of the digest come once a local day each. Where a channel has neither any more,
    what it still holds is told at once.
    """
    quiet, daily = channel.quiet_hours, channel.daily
    if quiet is None and daily is None:
        return (Occasion(key=f"left:{since.isoformat()}", words="Held alerts"),)
    found = []
    if quiet is not None:
        if quiet.until(now):
            return ()
        ended = quiet.ended(now)
        if ended.at > since:
            found.append(Occasion(key=f"quiet:{ended.day}", words="While it was quiet"))
    if daily is not None:
        came = daily.came(now)
        if came.at > since:
            found.append(Occasion(key=f"daily:{came.day}", words="Daily digest"))
    return tuple(found)

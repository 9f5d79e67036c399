"""From signs to sentences: what keeps the service from its work. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from bot.health.signs import Signs, State

_LATE_POLL = timedelta(seconds=60)  # beyond two intervals
_NAMED = 3  # feeds that a sentence names


def deafness(signs: Signs, seconds: float) -> str:
    """Why a restart is the only cure, in one sentence; empty while there is none.

    It is none while Slack was never reached, nor while it knows us no more.
    """
    if not seconds:
        return ""
    if signs.stands is not None and signs.stands > seconds:
        return f"the delivery loop has not come round for {signs.stands:.0f} s"
    if signs.sockets and not signs.refused and signs.silences and min(signs.silences) > seconds:
        return f"nothing was heard from Slack on any connection for {min(signs.silences):.0f} s"
    return ""


def unready(state: State, late: timedelta) -> tuple[str, ...]:
    """One sentence for each trouble that keeps alerts from coming in or going out; none: delivery works."""
    if not state.signs.slack:
        return (*(f"Wake-ups: {trouble}." for trouble in state.signs.troubles), *_feeds(state))
    return (*_slack(state.signs), *_outbox(state, late), *_feeds(state), *_canary(state))


def _slack(signs: Signs) -> Iterator[str]:
    if not signs.silences:
        yield "Slack has not been reached yet; it is tried again until it is."
    elif signs.heard < len(signs.silences):
        silent, longest = len(signs.silences) - signs.heard, max(signs.silences)
        yield f"On {silent} of {len(signs.silences)} connections Slack has not been heard, for up to {longest:.0f} s."
    if signs.stands is not None and signs.stands > max(60.0, signs.silent_after):
        yield f"The delivery loop has not come round for {signs.stands:.0f} s."
    for trouble in signs.troubles:
        yield f"Delivery: {trouble}."


def _outbox(state: State, late: timedelta) -> Iterator[str]:
    oldest = state.vitals.oldest
    if oldest is not None and state.now - oldest > late:
        waits = (state.now - oldest).total_seconds() / 60
        number = state.vitals.waiting
        what = "1 message waits" if number == 1 else f"{number} messages wait"
        yield f"{what} for Slack, for up to {waits:.0f} minutes."


def _canary(state: State) -> Iterator[str]:
    if state.canary_late is None or state.canary_age <= state.canary_late:
        return
    last = state.vitals.canary
    why = f": {last.fault}" if last and last.fault else ", nor was one sent"
    yield f"No planted conflict has come through for {state.canary_age.total_seconds() / 3600:.0f} hours{why}."


def overdue(state: State) -> list[str]:
    """The feeds that should have been polled and were not. One that backs off or is paused is none of them."""
    known = {feed.feed: feed for feed in state.vitals.feeds}
    begun = state.now - timedelta(seconds=state.signs.uptime)
    late: list[str] = []
    for name, interval in state.intervals.items():
        feed = known.get(name)
        if feed and feed.paused:
            continue
        polled = max(begun, feed.polled_at) if feed and feed.polled_at else begun
        due = max(polled + 2 * interval, feed.next_at) if feed and feed.next_at else polled + 2 * interval
        if state.now > due + _LATE_POLL:
            late.append(name)
    return late


def _feeds(state: State) -> Iterator[str]:
    if late := overdue(state):
        more = f" and {len(late) - _NAMED} more" if len(late) > _NAMED else ""
        yield f"{len(late)} of {len(state.intervals)} feeds are overdue: {', '.join(late[:_NAMED])}{more}."

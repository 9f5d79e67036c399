"""How long to wait for a feed that was read: less where news came, more where none did, within the limits set; pure."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from config.schema import Feed
from config.settings import Polling
from watchers.model import FeedState

QUICKER, SLOWER = 0.5, 1.25  # of the last interval: a busy feed is caught up with sooner than a quiet one is left alone


def usual(feed: Feed, polling: Polling) -> timedelta:
    """The interval that is set: the feed's own, else that of all."""
    return timedelta(minutes=feed.every_minutes or polling.every_minutes)


def present(state: FeedState | None, base: timedelta) -> timedelta:
    """The interval at which a feed is polled now, unless it fails; `base` is the usual one."""
    if state is None or state.failures or state.next_at is None or state.polled_at is None:
        return base
    return state.next_at - state.polled_at


def following(before: FeedState, base: timedelta, polling: Polling, *, news: bool) -> timedelta | None:
    """The time until the next poll; None where it is always the usual one, for lack of other limits."""
    fastest = min(base, timedelta(minutes=polling.fastest_minutes)) or base
    slowest = max(base, timedelta(minutes=polling.slowest_minutes))
    if fastest == slowest:
        return None
    if not before.seeded:
        return base  # everything is new in a feed that was never read
    return min(slowest, max(fastest, present(before, base) * (QUICKER if news else SLOWER)))


def paced(before: FeedState, after: FeedState, base: timedelta, polling: Polling, *, news: bool) -> FeedState:
    """The state after a good poll, with the moment of the next one where that is not simply the usual time later."""
    wait = following(before, base, polling, news=news)
    return replace(after, next_at=after.polled_at + wait) if wait and after.polled_at else after

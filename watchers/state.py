"""How a feed's state follows from the one before and what a poll met; pure."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from datetime import datetime, timedelta

from watchers.answer import Response
from watchers.errors import Gone, Refused, WatchError
from watchers.model import FeedState

LONGEST_BACKOFF = timedelta(hours=6)
LONGEST_RETRY_AFTER = timedelta(hours=24)
_OF_A_POLL = ("polled_at", "good_at", "next_at", "etag", "last_modified", "body_hash")


def of_address(state: FeedState, url: str) -> FeedState:
    """The state if it was gained at this address, else a fresh one: an editor who corrects a URL starts anew."""
    mark = _mark(url)
    if state.body_hash is not None and not state.body_hash.startswith(mark):
        return FeedState(feed=state.feed)
    return state


def digest(url: str, response: Response) -> str:
    """The hash by which an unchanged document is known again, with a mark of the configured address."""
    return _mark(url) + response.body_hash


def due(state: FeedState, now: datetime) -> bool:
    """Whether the feed may be polled: not paused, and not backing off."""
    if state.paused:
        return False
    if state.next_at is None or now >= state.next_at:
        return True
    # A clock that was set back must not silence a feed for longer than it asked.
    return state.polled_at is not None and now < state.polled_at


def due_by_now(state: FeedState, interval: timedelta, now: datetime) -> bool:
    """Whether the feed is to be polled: it may be, and its interval is over. So another process may have polled it."""
    if not due(state, now):
        return False
    if state.polled_at is None or state.next_at is not None or now < state.polled_at:
        return True
    return now >= state.polled_at + interval


def unchanged(state: FeedState, response: Response, now: datetime) -> FeedState:
    """After an answer with nothing new."""
    return replace(
        state,
        etag=response.etag or state.etag,
        last_modified=response.last_modified or state.last_modified,
        polled_at=now,
        good_at=now,
        next_at=None,
        failures=0,
        reason="",
        moved_to=response.moved_to,
        paused=False,
    )


def read(state: FeedState, url: str, response: Response, now: datetime, *, complete: bool, lost: int = 0) -> FeedState:
    """After a document whose entries were handed over; unless `complete`, it is to be read again, changed or not."""
    return FeedState(
        feed=state.feed,
        etag=response.etag if complete else None,
        last_modified=response.last_modified if complete else None,
        body_hash=digest(url, response) if complete else _mark(url),
        polled_at=now,
        good_at=now,
        moved_to=response.moved_to,
        seeded=True,
        lost=lost,
    )


def usual(before: FeedState, after: FeedState) -> bool:
    """Whether a poll was good as the one before it; then what it leaves may be stored a little later."""
    return replace(after, **{name: getattr(before, name) for name in _OF_A_POLL}) == before and bool(
        before.polled_at and before.seeded
    )


def unread(state: FeedState) -> FeedState:
    """The state of a feed whose document is to be read again, changed or not."""
    mark = state.body_hash and state.body_hash.partition(":")[0] + ":"
    return replace(state, etag=None, last_modified=None, body_hash=mark)


def failed(state: FeedState, url: str, error: WatchError, now: datetime, interval: timedelta) -> FeedState:
    """After a failure: validators stay, the next attempt moves away, and the reason says why."""
    failures = state.failures + 1
    wait = min(LONGEST_BACKOFF, interval * 2 ** min(failures - 1, 16))
    if isinstance(error, Refused) and error.retry_after is not None:
        wait = max(wait, min(LONGEST_RETRY_AFTER, timedelta(seconds=min(error.retry_after, 1e6))))
    return replace(
        state,
        body_hash=state.body_hash or _mark(url),
        polled_at=now,
        next_at=now + max(wait, interval),
        failures=failures,
        reason=error.reason,
        paused=isinstance(error, Gone),
    )


def _mark(url: str) -> str:
    return hashlib.sha256(url.encode()).hexdigest()[:16] + ":"

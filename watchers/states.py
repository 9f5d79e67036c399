"""Where watchers keep the states of their feeds: each on record at once, or those after usual polls in groups."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from typing import Protocol

from watchers import state
from watchers.errors import NotOnRecord
from watchers.model import FeedRecord, FeedState, Polled

WAIT = 1.0  # seconds for which a usual poll may be on no record: to lose one costs one more poll
MOST_SEEN = 10_000  # characters of what is remembered of a document that are kept at hand: some 200 entries

log = logging.getLogger(__name__)


class States(Protocol):
    """The states of feeds between their polls."""

    async def of(self, feed: str) -> FeedState:
        """The state after the last poll of a feed; a fresh one for a feed never polled."""
        ...

    async def seen(self, feed: str) -> str:
        """What is remembered of its latest document, empty for nothing."""
        ...

    async def save(self, before: FeedState, after: FeedState, seen: str | None = None) -> None:
        """Keep the state after a poll, and what to remember of the document, unless that is None."""
        ...


class Told:
    """Has somebody told of each poll that came to an end, by the state after it."""

    def __init__(self, states: States, tell: Callable[[FeedState], None]) -> None:
        self._states = states
        self._tell = tell

    async def of(self, feed: str) -> FeedState:
        """The state after the last poll."""
        return await self._states.of(feed)

    async def seen(self, feed: str) -> str:
        """What is remembered of its latest document."""
        return await self._states.seen(feed)

    async def save(self, before: FeedState, after: FeedState, seen: str | None = None) -> None:
        """Keep the state after a poll."""
        self._tell(after)
        await self._states.save(before, after, seen)


class AtOnce:
    """Asks the record each time, and has all of it on record when it returns: others may poll the same feeds."""

    def __init__(self, record: FeedRecord) -> None:
        self._record = record

    async def of(self, feed: str) -> FeedState:
        """The state on record."""
        return await asyncio.to_thread(self._record.feed_state, feed)

    async def seen(self, feed: str) -> str:
        """What is on record of its latest document."""
        return await asyncio.to_thread(self._record.feed_seen, feed)

    async def save(self, _before: FeedState, after: FeedState, seen: str | None = None) -> None:
        """Put the state on record."""
        await asyncio.to_thread(self._record.save_feed_state, after, seen)


class Gathered:
    """Keeps the states at hand, for a process that polls these feeds alone. To be closed.

    What says something new of the feed is on record when `save` returns. What a usual poll leaves is within a second,
    with that of others in one step: its articles are on record, so to lose it costs one more poll.
    """

    def __init__(self, record: FeedRecord, *, wait: float = WAIT) -> None:
        self._record = record
        self._wait = wait
        self._known: dict[str, FeedState] = {}
        self._seen: dict[str, str] = {}
        self._held: dict[str, Polled] = {}  # what is on record, and what is to be
        self._unheard: dict[str, Polled] = {}  # of that, what was written, and may be on record or not
        self._soon: asyncio.Task[None] | None = None
        self._waits = False  # the record took nothing the last time, which was told

    def forget(self, feed: str) -> None:
        """Ask the record for a feed the next time: it may begin anew."""
        self._known.pop(feed, None)
        self._seen.pop(feed, None)
        self._held.pop(feed, None)
        self._unheard.pop(feed, None)

    async def of(self, feed: str) -> FeedState:
        """The state after the last poll."""
        if feed not in self._known:
            self._known[feed] = await asyncio.to_thread(self._record.feed_state, feed)
        return self._known[feed]

    async def seen(self, feed: str) -> str:
        """What is remembered of its latest document, at hand where it is short."""
        found = self._seen.get(feed)
        if found is None and feed in self._held:
            found = self._held[feed].seen
        return await asyncio.to_thread(self._record.feed_seen, feed) if found is None else found

    async def save(self, before: FeedState, after: FeedState, seen: str | None = None) -> None:
        """Keep the state after a poll."""
        held = self._held.get(after.feed, Polled(before, before))
        latest = held.seen if seen is None else seen
        if state.usual(before, after):
            self._held[after.feed] = Polled(held.before, after, latest)
            if self._soon is None or self._soon.done():
                self._soon = asyncio.create_task(self._write_soon(), name="usual polls")
        else:
            await asyncio.to_thread(self._record.save_feed_state, after, latest)
            self._held.pop(after.feed, None)
            self._unheard.pop(after.feed, None)
        if seen is not None:
            self._seen.pop(after.feed, None)
            if len(seen) <= MOST_SEEN:
                self._seen[after.feed] = seen
        self._known[after.feed] = after

    async def write(self) -> None:
        """Put on record what is held back. What the record does not take, or was not heard to take, stays held."""
        try:
            for polls in (self._unheard, self._held):
                await self._write(dict(polls))
        except NotOnRecord as error:
            if not self._waits:
                log.warning("what the latest polls left is not on record yet: %s", error.reason)
            self._waits = True
            return
        self._waits = False

    async def _write(self, polls: dict[str, Polled]) -> None:
        """Until it is heard that they are on record, they are written as they are before any that follow them."""
        if not polls:
            return
        self._unheard = polls
        await asyncio.to_thread(self._record.save_polls, tuple(polls.values()))
        self._unheard = {}
        for feed, written in polls.items():
            since = self._held.get(feed)
            if since == written:
                del self._held[feed]
            elif since and since.before == written.before:  # polled again meanwhile
                self._held[feed] = since._replace(before=written.after)

    async def close(self) -> None:
        """Put on record what is held back, for good."""
        if self._soon is not None:
            self._soon.cancel()
            await asyncio.gather(self._soon, return_exceptions=True)
        await self.write()  # once more what was being written: it takes effect once

    async def _write_soon(self) -> None:
        while self._held:
            await asyncio.sleep(self._wait)
            await self.write()

"""The ledger as the watchers see it: what they need remembered, with the ledger's faults in their words."""

# ruff: noqa: D102  what each method promises is written in watchers.model.FeedRecord

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING

from bot.ledger import LedgerError, Unproven
from watchers.errors import NotOnRecord

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from datetime import datetime

    from bot.ledger import Ledger
    from watchers.model import Begun, Entry, FeedState, Known, Look, Polled


class Remembered:
    """What the watchers need remembered, with the ledger's faults in their words."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger

    def feed_state(self, feed: str) -> FeedState:
        with on_record():
            return self._ledger.feed_state(feed)

    def feed_states_of(self, feeds: Collection[str]) -> dict[str, FeedState]:
        """The stored states of these feeds; those never polled are left out."""
        with on_record():
            return self._ledger.feed_states_of(feeds)

    def save_feed_state(self, state: FeedState, seen: str | None = None) -> None:
        with on_record():
            self._ledger.save_feed_state(state, seen)

    def save_polls(self, polls: Sequence[Polled]) -> None:
        with on_record():
            self._ledger.save_polls(polls)

    def feed_seen(self, feed: str) -> str:
        with on_record():
            return self._ledger.feed_seen(feed)

    def known(self, feed: str, keys: tuple[str, ...]) -> Known:
        with on_record():
            return self._ledger.known(feed, keys)

    def save_look(self, entry: Entry, look: Look) -> None:
        with on_record():
            self._ledger.save_look(entry, look)

    def poll_begun(self, feed: str) -> bool:
        with on_record():
            return self._ledger.poll_begun(feed)

    def entry_begun(self, entry: Entry, now: datetime, *, quiet: bool = False) -> Begun:
        with on_record():
            return self._ledger.entry_begun(entry, now, quiet=quiet)

    def entry_failed(self, entry: Entry, reason: str, now: datetime, *, quiet: bool = False) -> None:
        with on_record():
            self._ledger.entry_failed(entry, reason, now, quiet=quiet)

    def entry_waits(self, entry: Entry) -> None:
        with on_record():
            self._ledger.entry_waits(entry)

    def give_up_entry(self, entry: Entry, reason: str, now: datetime) -> None:
        with on_record():
            self._ledger.give_up_entry(entry, reason, now)


@contextlib.contextmanager
def on_record() -> Iterator[None]:
    """A ledger that is locked or full is no fault of the feed or the article: the poll is done again."""
    try:
        yield
    except Unproven:  # this one article is at fault
        raise
    except LedgerError as error:
        raise NotOnRecord("ledger", str(error)) from error

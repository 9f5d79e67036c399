"""Which feeds are watched: those of the files and those added in Slack, less what was paused there; kept up to date."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar

from config.schema import Feed

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.ledger import Ledger
    from bot.ledger.flow.sources import Past

log = logging.getLogger(__name__)

Polled = TypeVar("Polled")
Given_contra = TypeVar("Given_contra", contravariant=True)
Taken_co = TypeVar("Taken_co", covariant=True)


def wanted(
    feeds: Sequence[Feed], ledger: Ledger, reachable: tuple[str, ...] = ()
) -> dict[str, tuple[Feed, Past | None]]:
    """By their ids, the feeds of the files and of Slack that are to be watched now; blocks."""
    found: dict[str, tuple[Feed, Past | None]] = {feed.id: (feed, None) for feed in feeds if feed.enabled}
    named = {feed.id: feed for feed in feeds}
    for change in ledger.sources():
        if change.state != "active":
            found.pop(change.source, None)
        elif change.source in named:
            found[change.source] = named[change.source], None
        elif change.url:
            feed = Feed(id=change.source, name=change.name, url=change.url, allow=reachable)
            found[change.source] = feed, change.past
    return found


class Made(Protocol[Taken_co]):
    """How a feed becomes what is polled; `past`: what becomes of the entries that it has, None: as the files say."""

    def __call__(self, feed: Feed, past: Past | None) -> Taken_co:
        """What is polled for this feed."""
        ...


class Plan(Protocol[Given_contra]):
    """What is polled."""

    @property
    def feeds(self) -> frozenset[str]:
        """The ids of the feeds in it."""
        ...

    def add(self, polled: Given_contra, /) -> None:
        """Poll one more; one of the same id gives way."""
        ...

    def remove(self, feed: str) -> None:
        """Poll a feed no more."""
        ...


class Watching(Generic[Polled]):
    """Makes a plan equal to what the files and the ledger say."""

    def __init__(
        self,
        *,
        feeds: Sequence[Feed],
        ledger: Ledger,
        plan: Plan[Polled],
        made: Made[Polled],
        reachable: tuple[str, ...] = (),
    ) -> None:
        self.feeds = feeds  # of the files; others are put in their place when those are read again
        self._reachable = reachable  # private places that sources of Slack may reach
        self._ledger = ledger
        self._plan = plan
        self._made = made
        self._taken: dict[str, tuple[Feed, Past | None]] = {}

    def wanted(self) -> dict[str, tuple[Feed, Past | None]]:
        """By their ids, the feeds to be watched now; blocks."""
        return wanted(self.feeds, self._ledger, self._reachable)

    def take_up(self, now: Mapping[str, tuple[Feed, Past | None]]) -> None:
        """Begin with what is new, end what is gone; the others are not disturbed. On the loop."""
        there = self._plan.feeds
        for gone in there - now.keys():
            self._plan.remove(gone)
            log.info("feed %s is watched no more", gone)
        for name, wanted in now.items():  # one that was taken away and added otherwise between two looks is new as well
            if name not in there or wanted != self._taken.get(name):
                self._plan.add(self._made(*wanted))
                log.info("feed %s is watched from now on", name)
        self._taken = dict(now)

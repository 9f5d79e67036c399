"""Which feeds are watched: those of the files and those added in Slack, less what was paused there; kept up to date."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol

from config.schema import Feed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.ledger import Ledger
    from bot.ledger.sources import Past
    from config.schema import Config
    from watchers.schedule import Schedule
    from watchers.watcher import Watcher

log = logging.getLogger(__name__)


class Made(Protocol):
    """How a watcher is made; `past`: what becomes of the entries that the feed already has, None: as the files say."""

    def __call__(self, feed: Feed, past: Past | None) -> Watcher:
        """A watcher of this feed."""
        ...


class Watching:
    """Makes the schedule equal to what the files and the ledger say."""

    def __init__(
        self, *, config: Config, ledger: Ledger, schedule: Schedule, made: Made, reachable: tuple[str, ...] = ()
    ) -> None:
        self._feeds = config.feeds
        self._reachable = reachable  # private places that sources of Slack may reach
        self._ledger = ledger
        self._schedule = schedule
        self._made = made

    def wanted(self) -> dict[str, tuple[Feed, Past | None]]:
        """By their ids, the feeds to be watched now; blocks."""
        found: dict[str, tuple[Feed, Past | None]] = {feed.id: (feed, None) for feed in self._feeds if feed.enabled}
        named = {feed.id: feed for feed in self._feeds}
        for change in self._ledger.sources():
            if change.state != "active":
                found.pop(change.source, None)
            elif change.source in named:
                found[change.source] = named[change.source], None
            elif change.url:
                feed = Feed(id=change.source, name=change.name, url=change.url, allow=self._reachable)
                found[change.source] = feed, change.past
        return found

    def take_up(self, now: Mapping[str, tuple[Feed, Past | None]]) -> None:
        """Begin with what is new, end what is gone; the others are not disturbed. On the loop."""
        for gone in self._schedule.feeds - now.keys():
            self._schedule.remove(gone)
            log.info("feed %s is watched no more", gone)
        for name in now.keys() - self._schedule.feeds:
            self._schedule.add(self._made(*now[name]))
            log.info("feed %s is watched from now on", name)

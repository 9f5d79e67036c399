"""What the life before did: what a channel holds already is not told again, and its pace is kept.

The ledger may be an older copy, which knows of neither a card nor a digest that was posted since.
"""

from __future__ import annotations

import asyncio
import logging
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.ledger.flow_records import Before
from bot.slack.web_api.client import DEADLINE
from bot.slack.web_api.pace import PACE

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Collection, Coroutine, Mapping
    from datetime import datetime

    from bot.ledger import Delivery, Ledger
    from bot.slack.settle import Settler
    from bot.slack.web_api.pace import Pace

    Guard = Callable[[str, Coroutine[Any, Any, int]], Awaitable[int | None]]

_log = logging.getLogger(__name__)

# A post refused for its form is made again, and one without its thread as well.
_JUST_NOW = timedelta(seconds=3 * DEADLINE + PACE)
_UNSEEN_WAIT = 60.0  # seconds until a channel that is not visible to us, or closed to us, is looked into again


class LookBack:
    """Reads each channel before anything new is folded or posted there; one that cannot be read holds up no other."""

    def __init__(self, *, ledger: Ledger, settler: Settler, pace: Pace, guarded: Guard) -> None:
        self._ledger = ledger
        self._settler = settler
        self._pace = pace
        self._guarded = guarded
        self._untold: dict[str, Collection[str]] = {}
        self._taken_up: set[str] = set()  # channels whose digests are on record
        self._goes_on = False  # with the pace of the life before

    @property
    def untold(self) -> Mapping[str, Collection[str]]:
        """By channel, the keys of the cards that wait and that Slack does not hold, as was last seen."""
        return self._untold

    def lets(self, due: Delivery) -> bool:
        """Whether something may be posted: a card for the first time only when it was looked for."""
        return due.kind != "card" or bool(due.attempts) or due.key in self._untold.get(due.channel, ())

    async def look(self, now: datetime, *, refused: bool) -> int:
        """End what waits and is told already; how many cards that are. While Slack refuses us nothing new is read."""
        waiting = await asyncio.to_thread(self._ledger.untold)
        self._untold = {channel: keys for channel, keys in self._untold.items() if channel in waiting}
        ready = [
            channel
            for channel in waiting
            if not self._pace.waits(channel, now) and (self._settler.was_read(channel) or not refused)
        ]
        looks = (self._guarded(channel, self._look(channel, waiting[channel], now)) for channel in ready)
        ended = await asyncio.gather(*looks)
        if not self._goes_on:
            await self._go_on(now)
        return sum(one or 0 for one in ended)

    async def _go_on(self, now: datetime) -> None:
        """Let channels wait in which the life before may have posted until the moment in which this one began."""
        for channel in await asyncio.to_thread(self._ledger.tried_since, now - _JUST_NOW):
            self._pace.hold(channel, now, PACE)
        self._goes_on = True

    async def _look(self, channel: str, cards: Mapping[str, int], now: datetime) -> int:
        """How many of these cards are in a channel already; where it cannot be read, none may be posted."""
        unseen = self._pace.waits(f"unseen:{channel}", now) and not self._settler.was_read(channel)
        self._untold[channel] = cards.keys() if unseen else ()
        if unseen:
            return 0
        opened = await self._settler.before_posting(channel, now)
        if opened is None:
            return 0
        place, there = opened
        if place is None or not self._settler.was_read(channel):  # it is not visible to us, or closed to us
            self._pace.hold(f"unseen:{channel}", now, _UNSEEN_WAIT)
            self._untold[channel] = cards.keys()
            return 0
        posted = cards.keys() & there.keys()
        for key in posted:
            _log.info("a card that waited was in %s already", channel)
            await asyncio.to_thread(self._ledger.posted_before, cards[key], place, there[key].ts, now)
        digests = [
            Before(key=key, carries=found.carries, slack_channel=place, slack_ts=found.ts)
            for key, found in there.items()
            if found.carries and (channel not in self._taken_up or not cards.keys().isdisjoint(found.carries))
        ]
        told = await asyncio.to_thread(self._ledger.told_before, channel, digests, now)
        self._taken_up.add(channel)
        self._untold[channel] = cards.keys() - posted - told
        return len(posted) + len(told)

"""Pages behind posted alerts on their way to the Internet Archive: queued, asked for, and given up aloud."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable, Collection, Iterable
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.outward.save_page_now import Busy, Failed, SavePageNow
from watchers.address import judge
from watchers.errors import BlockedAddress, Refused, WatchError

if TYPE_CHECKING:
    from bot.ledger import Ledger
    from bot.ledger.outward.captures import Capture
    from bot.outward.save_page_now import Asks
    from config.schema import Feed
    from config.settings import Wayback

log = logging.getLogger(__name__)

LOOK = timedelta(seconds=30)  # between two questions what became of a page
PATIENCE = timedelta(hours=1)  # after which nothing will become of it
SHORTEST, LONGEST = timedelta(minutes=1), timedelta(hours=1)  # for which nothing is asked of a service that is away
_NOT_US = frozenset({401, 403})  # our keys are not taken: it is not about a page
LATE = timedelta(days=1)  # that a page may wait for it before somebody is told


class Captures:
    """Has the pages behind posted alerts kept. `keys` are access:secret; `feeds` gives those of the files."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        wayback: Wayback,
        keys: str,
        asks: Asks,
        operators: str = "",
        feeds: Callable[[], Iterable[Feed]] = tuple,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        self._ledger = ledger
        self._wayback = wayback
        self._feeds = feeds
        self._service = SavePageNow(wayback, keys, asks)
        self._operators = operators
        self._clock = clock
        self._rest: datetime | None = None  # until when nothing is asked for
        self._wait = SHORTEST

    async def step(self) -> int:
        """Queue what was posted, see what became of what was asked for, and ask for more; how many were kept."""
        now = self._clock()
        again = now - timedelta(days=self._wayback.again_days)
        private = {_host(place) for feed in self._feeds() for place in feed.allow}
        await asyncio.to_thread(self._ledger.want_captures, lambda url: may_be_told(url, private), again, now)
        kept = 0
        for capture in await asyncio.to_thread(self._ledger.captures_asked, now):
            kept += await self._look(capture)
        while await self._next():
            pass
        return kept

    async def _next(self) -> bool:
        """Ask for one more page; False where that is enough for now."""
        now = self._clock()
        if self._rest is not None and now < self._rest:
            return False
        limits = self._wayback.a_day, self._wayback.at_once
        capture = await asyncio.to_thread(self._ledger.intend_capture, *limits, now)
        if capture is None:
            return False
        try:
            job = await self._service.capture(capture.url)
        except Failed as error:
            await self._failed(capture, str(error))
        except Busy as error:
            await self._put_off(capture, str(error), error.seconds)
        except WatchError as error:
            if isinstance(error, Refused) and error.lasting and error.status not in _NOT_US:
                await self._failed(capture, error.what)
            else:
                await self._put_off(capture, error.what, None, wrong=error.lasting)
        else:
            self._wait = SHORTEST
            await asyncio.to_thread(self._ledger.capture_asked, capture.id, job, self._clock() + LOOK)
        return True

    async def _look(self, capture: Capture) -> bool:
        """Whether a page is kept now."""
        try:
            at = await self._service.became(capture.job)
        except Failed as error:
            await self._failed(capture, str(error))
            return False
        except (Busy, WatchError) as error:
            log.warning("what became of %s is not known: %s", capture.url, error)
            at = None
        now = self._clock()
        if at is not None:
            copy = self._service.copy(capture.url, at)
            await asyncio.to_thread(self._ledger.capture_kept, capture.id, copy, at)
            over = "The Internet Archive keeps pages again."
            await asyncio.to_thread(self._ledger.trouble_over, "wayback", over, self._operators, now)
            return True
        if capture.attempted_at is not None and now - capture.attempted_at >= PATIENCE:
            await self._failed(capture, "it never said what became of it")
        else:
            await asyncio.to_thread(self._ledger.look_again, capture.id, now + LOOK)
        return False

    async def _failed(self, capture: Capture, reason: str) -> None:
        now = self._clock()
        given_up = await asyncio.to_thread(self._ledger.capture_failed, capture.id, reason, now)
        log.warning("the Internet Archive did not keep %s: %s", capture.url, reason)
        if given_up:
            words = f"The Internet Archive did not keep {capture.url} ({reason}), and is not asked for it again."
            await self._trouble(reason, words, now)

    async def _put_off(self, capture: Capture, reason: str, seconds: float | None, *, wrong: bool = False) -> None:
        """Let everything wait: it is not about this page."""
        now = self._clock()
        wait = min(LONGEST, timedelta(seconds=seconds)) if seconds else LONGEST if wrong else self._wait
        self._wait = min(LONGEST, self._wait * 2)
        self._rest = now + wait
        await asyncio.to_thread(self._ledger.capture_put_off, capture.id, reason, self._rest)
        log.warning("the Internet Archive takes no page until %s: %s", self._rest, reason)
        if wrong or now - capture.created_at >= LATE:
            await self._trouble(
                reason, f"The Internet Archive takes no page: {reason} They wait, and are tried on.", now
            )

    async def _trouble(self, reason: str, words: str, now: datetime) -> None:
        log.error("%s", words)
        await asyncio.to_thread(self._ledger.trouble, "wayback", reason, words, self._operators, now)


def may_be_told(url: str, private: Collection[str] = ()) -> bool:
    """Whether a page is one of the open web: an address in a private network is nobody's business.

    The hosts of `private` are in one, although their names do not tell: some feed is allowed there.
    """
    try:
        host = judge(url, frozenset()).host
    except BlockedAddress:
        return False
    return host.removesuffix(".") not in private


def _host(place: str) -> str:
    """The host of an allowance, which is written "host:port"."""
    return place.strip().rpartition(":")[0].lower().removesuffix(".")

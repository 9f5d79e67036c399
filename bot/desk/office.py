"""Answers what is asked in Slack beyond the record: the loop's downloads and parsers, and the pipeline's reading."""

from __future__ import annotations

import asyncio
import threading
from concurrent.futures import TimeoutError as TooLong
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from bot.desk import check, close, reasons, replay, roster, trial
from bot.inquiries import Unanswered
from watchers.errors import WatchError
from watchers.fetch import PAGES

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from typing import Any

    from bot.desk.watching import Watching
    from bot.inquiries import Checked, CloseCalls, Otherwise, Reasons, Replayed, Trial
    from bot.judges.chosen import Chosen
    from bot.ledger import Ledger
    from bot.ledger.asked import Sought
    from bot.ledger.people.roster import RosterChange
    from bot.pipeline import Pipeline
    from config.schema import Config, Official, Side
    from watchers.child import ParserChild
    from watchers.fetch import Downloader
    from watchers.parsed import PageText

T = TypeVar("T")

LONGEST = 20.0  # seconds that anybody waits for an answer


class Office:
    """The `Inquiries` of the running service. Made within its loop; every method is called from another thread.

    `running` gives the configuration and the pipeline as they are now: people and sides may have changed since.
    """

    def __init__(
        self,
        *,
        ledger: Ledger,
        running: Callable[[], tuple[Config, Pipeline]],
        chosen: Chosen,
        downloader: Downloader,
        parser: ParserChild,
        watching: Watching[Any],
        take_up_roster: Callable[[], None],
        reachable: tuple[str, ...] = (),
        longest: float = LONGEST,
    ) -> None:
        self._ledger = ledger
        self._running = running
        self._chosen = chosen
        self._downloader = downloader
        self._parser = parser
        self._watching = watching
        self._one_at_a_time, self._one_written = threading.Lock(), threading.Lock()
        self._take_up_roster = take_up_roster
        self._reachable = reachable  # private places that typed addresses may reach; what a feed may reach is its own
        self._longest = longest
        self._loop = asyncio.get_running_loop()

    def check(self, words: str) -> Checked:
        """Read a text, or the page at an address, and hold it against the record."""
        url = words.strip() if words.strip().startswith(("http://", "https://")) and " " not in words.strip() else ""
        return self._bounded(self._check(url, words), url or "the text")

    async def _check(self, url: str, words: str) -> Checked:
        now = datetime.now(UTC)
        article = check.of_page(url, await self._page(url), now) if url else check.of_text(words, now)
        config, pipeline = self._running()
        return await asyncio.to_thread(check.against, article, self._ledger, pipeline, config, self._chosen.judge)

    async def _page(self, url: str) -> PageText:
        async with self._downloader.get(url, allow=self._reachable, accept=PAGES) as response:
            return await self._parser.page(response)

    def why(self, names: Sequence[str]) -> Reasons:
        """Why an alert, or two statements named by key, place or words, are one or not."""
        return reasons.told(names, self._ledger, self._running()[0], self._chosen)

    def close(self, sought: Sought) -> CloseCalls:
        """Pairs that would be conflicts but for the scope of what was said."""
        return close.found(sought, self._ledger, self._running()[0])

    def trial(self, url: str) -> Trial:
        """Look at a feed once."""
        now, allow = datetime.now(UTC), self._reachable
        return self._bounded(trial.look(url, self._downloader, self._parser, self._ledger, allow=allow, now=now), url)

    def outline(self, url: str) -> str:
        """The text of a list of feeds at an address."""
        return self._bounded(self._text(url), url)

    async def _text(self, url: str) -> str:
        async with self._downloader.get(url, allow=self._reachable) as response:
            return response.body.decode(response.charset or "utf-8", "replace")

    def sources_changed(self) -> None:
        """Take up what the ledger now says of sources, without a restart."""
        with self._one_at_a_time:  # who asked last is heard last
            wanted = self._watching.wanted()
            self._bounded(_called(lambda: self._watching.take_up(wanted)), "the sources")

    def roster(self) -> tuple[tuple[Official, ...], tuple[Side, ...]]:
        """The people and sides by which articles are read now."""
        config, _ = self._running()
        return config.officials, config.sides

    def change_roster(self, change: RosterChange) -> RosterChange:
        """Write a change down, to hold once `roster_changed`; `Unanswered` where it makes no sense."""
        with self._one_written:
            known = roster.merged(self._running()[0], self._ledger.roster())  # with those that do not hold yet
            try:
                roster.with_change(known, change)
            except roster.Unusable as error:
                raise Unanswered(f"Nothing was changed: {error}.") from error
            written = self._ledger.change_roster(change)
            if written is None:
                raise Unanswered("Nothing was changed: it was taken back already.")
            return written

    def roster_changed(self) -> None:
        """Read the next article with the people and sides that the ledger now gives."""
        with self._one_at_a_time:  # who asked last is heard last
            self._take_up_roster()

    def replay(self, asked: Otherwise) -> Replayed:
        """Which alerts of a stretch of time other settings would bring or take, from what is on record."""
        return replay.under(asked, self._ledger, self._running()[0], datetime.now(UTC))

    def _bounded(self, work: Coroutine[Any, Any, T], subject: str) -> T:
        """What comes of work on the loop, in the words of the desk where it fails or takes too long."""
        under_way = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            return under_way.result(self._longest)
        except (TooLong, TimeoutError) as error:
            under_way.cancel()
            raise Unanswered(f"{subject}: no answer within {self._longest:g} seconds; try it again later") from error
        except WatchError as error:
            raise Unanswered(str(error)) from error


async def _called(act: Callable[[], None]) -> None:
    act()

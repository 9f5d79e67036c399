"""Articles and corrections on their way to the record: one at a time, judged with people and sides as they are now."""

from __future__ import annotations

import asyncio
import logging
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, TypeVar

from bot.correcting import ByHand, Correcting
from bot.desk.roster import taken_up
from bot.remembered import Remembered, on_record
from config import trace
from watchers.states import AtOnce, Told
from watchers.watcher import Watcher

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.judges.chosen import Chosen
    from bot.ledger import Ledger
    from bot.ledger.flow.sources import Past
    from bot.mending import Outcome
    from bot.pipeline import Recorded
    from config.schema import Config, Feed
    from watchers.child import ParserChild
    from watchers.fetch import Downloader
    from watchers.model import FeedState, Handed
    from watchers.states import Gathered

log = logging.getLogger(__name__)

Done = TypeVar("Done")


class Recording:
    """What a running service puts on record. Made within its loop; to be closed.

    `config` is what the files say, with the people and sides changed in Slack on top of it.
    """

    def __init__(self, files: Config, ledger: Ledger, chosen: Chosen) -> None:
        self.files = files  # others are put in their place when they are read again
        self._ledger = ledger
        self._chosen = chosen
        self.config = files
        self.pipeline = self._reading(files)
        # Articles go on record one at a time, and in one thread: in many, each would keep as much memory as one needs.
        self._one_at_a_time = ThreadPoolExecutor(1, thread_name_prefix="record")
        self._loop = asyncio.get_running_loop()
        self.by_hand = ByHand(self.pipeline, ledger, self._in_turn)

    def close(self) -> None:
        """Begin nothing more."""
        self._one_at_a_time.shutdown(wait=False, cancel_futures=True)

    def watcher(
        self,
        feed: Feed,
        past: Past | None,
        *,
        downloader: Downloader,
        parser: ParserChild,
        states: Gathered | None = None,
        polled: Callable[[FeedState], None] = lambda _state: None,
    ) -> Watcher:
        """A watcher of one feed, which begins anew. One that was added in Slack does so in silence, whatever is set.

        `states` keeps the states of its polls at hand, where nobody else polls; `polled` is told of each.
        """
        if states is not None:
            states.forget(feed.id)
        settings = self.files.settings
        if past is not None:
            silent = settings.polling.model_copy(update={"first_poll": "silent"})
            settings = settings.model_copy(update={"polling": silent})
        record = Remembered(self._ledger)
        return Watcher(
            feed=feed,
            settings=settings,
            record=record,
            receive=self.receive,
            downloader=downloader,
            parser=parser,
            states=Told(states or AtOnce(record), polled),
            skip_past=past == "skip",
        )

    async def receive(self, handed: Sequence[Handed], *, quiet: bool, again: bool = False) -> None:
        """Take articles from a watcher: they are on record when this returns, with their alerts in the outbox."""
        left = list(handed)
        while left:
            with on_record():
                done = await self.turn(partial(self._record, left, quiet=quiet, again=again))
            for (article, _), recorded in zip(left, done, strict=False):
                with trace.following(article.id):
                    _tell(article.url or article.id, recorded)
            del left[: len(done)]

    def _record(self, handed: Sequence[Handed], *, quiet: bool, again: bool) -> Sequence[Recorded]:
        """What became of the first of these, which had their turn: others have theirs before the rest."""
        now = datetime.now(UTC)  # digests may have been made while they waited
        if again:
            return (self.pipeline.revise(handed[0].article, self._ledger, now=now, quiet=quiet),)
        return self.pipeline.record_some(handed, self._ledger, now=now, quiet=quiet)

    async def turn(self, act: Callable[[], Done]) -> Done:
        """Do something to the record in its turn among the articles."""
        within = copy_context()  # what is logged there tells of the same article
        return await asyncio.get_running_loop().run_in_executor(self._one_at_a_time, within.run, act)

    def take_up_roster(self) -> bool:
        """Read the next article with people and sides as they are now; whether they changed. Blocks."""
        config = taken_up(self.files, self._ledger)
        if config == self.config:
            return False
        self.config, self.pipeline = config, self._reading(config)
        self.by_hand.use(self.pipeline)
        return True

    def _in_turn(self, act: Callable[[], Outcome]) -> Outcome:
        """As `turn`, for a thread."""
        return asyncio.run_coroutine_threadsafe(self.turn(act), self._loop).result()

    def _reading(self, config: Config) -> Correcting:
        return Correcting(config, self._chosen.judge, self._chosen.reader, self._chosen.encoder)


def _tell(name: str, recorded: Recorded) -> None:
    """Log what became of an article."""
    if recorded.aside:
        log.info("%s is set aside: %s", name, recorded.aside)
    if recorded.known or recorded.aside:
        return
    log.info("%s: %d statements, %d conflicts", name, recorded.statements, recorded.conflicts)
    if recorded.changed or recorded.vanished:
        log.info("%s was edited: %d statements changed, %d taken out", name, recorded.changed, recorded.vanished)
    for alert in recorded.corrected:
        log.warning("%s rests on words that %s has edited since", alert.name, name)
    for alert in recorded.raised:
        log.info("%s raised for %s: %s", alert.name, alert.channel, alert.conflict.title)
    for alert in recorded.joined:
        begun = trace.of(alert.conflict.fresh.statement.source.article)
        log.info("%s [%s] gained evidence: %s", alert.name, begun, alert.conflict.title)

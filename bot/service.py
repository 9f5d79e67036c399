"""The composition root: one ledger, the watchers, the pipeline and Slack, started in order and stopped cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from bot.chores import FIRST, Chores, Done
from bot.correcting import ByHand, Correcting
from bot.desk import Office
from bot.desk.roster import taken_up
from bot.desk.watching import Watching
from bot.health import Meter
from bot.installed import Installations
from bot.judges.chosen import Chosen
from bot.ledger import Ledger, one_writer
from bot.reaching import REACH_AGAIN, Reaching
from bot.remembered import Remembered, on_record
from bot.slack.app import SlackSide
from bot.slack.web_api.client import Tokens
from bot.wellbeing import Wellbeing
from watchers.child import ParserChild
from watchers.fetch import Downloader
from watchers.schedule import Schedule
from watchers.states import Gathered
from watchers.watcher import Watcher

if TYPE_CHECKING:
    from collections.abc import Callable

    from bot.ledger.sources import Past
    from bot.mending import Outcome
    from bot.pipeline import Recorded
    from config.load import Secrets
    from config.schema import Config, Feed, SlackSettings
    from watchers.model import Article, Look
    from watchers.states import States

log = logging.getLogger(__name__)

THREADS = 64  # the system's name resolution blocks one for each download; commands and the ledger need some too
POLLS_END = 1.0  # seconds for polls under way when stopping; with the post in flight, less than a supervisor gives


async def serve(config: Config, secrets: Secrets, *, database: str, chosen: Chosen | None = None) -> None:
    """Run until SIGINT or SIGTERM. Deaf if nothing but another start helps."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    await Service(config, secrets, database=database, chosen=chosen).run(stop)


class Service:
    """The whole bot. `ledger` is there while it runs; `ready` is set once Slack was asked for and feeds are due."""

    def __init__(
        self,
        config: Config,
        secrets: Secrets,
        *,
        database: str,
        chosen: Chosen | None = None,
        reach_again: float = REACH_AGAIN,
        ticks: Callable[[], float] = time.monotonic,
        chores_after: float = FIRST,
        reachable: tuple[str, ...] = (),
    ) -> None:
        self._reachable = reachable  # private places ("host:port") that addresses typed in Slack may reach
        self._files = config  # what the files say; people and sides changed in Slack come on top of it
        self._config = config
        self._secrets = secrets
        self._database = database
        self._chosen = chosen or Chosen()
        self._pipeline = self._reading(config)
        self._by_hand: ByHand | None = None  # once it runs
        self._slack: SlackSide | None = None  # once it runs
        self._reach_again = reach_again
        self._ticks = ticks
        self._chores_after = chores_after
        # Articles go on record one at a time, and in one thread: in many, each would keep as much memory as one needs.
        self._one_at_a_time = ThreadPoolExecutor(1, thread_name_prefix="record")
        self.ledger: Ledger | None = None
        self.chores: Chores | None = None
        self.ready = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Start, stay until `stop` is set, and leave with nothing half done.

        The order is: lock, migrate, answer commands, settle what is in doubt, and only then post and poll. A Slack
        that cannot be reached keeps nobody from watching: alerts wait in the outbox until it can.
        """
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
        async with contextlib.AsyncExitStack() as stack:
            held = stack.enter_context(one_writer(self._database))
            ledger = await asyncio.to_thread(Ledger.open, self._database)
            stack.callback(ledger.close)
            stack.callback(self._one_at_a_time.shutdown, wait=False, cancel_futures=True)
            self.ledger = ledger
            if again := await asyncio.to_thread(ledger.release, datetime.now(UTC)):
                log.info("%d messages were stuck and are tried again", again)
            if again := await asyncio.to_thread(ledger.try_entries_again):
                log.info("%d entries were given up on by another version and are tried again", again)
            await asyncio.to_thread(self._take_up_roster)
            settings = self._config.settings
            downloader = Downloader(settings.fetching, contact=settings.polling.contact)
            stack.push_async_callback(downloader.close)
            parser = ParserChild(seconds=settings.fetching.parse_seconds)
            stack.push_async_callback(parser.close)

            states = Gathered(Remembered(ledger))  # nobody else polls these feeds
            stack.push_async_callback(states.close)

            def made(feed: Feed, past: Past | None) -> Watcher:
                states.forget(feed.id)
                return self._watcher(feed, past, ledger=ledger, states=states, downloader=downloader, parser=parser)

            schedule = Schedule((), settings.polling)
            places = self._reachable
            watching = Watching(config=self._config, ledger=ledger, schedule=schedule, made=made, reachable=places)
            watching.take_up(await asyncio.to_thread(watching.wanted))
            office = Office(
                ledger=ledger,
                running=lambda: (self._config, self._pipeline),
                chosen=self._chosen,
                downloader=downloader,
                parser=parser,
                watching=watching,
                take_up_roster=self._take_up_roster,
                reachable=places,
            )
            self._by_hand = ByHand(self._pipeline, ledger, self._in_turn(asyncio.get_running_loop()))
            meter = Meter()
            slack = self._slack = SlackSide(
                ledger=ledger,
                config=self._config,
                tokens=Tokens.of(self._secrets),
                inquiries=office,
                mend=self._by_hand,
                ticks=self._ticks,
                acked=meter.acked,
                installed=_installed(settings.slack),
            )
            stack.push_async_callback(slack.stop)
            how = Wellbeing(
                settings=settings.health,
                slack=slack,
                ledger=ledger,
                schedule=schedule,
                meter=meter,
                ticks=self._ticks,
            )
            stack.push_async_callback(how.stop)
            await how.tell()
            reaching = Reaching(slack, self._reach_again)
            await reaching.begin()
            stack.push_async_callback(_cancelled, asyncio.create_task(reaching.run(), name="reaching Slack"))
            schedule.start()
            stack.push_async_callback(schedule.stop, seconds=POLLS_END)
            self.chores = Chores(
                ledger=ledger,
                settings=settings,
                chosen=self._chosen,
                parser=parser,
                turn=self._turn,
                rehearse=slack.rehearse,
                first=self._chores_after,
            )
            self.chores.start()
            stack.push_async_callback(self.chores.stop)
            self.ready.set()
            log.info("watching %d feeds", len(schedule.feeds))
            if not self._config.channels:
                log.warning("no channel is configured: what conflicts is kept on record, and nobody is told")
            await how.stay(stop, held)
            log.info("stopping")

    def _in_turn(self, loop: asyncio.AbstractEventLoop) -> Callable[[Callable[[], Outcome]], Outcome]:
        """How a thread does something to the record in its turn among the articles."""
        return lambda act: asyncio.run_coroutine_threadsafe(self._turn(act), loop).result()

    async def _turn(self, act: Callable[[], Done]) -> Done:
        """Do something to the record in its turn among the articles."""
        return await asyncio.get_running_loop().run_in_executor(self._one_at_a_time, act)

    def _reading(self, config: Config) -> Correcting:
        return Correcting(config, self._chosen.judge, self._chosen.reader, self._chosen.encoder)

    def _take_up_roster(self) -> None:
        """Read the next article, and answer, with people and sides as files and ledger give them now; blocks."""
        assert self.ledger is not None  # noqa: S101  asked for by the running service alone
        config = taken_up(self._files, self.ledger)
        if config != self._config:
            self._config, self._pipeline = config, self._reading(config)
            if self._by_hand:
                self._by_hand.use(self._pipeline)
            if self._slack:
                self._slack.use(config)

    def _watcher(
        self,
        feed: Feed,
        past: Past | None,
        *,
        ledger: Ledger,
        states: States,
        downloader: Downloader,
        parser: ParserChild,
    ) -> Watcher:
        """A watcher of one feed. One that was added in Slack begins in silence, whatever the settings say."""
        settings = self._config.settings
        if past is not None:
            silent = settings.polling.model_copy(update={"first_poll": "silent"})
            settings = settings.model_copy(update={"polling": silent})
        return Watcher(
            feed=feed,
            settings=settings,
            record=Remembered(ledger),
            receive=self.receive,
            downloader=downloader,
            parser=parser,
            states=states,
            skip_past=past == "skip",
        )

    async def receive(self, article: Article, *, quiet: bool, look: Look | None = None, again: bool = False) -> None:
        """Take an article from a watcher: it is on record when this returns, with its alerts in the outbox."""
        assert self.ledger is not None  # noqa: S101  watchers start after the ledger
        record = self._pipeline.revise if again else partial(self._pipeline.record, look=look)
        take = partial(record, article, self.ledger, quiet=quiet)
        with on_record():
            recorded = await self._turn(lambda: take(now=datetime.now(UTC)))  # digests may be made while it waits
        _tell(article.url or article.id, recorded)


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
        log.info("%s gained evidence: %s", alert.name, alert.conflict.title)


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _installed(slack: SlackSettings) -> Callable[[], str] | None:
    """How the bot token of a workspace behind a door is found."""
    installations = Installations(Path(slack.installations))
    return (lambda: installations.token(slack.team)) if slack.team else None

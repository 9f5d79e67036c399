"""The composition root: one ledger, the watchers, the pipeline and Slack, started in order and stopped cleanly.

A service does all, or a part beside others on the same ledger: it says when feeds are due, polls them, or delivers.
"""

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

from bot.chores import FIRST, Chores, unused_memory
from bot.desk import Office
from bot.desk.watching import Watching
from bot.following import follow
from bot.health import Meter
from bot.installed import Installations
from bot.judges.chosen import Chosen
from bot.ledger import Ledger, one_writer
from bot.ledger.database.wakeups import Wakeups
from bot.outward.told import chores
from bot.reaching import REACH_AGAIN, Reaching
from bot.recording import Recording
from bot.reloading import Reloading
from bot.remembered import Remembered
from bot.slack.app import SlackSide
from bot.slack.web_api.client import Tokens
from bot.web.access.sign_in import entrance
from bot.web.archive import Archive
from bot.web.server import WebServer
from bot.wellbeing import Wellbeing
from config.environment import WebSecrets
from watchers.child import ParserChild
from watchers.dispatch import Errand, Errands, Round
from watchers.fetch import Downloader
from watchers.schedule import Schedule
from watchers.states import Gathered

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping
    from datetime import timedelta
    from typing import Any

    from bot.desk.watching import Made, Plan, Polled
    from bot.ledger import Role
    from config.environment import Secrets
    from config.schema import Config
    from config.settings import SlackSettings

log = logging.getLogger(__name__)

THREADS = 64  # what polls ask of the ledger, commands, and what waits for others
POLLS_END = 1.0  # seconds for polls under way when stopping; with the post in flight, less than a supervisor gives
PATIENT = 30.0  # seconds that one of several writers waits for the others
_DOES = {
    "schedule": "saying when %d feeds are due",
    "work": "polling %d feeds when woken",
    "deliver": "delivering; others watch %d feeds",
}


async def serve(
    config: Config,
    secrets: Secrets,
    *,
    database: str,
    chosen: Chosen | None = None,
    role: Role = "all",
    pages: WebSecrets | None = None,
    reread: Callable[[], Config] | None = None,
) -> None:
    """Run until SIGINT or SIGTERM; at SIGHUP the files are read again. Deaf if nothing but another start helps."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    service = Service(config, secrets, database=database, chosen=chosen, role=role, pages=pages, reread=reread)
    loop.add_signal_handler(signal.SIGHUP, service.reloading.ask)
    await service.run(stop)


class Service:
    """The bot, or its part in one `role`. `ledger` and `recording` are there while it runs, `ready` once it works."""

    def __init__(
        self,
        config: Config,
        secrets: Secrets,
        *,
        database: str,
        chosen: Chosen | None = None,
        role: Role = "all",
        reach_again: float = REACH_AGAIN,
        ticks: Callable[[], float] = time.monotonic,
        chores_after: float = FIRST,
        reachable: tuple[str, ...] = (),
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        pages: WebSecrets | None = None,
        reread: Callable[[], Config] | None = None,
    ) -> None:
        self.reloading = Reloading(config, reread or (lambda: config))
        self._pages = pages or WebSecrets()
        self._reachable = reachable  # private places ("host:port") that addresses typed in Slack may reach
        self._files = config  # what the files say; people and sides changed in Slack come on top of it
        self._secrets = secrets
        self._database = database
        self._chosen = chosen or Chosen()
        self._role = role
        self._reach_again = reach_again
        self._ticks = ticks
        self._clock = clock  # by which health tells ages
        self._meter = Meter(role)
        self._chores_after = chores_after
        self._tasks: set[asyncio.Task[None]] = set()  # what is done beside all else
        self._slack: SlackSide | None = None  # once it runs, where it delivers
        self.ledger: Ledger | None = None
        self.recording: Recording | None = None
        self.chores: Chores | None = None  # of who delivers
        self.ready = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Start, stay until `stop` is set, and leave with nothing half done.

        The order is: lock, migrate, answer commands, settle what is in doubt, and only then post and poll. A Slack
        that cannot be reached keeps nobody from watching: alerts wait in the outbox until it can.
        """
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS))
        async with contextlib.AsyncExitStack() as stack:
            held = stack.enter_context(one_writer(self._database, self._role))
            opened = Ledger.open if self._role == "all" else partial(Ledger.open, busy_seconds=PATIENT)
            ledger = self.ledger = await asyncio.to_thread(opened, self._database)
            stack.callback(ledger.close)
            ledger.turns = self._meter.turn
            recording = self.recording = Recording(self._files, ledger, self._chosen)
            stack.callback(recording.close)
            match self._role:
                case "all" | "deliver":
                    how = await self._desk(stack, ledger, recording)
                case "work":
                    how = await self._worker(stack, ledger, recording)
                case "schedule":
                    how = await self._scheduler(stack, ledger)
            self.ready.set()
            await how.stay(stop, held, self._tasks)
            log.info("stopping")

    async def _desk(self, stack: contextlib.AsyncExitStack, ledger: Ledger, recording: Recording) -> Wellbeing:
        """Slack's side with all that people can ask for; unless others do that, feeds are polled here too."""
        settings = self._files.settings
        if again := await asyncio.to_thread(ledger.release, datetime.now(UTC)):
            log.info("%d messages were stuck and are tried again", again)
        alone = self._role == "all"
        if alone:
            await _try_again(ledger)
        await asyncio.to_thread(recording.take_up_roster)
        downloader, parser = self._nets(stack)
        states = Gathered(Remembered(ledger)) if alone else None  # nobody else polls these feeds
        if states:
            stack.push_async_callback(states.close)
        schedule = Schedule((), settings.polling)  # begun only where nobody else polls
        made = partial(
            recording.watcher, downloader=downloader, parser=parser, states=states, polled=self._meter.polled
        )
        watching = self._watching(ledger, schedule, made)
        await self._follow_files(stack, watching)

        def take_up_roster() -> None:
            if recording.take_up_roster() and self._slack:
                self._slack.use(recording.config)

        office = Office(
            ledger=ledger,
            running=lambda: (recording.config, recording.pipeline),
            chosen=self._chosen,
            downloader=downloader,
            parser=parser,
            watching=watching,
            take_up_roster=take_up_roster,
            reachable=self._reachable,
        )
        archive = Archive(
            ledger=ledger,
            running=lambda: recording.config,
            settings=settings.web,
            inquiries=office,
            names=lambda users: self._slack.named(users) if self._slack else {},
        )
        slack = self._slack = SlackSide(
            ledger=ledger,
            config=recording.config,
            tokens=Tokens.of(self._secrets),
            inquiries=office,
            mend=recording.by_hand,
            ticks=self._ticks,
            acked=self._meter.acked,
            delivered=self._meter.delivered,
            record_url=archive.address,
            installed=_installed(settings.slack),
            notices=lambda: self.reloading.notices,
        )
        stack.push_async_callback(slack.stop)
        gate = entrance(archive, self._pages, slack)
        pages = WebServer(archive, gate, self._pages.signing, self._secrets.api_tokens)
        stack.push_async_callback(pages.stop)
        await pages.start()
        how = await self._wellbeing(stack, ledger, lambda: schedule.intervals, slack=slack)
        reaching = Reaching(slack, self._reach_again)
        await reaching.begin()
        self._beside(stack, reaching.run(), "reaching Slack")
        if alone:
            schedule.start()
            stack.push_async_callback(schedule.stop, seconds=POLLS_END)
        self.chores = Chores(
            ledger=ledger,
            settings=settings,
            chosen=self._chosen,
            parser=parser,
            turn=recording.turn,
            rehearse=slack.rehearse,
            more=chores(
                ledger,
                lambda: recording.config,
                downloader,
                signing=self._secrets.webhooks,
                password=self._secrets.smtp_password,
                keys=self._secrets.wayback_keys,
                address=archive.address,
            ),
            first=self._chores_after,
        )
        self.chores.start()
        stack.push_async_callback(self.chores.stop)
        log.info(_DOES.get(self._role, "watching %d feeds"), len(schedule.feeds))
        if not recording.config.channels:
            log.warning("no channel is configured: what conflicts is kept on record, and nobody is told")
        return how

    async def _worker(self, stack: contextlib.AsyncExitStack, ledger: Ledger, recording: Recording) -> Wellbeing:
        """Whatever is due in a shard is polled when the shard is woken."""
        known = await asyncio.to_thread(ledger.revision)
        await _try_again(ledger)
        await asyncio.to_thread(recording.take_up_roster)
        downloader, parser = self._nets(stack)
        feeds = Round(Remembered(ledger).feed_states_of)
        made = partial(recording.watcher, downloader=downloader, parser=parser, polled=self._meter.polled)
        watching = self._watching(ledger, feeds, made)
        await self._follow_files(stack, watching)
        wakeups = await self._wakeups(stack)
        how = await self._wellbeing(stack, ledger, dict, wakeups=wakeups)

        async def take_up() -> None:
            await asyncio.to_thread(recording.take_up_roster)
            await _take_up(watching)

        self._beside(stack, follow(ledger, known, take_up), "following changes")
        self._beside(stack, unused_memory(), "unused memory")
        self._beside(stack, wakeups.answer(feeds.poll), "answering wake-ups")
        log.info(_DOES["work"], len(feeds.feeds))
        return how

    async def _scheduler(self, stack: contextlib.AsyncExitStack, ledger: Ledger) -> Wellbeing:
        """The shards of feeds that are due are woken, again and again until they were polled."""
        known = await asyncio.to_thread(ledger.revision)
        polling = self._files.settings.polling
        wakeups = await self._wakeups(stack)
        schedule = Schedule((), polling)
        states = Remembered(ledger).feed_states_of
        errands = Errands(states=states, wake=wakeups.wake, wanted=lambda: schedule.feeds, polling=polling)
        watching = self._watching(ledger, schedule, lambda feed, _past: Errand(feed, polling, errands))
        await self._follow_files(stack, watching)
        how = await self._wellbeing(stack, ledger, lambda: schedule.intervals, wakeups=wakeups)
        self._beside(stack, follow(ledger, known, partial(_take_up, watching)), "following changes")
        self._beside(stack, unused_memory(), "unused memory")
        self._beside(stack, errands.run(), "errands")
        schedule.start()
        stack.push_async_callback(schedule.stop, seconds=0)
        log.info(_DOES["schedule"], len(schedule.feeds))
        return how

    def _nets(self, stack: contextlib.AsyncExitStack) -> tuple[Downloader, ParserChild]:
        settings = self._files.settings
        downloader = Downloader(settings.fetching, contact=settings.polling.contact)
        stack.push_async_callback(downloader.close)
        parser = ParserChild(seconds=settings.fetching.parse_seconds)
        stack.push_async_callback(parser.close)
        return downloader, parser

    def _watching(self, ledger: Ledger, plan: Plan[Polled], made: Made[Polled]) -> Watching[Polled]:
        return Watching(feeds=self._files.feeds, ledger=ledger, plan=plan, made=made, reachable=self._reachable)

    async def _follow_files(self, stack: contextlib.AsyncExitStack, watching: Watching[Any]) -> None:
        """Watch what files and ledger name, and hold to the files whenever they are read again."""
        await _take_up(watching)
        self._beside(stack, self.reloading.run(partial(self._hold, watching)), "reading the files again")

    async def _hold(self, watching: Watching[Any], files: Config) -> None:
        watching.feeds = files.feeds
        if self.chores:
            self.chores.use(files.settings)
        if self.recording:
            self.recording.files = files
            if await asyncio.to_thread(self.recording.take_up_roster) and self._slack:
                self._slack.use(self.recording.config)
        await _take_up(watching)
        if self._slack:
            await self._slack.delivery.learn()

    async def _wakeups(self, stack: contextlib.AsyncExitStack) -> Wakeups:
        wakeups = Wakeups(self._database)
        await wakeups.prepare()
        stack.push_async_callback(wakeups.close)
        return wakeups

    async def _wellbeing(
        self,
        stack: contextlib.AsyncExitStack,
        ledger: Ledger,
        intervals: Callable[[], Mapping[str, timedelta]],
        *,
        slack: SlackSide | None = None,
        wakeups: Wakeups | None = None,
    ) -> Wellbeing:
        """Health of this part of the service, told from now on."""
        how = Wellbeing(
            settings=self._files.settings.health,
            ledger=ledger,
            intervals=intervals,
            slack=slack,
            wakeups=wakeups,
            meter=self._meter,
            ticks=self._ticks,
            clock=self._clock,
        )
        stack.push_async_callback(how.stop)
        await how.tell()
        return how

    def _beside(self, stack: contextlib.AsyncExitStack, work: Coroutine[Any, Any, None], name: str) -> None:
        """Do something beside all else until the service ends; it ends where that fails."""
        task = asyncio.create_task(work, name=name)
        self._tasks.add(task)
        stack.push_async_callback(_cancelled, task)


async def _try_again(ledger: Ledger) -> None:
    if again := await asyncio.to_thread(ledger.try_entries_again):
        log.info("%d entries were given up on by another version and are tried again", again)


async def _take_up(watching: Watching[Any]) -> None:
    """Watch what files and ledger name now."""
    watching.take_up(await asyncio.to_thread(watching.wanted))


async def _cancelled(task: asyncio.Task[None]) -> None:
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)


def _installed(slack: SlackSettings) -> Callable[[], str] | None:
    """How the bot token of a workspace behind a door is found."""
    installations = Installations(Path(slack.installations))
    return (lambda: installations.token(slack.team)) if slack.team else None

"""The composition root: one ledger, the watchers, the pipeline and Slack, started in order and stopped cleanly."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import signal
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.ledger import Ledger, LedgerError, Unproven, one_writer
from bot.pipeline import Pipeline
from bot.slack.app import SlackSide
from bot.slack.web_api.client import Tokens
from watchers.child import ParserChild
from watchers.errors import NotOnRecord
from watchers.fetch import Downloader
from watchers.schedule import Schedule
from watchers.watcher import Watcher

if TYPE_CHECKING:
    from bot.model import Judge
    from config.load import Secrets
    from config.schema import Config
    from watchers.model import Article

log = logging.getLogger(__name__)


async def serve(config: Config, secrets: Secrets, *, database: str, judge: Judge | None = None) -> None:
    """Run until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        with contextlib.suppress(NotImplementedError):  # Windows has no signal handlers in the loop
            loop.add_signal_handler(number, stop.set)
    await Service(config, secrets, database=database, judge=judge).run(stop)


class Service:
    """The whole bot. `ledger` is there while it runs; `ready` is set once Slack is connected and feeds are due."""

    def __init__(self, config: Config, secrets: Secrets, *, database: str, judge: Judge | None = None) -> None:
        self._config = config
        self._secrets = secrets
        self._database = database
        self._pipeline = Pipeline(config, judge)
        self._one_at_a_time = asyncio.Lock()  # the ledger has one writer; waiting here is cheaper than in SQLite
        self.ledger: Ledger | None = None
        self.ready = asyncio.Event()

    async def run(self, stop: asyncio.Event) -> None:
        """Start, stay until `stop` is set, and leave with nothing half done.

        The order is: lock, migrate, answer commands, settle what is in doubt, and only then post and poll.
        """
        async with contextlib.AsyncExitStack() as stack:
            stack.enter_context(one_writer(self._database))
            ledger = await asyncio.to_thread(Ledger.open, self._database)
            stack.callback(ledger.close)
            self.ledger = ledger
            slack = SlackSide(ledger=ledger, config=self._config, tokens=_tokens(self._secrets))
            await slack.start()
            stack.push_async_callback(slack.stop)
            schedule = Schedule(await self._watchers(ledger, stack), self._config.settings.polling)
            schedule.start()
            stack.push_async_callback(schedule.stop)
            self.ready.set()
            log.info("watching %d feeds", sum(feed.enabled for feed in self._config.feeds))
            await stop.wait()
            log.info("stopping")

    async def _watchers(self, ledger: Ledger, stack: contextlib.AsyncExitStack) -> list[Watcher]:
        """One watcher an enabled feed, over one downloader and one parser, which close with the stack."""
        settings = self._config.settings
        downloader = Downloader(settings.fetching, contact=settings.polling.contact)
        stack.push_async_callback(downloader.close)
        parser = ParserChild(seconds=settings.fetching.parse_seconds)
        stack.push_async_callback(parser.close)
        return [
            Watcher(
                feed=feed,
                settings=settings,
                record=ledger,
                receive=self.receive,
                downloader=downloader,
                parser=parser,
            )
            for feed in self._config.feeds
            if feed.enabled
        ]

    async def receive(self, article: Article, *, quiet: bool) -> None:
        """Take an article from a watcher: it is on record when this returns, with its alerts in the outbox."""
        assert self.ledger is not None  # noqa: S101  watchers start after the ledger
        try:
            async with self._one_at_a_time:
                recorded = await asyncio.to_thread(
                    self._pipeline.record, article, self.ledger, now=datetime.now(UTC), quiet=quiet
                )
        except Unproven:  # this one article is at fault
            raise
        except LedgerError as error:  # locked or full: no fault of the article, so the poll is done again
            raise NotOnRecord("ledger", str(error)) from error
        if recorded.known:
            return
        log.info(
            "%s: %d statements, %d conflicts",
            article.url or article.id,
            recorded.statements,
            recorded.conflicts,
        )
        for alert in recorded.raised:
            log.info("%s raised for %s: %s", alert.name, alert.channel, alert.conflict.title)
        for alert in recorded.joined:
            log.info("%s gained evidence: %s", alert.name, alert.conflict.title)


def _tokens(secrets: Secrets) -> Tokens:
    return Tokens(bot=secrets.bot_token, app=secrets.app_token, signing=secrets.signing_secret)

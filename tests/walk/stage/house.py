"""The whole service between a local news site and the local workspace."""

from __future__ import annotations

import asyncio
import contextlib
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from stage.newsstand import Newsstand

from bot.ledger import Role
from bot.service import Service
from bot.workspace import Workspace
from bot.workspace.world import Message
from config.environment import Secrets
from config.load import load
from config.schema import Channel, Config, Feed

CHANNEL = "fact-desk"


class House:
    """Everything real: site, workspace, service, ledger file. A test starts and stops the service as it needs."""

    def __init__(self, stand: Newsstand, workspace: Workspace, database: Path | str) -> None:
        self.stand = stand
        self.workspace = workspace
        self.database = database
        self.names: list[str] = []
        self.first_poll = "alert"
        self.reach_again = 0.1
        self.chores_after = 600.0
        self.ticks: Callable[[], float] = time.monotonic
        self.clock: Callable[[], datetime] = lambda: datetime.now(UTC)
        self.running: asyncio.Task[None] | None = None
        self.adjust: Callable[[Config], Config] = lambda config: config
        self.extra_feeds: tuple[Feed, ...] = ()
        self.reachable: tuple[str, ...] = ()
        self.secrets: dict[str, Any] = {}  # beside Slack's
        self.service: Service | None = None
        self.reread: Callable[[], Config] = self.config

    def config(self) -> Config:
        config = load(environ={})
        feeds = tuple(
            Feed(id=name, name=name, url=self.stand.url(name), every_minutes=1 / 100, allow=(self.stand.address,))
            for name in self.names
        )
        settings = config.settings.model_copy(
            update={
                "slack": config.settings.slack.model_copy(update={"base_url": self.workspace.base_url}),
                "polling": config.settings.polling.model_copy(
                    update={"jitter_seconds": 0, "first_poll": self.first_poll}
                ),
            }
        )
        channels = (Channel(id=CHANNEL, name=CHANNEL),)
        return self.adjust(
            config.model_copy(update={"feeds": feeds + self.extra_feeds, "channels": channels, "settings": settings})
        )

    @contextlib.asynccontextmanager
    async def open(self, role: Role = "all") -> AsyncIterator[Service]:
        """A running service; of several, that of the last that was opened is at hand."""
        workspace = self.workspace
        secrets = Secrets(bot_token=workspace.bot_token, app_token=workspace.app_token, **self.secrets)
        service = self.service = Service(
            self.config(),
            secrets,
            database=str(self.database),
            reach_again=self.reach_again,
            ticks=self.ticks,
            clock=self.clock,
            reachable=self.reachable,
            chores_after=self.chores_after,
            role=role,
            reread=lambda: self.reread(),  # noqa: PLW0108  a test may put another there
        )
        stop = asyncio.Event()
        running = self.running = asyncio.create_task(service.run(stop))
        ready = asyncio.create_task(service.ready.wait())
        try:
            await asyncio.wait({running, ready}, timeout=60, return_when=asyncio.FIRST_COMPLETED)
            if running.done():
                running.result()
            assert service.ready.is_set(), "the service did not start within a minute"
            yield service
        finally:
            ready.cancel()
            stop.set()
            async with asyncio.timeout(30):
                await running

    async def delivered(self, stand: str) -> None:
        """Return once the outbox is empty; polls of a feed are the clock."""
        assert self.service is not None
        assert self.service.ledger is not None
        async with asyncio.timeout(60):
            await self.stand.looked_at(stand, 2)
            while self.service.ledger.status().waiting:
                await self.stand.looked_at(stand, 1)

    @contextlib.asynccontextmanager
    async def until(self, holds: Callable[[], bool]) -> AsyncIterator[None]:
        """Go on once something holds; polls of the first feed are the clock."""
        async with asyncio.timeout(60):
            while not holds():
                await self.stand.looked_at(self.names[0], 1)
        yield

    async def answers(self, ask: Callable[[], Awaitable[Any]], holds: Callable[[Any], bool]) -> Any:
        """The first answer that is as it should be; polls of the first feed are the clock."""
        answer = None
        try:
            async with asyncio.timeout(30):
                while not holds(answer := await ask()):
                    await self.stand.looked_at(self.names[0], 1)
        except TimeoutError:
            raise AssertionError(f"the last answer was {answer}") from None
        return answer

    async def ended(self) -> None:
        """Return once the service ended by itself."""
        assert self.running is not None
        await asyncio.wait({self.running}, timeout=60)
        assert self.running.done()

    def cards(self) -> list[Message]:
        return [message for message in self.workspace.messages(CHANNEL) if message.metadata]

    def replies(self, card: Message) -> tuple[Message, ...]:
        return self.workspace.replies(CHANNEL, card.ts)


def title(card: Message) -> str:
    return next(str(block["text"]["text"]) for block in card.blocks if block["type"] == "header")


def words(message: Message) -> str:
    """All the text of a message's blocks."""

    def collect(value: object) -> list[str]:
        if isinstance(value, dict):
            return [str(v) for k, v in value.items() if k == "text" and isinstance(v, str)] + [
                word for k, v in value.items() if not isinstance(v, str) for word in collect(v)
            ]
        if isinstance(value, list | tuple):
            return [word for item in value for word in collect(item)]
        return []

    return "\n".join(collect(list(message.blocks)))


@contextlib.asynccontextmanager
async def working(database: Path | str) -> AsyncIterator[House]:
    """A site and a workspace that are up, and a house between them whose service is not started yet."""
    stand, workspace = Newsstand(), Workspace()
    await stand.start()
    await workspace.start()
    try:
        yield House(stand, workspace, database)
    finally:
        await workspace.stop()
        await stand.stop()

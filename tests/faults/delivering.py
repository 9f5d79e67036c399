"""A ledger, a workspace and the real delivery between them, on a clock that a test moves; and a count of what came."""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from strait_story import NOW, put_on_record, strait

from bot.ledger import Ledger
from bot.slack import DeliveryLoop
from bot.slack.blocks import Desk
from bot.slack.web_api.client import web_client
from bot.workspace import Channel, Settings, Workspace
from bot.workspace.world import BOT, Message
from config.settings import SlackSettings


class Clock:
    """A time of day that moves only when told to, by itself (`forward`) or because somebody sets it (`now`)."""

    def __init__(self) -> None:
        self.now = NOW
        self.passed = 0.0

    def ticks(self) -> float:
        """The seconds that went by, however the clock was set."""
        return self.passed

    def __call__(self) -> datetime:
        return self.now

    def forward(self, seconds: float) -> datetime:
        self.now += timedelta(seconds=seconds)
        self.passed += seconds
        return self.now


@dataclass(frozen=True, kw_only=True)
class Tally:
    """Of the alerts that were raised: how many messages stand for each, and whether their threads are whole."""

    alerts: int
    lost: int
    doubled: int
    threads: int  # with exactly one evidence in each

    @property
    def clean(self) -> bool:
        return self.lost == self.doubled == 0 and self.threads == self.alerts


class Delivering:
    """One delivery loop on real parts."""

    def __init__(self, ledger: Ledger, workspace: Workspace, clock: Clock) -> None:
        self.ledger, self.workspace, self.clock = ledger, workspace, clock
        self._client = web_client(workspace.bot_token, workspace.base_url)
        self.desk = Desk()
        self.restart()

    def restart(self) -> None:
        """Forget everything that is not in the ledger."""
        self.loop = DeliveryLoop(
            ledger=self.ledger,
            client=self._client,
            settings=SlackSettings(base_url=self.workspace.base_url),
            desk=self.desk,
            clock=self.clock,
            ticks=self.clock.ticks,
        )

    def channels(self, number: int) -> list[str]:
        """Make so many channels with the bot in them; their ids."""
        made = [f"C0DESK{place:03d}" for place in range(number)]
        for name in made:
            channel = Channel(id=name, name=name.lower(), members=frozenset({BOT, "U0ADA"}))
            self.workspace.world.put_channel(channel)
        return made

    def alert_each(self, channels: list[str]) -> None:
        """Raise one alert in each channel."""
        story = strait()
        self.desk = story.desk
        for channel in channels:
            put_on_record(self.ledger, story, channel)
        self.restart()

    async def steps(self, most: int, until: Callable[[], bool], every: float = 1.0) -> int:
        """Let the loop do what is due, a second of the clock after the other, until something holds; how many."""
        for step in range(most):
            if until():
                return step
            await self.loop.step(self.clock.forward(every))
        return most

    def empty(self) -> bool:
        """Whether nothing is left to be posted."""
        return self.ledger.vitals().waiting == 0

    def tally(self, channels: list[str]) -> Tally:
        """What stands in the channels, of which each was sent one alert."""
        cards = {channel: [one for one in self.workspace.messages(channel) if one.metadata] for channel in channels}
        replies = [self._evidence(channel, found) for channel, found in cards.items()]
        counts = Counter(len(found) for found in cards.values())
        return Tally(
            alerts=len(channels),
            lost=counts[0],
            doubled=sum(many for number, many in counts.items() if number > 1),
            threads=replies.count(1),
        )

    def _evidence(self, channel: str, cards: list[Message]) -> int:
        return sum(len(self.workspace.replies(channel, card.ts)) for card in cards)


@contextlib.asynccontextmanager
async def delivering(folder: Path, **settings: object) -> AsyncIterator[Delivering]:
    """Everything started, on an empty ledger."""
    clock = Clock()
    workspace = Workspace(Settings(clock=clock, seed=1, **settings))  # type: ignore[arg-type]
    await workspace.start()
    try:
        with Ledger.open(str(folder / "record.db"), durable=False) as ledger:
            yield Delivering(ledger, workspace, clock)
    finally:
        await workspace.stop()

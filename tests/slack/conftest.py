"""A ledger, a workspace and a delivery loop round the story of the strait."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from strait_story import ADA, NOW, Story, newsroom_of, put_on_record, strait

from bot.ledger import Ledger
from bot.model import Alert
from bot.slack import DeliveryLoop
from bot.slack.deliver import PACE
from bot.slack.newsroom import Asker, Newsroom
from bot.slack.web_api.client import web_client
from bot.workspace import Settings as WorkspaceSettings
from bot.workspace import Workspace
from config.settings import SlackSettings


@pytest.fixture
def now() -> datetime:
    return NOW


@pytest.fixture
def story() -> Story:
    """Halasz vs Velden on monitors: denied_claim, deferred, with Sternad's refusal as the bridge."""
    return strait()


class Clock:
    """A time of day that moves only when told to, by itself (`forward`) or because somebody sets it (`now`)."""

    def __init__(self, now: datetime) -> None:
        self.now = now
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


@pytest.fixture
def ledger(tmp_path: Path, blank_at: Callable[[Path], str]) -> Iterator[Ledger]:
    with Ledger.open(blank_at(tmp_path / "record.db"), durable=False) as opened:
        yield opened


@pytest.fixture
def alert(ledger: Ledger, story: Story) -> Alert:
    """The story's alert, pending in the ledger."""
    return put_on_record(ledger, story)


@pytest.fixture
def record() -> Callable[..., Alert]:
    return put_on_record


@pytest.fixture
def clock() -> Clock:
    return Clock(NOW)


@pytest.fixture
async def workspace(clock: Clock) -> AsyncIterator[Workspace]:
    space = Workspace(WorkspaceSettings(clock=clock))
    await space.start()
    yield space
    await space.stop()


class Rig:
    """A loop on a real ledger and a workspace, with a clock in hand."""

    def __init__(self, ledger, workspace, story, clock, *, channels=(), feeds=dict, **settings):
        self.ledger, self.workspace, self.story, self.clock = ledger, workspace, story, clock
        self.channels, self.feeds = channels, feeds
        self.settings = SlackSettings(base_url=workspace.base_url, **settings)
        self.client = web_client(workspace.bot_token, workspace.base_url)
        self.restart()

    def restart(self):
        self.loop = DeliveryLoop(
            ledger=self.ledger,
            client=self.client,
            settings=self.settings,
            desk=self.story.desk,
            clock=self.clock,
            ticks=self.clock.ticks,
            channels=self.channels,
            feeds=self.feeds,
        )

    async def steps(self, count=1, every=PACE):
        for _ in range(count):
            await self.loop.step(self.clock.forward(every))

    @property
    def posts(self):
        return self.workspace.messages("C0FACTDESK")

    @property
    def writes(self):
        return [call for call in self.workspace.calls if call.method in {"chat.postMessage", "chat.update"}]

    def state(self, number):
        return self.ledger.alert(number).state


@pytest.fixture
def rig_of(ledger, workspace, story, clock) -> Callable[..., Rig]:
    return lambda **settings: Rig(ledger, workspace, story, clock, **settings)


@pytest.fixture
def rig(rig_of) -> Rig:
    return rig_of()


@pytest.fixture
def newsroom(ledger, story) -> Newsroom:
    """What answers draw on: the ledger of the test, and the default settings."""
    return newsroom_of(ledger, story.desk)


@pytest.fixture
def ada() -> Asker:
    """An editor in the desk's channel."""
    return ADA

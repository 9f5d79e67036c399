"""What the tests of the doctor share."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest_asyncio
from installed import Clock, Installation
from stage.newsstand import Item, Newsstand

from bot.workspace import Settings, Workspace


@pytest_asyncio.fixture
async def healthy(tmp_path: Path, blank_at: Callable[[Path], str]) -> AsyncIterator[Installation]:
    stand, clock = Newsstand(), Clock()
    await stand.start()
    async with Workspace(Settings(clock=clock)) as workspace:
        install = Installation(tmp_path, stand, workspace, clock)
        for name in ("times", "courier"):
            stand.stand(name).items.append(Item(guid=name, title="News", text="News.", published=clock()))
        for name in ("officials.toml", "topics.toml"):  # those of the package take their time to be read
            (tmp_path / name).touch()
        install.settings()
        install.feeds(times=stand.url("times"), courier=stand.url("courier"))
        install.secrets(SLACK_BOT_TOKEN=workspace.bot_token, SLACK_APP_TOKEN=workspace.app_token)
        blank_at(tmp_path / "record.db")
        yield install
    await stand.stop()

"""Two newsrooms, a stranger and the door between them and Slack; and where a process listens."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp import web
from town import NORTH, SOUTH, STRANGER, Process, Town, workspace_of

from bot.workspace.slack_com import SlackCom


@pytest.fixture
async def town(tmp_path: Path):
    spaces = workspace_of(NORTH, "North Desk"), workspace_of(SOUTH, "South Desk"), workspace_of(STRANGER, "Strangers")
    for space in spaces:
        await space.start()
    com = SlackCom(*spaces)
    await com.start()
    made = Town(com, *spaces, tmp_path / "installations")
    yield made
    await made.close_door()
    await com.stop()
    for space in spaces:
        await space.stop()


@pytest.fixture
async def process():
    """One process; `behind` says for whom."""
    stand = Process()
    app = web.Application()
    app.router.add_post("/slack/events", stand.take)
    runner = web.AppRunner(app, shutdown_timeout=0.1, handler_cancellation=True)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    stand.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    yield stand
    await runner.cleanup()

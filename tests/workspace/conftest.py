"""A running workspace with a clock that moves only when a test says so, and clients that talk to it."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from aiohttp import web
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.app.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Settings, Workspace


class Watch:
    """A clock that stands still until it is told to go on."""

    def __init__(self) -> None:
        self.time = datetime(2025, 2, 26, 13, 7, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.time

    def advance(self, seconds: float) -> None:
        self.time += timedelta(seconds=seconds)


@pytest.fixture
def watch():
    return Watch()


@pytest.fixture
async def workspace(watch):
    place = Workspace(Settings(clock=watch, seed=1))
    await place.start()
    yield place
    await place.stop()


@pytest.fixture
def client(workspace):
    return AsyncWebClient(token=workspace.bot_token, base_url=workspace.base_url, retry_handlers=[])


@asynccontextmanager
async def connected(workspace, mode):
    """A Bolt app without listeners, connected to the workspace by Socket Mode ("socket") or signed HTTP."""
    client = AsyncWebClient(token=workspace.bot_token, base_url=workspace.base_url, retry_handlers=[])
    bolt = AsyncApp(client=client, signing_secret=workspace.signing_secret)
    if mode == "socket":
        own = AsyncWebClient(token=workspace.app_token, base_url=workspace.base_url)
        handler = AsyncSocketModeHandler(bolt, workspace.app_token, web_client=own, ping_interval=3)
        await handler.connect_async()
        await workspace.wait_for(lambda: workspace.connections == 1)
        yield bolt
        await handler.close_async()
    else:
        runner = web.AppRunner(bolt.server(path="/slack/events").web_app)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", 0).start()
        workspace.use_http(f"http://127.0.0.1:{runner.addresses[0][1]}/slack/events")
        yield bolt
        await runner.cleanup()


@pytest.fixture
def connect():
    """How a Bolt app is connected to a workspace for a while."""
    return connected


@pytest.fixture
def card():
    """A message as the bot posts it: header, two fields, buttons."""
    return [
        {"type": "header", "text": {"type": "plain_text", "text": "Velden vs Osk on the harbour"}},
        {
            "type": "section",
            "fields": [
                {"type": "mrkdwn", "text": "Earlier\n*Ilse Osk*, minister\n>“We will build it”"},
                {"type": "mrkdwn", "text": "*New*\n*Mara Velden*, spokeswoman\n>“Nothing is decided”"},
            ],
        },
        {
            "type": "actions",
            "block_id": "triage:OR-1:1",
            "elements": [
                {
                    "type": "button",
                    "action_id": "alert_confirm",
                    "text": {"type": "plain_text", "text": "Confirm"},
                    "value": "OR-1",
                    "style": "primary",
                },
                {
                    "type": "button",
                    "action_id": "alert_dismiss",
                    "text": {"type": "plain_text", "text": "Dismiss"},
                    "value": "OR-1",
                },
            ],
        },
    ]

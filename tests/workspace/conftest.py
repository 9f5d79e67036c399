"""A running workspace with a clock that moves only when a test says so, and clients that talk to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
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

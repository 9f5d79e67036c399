"""The Slack side finds its way back after each way in which a socket can be lost, and within seconds."""

from __future__ import annotations

import asyncio

import pytest

from bot.slack import SlackSide, Tokens
from bot.slack.app import CONNECTIONS, PING
from config.schema import Config, Settings, SlackSettings

CHANNEL = "fact-desk"


@pytest.fixture
async def side(ledger, workspace, clock):
    slack = SlackSettings(base_url=workspace.base_url)
    tokens = Tokens(bot=workspace.bot_token, app=workspace.app_token, signing=workspace.signing_secret)
    started = SlackSide(ledger=ledger, config=Config(settings=Settings(slack=slack)), tokens=tokens, clock=clock)
    await started.start()
    yield started
    await started.stop()


@pytest.fixture
def alert_later(ledger, story, record):
    """Raises the story's alert when it is called."""
    return lambda: record(ledger, story)


async def back(workspace, within: float) -> None:
    """Wait for fresh connections; then a command is answered."""
    async with asyncio.timeout(within):
        await workspace.wait_for(lambda: workspace.connections == CONNECTIONS, within=within)
    answer = await workspace.slash("ada", CHANNEL, "help")
    assert answer.error is None


async def test_after_a_reset_of_every_connection_people_are_answered_again_within_two_pings(side, workspace):
    workspace.socket_mode.kill()
    await workspace.wait_for(lambda: workspace.connections == 0)
    await back(workspace, within=2 * PING)


async def test_connections_that_are_half_open_are_noticed_within_three_pings(side, workspace):
    workspace.socket_mode.freeze()
    assert workspace.connections == 0
    await back(workspace, within=3 * PING)


async def test_a_refresh_that_slack_asks_for_loses_no_command(side, workspace):
    await workspace.socket_mode.refresh()
    answers = await asyncio.gather(*(workspace.slash("ada", CHANNEL, "help") for _ in range(5)))
    assert [answer.error for answer in answers] == [None] * 5
    await back(workspace, within=2 * PING)


async def test_after_an_outage_people_are_answered_and_the_alert_is_posted_once(
    side, workspace, ledger, alert_later, clock
):
    await workspace.unplug()
    alert = alert_later()
    await asyncio.sleep(0.5)  # long enough to be tried
    assert ledger.alert(alert.number).state == "pending"
    await workspace.plug_in()
    await back(workspace, within=30)
    clock.forward(60)  # a channel that could not be read is left for half a minute
    await workspace.wait_for(lambda: len(workspace.messages(CHANNEL)) == 1, within=30)

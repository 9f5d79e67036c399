"""The Slack side finds its way back after each way in which a socket can be lost, and within seconds."""

from __future__ import annotations

import asyncio
import socket

import pytest

from bot.reaching import Reaching
from bot.slack import SlackSide, Tokens
from bot.slack.app import CONNECTIONS, PING
from config.schema import Config
from config.settings import Settings, SlackSettings

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


async def test_a_start_that_fails_for_a_reason_of_our_own_is_logged_and_tried_until_it_succeeds(
    ledger, workspace, clock, caplog
):
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        slack = SlackSettings(base_url=workspace.base_url, mode="http", http_host="127.0.0.1", http_port=port)
        tokens = Tokens(bot=workspace.bot_token, signing=workspace.signing_secret)
        side = SlackSide(ledger=ledger, config=Config(settings=Settings(slack=slack)), tokens=tokens, clock=clock)
        workspace.inject("auth.test", status=503)
        reaching = Reaching(side, again=0.01)
        await reaching.begin()
        task = asyncio.create_task(reaching.run())
        async with asyncio.timeout(10):
            while "a reason of our own" not in caplog.text and not task.done():  # noqa: ASYNC110  a log tells no event
                await asyncio.sleep(0.01)
        assert "Traceback" in caplog.text
        assert any("address already in use" in trouble for trouble in side.troubles)
    try:
        async with asyncio.timeout(10):
            while side.http_port is None and not task.done():  # noqa: ASYNC110  nor does a port
                await asyncio.sleep(0.01)
        workspace.use_http(f"http://127.0.0.1:{port}/slack/events")
        answer = await workspace.slash("ada", CHANNEL, "help")
        assert answer.error is None
        assert side.troubles == ()
    finally:
        task.cancel()
        await side.stop()

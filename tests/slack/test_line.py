"""When Slack was last heard, by sockets and by signed HTTP, and how often it limited us."""

from __future__ import annotations

import asyncio

import pytest

from bot.slack import SlackSide, Tokens
from bot.slack.app import CONNECTIONS
from bot.slack.line import Answers, Line
from bot.slack.web_api.calls import write
from bot.slack.web_api.client import web_client
from config.schema import Config
from config.settings import Settings, SlackSettings


class Ticks:
    def __init__(self):
        self.now = 0.0

    def __call__(self):
        return self.now


@pytest.fixture
def ticks():
    return Ticks()


def side_of(ledger, workspace, ticks, mode, acks):
    slack = SlackSettings(base_url=workspace.base_url, mode=mode, http_port=0)
    tokens = Tokens(bot=workspace.bot_token, app=workspace.app_token, signing=workspace.signing_secret)
    config = Config(settings=Settings(slack=slack))
    return SlackSide(ledger=ledger, config=config, tokens=tokens, ticks=ticks, acked=acks.append)


@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_each_command_is_timed_until_its_acknowledgement(ledger, workspace, ticks, mode):
    acks: list[float] = []
    side = side_of(ledger, workspace, ticks, mode, acks)
    await side.start()
    try:
        if mode == "http":
            workspace.use_http(f"http://127.0.0.1:{side.http_port}/slack/events")
        await workspace.slash("ada", "fact-desk", "help")
        assert acks == [0.0]
        assert side.line.silences == (0.0,) * (CONNECTIONS if mode == "socket" else 1)
    finally:
        await side.stop()
    assert side.line.silences == ()


async def test_a_slack_that_could_not_be_reached_is_not_silent_but_absent(ledger, workspace, ticks):
    side = side_of(ledger, workspace, ticks, "socket", [])
    workspace.inject("apps.connections.open", error="internal_error")
    with pytest.raises(Exception, match="does not answer as Slack"):
        await side.start()
    assert side.line.silences == ()


async def test_by_signed_http_slack_is_heard_when_it_answers_for_our_token(workspace, ticks):
    line, stop = Line(ticks, ask_every=0.01), asyncio.Event()
    ear = line.ear()
    client = web_client(workspace.bot_token, workspace.base_url)
    asking = asyncio.create_task(line.ask(client, stop, ear))
    ticks.now = 100.0
    await workspace.wait_for(lambda: ear.heard == 100.0)
    workspace.revoke_token()
    calls = len(workspace.calls)
    await workspace.wait_for(lambda: len(workspace.calls) > calls + 1)
    ticks.now = 200.0
    await workspace.wait_for(lambda: len(workspace.calls) > calls + 3)
    assert line.silences == (100.0,)
    stop.set()
    await asking


async def test_a_429_is_counted_and_nothing_is_tried_again(workspace, ticks):
    line = Line(ticks)
    client = web_client(workspace.bot_token, workspace.base_url)
    client.retry_handlers.append(Answers(line))
    workspace.inject("chat.postMessage", status=429, retry_after="30")
    await write(client, "chat.postMessage", {"channel": "C0FACTDESK", "text": "hello"})
    assert line.answers == {"limited": 1}
    assert len([call for call in workspace.calls if call.method == "chat.postMessage"]) == 1

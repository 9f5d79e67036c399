"""One person who asks without end is slowed down; everybody else, and every alert, is not."""

from __future__ import annotations

import asyncio
import json
from itertools import count

import pytest
from strait_story import put_on_record

from bot.slack import SlackSide, Tokens
from bot.slack.turns import AT_ONCE, Turns
from config.schema import Config
from config.settings import Settings, SlackSettings

CHANNEL = "fact-desk"


class Ticks:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def test_so_many_questions_at_once_and_then_one_a_second():
    turns = Turns(ticks := Ticks())
    assert [turns.take("U0ADA") for _ in range(AT_ONCE + 2)] == [True] * AT_ONCE + [False] * 2
    ticks.now += 1
    assert [turns.take("U0ADA"), turns.take("U0ADA"), turns.take("U0NOOR")] == [True, False, True]
    ticks.now += 3600
    assert [turns.take("U0ADA") for _ in range(AT_ONCE + 1)] == [True] * AT_ONCE + [False]


def test_who_asks_too_fast_is_told_once_and_again_after_a_rest():
    turns = Turns(ticks := Ticks())
    for _ in range(AT_ONCE + 1):
        turns.take("U0ADA")
    assert [turns.to_tell("U0ADA"), turns.to_tell("U0ADA")] == [True, False]
    ticks.now += 1
    assert [turns.take("U0ADA"), turns.take("U0ADA"), turns.to_tell("U0ADA")] == [True, False, False]
    ticks.now += 60
    for _ in range(AT_ONCE + 1):
        turns.take("U0ADA")
    assert turns.to_tell("U0ADA")


def test_only_those_who_lately_asked_are_remembered():
    turns = Turns(ticks := Ticks())
    for number in count():
        turns.take(f"U{number}")
        ticks.now += 0.1
        if number == 3000:
            break
    assert len(turns._stands) < 1000


@pytest.fixture
async def side(ledger, workspace, clock):
    slack = SlackSettings(base_url=workspace.base_url, mode="http", http_port=0)
    tokens = Tokens(bot=workspace.bot_token, app=workspace.app_token, signing=workspace.signing_secret)
    config = Config(settings=Settings(slack=slack))
    started = SlackSide(ledger=ledger, config=config, tokens=tokens, clock=clock, ticks=Ticks())
    await started.start()
    workspace.use_http(f"http://127.0.0.1:{started.http_port}/slack/events")
    yield started
    await started.stop()


async def test_thirty_commands_at_once_are_answered_within_bounds_and_hold_up_nobody_and_no_alert(
    side, ledger, story, workspace
):
    flood = [workspace.slash("ada", CHANNEL, "help", answers=0) for _ in range(30)]
    put_on_record(ledger, story)
    others = [workspace.slash("noor", CHANNEL, "who velden"), workspace.slash("tomas", CHANNEL, "status")]
    *flooded, noor, tomas = await asyncio.gather(*flood, *others)
    assert [answer.error for answer in flooded] == [None] * 30
    assert "Mara Velden" in json.dumps(noor.posts[0].blocks)
    assert "On record" in json.dumps(tomas.posts[0].blocks)
    await workspace.wait_for(lambda: len(workspace.messages(CHANNEL)) == 1, what="the alert")
    await workspace.wait_for(lambda: len(workspace.ephemerals("ada")) == AT_ONCE + 1)
    told = [message.text for message in workspace.ephemerals("ada") if "faster than" in message.text]
    assert len(told) == 1


async def test_who_asks_too_fast_still_decides(side, alert, ledger, workspace):
    await workspace.wait_for(lambda: len(workspace.messages(CHANNEL)) == 1)
    for _ in range(AT_ONCE + 1):
        await workspace.slash("ada", CHANNEL, "help", answers=0)
    workspace.say("ada", "U0ONRECORD", "help")  # words in a message count like a command
    answer = await workspace.click("ada", CHANNEL, workspace.messages(CHANNEL)[0].ts, "alert_confirm")
    assert answer.error is None
    assert ledger.alert(alert.number).review == "confirmed"
    assert len(workspace.messages("D0ADA")) == 1, "her own message, and no answer"

"""Slack is told within three seconds that something arrived, while a dozen answers take four seconds each."""

from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from itertools import cycle

import pytest
from everything import CHANNEL, card_of_everything, open_form

from bot.inquiries import Unanswered
from bot.slack import SlackSide, Tokens, actions, commands, shortcuts, views
from bot.slack.blocks.asking import frame
from bot.slack.blocks.asking.frame import Asked
from config.schema import Config
from config.settings import Settings, SlackSettings

WORK = 4.0  # seconds that an answer takes
IN_TIME = 3.0
CLOSE = {frame.MORE, frame.BACK, frame.NARROW, frame.SHARE}


class Slow:
    """A service that takes four seconds for whatever it is asked beyond the record."""

    def roster(self):
        return (), ()  # at hand, in the running service as well

    def __getattr__(self, name):
        time.sleep(WORK)
        raise Unanswered(name)


@pytest.fixture(params=["socket", "http"])
async def side(request, ledger, workspace, clock):
    """The Slack side, of which /record status and what goes beyond the record take four seconds to answer."""
    slack = SlackSettings(base_url=workspace.base_url, mode=request.param, http_port=0)
    tokens = Tokens(bot=workspace.bot_token, app=workspace.app_token, signing=workspace.signing_secret)
    started = SlackSide(ledger=ledger, config=Config(settings=Settings(slack=slack)), tokens=tokens, clock=clock)
    started._newsroom = replace(started._newsroom, troubles=lambda: time.sleep(WORK) or (), inquiries=Slow())
    await started.start()
    if request.param == "http":
        workspace.use_http(f"http://127.0.0.1:{started.http_port}/slack/events")
    yield started
    await started.stop()


async def test_everything_is_acknowledged_in_time_while_others_work(side, alert, workspace):
    card = card_of_everything(workspace)
    forms = [open_form(workspace, callback) for callback in views.FORMS]
    told = [workspace.slash("ada", CHANNEL, "status", answers=0) for _ in range(6)]
    checks = [name for name, one in shortcuts.SHORTCUTS.items() if one.kind == "message"] * 6
    told += [workspace.shortcut("noor", CHANNEL, card.ts, name) for name in checks]
    for block in card.blocks:
        for element in block["elements"]:
            if element["action_id"] in CLOSE:  # what is close is worked out when somebody asks
                element["value"] = Asked(words="conflicts close").value
    people = cycle(["noor", "tomas"])  # by turns: nobody may ask everything at once
    told += [workspace.slash(next(people), CHANNEL, name, answers=0) for name in commands.SUBCOMMANDS]
    told += [workspace.click("ada", CHANNEL, card.ts, name) for name in actions.ELEMENTS]
    told += [workspace.submit("ada", {}, view=form.id) for form in forms]
    told += [
        workspace.shortcut("ada", CHANNEL, card.ts, name) if one.kind == "message" else workspace.ask("ada", name)
        for name, one in shortcuts.SHORTCUTS.items()
    ]
    answers = await asyncio.gather(*told)
    assert len(workspace.deliveries) == len(told)
    assert [answer.error for answer in answers] == [None] * len(told), "nobody saw a timeout"
    assert max(delivery.seconds for delivery in workspace.deliveries) < IN_TIME

"""Told to stop while Slack does not answer: it ends in time, and the post in flight stays in doubt."""

from __future__ import annotations

import time

from bot.slack import SlackSide, Tokens
from config.schema import Config, Settings, SlackSettings


async def test_a_stop_in_the_middle_of_a_post_ends_within_ten_seconds_and_history_settles_it_after_the_next_start(
    rig, workspace, ledger, alert, clock
):
    slack = SlackSettings(base_url=workspace.base_url)
    tokens = Tokens(bot=workspace.bot_token, app=workspace.app_token, signing=workspace.signing_secret)
    side = SlackSide(ledger=ledger, config=Config(settings=Settings(slack=slack)), tokens=tokens, clock=clock)
    silent = workspace.inject("chat.postMessage", hang=True, after_commit=True)
    await side.start()
    await workspace.wait_for(lambda: silent.hits == 1)
    began = time.monotonic()
    await side.stop()
    assert time.monotonic() - began < 10
    assert ledger.alert(alert.number).state == "sending"
    await rig.steps(20, every=5)
    assert ledger.alert(alert.number).state == "sent"
    assert len(rig.posts) == 1

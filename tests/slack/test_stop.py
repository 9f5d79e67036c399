"""Told to stop while Slack does not answer: it ends in time, and the post in flight stays in doubt."""

from __future__ import annotations

from bot import service
from bot.slack import SlackSide, Tokens, app
from config.schema import Config
from config.settings import Settings, SlackSettings


def test_polls_and_the_post_in_flight_together_get_less_than_the_ten_seconds_that_a_supervisor_gives():
    assert service.POLLS_END + app.DRAIN < 10


async def test_a_stop_waits_for_a_post_no_longer_than_that_and_history_settles_it_after_the_next_start(
    rig, workspace, ledger, alert, clock
):
    slack = SlackSettings(base_url=workspace.base_url)
    tokens = Tokens(bot=workspace.bot_token, app=workspace.app_token, signing=workspace.signing_secret)
    side = SlackSide(ledger=ledger, config=Config(settings=Settings(slack=slack)), tokens=tokens, clock=clock)
    silent = workspace.inject("chat.postMessage", hang=True, after_commit=True)
    await side.start()
    await workspace.wait_for(lambda: silent.hits == 1)
    await side.stop(seconds=0.1)
    assert silent.hits == 1, "it has not been tried again"
    assert ledger.alert(alert.number).state == "sending"
    await rig.steps(20, every=5)
    assert ledger.alert(alert.number).state == "sent"
    assert len(rig.posts) == 1

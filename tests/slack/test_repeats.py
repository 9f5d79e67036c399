"""What Slack or anybody else sends twice is done once, by Socket Mode and by signed HTTP."""

from __future__ import annotations

import pytest
from everything import CHANNEL, card_of_everything

from bot.slack import SlackSide, Tokens
from bot.slack.repeats import KEPT, Repeats
from config.schema import Config
from config.settings import Settings, SlackSettings


@pytest.fixture(params=["socket", "http"])
async def side(request, ledger, workspace, clock):
    slack = SlackSettings(base_url=workspace.base_url, mode=request.param, http_port=0)
    tokens = Tokens(bot=workspace.bot_token, app=workspace.app_token, signing=workspace.signing_secret)
    started = SlackSide(ledger=ledger, config=Config(settings=Settings(slack=slack)), tokens=tokens, clock=clock)
    await started.start()
    if request.param == "http":
        workspace.use_http(f"http://127.0.0.1:{started.http_port}/slack/events")
    yield started
    await started.stop()


async def test_a_command_and_a_press_that_come_twice_are_done_once(side, alert, ledger, workspace, caplog):
    await workspace.slash("ada", CHANNEL, f"note {alert.number} Seen it")
    card = card_of_everything(workspace)
    await workspace.click("ada", CHANNEL, card.ts, "alert_assign")
    before = ledger.audit(alert.number)
    for delivery in list(workspace.deliveries):
        again = await workspace._transport().deliver(delivery.kind, delivery.payload)
        assert again.error is None, "acknowledged all the same"
    await workspace.slash("noor", CHANNEL, "help")
    assert [one.remark for one in before if one.action == "note"] == ["Seen it"]
    assert ledger.audit(alert.number) == before
    assert len(workspace.ephemerals("ada")) == 1, "and answered once"
    assert "came twice" in caplog.text


def test_a_mark_is_kept_for_longer_than_a_signature_is_good():
    now = [0.0]
    repeats = Repeats(lambda: now[0])
    assert [repeats.first("a"), repeats.first("a"), repeats.first("b")] == [True, False, True]
    now[0] = KEPT
    assert repeats.first("a") is False
    now[0] = KEPT + 1
    assert [repeats.first("a"), len(repeats._heard)] == [True, 1]

"""The app is uninstalled or its token revoked: posting stops with its reason, everything else stays and goes on."""

from __future__ import annotations

import asyncio
import json
import time
from io import StringIO

import aiohttp
import pytest
from rich.console import Console
from slack_sdk.signature import SignatureVerifier

from bot.print import show_status
from bot.slack import SlackSide, Tokens
from config.schema import Config
from config.settings import Settings, SlackSettings

REASON = {
    "account_inactive": "app_uninstalled (the app was uninstalled: install it again, set its token and start On Record anew)",
    "token_revoked": "token_revoked (set a new token and start On Record anew)",
}


@pytest.fixture
async def started(ledger, workspace, clock):
    sides = []

    async def start(mode, **more):
        slack = SlackSettings(base_url=workspace.base_url, mode=mode, http_port=0, **more)
        given = Tokens(bot=workspace.bot_token, app=workspace.app_token, signing=workspace.signing_secret)
        side = SlackSide(ledger=ledger, config=Config(settings=Settings(slack=slack)), tokens=given, clock=clock)
        sides.append(side)
        await side.start()
        if mode == "http":
            workspace.use_http(f"http://127.0.0.1:{side.http_port}/slack/events")
        return side

    yield start
    for side in sides:
        await side.stop()


async def send_event(url, body, secret):
    stamp = str(int(time.time()))
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body)
    headers = {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature, "Content-Type": "application/json"}
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        return answer.status


async def until(holds):
    """What the app knows rings no bell of the workspace."""
    async with asyncio.timeout(10):
        while not holds():  # noqa: ASYNC110
            await asyncio.sleep(0.01)


def posts(workspace):
    return [call for call in workspace.calls if call.method == "chat.postMessage"]


@pytest.mark.parametrize("error", REASON)
@pytest.mark.parametrize("mode", ["socket", "http"])
async def test_who_uninstalls_the_app_stops_posting_and_a_new_token_resumes_it(  # noqa: PLR0917
    started, mode, error, workspace, ledger, clock, story, record, caplog
):
    workspace.add_channel("operators")
    side = await started(mode, operator_channel="operators")
    workspace.revoke_token(error)
    await until(lambda: f"Slack refuses us: {REASON[error]}" in side.delivery.troubles)
    assert side.delivery.refusal.unknown
    alert = record(ledger, story)
    asked = len(workspace.calls)
    clock.forward(61)
    await workspace.wait_for(lambda: any(call.method == "auth.test" for call in workspace.calls[asked:]))
    assert posts(workspace) == []
    assert ledger.alert(alert.number).state == "pending"
    printed = StringIO()
    show_status(Console(file=printed, soft_wrap=True), ledger.status())
    assert "Slack refuses us: " in printed.getvalue()
    await side.stop()
    assert any("posting stops, watching goes on" in line for line in caplog.messages)

    workspace.revoke_token(None)
    clock.forward(61)
    again = await started(mode, operator_channel="operators")
    await workspace.wait_for(lambda: len(workspace.messages("fact-desk")) == 1)
    assert again.delivery.troubles == ()
    assert ledger.status().refused == ""
    await workspace.wait_for(lambda: len(workspace.messages("operators")) == 1)
    clock.forward(2)
    await workspace.wait_for(lambda: len(workspace.messages("operators")) == 2)
    told = [message.text for message in workspace.messages("operators")]
    assert "Slack refused On Record's messages from 25 Feb 2031" in told[0]
    assert "Slack takes On Record's messages again." in told[1]


async def test_a_refusal_that_is_told_again_later_puts_off_no_question_whether_slack_knows_us(rig, alert, clock):
    rig.loop.refusal.begins("app_uninstalled", "", clock())
    rig.workspace.revoke_token(None)
    clock.forward(61)
    for code in ("token_revoked", "account_inactive", "app_uninstalled"):
        rig.loop.refusal.begins(code, "", clock())
    await rig.steps(2)
    assert not rig.loop.refusal.unknown
    assert rig.loop.troubles == ()
    assert len(rig.posts) == 1


async def test_the_same_token_that_is_good_again_resumes_it_without_a_start(rig, alert, ledger, clock):
    rig.loop.refusal.begins("app_uninstalled", "", clock())
    rig.workspace.revoke_token("account_inactive")
    await rig.steps(70)
    assert rig.posts == ()
    assert rig.writes == []
    assert rig.loop.refusal.unknown
    rig.workspace.revoke_token(None)
    await rig.steps(70)
    assert len(rig.posts) == 1
    assert rig.loop.troubles == ()
    assert ledger.status().refused == ""


@pytest.mark.parametrize(
    "change",
    [{"team_id": "T0OTHER"}, {"event": {"type": "tokens_revoked", "tokens": {"oauth": ["U0ADA"], "bot": []}}}],
    ids=["another workspace", "the token of a person"],
)
async def test_what_happens_to_others_tokens_stops_nothing(started, change, workspace, ledger, clock):
    side = await started("http")
    own = {"type": "event_callback", "team_id": "T0NEWSROOM", "event": {"type": "app_uninstalled"}}
    url = f"http://127.0.0.1:{side.http_port}/slack/events"
    assert await send_event(url, json.dumps({**own, "event_id": "Ev1", **change}), workspace.signing_secret) == 200
    assert await send_event(url, json.dumps({**own, "event_id": "Ev2"}), workspace.signing_secret) == 200
    await until(lambda: side.delivery.refusal.unknown)
    heard = [event for event in ("Ev1", "Ev2") if not ledger.heard(event, clock())]
    assert heard == ["Ev2"]

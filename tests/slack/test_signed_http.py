"""What Slack did not sign gets 4xx and never reaches a listener."""

from __future__ import annotations

import time

import aiohttp
import pytest
from slack_sdk.signature import SignatureVerifier

from bot.slack import SlackSide, Tokens
from bot.slack.signed_http import PATH
from config.schema import Config, Settings, SlackSettings

SECRET = "secret"
BODY = "command=%2Frecord&text=help&user_id=U0ADA&channel_id=C0FACTDESK&team_id=T0NEWSROOM"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
async def url(ledger, workspace, clock):
    slack = SlackSettings(base_url=workspace.base_url, mode="http", http_port=0)
    side = SlackSide(
        ledger=ledger,
        config=Config(settings=Settings(slack=slack)),
        tokens=Tokens(bot=workspace.bot_token, signing=SECRET),
        clock=clock,
    )
    await side.start()
    yield f"http://127.0.0.1:{side.http_port}{PATH}"
    await side.stop()


async def send(url, body=BODY, *, timestamp=None, signature=None, kind=FORM):
    stamp = str(int(time.time())) if timestamp is None else timestamp
    readable = body if isinstance(body, str) else ""
    signed = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=readable)
    headers = {"X-Slack-Request-Timestamp": stamp, "Content-Type": kind}
    if signature != "":
        headers["X-Slack-Signature"] = signed if signature is None else signature
    data = body if isinstance(body, bytes) else body.encode()
    async with aiohttp.ClientSession() as session, session.post(url, data=data, headers=headers) as answer:
        return answer.status


async def test_a_signed_command_is_taken(url):
    assert await send(url) == 200


@pytest.mark.parametrize("timestamp", ["abc", "", "1e3", "9" * 400, "-1", "1 2", "１２３", "ten minutes ago"])
async def test_an_odd_or_old_timestamp_is_refused(url, timestamp):
    stamp = str(int(time.time()) - 600) if timestamp == "ten minutes ago" else timestamp
    assert 400 <= await send(url, timestamp=stamp) < 500


@pytest.mark.parametrize("signature", ["", "v0=", "v0=" + "0" * 64, "v0=é" + "0" * 63, "v1=" + "0" * 64, "x" * 5000])
async def test_a_wrong_signature_is_refused(url, signature):
    assert 400 <= await send(url, signature=signature) < 500


async def test_a_body_of_ten_megabytes_is_refused(url):
    assert await send(url, "x" * 10 * 1024 * 1024) == 413


async def test_bytes_that_are_no_text_are_refused(url):
    assert await send(url, b"\xff\xfe\xfd") == 400


@pytest.mark.parametrize("body", ["{", "payload={", "payload=%7B%22type%22%3A"])
async def test_a_signed_body_that_cannot_be_read_is_refused(url, body):
    assert 400 <= await send(url, body, kind="application/json" if body == "{" else FORM) < 500


async def test_other_paths_and_methods_are_not_there(url):
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as answer:
            assert answer.status == 405
        async with session.post(url + "/other") as answer:
            assert answer.status == 404

"""What Slack did not sign gets 4xx and never reaches a listener."""

from __future__ import annotations

import asyncio
import time
from urllib.parse import urlencode, urlsplit

import aiohttp
import pytest
from slack_sdk.signature import SignatureVerifier

from bot.signed import PATH, TEAM
from bot.slack import SlackSide, Tokens
from config.schema import Config
from config.settings import Settings, SlackSettings

SECRET = "secret"
BODY = "command=%2Frecord&text=help&user_id=U0ADA&channel_id=C0FACTDESK&team_id=T0NEWSROOM"
CHUNK = b"20000\r\n" + b"x" * 0x20000 + b"\r\n"
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


async def send(url, body=BODY, *, timestamp=None, signature=None, kind=FORM, team=None):
    stamp = str(int(time.time())) if timestamp is None else timestamp
    readable = body if isinstance(body, str) else ""
    signed = SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=readable)
    headers = {"X-Slack-Request-Timestamp": stamp, "Content-Type": kind}
    if signature != "":
        headers["X-Slack-Signature"] = signed if signature is None else signature
    if team is not None:
        headers[TEAM] = team
    data = body if isinstance(body, bytes) else body.encode()
    async with aiohttp.ClientSession() as session, session.post(url, data=data, headers=headers) as answer:
        return answer.status


async def test_a_signed_command_is_taken(url):
    assert await send(url) == 200


async def test_slack_may_make_sure_of_the_address_before_it_is_saved(url):
    assert await send(url, "ssl_check=1&token=x") == 200
    body = '{"type": "url_verification", "token": "x", "challenge": "3eZbrw1a"}'
    stamp = str(int(time.time()))
    headers = {
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": SignatureVerifier(SECRET).generate_signature(timestamp=stamp, body=body) or "",
        "Content-Type": "application/json",
    }
    async with aiohttp.ClientSession() as session, session.post(url, data=body, headers=headers) as answer:
        assert (answer.status, "3eZbrw1a" in await answer.text()) == (200, True)


TIMESTAMPS = ("abc", "", "1e3", "9" * 400, "-1", "1 2", "１２３")
SIGNATURES = ("", "v0=", "v0=" + "0" * 64, "v0=é" + "0" * 63, "v1=" + "0" * 64, "x" * 5000)


async def test_an_odd_timestamp_or_a_wrong_signature_is_refused(url):
    answered = {stamp: await send(url, timestamp=stamp) for stamp in TIMESTAMPS}
    answered |= {signature: await send(url, signature=signature) for signature in SIGNATURES}
    assert {how: status for how, status in answered.items() if not 400 <= status < 500} == {}


async def test_a_request_that_is_too_old_or_of_the_future_is_refused(url):
    now = int(time.time())
    assert [await send(url, timestamp=str(now + seconds)) for seconds in (-600, -301, 310, 600)] == [401] * 4


async def test_a_body_of_ten_megabytes_is_refused(url):
    assert await send(url, "x" * 10 * 1024 * 1024) == 413


async def test_a_body_that_is_too_long_is_refused_before_it_is_there(url):
    address = urlsplit(url)
    for framing, sent in (("Content-Length: 10485760", b""), ("Transfer-Encoding: chunked", 9 * CHUNK)):
        reader, writer = await asyncio.open_connection(address.hostname, address.port)
        writer.write(f"POST {PATH} HTTP/1.1\r\nHost: here\r\n{framing}\r\n\r\n".encode() + sent)  # and never the end
        async with asyncio.timeout(10):
            assert (await reader.readline()).startswith(b"HTTP/1.1 413 "), framing
        writer.close()


async def test_bytes_that_are_no_text_are_refused(url):
    assert await send(url, b"\xff\xfe\xfd") == 400


async def test_a_signed_body_that_cannot_be_read_is_refused(url):
    for body, kind in (("{", "application/json"), ("payload={", FORM), ("payload=%7B%22type%22%3A", FORM)):
        assert 400 <= await send(url, body, kind=kind) < 500, body


async def test_other_paths_and_methods_are_not_there(url):
    async with aiohttp.ClientSession() as session:
        async with session.get(url) as answer:
            assert answer.status == 405
        async with session.post(url + "/other") as answer:
            assert answer.status == 404


async def test_a_request_that_is_sent_again_writes_once(url, alert, ledger, workspace):
    words = {
        "command": "/record",
        "text": f"note {alert.number} Seen it",
        "user_id": "U0ADA",
        "channel_id": "C0FACTDESK",
    }
    body = urlencode({**words, "team_id": "T0NEWSROOM", "trigger_id": "1.a"})
    stamp = str(int(time.time()))
    assert [await send(url, body, timestamp=stamp) for _ in range(3)] == [200, 200, 200]
    await workspace.wait_for(lambda: bool(workspace.ephemerals("ada")))
    assert await send(url, body.replace("1.a", "1.b"), timestamp=stamp) == 200  # the same, typed again
    await workspace.wait_for(lambda: len(workspace.ephemerals("ada")) == 2)
    assert [one.remark for one in ledger.audit(alert.number)] == ["Seen it", "Seen it"]


async def test_a_request_signed_before_the_start_is_refused_for_it_may_have_been_heard_then(url):
    assert await send(url, timestamp=str(int(time.time()) - 60)) == 401

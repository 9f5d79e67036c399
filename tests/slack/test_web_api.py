"""What came of a call is a clear yes, a clear no, or doubt; and an answer finds its person."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.blocks import answers
from bot.slack.web_api.calls import Doubt, Refused, Sent, classify, wait_named
from bot.slack.web_api.client import is_local, is_slacks, web_client, webhook
from bot.slack.web_api.pace import Pace
from bot.slack.web_api.reply import reply

NOW = datetime(2031, 2, 25, 13, 7, tzinfo=UTC)


def answered(data, status=200, **headers):
    return AsyncSlackResponse(
        client=None, http_verb="POST", api_url="", req_args={}, data=data, headers=headers, status_code=status
    )


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (answered({"ok": True, "channel": "C1", "ts": "1.2"}), Sent(channel="C1", ts="1.2")),
        (answered({"ok": True}), Doubt(reason="accepted without a place")),
        (answered({"ok": False, "error": "is_archived"}), Refused(code="is_archived")),
        (
            answered({"ok": False, "error": "missing_scope", "needed": "chat:write"}),
            Refused(code="missing_scope", detail="needs chat:write"),
        ),
        (answered({"ok": False, "error": "internal_error"}), Doubt(reason="internal_error")),
        (answered({"ok": False, "error": "request_timeout"}), Doubt(reason="request_timeout")),
        (answered({"ok": False}), Doubt(reason="an answer without a verdict")),
        (answered({}), Doubt(reason="an answer without a verdict")),
        (answered([]), Doubt(reason="HTTP 200")),
        (answered("<html>"), Doubt(reason="HTTP 200")),
        (answered({"ok": False, "error": "is_archived"}, 503), Doubt(reason="HTTP 503")),
        (
            answered({"ok": False, "error": "ratelimited"}, 429, **{"Retry-After": "7"}),
            Refused(code="ratelimited", wait=7.0),
        ),
        (answered({}, 429), Refused(code="ratelimited", wait=30.0)),
        (object(), Doubt(reason="an answer that is not Slack's")),
    ],
)
def test_an_answer_means_yes_no_or_doubt(answer, outcome):
    assert classify(answer) == outcome


@pytest.mark.parametrize(
    ("named", "seconds"),
    [
        ("1", 1.0),
        ("999999", 3600.0),
        ("Tue, 25 Feb 2031 13:08:00 GMT", 60.0),
        ("Tue, 25 Feb 2031 13:00:00 GMT", 1.0),
        ("-5", 30.0),
        ("1e3", 30.0),
        ("٣", 30.0),
        ("", 30.0),
        ("9" * 400, 30.0),
        (["5"], 5.0),
    ],
)
def test_retry_after_is_read_whatever_it_holds(named, seconds):
    assert wait_named({"retry-after": named}, NOW) == seconds


def test_a_wait_ends_and_the_longer_of_two_counts():
    pace = Pace()
    pace.hold("C1", NOW, 30)
    pace.hold("C1", NOW, 1)
    assert pace.waits("C1", NOW + timedelta(seconds=29))
    assert not pace.waits("C1", NOW + timedelta(seconds=30))
    assert not pace.waits("C2", NOW)


def test_who_waits_no_longer_is_forgotten_and_who_does_is_not():
    pace = Pace()
    pace.hold("C1", NOW, 30)
    for number in range(5000):
        pace.hold(f"doubt:{number}", NOW + timedelta(milliseconds=number), 0.001)
    assert len(pace) <= 1001
    assert pace.waits("C1", NOW + timedelta(seconds=6))


def test_a_clock_set_back_ends_a_wait():
    pace = Pace()
    pace.hold("C1", NOW, 30)
    assert not pace.waits("C1", NOW - timedelta(hours=1))


def test_clients_try_once_and_leave_the_proxy_aside_on_this_machine(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://proxy.example:3128")
    local, remote = web_client("t", "http://127.0.0.1:1/api/"), web_client("t", "https://slack.com/api/")
    assert (local.retry_handlers, local.proxy, remote.proxy) == ([], None, "http://proxy.example:3128")
    assert (webhook("http://127.0.0.1:1/r").retry_handlers, webhook("http://127.0.0.1:1/r").proxy) == ([], None)


@pytest.mark.parametrize(
    ("url", "local"),
    [
        ("http://127.0.0.1:8/", True),
        ("http://[::1]/", True),
        ("http://localhost/", True),
        ("https://slack.com/", False),
    ],
)
def test_loopback_is_known(url, local):
    assert is_local(url) is local


@pytest.mark.parametrize("response_url", ["response/expired", None], ids=["expired", "absent"])
async def test_an_answer_whose_response_url_is_dead_comes_as_an_ephemeral_message(workspace, response_url):
    client = web_client(workspace.bot_token, workspace.base_url)
    body = {"channel_id": "C0FACTDESK", "user_id": "U0ADA"}
    if response_url:
        body["response_url"] = workspace.page_url + response_url
    assert await reply(client, body, answers.told("a notice"))
    (message,) = workspace.ephemerals("ada")
    assert "a notice" in str(message.blocks)


async def test_an_answer_that_reaches_nobody_says_so(workspace):
    client = web_client("xoxb-wrong", workspace.base_url)
    assert not await reply(client, {"channel": {"id": "C0FACTDESK"}, "user": {"id": "U0ADA"}}, answers.told("a notice"))
    assert not await reply(client, {}, answers.told("a notice"))


@pytest.mark.parametrize(
    ("url", "base_url", "slacks"),
    [
        ("https://hooks.slack.com/commands/T1/2/x", "https://slack.com/api/", True),
        ("https://files.slack.com/upload/v1/x", "https://slack.com/api/", True),
        ("https://hooks.slack-gov.com/x", "https://slack-gov.com/api/", True),
        ("https://hooks.slack.com/x", "https://relay.example/api/", True),
        ("https://relay.example/x", "https://relay.example/api/", True),
        ("http://127.0.0.1:9/x", "http://127.0.0.1:8/api/", True),
        ("http://hooks.slack.com/x", "https://slack.com/api/", False),
        ("https://hooks.slack.com.evil.example/x", "https://slack.com/api/", False),
        ("https://evilslack.com/x", "https://slack.com/api/", False),
        ("https://hooks.slack.com@evil.example/x", "https://slack.com/api/", False),
        ("https://169.254.169.254/x", "https://slack.com/api/", False),
        ("http://127.0.0.1/x", "https://slack.com/api/", False),
        ("https://hooks.slack.com/x", "http://127.0.0.1:8/api/", False),
        ("", "https://slack.com/api/", False),
        ("https://[", "https://slack.com/api/", False),
    ],
)
def test_answers_go_to_slack_and_nowhere_else(url, base_url, slacks):
    assert is_slacks(url, base_url) is slacks


async def test_a_response_url_that_is_not_slacks_gets_nothing_and_the_answer_comes_otherwise(workspace, caplog):
    client = web_client(workspace.bot_token, workspace.base_url)
    body = {"response_url": "https://hooks.example/x", "channel_id": "C0FACTDESK", "user_id": "U0ADA"}
    assert await reply(client, body, answers.told("a notice"))
    assert len(workspace.ephemerals("ada")) == 1
    assert "not Slack's" in caplog.text

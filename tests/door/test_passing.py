"""Each request goes as it came to the process of its workspace, and to no other; what is down is said so."""

from __future__ import annotations

import asyncio
import json
import time
from urllib.parse import urlencode

import aiohttp
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.signature import SignatureVerifier
from town import NORTH, SIGNING, SOUTH, behind, post

from bot.door.passing import _team
from bot.installed import ended
from bot.signed import NotSlacks, opened

FORM = "application/x-www-form-urlencoded"
COMMAND = {"command": "/record", "text": "who payload", "user_id": "U0ADA", "channel_id": "C1", "team_id": NORTH}
LONG = b'{"response_action": "update", "view": "' + b"x" * 500_000 + b'"}'
SHAPES = {
    "a command": (urlencode(COMMAND), FORM),
    "a button": (urlencode({"payload": json.dumps({"type": "block_actions", "team": {"id": NORTH}})}), FORM),
    "a button in a shared channel": (
        urlencode(
            {"payload": json.dumps({"type": "block_actions", "team": {"id": NORTH}, "user": {"team_id": SOUTH}})}
        ),
        FORM,
    ),
    "a form": (
        urlencode({"payload": json.dumps({"type": "view_submission", "team": {"id": NORTH}, "view": {}})}),
        FORM,
    ),
    "a form opened in a shared channel": (
        urlencode({"payload": json.dumps({"team": {"id": SOUTH}, "view": {"app_installed_team_id": NORTH}})}),
        FORM,
    ),
    "an event": (
        json.dumps({"type": "event_callback", "team_id": NORTH, "event": {"type": "app_mention"}}),
        "application/json",
    ),
    "an event of a shared channel": (
        json.dumps({"type": "event_callback", "team_id": SOUTH, "authorizations": [{"team_id": NORTH}], "event": {}}),
        "application/json",
    ),
}


@pytest.fixture
async def url(town, process):
    await town.open_door(behind(NORTH, process.url), behind(SOUTH), patience=0.3)
    return town.address + "/slack/events"


@pytest.mark.parametrize(("body", "kind"), SHAPES.values(), ids=SHAPES)
async def test_a_request_arrives_as_it_was_sent_and_the_answer_goes_back(url, process, body, kind):
    more = {"X-Slack-Retry-Num": "1", "X-Slack-Retry-Reason": "http_timeout", "X-On-Record-Team": SOUTH}
    status, text = await post(url, body, kind, headers=more)
    assert (status, json.loads(text)["text"]) == (200, "on record")
    ((raw, headers),) = process.requests
    assert raw == body.encode()
    assert headers["Content-Type"] == kind
    assert headers["X-Slack-Retry-Num"] == "1"
    assert headers.getall("X-On-Record-Team") == [NORTH]
    assert opened(raw, headers, SignatureVerifier(SIGNING))


@pytest.mark.parametrize("status", [200, 404, 500])
async def test_the_answer_of_the_process_is_given_on_with_its_status(url, process, status):
    process.answer = lambda: web.Response(status=status, text="{}", content_type="application/json")
    assert await post(url, *SHAPES["a form"]) == (status, "{}")


async def test_a_long_answer_that_comes_in_pieces_is_given_on_whole(url, process):
    process.answer = lambda: web.Response(body=LONG)
    assert await post(url, *SHAPES["a form"]) == (200, LONG.decode())


async def test_what_slack_did_not_sign_reaches_nobody(url, process):
    body, kind = SHAPES["a command"]
    assert (await post(url, body, kind, secret="another"))[0] == 401
    assert (await post(url, body, kind, at=time.time() - 600))[0] == 401
    assert (await post(url, body, kind, headers={"X-Slack-Signature": "v0=x"}))[0] == 401
    assert (await post(url, b"\xff", kind))[0] == 400
    assert (await post(url, "ssl_check=1&token=x", FORM, secret="another"))[0] == 401
    assert (await post(url, '{"type": "url_verification", "challenge": "x"}', secret="another"))[0] == 401
    assert (await post(url, b"x" * 2_000_000, kind))[0] == 413
    assert process.requests == []


@pytest.mark.parametrize(
    "body",
    [
        '{"team": 5}',
        '{"authorizations": {"a": 1}}',
        '{"type": "block_actions", "message": [1]}',
        "[]",
        "{",
        '{"team": {"id": ["T"]}}',
    ],
)
async def test_a_signed_body_of_another_shape_breaks_nothing(url, process, body):
    assert (await post(url, body))[0] in {400, 404}
    assert process.requests == []


async def test_what_slack_asks_of_the_address_itself_is_answered_here(url, process):
    assert await post(url, '{"type": "url_verification", "challenge": "abc"}') == (200, "abc")
    assert await post(url, "ssl_check=1&token=x", FORM) == (200, "")
    async with aiohttp.ClientSession() as session:
        async with session.get(url, params={"ssl_check": "1"}) as answer:
            assert answer.status == 200
        async with session.get(url) as answer:
            assert answer.status == 405
    assert process.requests == []


async def test_a_process_that_is_down_is_said_to_the_person_and_an_event_comes_again(town, caplog):
    await town.open_door(behind(NORTH, "http://127.0.0.1:9"))
    url = town.address + "/slack/events"
    status, text = await post(url, *SHAPES["a command"])
    assert (status, json.loads(text)["response_type"]) == (200, "ephemeral")
    assert "Nothing was done" in json.loads(text)["text"]
    for shape in ("a button", "a form", "an event"):
        assert (await post(url, *SHAPES[shape]))[0] == 503
    said = [line for line in caplog.messages if "cannot be reached" in line]
    assert said == ["T0NORTH: its process at http://127.0.0.1:9 cannot be reached (ConnectionRefusedError)"]


async def test_a_process_that_is_slow_is_waited_for_no_longer_than_slack_waits(url, process):
    async def never():
        await asyncio.Event().wait()

    process.answer = never
    status, text = await post(url, *SHAPES["a command"])
    assert (status, "may still do what you asked" in json.loads(text)["text"]) == (200, True)
    assert (await post(url, *SHAPES["an event"]))[0] == 504


async def test_a_process_that_breaks_off_may_have_done_what_was_asked(url, process, caplog):
    process.breaks = True
    status, text = await post(url, *SHAPES["a command"])
    assert (status, "may still do what you asked" in json.loads(text)["text"]) == (200, True)
    assert (await post(url, *SHAPES["an event"]))[0] == 502
    assert "broke off (ServerDisconnectedError)" in caplog.text
    assert len(process.requests) == 2


async def test_a_workspace_without_a_process_is_told_so_and_its_events_are_not_sent_again(url, process, caplog):
    for team in (SOUTH, "T0STRANGER"):
        status, text = await post(url, urlencode({**COMMAND, "team_id": team}), FORM)
        assert (status, "no service for this workspace" in json.loads(text)["text"]) == (200, True)
        assert (await post(url, json.dumps({"type": "event_callback", "team_id": team, "event": {}})))[0] == 200
        assert (await post(url, urlencode({"payload": json.dumps({"team": {"id": team}})}), FORM))[0] == 404
    assert process.requests == []
    assert sum("has no process here" in line for line in caplog.messages) == 2


async def test_a_process_that_serves_another_workspace_is_found_out(url, process, caplog):
    process.answer = lambda: web.Response(status=421)
    status, text = await post(url, *SHAPES["a command"])
    assert (status, "is not running" in json.loads(text)["text"]) == (200, True)
    assert "serves another workspace" in caplog.text


@pytest.mark.parametrize(
    ("event", "after", "left"),
    [
        ({"type": "app_uninstalled"}, 1, "the app was uninstalled"),
        ({"type": "tokens_revoked", "tokens": {"oauth": [], "bot": ["U0ONRECORD"]}}, 1, "its token was revoked"),
        ({"type": "tokens_revoked", "tokens": {"oauth": ["U0ADA"], "bot": []}}, 1, ""),
        ({"type": "app_uninstalled"}, -300, ""),  # of the installation before, told late
        ({"type": "app_mention"}, 1, ""),
    ],
)
async def test_an_end_is_written_down_and_passed_on(town, process, event, after, left):
    await town.open_door(behind(NORTH, process.url))
    await town.install(NORTH)
    at = int(town.installations.find(NORTH).installed_at) + after
    body = {"type": "event_callback", "team_id": NORTH, "event": event, "event_time": at}
    assert (await post(town.address + "/slack/events", json.dumps(body)))[0] == 200
    assert ended(town.installations.find(NORTH)).partition(" on ")[0] == left
    assert len(process.requests) == 1


@pytest.mark.parametrize("at", [None, "soon", 1e300, [1]])
async def test_an_end_of_no_known_time_and_of_no_known_workspace_breaks_nothing(url, town, at):
    await town.install(NORTH)
    for team in (NORTH, "T0STRANGER", "", "../x"):
        body = {"type": "event_callback", "team_id": team, "event": {"type": "app_uninstalled"}, "event_time": at}
        assert (await post(url, json.dumps(body)))[0] == 200
    assert town.installations.token(NORTH)


PARTS = st.sampled_from(
    ["type", "team", "team_id", "view", "authorizations", "event", "user", "message", "id", "response_urls"]
)
BODIES = st.dictionaries(
    PARTS,
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.sampled_from([NORTH, "", "block_actions"]),
        lambda inner: st.lists(inner, max_size=2) | st.dictionaries(PARTS, inner, max_size=3),
        max_leaves=8,
    ),
    max_size=4,
)


@given(BODIES)
def test_the_workspace_of_any_signed_body_is_a_word_or_the_body_is_refused(body):
    try:
        assert isinstance(_team(body), str)
    except NotSlacks:
        with pytest.raises((ValueError, TypeError, LookupError, AttributeError)):
            AsyncBoltRequest(body=body, mode="socket_mode")

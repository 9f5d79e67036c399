"""Planted faults spoil exactly the calls they are meant for."""

from __future__ import annotations

import asyncio
import json
import time
from contextlib import suppress

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Settings, Workspace
from bot.workspace.faults import Fault

POST = {"channel": "C0FACTDESK", "text": "once", "metadata": {"event_type": "alert", "event_payload": {"key": "k"}}}


async def found(client):
    """Return the keys in the metadata of the history."""
    answer = await client.conversations_history(channel="C0FACTDESK", include_all_metadata=True)
    return [message["metadata"]["event_payload"]["key"] for message in answer["messages"]]


async def test_a_stored_post_whose_answer_is_lost_is_stored_exactly_once(workspace, client):
    fault = workspace.inject("chat.postMessage", drop=True, after_commit=True)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(**POST)
    assert fault.hits == 1
    assert await found(client) == ["k"]


async def test_the_default_client_of_slack_sdk_posts_twice_when_the_answer_is_lost(workspace):
    """This is why the bot posts without the connection-error retry; the workspace makes the mistake visible."""
    workspace.inject("chat.postMessage", drop=True, after_commit=True)
    careless = AsyncWebClient(token=workspace.bot_token, base_url=workspace.base_url)
    assert (await careless.chat_postMessage(**POST))["ok"]
    assert await found(careless) == ["k", "k"]


async def test_a_dropped_connection_before_the_commit_stores_nothing(workspace, client):
    workspace.inject("chat.postMessage", drop=True)
    with pytest.raises(aiohttp.ClientError):
        await client.chat_postMessage(**POST)
    assert workspace.messages("fact-desk") == ()


@pytest.mark.parametrize("after_commit", [False, True])
async def test_an_error_of_the_server_comes_with_and_without_the_post_stored(workspace, client, after_commit):
    workspace.inject("chat.postMessage", status=500, after_commit=after_commit)
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(**POST)
    assert len(workspace.messages("fact-desk")) == int(after_commit)


async def test_an_injected_429_says_when_to_come_back(workspace, client):
    workspace.inject("chat.postMessage", status=429, retry_after=7)
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(**POST)
    assert caught.value.response.headers["Retry-After"] == "7"
    assert caught.value.response["error"] == "ratelimited"
    assert workspace.messages("fact-desk") == ()


async def test_an_injected_error_code_reaches_the_caller(workspace, client):
    workspace.inject("chat.postMessage", error="account_inactive")
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(**POST)
    assert caught.value.response["error"] == "account_inactive"
    assert (await client.chat_postMessage(**POST))["ok"]


async def test_a_cut_answer_after_the_commit_leaves_the_post_stored(workspace, client):
    workspace.inject("chat.postMessage", malformed=True, after_commit=True)
    with pytest.raises((SlackApiError, ValueError)):
        await client.chat_postMessage(**POST)
    assert len(workspace.messages("fact-desk")) == 1


async def test_an_answer_that_never_comes_meets_the_callers_own_deadline(workspace, client):
    workspace.inject("chat.postMessage", hang=True, after_commit=True)
    call = asyncio.create_task(client.chat_postMessage(**POST))
    await workspace.wait_for(lambda: bool(workspace.messages("fact-desk")))
    assert not call.done()
    call.cancel()
    with pytest.raises(asyncio.CancelledError):
        await call


async def test_a_fault_hits_as_often_as_it_was_planted_and_only_its_method(workspace, client):
    fault = workspace.inject("chat.postMessage", error="internal_error", times=2)
    for _ in range(2):
        with pytest.raises(SlackApiError):
            await client.chat_postMessage(**POST)
    assert (await client.auth_test())["ok"]
    assert (await client.chat_postMessage(**POST))["ok"]
    assert fault.hits == 2
    assert [call.fault for call in workspace.calls] == ["internal_error", "internal_error", None, None]


async def raw(workspace, **request):
    """Post without slack_sdk and return status and body as they came."""
    headers = {"Authorization": f"Bearer {workspace.bot_token}"}
    async with (
        aiohttp.ClientSession(headers=headers) as session,
        session.post(workspace.base_url + "chat.postMessage", json=POST, **request) as answer,
    ):
        return answer.status, await answer.read()


@pytest.mark.parametrize(
    ("kind", "met"),
    [
        ("drop", aiohttp.ServerDisconnectedError),  # closed in good order, without an answer
        ("reset", aiohttp.ClientOSError),  # "connection reset by peer"
        ("cut", aiohttp.ClientPayloadError),  # half of an answer
    ],
)
async def test_a_broken_connection_is_met_in_the_way_in_which_it_broke(workspace, client, kind, met):
    workspace.inject("chat.postMessage", after_commit=True, **{kind: True})
    with pytest.raises(met):
        await raw(workspace)
    assert await found(client) == ["k"]


@pytest.mark.parametrize(
    ("kind", "starts"), [("html", b"<!doctype html>"), ("empty", b""), ("malformed", b'{"ok": true')]
)
async def test_an_answer_that_is_none_comes_with_status_200(workspace, client, kind, starts):
    workspace.inject("chat.postMessage", after_commit=True, **{kind: True})
    status, body = await raw(workspace)
    assert status == 200
    assert (body == starts) if not starts else body.startswith(starts)
    with pytest.raises(ValueError, match=r".*"):
        json.loads(body)
    assert await found(client) == ["k"]


async def test_a_drip_is_the_true_answer_byte_by_byte(workspace):
    workspace.inject("chat.postMessage", drip=0.001)
    began = time.monotonic()
    status, body = await raw(workspace)
    assert (status, json.loads(body)["ok"]) == (200, True)
    assert time.monotonic() - began > len(body) * 0.001


async def test_a_call_that_is_taken_up_late_comes_to_nothing_when_the_caller_has_gone(workspace, client):
    workspace.inject("chat.postMessage", delay=0.2)
    with suppress(TimeoutError):
        await raw(workspace, timeout=aiohttp.ClientTimeout(total=0.05))
    await asyncio.sleep(0.3)
    assert workspace.messages("fact-desk") == ()
    workspace.inject("chat.postMessage", delay=0.05)
    assert (await client.chat_postMessage(**POST))["ok"]


async def test_an_answer_may_come_late_to_what_took_effect_at_once(workspace):
    workspace.inject("chat.postMessage", delay=30, after_commit=True)
    with pytest.raises(TimeoutError):
        await raw(workspace, timeout=aiohttp.ClientTimeout(total=0.1))
    assert len(workspace.messages("fact-desk")) == 1


async def test_a_call_may_take_effect_long_after_its_caller_gave_up(workspace, watch):
    """This is why doubt is settled only after a while: the post in flight is not in the history yet."""
    workspace.inject("chat.postMessage", late=20)
    with pytest.raises(TimeoutError):
        await raw(workspace, timeout=aiohttp.ClientTimeout(total=0.1))
    watch.advance(19)
    await asyncio.sleep(0.05)
    assert workspace.messages("fact-desk") == ()
    watch.advance(1)
    await workspace.wait_for(lambda: len(workspace.messages("fact-desk")) == 1)


async def test_retry_after_may_be_a_date_absurd_or_missing(workspace, client):
    for sent, came in (("Tue, 25 Feb 2031 13:10:00 GMT",) * 2, ("soon", "soon"), ("", None), (None, "1")):
        workspace.inject("chat.postMessage", status=429, retry_after=sent)
        with pytest.raises(SlackApiError) as caught:
            await client.chat_postMessage(**POST)
        assert caught.value.response.headers.get("Retry-After") == came


async def test_bad_weather_hits_the_calls_that_it_is_drawn_for(workspace, client):
    drawn = iter([None, Fault(error="internal_error"), None])
    workspace.weather(lambda method: next(drawn) if method == "chat.postMessage" else None)
    assert (await client.chat_postMessage(**POST))["ok"]
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(**POST)
    assert (await client.auth_test())["ok"]
    assert (await client.chat_postMessage(**POST))["ok"]
    workspace.clear_faults()
    assert (await client.chat_postMessage(**POST))["ok"], "fine weather again"


async def test_a_workspace_out_of_reach_refuses_every_call_and_comes_back_at_its_address(workspace, client):
    before = workspace.base_url
    async with aiohttp.ClientSession() as session:
        ticket = (await client.apps_connections_open(app_token=workspace.app_token))["url"]
        async with session.ws_connect(ticket) as socket:
            assert (await socket.receive_json())["type"] == "hello"
            await workspace.unplug()
            assert (await socket.receive()).type in {aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR}
    with pytest.raises(aiohttp.ClientConnectorError):
        await client.chat_postMessage(**POST)
    await workspace.plug_in()
    assert workspace.base_url == before
    assert (await client.chat_postMessage(**POST))["ok"]


async def test_a_restricted_channel_and_a_token_may_be_mended(workspace, client):
    async def code():
        try:
            return (await client.chat_postMessage(**POST))["ok"]
        except SlackApiError as error:
            return error.response["error"]

    workspace.restrict("fact-desk")
    assert await code() == "restricted_action"
    workspace.restrict("fact-desk", restricted=False)
    workspace.archive("fact-desk")
    assert await code() == "is_archived"
    workspace.archive("fact-desk", archived=False)
    workspace.revoke_token("token_expired")
    assert await code() == "token_expired"
    workspace.revoke_token(None)
    assert await code() is True


async def test_replies_lag_behind_as_the_history_does(watch):
    async with Workspace(Settings(clock=watch, history_lag=5)) as place:
        client = AsyncWebClient(token=place.bot_token, base_url=place.base_url)
        ts = (await client.chat_postMessage(channel="C0FACTDESK", text="parent"))["ts"]
        await client.chat_postMessage(channel="C0FACTDESK", text="reply", thread_ts=ts)
        before = await client.conversations_replies(channel="C0FACTDESK", ts=ts)
        watch.advance(6)
        after = await client.conversations_replies(channel="C0FACTDESK", ts=ts)
    assert (len(before["messages"]), len(after["messages"])) == (1, 2)

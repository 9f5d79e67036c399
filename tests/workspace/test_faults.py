"""Planted faults spoil exactly the calls they are meant for."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

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

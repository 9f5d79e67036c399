"""The sockets behave as Slack's: single-use addresses, one receiver per envelope, disconnects."""

from __future__ import annotations

import asyncio

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.workspace import Settings, Workspace


@pytest.fixture
async def session():
    async with aiohttp.ClientSession() as session:
        yield session


async def address(place):
    client = AsyncWebClient(token=place.app_token, base_url=place.base_url)
    return (await client.apps_connections_open(app_token=place.app_token))["url"]


async def connect(place, session, **options):
    socket = await session.ws_connect(await address(place), **options)
    return socket, await socket.receive_json()


async def test_the_greeting_counts_the_connections(workspace, session):
    one, first = await connect(workspace, session)
    two, second = await connect(workspace, session)
    assert (first["type"], first["num_connections"], second["num_connections"]) == ("hello", 1, 2)
    assert workspace.connections == 2
    await one.close()
    await two.close()
    await workspace.wait_for(lambda: workspace.connections == 0)


async def test_an_address_works_once(workspace, session):
    url = await address(workspace)
    kept = await session.ws_connect(url)
    with pytest.raises(aiohttp.WSServerHandshakeError) as caught:
        await session.ws_connect(url)
    assert caught.value.status == 403
    assert not kept.closed


async def test_an_envelope_goes_to_one_connection_and_its_acknowledgement_is_the_answer(workspace, session):
    sockets = [(await connect(workspace, session))[0] for _ in range(3)]
    acting = asyncio.create_task(workspace.slash("ada", "fact-desk", "help"))
    reading = [asyncio.create_task(socket.receive_json()) for socket in sockets]
    done, waiting = await asyncio.wait(reading, return_when=asyncio.FIRST_COMPLETED)
    (got,) = done
    envelope = got.result()
    assert (envelope["type"], envelope["accepts_response_payload"]) == ("slash_commands", True)
    for task in waiting:
        task.cancel()
    receiver = sockets[reading.index(got)]
    await receiver.send_json({"envelope_id": "not this one", "payload": {"text": "wrong"}})
    await receiver.send_str("no JSON at all")
    await receiver.send_json({"envelope_id": envelope["envelope_id"], "payload": {"text": "right"}})
    assert (await acting).text == "right"


async def test_pings_are_answered(workspace, session):
    socket, _ = await connect(workspace, session, autoping=False)
    await socket.ping(b"sdk-ping-pong:1")
    frame = await socket.receive()
    assert (frame.type, bytes(frame.data)) == (aiohttp.WSMsgType.PONG, b"sdk-ping-pong:1")


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "too_many_websockets", "link_disabled"])
async def test_a_disconnect_is_announced_on_every_connection_with_its_reason(workspace, session, reason):
    sockets = [(await connect(workspace, session))[0] for _ in range(2)]
    await workspace.socket_mode.refresh(reason)
    for socket in sockets:
        frame = await socket.receive_json()
        assert (frame["type"], frame["reason"]) == ("disconnect", reason)


async def test_a_reset_ends_the_connection_without_a_word(workspace, session):
    socket, _ = await connect(workspace, session)
    workspace.socket_mode.kill()
    frame = await socket.receive()
    assert frame.type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)
    await workspace.wait_for(lambda: workspace.connections == 0)


async def test_a_reset_may_befall_one_connection_of_two(workspace, session):
    one, _ = await connect(workspace, session)
    other, _ = await connect(workspace, session)
    workspace.socket_mode.kill(most=1)
    assert (await one.receive()).type in (aiohttp.WSMsgType.CLOSED, aiohttp.WSMsgType.ERROR)
    await workspace.wait_for(lambda: workspace.connections == 1)
    assert not other.closed


async def test_one_connection_too_many_is_refused(session):
    async with Workspace(Settings(most_connections=1)) as place:
        kept, _ = await connect(place, session)
        refused, frame = await connect(place, session)
        assert (frame["type"], frame["reason"]) == ("disconnect", "too_many_websockets")
        assert (place.connections, kept.closed) == (1, False)
        await refused.close()


async def test_stopping_closes_the_connections_and_frees_the_port(session):
    place = Workspace()
    await place.start()
    socket, _ = await connect(place, session)
    port = place.page_url.split(":")[-1].strip("/")
    await asyncio.gather(place.stop(), socket.receive())
    again = Workspace()
    await again.start(int(port))
    assert port in again.page_url
    await again.stop()
    await again.stop()

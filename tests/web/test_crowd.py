"""However many pages are asked for, and however slow they are, alerts are posted meanwhile."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from threading import Event

import aiohttp
import pytest
from archive_story import config
from pages_served import served
from strait_story import NOW

from bot.slack import DeliveryLoop
from bot.slack.blocks import Desk
from bot.slack.web_api.client import web_client
from bot.web.threads import AT_ONCE, WAITING, Crowded, Threads
from config.settings import SlackSettings

KINDS = ("/", "/a/OR-1002", "/replay", "/api/v1/alerts/OR-1001/proof", "/api/v1/sources")


async def test_alerts_are_posted_while_more_slow_pages_are_asked_for_than_the_service_has_threads(
    archive, ledger, workspace
):
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(8))
    readable = Event()
    slow = replace(archive, running=lambda: (readable.wait(), config())[1])
    taken, turned_away = AT_ONCE + WAITING, 40

    async with served(slow) as base, aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def ask(path: str) -> aiohttp.ClientResponse:
            async with session.get(base + path) as answer:
                await answer.read()
                return answer

        asked = [asyncio.create_task(ask(KINDS[number % 5])) for number in range(taken + turned_away)]
        try:
            async with asyncio.timeout(60):
                refused = []
                for answered in asyncio.as_completed(asked):
                    refused.append(await answered)
                    if len(refused) == turned_away:  # so that all the others are held
                        break
                loop = DeliveryLoop(
                    ledger=ledger,
                    client=web_client(workspace.bot_token, workspace.base_url),
                    settings=SlackSettings(base_url=workspace.base_url),
                    desk=Desk.of(config()),
                    clock=lambda: NOW,
                )
                await loop.step(NOW)
            assert len(workspace.messages("C0FACTDESK")) == 1, "an alert was posted while they were held"
            assert sum(not one.done() for one in asked) == taken
        finally:
            readable.set()
        answers = await asyncio.gather(*asked)
    assert {(one.status, one.headers["Retry-After"]) for one in refused} == {(503, "5")}
    kinds = {one.headers["Content-Type"].partition(";")[0] for one in refused}
    assert kinds <= {"text/html", "application/problem+json"}
    assert sorted(one.status for one in answers) == [200] * taken + [503] * turned_away


async def test_a_place_is_taken_until_the_look_up_ends_though_whoever_asked_has_left():
    threads, begun, readable = Threads(1, 1), Event(), Event()
    first = asyncio.create_task(threads.run(lambda: (begun.set(), readable.wait())))
    second = asyncio.create_task(threads.run(readable.wait))
    await asyncio.to_thread(begun.wait)
    first.cancel()
    with pytest.raises(asyncio.CancelledError):
        await first
    with pytest.raises(Crowded):
        await threads.run(readable.wait)
    readable.set()
    assert await second
    assert await threads.run(str, 1) == "1"


async def test_a_stranger_with_a_forged_link_takes_no_place_from_anybody(archive):
    readable = Event()
    crowded = replace(archive, threads=Threads(1, 0))
    held = asyncio.create_task(crowded.threads.run(readable.wait))
    try:
        async with served(crowded) as base, aiohttp.ClientSession() as session:
            async with session.get(f"{base}/shared/forged") as answer:
                assert answer.status == 404
            async with session.get(f"{base}/people") as answer:
                assert answer.status == 503
    finally:
        readable.set()
    assert await held

"""What is in hand at once is bounded, in number and in size, and whoever waits for it is not called slow."""

from __future__ import annotations

import asyncio

import pytest
import pytest_asyncio
from aiohttp import web
from loopback import got

from config.schema import Feed
from config.settings import Fetching
from watchers.body import SMALL
from watchers.errors import TooSlow
from watchers.fetch import LARGE, Downloader
from watchers.watcher import Watcher

pytestmark = pytest.mark.asyncio(loop_scope="session")

# ruff: noqa: PLR0917 - pytest hands fixtures over by name


async def test_however_many_doubtful_ones_stay_silent_another_is_served(site) -> None:
    begun = asyncio.Event()

    async def silent(_):
        begun.set()
        await asyncio.Event().wait()

    silence, fine = site.handle("/silent", silent), site.put("/fine", "ok")
    downloader = Downloader(Fetching(deadline_seconds=30), overall=2, per_host=5)
    waiting = [asyncio.create_task(got(downloader, silence, allow=[site.place], doubtful=True)) for _ in range(4)]
    await begun.wait()
    assert (await got(downloader, fine, allow=[site.place])).body == b"ok"
    for task in waiting:
        task.cancel()
    await asyncio.gather(*waiting, return_exceptions=True)
    await downloader.close()


async def test_an_answer_holds_its_slot_until_it_was_read(site) -> None:
    url = site.put("/feed", "ok")
    downloader = Downloader(Fetching(), overall=1)
    async with downloader.get(url, allow=[site.place]):
        next_one = asyncio.create_task(got(downloader, url, allow=[site.place]))
        await asyncio.wait({next_one}, timeout=0.1)
        assert (next_one.done(), len(site.asked)) == (False, 1)
    assert (await next_one).body == b"ok"
    await downloader.close()


async def test_what_is_handed_over_may_wait_for_a_slot_longer_than_for_its_answer(site) -> None:
    url = site.put("/feed", "ok")
    downloader = Downloader(Fetching(deadline_seconds=0.5), overall=1)
    async with downloader.get(url, allow=[site.place]):
        told = asyncio.create_task(downloader.ask(url, {}, content=b"told", allow=[site.place]))
        await asyncio.wait({told}, timeout=0.7)
    assert await told == b"ok"
    await downloader.close()


async def test_a_redirect_holds_no_slot_of_the_one_before(site) -> None:
    site.put("/new", "news")
    downloader = Downloader(Fetching(), overall=1)
    assert (await got(downloader, site.put("/old", status=301, location="/new"), allow=[site.place])).body == b"news"
    await downloader.close()


async def test_a_feed_holds_no_slot_while_its_pages_are_read(site, record, make, parser, settings, now) -> None:
    desk, downloader = make.desk(record), Downloader(Fetching(), overall=1)
    site.put("/One", make.page("One"))
    site.put("/feed", make.rss(make.item("One", guid="1", link=site.url("/One"))))
    feed = Feed(id="wire", name="Harbour Wire", url=site.url("/feed"), allow=(site.place,))
    watcher = Watcher(feed=feed, settings=settings, record=record, receive=desk, downloader=downloader, parser=parser)
    state = await watcher.poll(now)
    assert (desk.titles, state.reason) == (["One"], "")
    await downloader.close()


# Large bodies: with this cap two may be in hand


@pytest.fixture
def large(site) -> str:
    return site.put("/large", bytes(SMALL + 1))


@pytest_asyncio.fixture(loop_scope="session")
async def roomy():
    opened = Downloader(Fetching(max_bytes=LARGE // 2, deadline_seconds=1), per_host=10)
    yield opened
    await opened.close()


async def waits(answer: asyncio.Task) -> bool:
    """Whether an answer is not there after a while."""
    await asyncio.wait({answer}, timeout=0.1)
    return not answer.done()


async def test_a_large_body_waits_for_another_to_be_read_and_a_small_one_does_not(site, roomy, large) -> None:
    small = site.put("/small", bytes(SMALL))
    async with roomy.get(large, allow=[site.place]):
        async with roomy.get(large, allow=[site.place]):
            third = asyncio.create_task(got(roomy, large, allow=[site.place]))
            assert await waits(third)
            assert site.hits("/large") == 3
            assert len((await got(roomy, small, allow=[site.place])).body) == SMALL
        assert len((await third).body) == SMALL + 1


async def test_what_inflates_to_a_large_body_is_one(site, roomy, large, make) -> None:
    small = site.put("/small", make.gzipped(bytes(SMALL)), content_encoding="gzip")
    packed = site.put("/packed", make.gzipped(bytes(SMALL + 1)), content_encoding="gzip")
    async with roomy.get(large, allow=[site.place]), roomy.get(large, allow=[site.place]):
        assert len((await got(roomy, small, allow=[site.place])).body) == SMALL
        third = asyncio.create_task(got(roomy, packed, allow=[site.place]))
        assert await waits(third)
    assert len((await third).body) == SMALL + 1


async def test_waiting_for_room_does_not_use_up_the_deadline(site, roomy, large) -> None:
    async with roomy.get(large, allow=[site.place]), roomy.get(large, allow=[site.place]):
        third = asyncio.create_task(got(roomy, large, allow=[site.place]))
        await asyncio.wait({third}, timeout=1.2)
    assert len((await third).body) == SMALL + 1


async def test_a_large_body_that_drips_ends_at_the_deadline_and_gives_its_room_back(site, roomy, large) -> None:
    async def drips(request):
        answer = web.StreamResponse()
        await answer.prepare(request)
        await answer.write(bytes(SMALL))
        while True:
            await answer.write(b"x")
            await asyncio.sleep(0.02)

    url = site.handle("/drips", drips)
    ended = await asyncio.gather(*(got(roomy, url, allow=[site.place]) for _ in range(2)), return_exceptions=True)
    assert [type(one) for one in ended] == [TooSlow, TooSlow]
    assert len((await got(roomy, large, allow=[site.place])).body) == SMALL + 1


async def test_however_many_large_ones_are_doubtful_another_has_room(site, roomy, large) -> None:
    async with roomy.get(large, allow=[site.place], doubtful=True):
        second = asyncio.create_task(got(roomy, large, allow=[site.place], doubtful=True))
        assert await waits(second)
        assert len((await got(roomy, large, allow=[site.place])).body) == SMALL + 1
    await second

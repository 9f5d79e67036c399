"""Feeds are polled at their interval and when their back-off ends, and stopping is clean."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from aiohttp import web

from config.schema import Feed
from config.settings import Settings
from watchers.model import FeedState
from watchers.schedule import Schedule, apart
from watchers.watcher import Watcher

pytestmark = pytest.mark.asyncio(loop_scope="session")

# ruff: noqa: PLR0917 - pytest hands fixtures over by name


@pytest.fixture
def watch(site, record, make, downloader, parser, settings):
    def build(desk, path: str = "/feed", settings: Settings = settings, **changes) -> Watcher:
        options = {"id": path.strip("/"), "name": "Wire", "url": site.url(path), "allow": (site.place,), **changes}
        return Watcher(
            feed=Feed(**options), settings=settings, record=record, receive=desk, downloader=downloader, parser=parser
        )

    return build


async def seen(site, path: str, times: int) -> None:
    """Until the path was asked for so many times."""
    async with asyncio.timeout(10):
        while site.hits(path) < times:  # noqa: ASYNC110 - the site is the clock here
            await asyncio.sleep(0.01)


async def test_every_feed_is_polled_soon_after_the_start(site, record, make, watch, settings) -> None:
    desk = make.desk(record)
    for path in ("/a", "/b"):
        site.put(path, make.rss(make.item(path, content=make.story(path))))
    schedule = Schedule([watch(desk, "/a"), watch(desk, "/b"), watch(desk, "/c", enabled=False)], settings.polling)
    schedule.start()
    await seen(site, "/a", 1)
    await seen(site, "/b", 1)
    await schedule.stop()
    assert (sorted(desk.titles), site.hits("/c")) == (["/a", "/b"], 0)


@pytest.mark.parametrize(("feeds", "within"), [(0, 0), (10, 2.5), (2_000, 60), (6_000, 60), (20_000, 200), (100_000, 600)])  # fmt: skip
async def test_first_polls_are_spread_over_a_minute_and_very_many_over_their_interval(
    feeds: int, within: float
) -> None:
    """So that a hundred thousand are not due in the same minute for ever."""
    assert abs(feeds * apart(feeds, timedelta(minutes=10)).total_seconds() - within) < 0.5


async def test_the_next_poll_is_planned_from_the_beginning_of_this_one_however_long_it_takes(
    site, record, make, watch, settings
) -> None:
    asked: list[datetime] = []
    noon, polled = datetime(2025, 3, 3, 12, tzinfo=UTC), asyncio.Event()

    async def slow(_):
        asked.append(datetime.now(UTC))
        polled.set()
        return web.Response(status=429, headers={"Retry-After": "3600"})

    site.handle("/feed", slow)
    schedule = Schedule([watch(make.desk(record))], settings.polling, clock=lambda: noon)
    schedule.start()
    await asyncio.wait_for(polled.wait(), 10)
    (task,) = schedule._running
    await task
    (job,) = schedule._scheduler.get_jobs()
    assert job.next_run_time - (record.states["feed"].next_at - noon) <= asked[0]
    await schedule.stop()


async def test_a_poll_that_outlasts_the_wait_for_the_next_is_followed_by_it_at_once(
    site, record, make, watch, settings
) -> None:
    """What is due while a poll runs is passed over by the scheduler, until the usual interval is over."""
    blink = timedelta(microseconds=6)
    polling = settings.polling.model_copy(update={"fastest_minutes": blink / timedelta(minutes=1)})
    today = datetime.now(UTC)
    record.states["feed"] = FeedState(feed="feed", polled_at=today - blink, next_at=today, seeded=True)
    site.put("/feed", make.rss())
    watcher = watch(make.desk(record), settings=settings.model_copy(update={"polling": polling}))
    schedule = Schedule([watcher], polling)
    schedule.start()
    await seen(site, "/feed", 2)
    await schedule.stop()
    assert schedule.intervals == {"feed": timedelta(minutes=5)}


async def test_a_feed_is_polled_again_at_its_interval(site, record, make, watch, settings) -> None:
    site.put("/feed", make.rss())
    schedule = Schedule([watch(make.desk(record), every_minutes=0.1 / 60)], settings.polling)
    schedule.start()
    await seen(site, "/feed", 3)
    await schedule.stop()
    count = site.hits("/feed")
    assert record.states["feed"].failures == 0
    assert site.hits("/feed") == count


async def test_jobs_run_in_utc_one_at_a_time_and_late_rather_than_never(record, make, watch, settings) -> None:
    schedule = Schedule([watch(make.desk(record))], settings.polling)
    schedule.start()
    (job,) = schedule._scheduler.get_jobs()
    assert (job.max_instances, job.coalesce, job.misfire_grace_time) == (1, True, None)
    assert job.trigger.interval == timedelta(minutes=5)
    assert job.trigger.timezone == UTC
    await schedule.stop()


async def test_a_failing_feed_is_next_polled_when_its_back_off_ends(site, record, make, watch, settings) -> None:
    polled = asyncio.Event()

    async def fail(_):
        polled.set()
        return web.Response(status=429, headers={"Retry-After": "3600"})

    site.handle("/feed", fail)
    schedule = Schedule([watch(make.desk(record))], settings.polling)
    schedule.start()
    await asyncio.wait_for(polled.wait(), 10)
    (task,) = schedule._running
    await task
    (job,) = schedule._scheduler.get_jobs()
    assert timedelta(minutes=59) < job.next_run_time - datetime.now(UTC) <= timedelta(hours=1)
    await schedule.stop()


async def test_a_fault_of_one_feed_stops_no_other(site, record, make, watch, settings) -> None:
    site.put("/good", make.rss())
    broken = watch(make.desk(record), "/broken")
    broken._polled = None  # whatever a programming error may do
    schedule = Schedule([broken, watch(make.desk(record), "/good")], settings.polling)
    schedule.start()
    await seen(site, "/good", 1)
    await schedule.stop()
    assert "Something unexpected" in record.states["broken"].reason


async def test_stopping_ends_a_poll_under_way_without_saving_half_of_it(site, record, make, watch, settings) -> None:
    begun = asyncio.Event()

    async def hang(_):
        begun.set()
        await asyncio.Event().wait()

    site.handle("/feed", hang)
    schedule = Schedule([watch(make.desk(record))], settings.polling)
    schedule.start()
    await asyncio.wait_for(begun.wait(), 10)
    await schedule.stop(seconds=0.05)
    assert (record.states, schedule._running) == ({}, set())


async def test_stopping_before_or_after_is_harmless(record, make, watch, settings) -> None:
    schedule = Schedule([watch(make.desk(record))], settings.polling)
    await schedule.stop()
    schedule.start()
    await schedule.stop()
    await schedule.stop()


# Changes of the clock


@pytest.mark.parametrize("zone", ["America/New_York", "Europe/London", "Australia/Lord_Howe"])
@pytest.mark.parametrize("around", [datetime(2025, 3, 9), datetime(2025, 3, 30), datetime(2025, 4, 6), datetime(2025, 10, 5), datetime(2025, 10, 26), datetime(2025, 11, 2)])  # fmt: skip
async def test_a_day_has_96_polls_also_when_summer_time_begins_or_ends(
    record, make, watch, settings, monkeypatch, zone, around
) -> None:
    monkeypatch.setenv("TZ", zone)
    time.tzset()
    try:
        schedule = Schedule([], settings.polling)
        schedule._plan(watch(make.desk(record), every_minutes=15), datetime.now(UTC))
        ((job, *_),) = schedule._scheduler._pending_jobs
        begin = around.replace(tzinfo=ZoneInfo(zone)).astimezone(UTC) - timedelta(hours=12)
        polls = [begin]
        while polls[-1] < begin + timedelta(days=2):
            polls.append(job.trigger.get_next_fire_time(polls[-1], polls[-1]))
        assert len(polls) == 2 * 96 + 1
        assert {later - one for one, later in pairwise(polls)} == {timedelta(minutes=15)}
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("moved", [timedelta(hours=-1), timedelta(days=1), timedelta(days=-20000), timedelta(hours=8)])
async def test_a_clock_that_is_set_neither_silences_the_feeds_nor_floods_them(
    record, make, watch, settings, moved
) -> None:
    """Eight hours forward is also what a machine sees that slept."""
    day, tick = datetime(2025, 3, 3, 9, tzinfo=UTC), 100.0
    schedule = Schedule([], settings.polling, clock=lambda: day, ticks=lambda: tick)
    feeds = [watch(make.desk(record), f"/{number}") for number in range(3)]
    for place, feed in enumerate(feeds):
        schedule._plan(feed, day + timedelta(minutes=1 + place))
    day, tick = day + timedelta(seconds=20), tick + 20
    assert schedule.follow_clock() == timedelta()
    day, tick = day + timedelta(seconds=10) + moved, tick + 10
    assert schedule.follow_clock() == moved
    assert schedule.follow_clock() == timedelta()
    left = sorted(job.next_run_time - day for job in schedule._scheduler.get_jobs())
    assert left == [timedelta(seconds=30 + 60 * place) for place in range(3)]

"""A feed that brings news is asked sooner, one that does not later, never beyond what an editor set."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from polled import NOW

from config.schema import Feed
from config.settings import Polling
from watchers import pace
from watchers.model import FeedState
from watchers.watcher import Watcher

LIMITED = Polling(every_minutes=8, fastest_minutes=2, slowest_minutes=30)
BASE = timedelta(minutes=8)


def followed(news: str, now, polling: Polling = LIMITED) -> list[float]:
    """The minutes after each poll of a feed that brings news (n) or none (-)."""
    state, found = FeedState(feed="wire", seeded=True), []
    for letter in news:
        wait = pace.following(state, BASE, polling, news=letter == "n")
        found.append(wait.total_seconds() / 60)
        state = FeedState(feed="wire", seeded=True, polled_at=now, next_at=now + wait)
    return found


def test_news_brings_a_feed_forward_and_silence_puts_it_off_within_the_limits(now) -> None:
    assert followed("nnn", now) == [4, 2, 2]
    assert followed("--------", now)[:2] == [10, 12.5]
    assert followed("--------", now)[-1] == 30
    assert followed("--------nnnn", now)[-4:] == [15, 7.5, 3.75, 2]


@given(st.text("n-", max_size=30))
def test_no_limit_is_ever_passed(news) -> None:
    assert all(2 <= minutes <= 30 for minutes in followed(news, NOW))


def test_one_limit_alone_holds_with_the_usual_interval_as_the_other(now) -> None:
    assert followed("n-", now, Polling(every_minutes=8, slowest_minutes=9)) == [8, 9]
    assert followed("-n", now, Polling(every_minutes=8, fastest_minutes=7)) == [8, 7]


def test_without_limits_the_interval_is_the_usual_one() -> None:
    assert pace.following(FeedState(feed="wire", seeded=True), BASE, Polling(), news=True) is None


def test_the_first_reading_of_a_feed_tells_nothing_of_its_pace() -> None:
    assert pace.following(FeedState(feed="wire"), BASE, LIMITED, news=True) == BASE


def test_a_feed_with_an_interval_of_its_own_is_limited_too() -> None:
    own = Feed(id="a", name="A", url="https://a.example/", every_minutes=60)
    state = FeedState(feed="a", seeded=True)
    assert pace.usual(own, LIMITED) == timedelta(minutes=60)
    assert pace.following(state, pace.usual(own, LIMITED), LIMITED, news=False) == timedelta(minutes=60)
    assert pace.following(state, pace.usual(own, LIMITED), LIMITED, news=True) == timedelta(minutes=30)


@pytest.mark.asyncio(loop_scope="session")
async def test_the_state_of_a_feed_says_when_it_is_asked_next_and_another_watcher_keeps_to_it(  # noqa: PLR0917
    site, make, record, downloader, parser, settings, now
) -> None:
    paced = settings.model_copy(update={"polling": LIMITED})
    feed = Feed(id="wire", name="Wire", url=site.url("/feed"), allow=(site.place,))

    async def run(minutes: float) -> float:
        watcher = Watcher(
            feed=feed, settings=paced, record=record, receive=make.desk(record), downloader=downloader, parser=parser
        )
        state = await watcher.run(now + timedelta(minutes=minutes))
        return (state.next_at - now) / timedelta(minutes=1)

    site.put("/feed", make.rss(make.item("One", content=make.story())))
    assert await run(0) == 8
    assert await run(7) == 8, "it is not due"
    assert site.hits("/feed") == 1
    assert await run(8) == 8 + 10
    site.put("/feed", make.rss(make.item("Two", content=make.story("two")), make.item("One", content=make.story())))
    assert await run(18) == 18 + 5
    site.put("/feed", status=500)
    assert await run(23) == 23 + 8
    site.put("/feed", make.rss(make.item("Two", content=make.story("two"))))
    assert await run(31) == 31 + 10

"""States are kept at once where they say something new of a feed, and together a little later after usual polls."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import replace
from datetime import timedelta

import pytest

from config.schema import Feed
from watchers.errors import NotOnRecord
from watchers.model import FeedState
from watchers.states import MOST_SEEN, Gathered
from watchers.watcher import Watcher

pytestmark = pytest.mark.asyncio(loop_scope="session")

# ruff: noqa: PLR0917 - pytest hands fixtures over by name
LATER = timedelta(minutes=5)


@pytest.fixture
def read(now):
    return FeedState(feed="wire", etag='"1"', body_hash="0123:abc", polled_at=now, good_at=now, seeded=True)


def polled(state: FeedState, times: int = 1) -> FeedState:
    assert state.polled_at is not None
    return replace(state, polled_at=state.polled_at + times * LATER, good_at=state.polled_at + times * LATER)


async def test_what_usual_polls_leave_is_on_record_a_little_later_in_one_step(record, read) -> None:
    steps = []
    record.save_polls = steps.append
    states = Gathered(record, wait=0)
    other = replace(read, feed="other")
    await states.save(read, polled(read))
    await states.save(other, polled(other))
    news = replace(polled(read, 2), etag='"2"', body_hash="0123:def")
    await states.save(polled(read), news, "of its document")
    await states.save(news, polled(news))
    assert (await states.of("wire"), steps) == (polled(news), [])
    await asyncio.wait_for(asyncio.shield(states._soon), 5)
    assert steps == [((read, polled(news), "of its document"), (other, polled(other), None))]


async def test_what_is_held_back_of_a_document_is_on_record_with_the_failure_that_follows(record, read) -> None:
    states = Gathered(record)
    await states.save(read, polled(read), "of its document")
    await states.save(polled(read), replace(polled(read, 2), failures=1, reason="status 503"))
    assert (record.states["wire"].failures, record.documents) == (1, {"wire": "of its document"})


async def test_a_long_document_that_is_held_back_is_remembered(record, read) -> None:
    states = Gathered(record)
    await states.save(read, polled(read), "long " * MOST_SEEN)
    assert (await states.seen("wire"), record.documents) == ("long " * MOST_SEEN, {})


async def test_what_is_remembered_of_a_document_is_asked_for_once_it_is_long_or_forgotten(record, read) -> None:
    asked = []
    record.feed_seen = lambda feed: asked.append(feed) or "on record"
    states = Gathered(record)
    record.save_feed_state(read)
    assert (await states.seen("wire"), asked) == ("on record", ["wire"])
    await states.save(read, polled(read), "short")
    assert (await states.seen("wire"), asked) == ("short", ["wire"])
    await states.save(polled(read), polled(read, 2), "long " * MOST_SEEN)
    await states.write()
    assert (await states.seen("wire"), asked) == ("on record", ["wire"] * 2)
    await states.save(polled(read, 2), polled(read, 3), "short")
    states.forget("wire")
    assert (await states.seen("wire"), asked) == ("on record", ["wire"] * 3)


async def test_what_the_record_did_not_take_of_a_document_is_not_remembered(record, read) -> None:
    states = Gathered(record)
    await states.save(read, polled(read), "before")

    def refuse(*_given: object) -> None:
        raise NotOnRecord("ledger", "full")

    record.save_feed_state = refuse
    with pytest.raises(NotOnRecord):
        await states.save(polled(read), replace(polled(read, 2), lost=1), "after")
    assert await states.seen("wire") == "before"


@pytest.mark.parametrize(
    "change",
    [
        {"failures": 1, "reason": "status 503"}, {"paused": True}, {"moved_to": "https://wire.example/new"},
        {"lost": 1},
    ],
    ids=str,
)  # fmt: skip
async def test_what_is_new_is_on_record_at_once(record, read, change) -> None:
    states = Gathered(record)
    after = replace(polled(read), **change)
    await states.save(read, after)
    assert record.states == {"wire": after}


async def test_a_first_poll_is_on_record_at_once(record, read) -> None:
    """Whoever loses that takes what comes after it for what was there before."""
    states = Gathered(record)
    await states.save(FeedState(feed="wire"), read, "remembered")
    assert (record.states, record.documents) == ({"wire": read}, {"wire": "remembered"})


async def test_what_was_held_back_never_takes_the_place_of_what_came_after_it(record, read) -> None:
    states = Gathered(record)
    record.save_feed_state(read)
    await states.save(read, polled(read))
    record.save_feed_state(FeedState(feed="wire"))  # it was removed and added: it begins anew
    await states.close()
    assert record.states == {"wire": FeedState(feed="wire")}
    failed = replace(polled(read, 2), failures=1, reason="status 503")
    await states.save(read, polled(read))
    await states.save(polled(read), failed)
    await states.close()
    assert record.states == {"wire": failed}


async def test_usual_polls_wait_for_a_record_that_takes_nothing(record, read, caplog) -> None:
    states = Gathered(record)
    record.save_feed_state(read)

    def full(_):
        raise NotOnRecord("ledger", "the disk is full")

    takes, record.save_polls = record.save_polls, full
    await states.save(read, polled(read))
    await states.write()
    await states.write()
    assert caplog.text.count("the disk is full") == 1
    record.save_polls = takes
    await states.save(polled(read), polled(read, 2))
    await states.close()
    assert record.states == {"wire": polled(read, 2)}


async def test_what_is_being_written_when_it_ends_is_on_record_when_it_has_ended(record, read) -> None:
    """Behind it the record is closed, and what comes then is lost."""
    states = Gathered(record, wait=0)
    record.save_feed_state(read)
    begun, free = asyncio.Event(), threading.Event()
    loop, takes = asyncio.get_running_loop(), record.save_polls

    def slow(polls):
        loop.call_soon_threadsafe(begun.set)
        assert free.wait(10)
        takes(polls)

    record.save_polls = slow
    await states.save(read, polled(read))
    await asyncio.wait_for(begun.wait(), 10)
    closing = asyncio.create_task(states.close())
    done, _ = await asyncio.wait([closing], timeout=0.01)
    free.set()
    await asyncio.wait_for(closing, 10)
    assert (done, record.states) == (set(), {"wire": polled(read)})


async def test_polls_that_end_while_others_are_written_follow_them(record, read) -> None:
    """The one goes on from what is being written; the other from a state that was stored between."""
    states = Gathered(record)
    other = replace(read, feed="other")
    loop, takes, news = asyncio.get_running_loop(), record.save_polls, replace(polled(other, 2), lost=1)

    async def polled_meanwhile() -> None:
        await states.save(polled(read), polled(read, 2))
        await states.save(polled(other), news)
        await states.save(news, polled(news))

    def slow(polls):
        takes(polls)
        asyncio.run_coroutine_threadsafe(polled_meanwhile(), loop).result(10)

    record.save_feed_state(read)
    record.save_feed_state(other)
    await states.save(read, polled(read))
    await states.save(other, polled(other))
    record.save_polls = slow
    await states.write()
    assert record.states == {"wire": polled(read), "other": news}
    record.save_polls = takes
    await states.close()
    assert record.states == {"wire": polled(read, 2), "other": polled(news)}


async def test_usual_polls_are_tried_again_though_no_other_comes(record, read) -> None:
    states = Gathered(record, wait=0)
    record.save_feed_state(read)
    takes, fails = record.save_polls, [NotOnRecord("ledger", "the disk is full")]

    def full(polls):
        if fails:
            raise fails.pop()
        takes(polls)

    record.save_polls = full
    await states.save(read, polled(read))
    await asyncio.wait_for(asyncio.shield(states._soon), 5)
    assert record.states == {"wire": polled(read)}


async def test_what_is_on_record_though_nobody_heard_of_it_is_followed_by_later_polls(record, read) -> None:
    """A server that is lost while it answers may have kept what it was given."""
    states = Gathered(record)
    record.save_feed_state(read)
    takes = record.save_polls

    def lost(polls):
        takes(polls)
        raise NotOnRecord("ledger", "the connection was lost")

    await states.save(read, polled(read), "first")
    record.save_polls = lost
    await states.write()
    await states.save(polled(read), polled(read, 2), "second")
    await states.write()
    record.save_polls = takes
    await states.save(polled(read, 2), polled(read, 3), "third")
    await states.write()
    assert (record.states, record.documents) == ({"wire": polled(read, 3)}, {"wire": "third"})


async def test_a_feed_without_news_asks_nothing_of_the_record(site, record, make, downloader, parser, settings, now):
    site.put("/feed", make.rss(make.item("One", guid="1", content=make.story("One"))), etag='"1"')
    states = Gathered(record)
    feed = Feed(id="wire", name="Harbour Wire", url=site.url("/feed"), allow=(site.place,))
    watcher = Watcher(
        feed=feed,
        settings=settings,
        record=record,
        receive=make.desk(record),
        downloader=downloader,
        parser=parser,
        states=states,
    )
    first = await watcher.poll(now)
    site.put("/feed", status=304)
    record.feed_state = record.feed_seen = record.known = record.save_feed_state = None  # whoever asks, fails
    second = await watcher.poll(now + LATER)
    await states.close()
    assert (second.polled_at, record.states) == (now + LATER, {"wire": second})
    assert second == replace(first, polled_at=now + LATER, good_at=now + LATER)
    states.forget("wire")
    with pytest.raises(TypeError):
        await states.of("wire")

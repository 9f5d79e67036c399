"""What a poll met decides what is remembered, without reading a clock."""

from __future__ import annotations

from datetime import timedelta

import pytest

from watchers import state
from watchers.answer import Response
from watchers.errors import Gone, Refused, TooSlow
from watchers.model import FeedState

URL = "http://news.example/feed"
MINUTES = timedelta(minutes=5)


@pytest.fixture
def good(now) -> FeedState:
    response = Response(status=200, url=URL, body=b"x", headers={"etag": '"1"'}, moved_to="http://news.example/new")
    return state.read(FeedState(feed="wire"), URL, response, now, complete=True)


def failed(before, error, now):
    return state.failed(before, URL, error, now, MINUTES)


def test_a_good_poll_leaves_validators_and_no_reason(good, now) -> None:
    assert (good.etag, good.failures, good.reason, good.next_at, good.seeded) == ('"1"', 0, "", None, True)
    assert (good.polled_at, good.good_at, good.moved_to) == (now, now, "http://news.example/new")
    assert good.body_hash == state.digest(URL, Response(status=200, url=URL, body=b"x"))


def test_an_incomplete_poll_leaves_nothing_that_would_hide_the_document(now) -> None:
    response = Response(status=200, url=URL, body=b"x", headers={"etag": '"1"'})
    after = state.read(FeedState(feed="wire"), URL, response, now, complete=False)
    assert (after.etag, after.last_modified) == (None, None)
    assert after.body_hash != state.digest(URL, Response(status=200, url=URL, body=b"x"))


def test_backing_off_doubles_to_six_hours(good, now) -> None:
    waits = []
    after = good
    for _ in range(12):
        after = failed(after, TooSlow(URL), now)
        waits.append((after.next_at - now) / MINUTES)
    assert waits == [1, 2, 4, 8, 16, 32, 64, 72, 72, 72, 72, 72]
    assert after.failures == 12


def test_a_failure_keeps_what_the_good_poll_left_and_says_why(good, now) -> None:
    after = failed(good, Refused(URL, status=404), now + MINUTES)
    assert (after.etag, after.body_hash, after.good_at, after.seeded) == (good.etag, good.body_hash, now, True)
    assert (
        after.reason
        == "The server refused: status 404, there is nothing at this address. Check the address in a browser."
    )


@pytest.mark.parametrize(("asked", "minutes"), [(0, 5), (600, 10), (3600, 60), (1e12, 24 * 60)])
def test_retry_after_is_honoured_up_to_a_day(good, now, asked, minutes) -> None:
    after = failed(good, Refused(URL, status=429, retry_after=asked), now)
    assert after.next_at - now == timedelta(minutes=minutes)


def test_gone_pauses_until_the_address_changes(good, now) -> None:
    after = failed(good, Gone(URL), now)
    assert after.paused
    assert not state.due(after, now + timedelta(days=365))
    assert state.of_address(after, URL) == after
    assert state.of_address(after, "http://news.example/other") == FeedState(feed="wire")


def test_a_feed_that_never_worked_is_paused_alike(now) -> None:
    after = failed(FeedState(feed="wire"), Gone(URL), now)
    assert state.of_address(after, URL).paused
    assert not state.of_address(after, "http://news.example/other").paused


def test_a_feed_is_due_when_its_back_off_ends(good, now) -> None:
    after = failed(failed(good, TooSlow(URL), now), TooSlow(URL), now)
    assert not state.due(after, now + timedelta(minutes=9))
    assert state.due(after, now + timedelta(minutes=10))
    assert state.due(good, now)


def test_a_clock_set_back_silences_no_feed(good, now) -> None:
    after = failed(good, TooSlow(URL), now)
    assert state.due(after, now - timedelta(days=1))


def test_a_document_to_be_read_again_is_asked_for_whole_at_the_same_address(good, now) -> None:
    anew = state.unread(good)
    assert (anew.etag, anew.last_modified, anew.seeded) == (None, None, good.seeded)
    assert anew.body_hash != good.body_hash
    assert state.of_address(anew, URL) == anew
    assert state.unread(FeedState(feed="wire")) == FeedState(feed="wire")


def test_success_clears_the_failures(good, now) -> None:
    after = state.unchanged(failed(good, TooSlow(URL), now), Response(status=304, url=URL), now)
    assert (after.failures, after.reason, after.next_at, after.etag) == (0, "", None, '"1"')

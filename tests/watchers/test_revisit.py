"""An article is read again when its feed changes what it says of it, and not too often."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from config.settings import Polling
from watchers import revisit
from watchers.model import Entry, Look

HOUR = timedelta(hours=1)
POLLING = Polling(reread_days=2, reread_minutes=30, reread_most=3)


@pytest.fixture
def look(now) -> Look:
    return Look(mark="old", at=now, since=now)


def entry(mark: str, **changes) -> Entry:
    values = {"feed": "wire", "keys": ("k",), "title": "t", "url": None, "published": None, "summary": "", "full": True}
    return Entry(**{**values, "mark": mark, **changes})


def test_what_is_seen_first_is_noted(now) -> None:
    assert revisit.step(entry("old"), None, POLLING, now) == "note"
    assert revisit.first(entry("old"), now) == Look(mark="old", at=now, since=now)


def test_only_a_changed_entry_is_read_again(now, look) -> None:
    assert revisit.step(entry("old"), look, POLLING, now + HOUR) == "leave"
    assert revisit.step(entry("new"), look, POLLING, now + HOUR) == "read"


@pytest.mark.parametrize("minutes", [-29, 0, 29])
def test_an_article_just_read_rests_whichever_way_the_clock_was_set(now, look, minutes) -> None:
    assert revisit.step(entry("new"), look, POLLING, now + timedelta(minutes=minutes)) == "wait"


def test_what_changes_all_the_time_is_followed_for_all_its_days(now, look) -> None:
    polling = Polling()
    minutes = []
    for minute in range(4 * 24 * 60):
        moment = now + timedelta(minutes=minute)
        if revisit.step(entry(f"new {minute}"), look, polling, moment) == "read":
            look = revisit.again(look, f"new {minute}", moment)
            minutes.append(minute)
    assert minutes[:3] == [15, 38, 72]
    assert len(minutes) == polling.reread_most
    assert minutes[-1] > 60 * 60
    tireless = Polling(reread_most=1000, reread_minutes=10_080, reread_days=365)
    assert revisit.step(entry("new"), replace(look, times=999), tireless, now + timedelta(days=99)) == "wait"


def test_after_the_days_it_is_left(now, look) -> None:
    late = now + timedelta(days=2, seconds=1)
    assert revisit.step(entry("new"), look, POLLING, late) == "leave"
    old = entry("new", published=now - timedelta(days=3))
    assert revisit.step(old, look, POLLING, now + HOUR) == "leave"
    dated_ahead = entry("new", published=late)
    assert revisit.step(dated_ahead, look, POLLING, late) == "leave"
    off = POLLING.model_copy(update={"reread_days": 0})
    assert revisit.step(entry("new"), look, off, now + HOUR) == "leave"


def test_it_is_read_again_so_many_times_and_no_more(now, look) -> None:
    for times in range(3):
        assert revisit.step(entry(f"new {times}"), look, POLLING, now + (times + 1) * 2 * HOUR) == "read"
        look = revisit.again(look, f"new {times}", now + (times + 1) * 2 * HOUR)
    assert (look.times, look.since) == (3, now)
    assert revisit.step(entry("newest"), look, POLLING, now + 9 * HOUR) == "leave"
    assert revisit.step(entry("newest"), replace(look, times=2), POLLING, now + 9 * HOUR) == "read"

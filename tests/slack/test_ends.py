"""“for 2h”, “until 18:00”, “until Friday”: an end is understood in the zone of whoever names it, or refused in words."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.slack.commands.audiences import audience_of
from bot.slack.commands.ends import LONGEST, BadEnd, Ended, ended

NOW = datetime(2031, 2, 25, 13, 7, tzinfo=UTC)  # a Tuesday; 08:07 in New York
NEW_YORK = "America/New_York"


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "words", "until"),
    [
        ("tolls for 2h", "tolls", NOW + timedelta(hours=2)),
        ("tolls for 2 hours", "tolls", NOW + timedelta(hours=2)),
        ("tolls 90m", "tolls", NOW + timedelta(minutes=90)),
        ("tolls for 1.5 h", "tolls", NOW + timedelta(minutes=90)),
        ("tolls for half an hour", "tolls", NOW + timedelta(minutes=30)),
        ("the port tolls for an hour", "the port tolls", NOW + timedelta(hours=1)),
        ("tolls for the next 3 days", "tolls", NOW + timedelta(days=3)),
        ("tolls for a week", "tolls", NOW + timedelta(days=7)),
        ("tolls until 18:00", "tolls", utc(2031, 2, 25, 23)),
        ("tolls till 6pm", "tolls", utc(2031, 2, 25, 23)),
        ("tolls until 8:00", "tolls", utc(2031, 2, 26, 13)),  # it is past eight already
        ("tolls until 18:00 Europe/London", "tolls", utc(2031, 2, 25, 18)),
        ("tolls until Friday", "tolls", utc(2031, 2, 28, 5)),
        ("tolls until tue", "tolls", utc(2031, 3, 4, 5)),  # today is one
        ("tolls until friday 9am", "tolls", utc(2031, 2, 28, 14)),
        ("tolls until friday at 9 am london", "tolls", utc(2031, 2, 28, 9)),
        ("tolls until tomorrow", "tolls", utc(2031, 2, 26, 5)),
        ("tolls until tomorrow noon", "tolls", utc(2031, 2, 26, 17)),
        ("tolls until midnight", "tolls", utc(2031, 2, 26, 5)),
        ("tolls until 2031-03-10", "tolls", utc(2031, 3, 10, 4)),  # the clock has gone forward by then
        ("tolls until 1 March 12:00", "tolls", utc(2031, 3, 1, 17)),
        ("tolls", "tolls", None),
        ("Group of 7", "Group of 7", None),
        ("for 2h", "", NOW + timedelta(hours=2)),
    ],
)
def test_an_end_is_taken_off_the_words_before_it(typed, words, until):
    assert ended(typed, NOW, NEW_YORK) == Ended(words=words, until=until)


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ("tolls until 2031-02-24", "over already"),
        ("tolls until 2031-02-30", "there is no 30.2.2031"),
        ("tolls for 91 days", "within 90 days"),
        ("tolls for 999999 weeks", "within 90 days"),
        ("tolls for 2 years", "within 90 days"),
        ("tolls for ever", "within 90 days"),
        ("tolls for 0h", "over already"),
        ("tolls until", "until when?"),
        ("tolls until the cows come home", "is no time of day"),
        ("tolls until 18:00 Narnia", "is no time zone"),
    ],
)
def test_what_cannot_be_an_end_is_refused_in_words(typed, says):
    with pytest.raises(BadEnd, match=says):
        ended(typed, NOW, NEW_YORK)


ZONES = st.sampled_from([NEW_YORK, "Europe/London", "UTC", "Asia/Kathmandu", "Australia/Lord_Howe"])
MOMENTS = st.datetimes(min_value=datetime(2025, 1, 1), max_value=datetime(2036, 1, 1)).map(
    lambda at: at.replace(tzinfo=UTC)
)
DAYS = st.sampled_from(["monday", "tue", "Friday", "tomorrow", "sunday"])


@given(st.text(max_size=60), MOMENTS, ZONES)
@example("until 31 feb", NOW, "UTC")
@example("x until 29 feb", NOW, "UTC")
@example("for 0.0001m", NOW, "UTC")
@example("until 0001-01-01 1:00", NOW, "Asia/Kathmandu")
@example("until 9999-12-31 23:00", NOW, "America/New_York")
def test_whatever_is_typed_an_end_lies_ahead_and_not_too_far(typed, now, zone):
    with suppress(BadEnd):
        until = ended(typed, now, zone).until
        assert until is None or now < until <= now + LONGEST


@given(st.integers(1, 23), st.integers(0, 59), MOMENTS, ZONES)
def test_a_time_of_day_is_the_next_one_over_either_change_of_the_clock(hour, minute, now, zone):
    until = ended(f"tolls until {hour}:{minute:02d}", now, zone).until
    assert until is not None
    assert now < until <= now + timedelta(hours=26)


@given(DAYS, MOMENTS, ZONES)
def test_a_day_is_the_next_of_its_name(day, now, zone):
    until = ended(f"tolls until {day}", now, zone).until
    assert until is not None
    assert now < until <= now + timedelta(days=7, hours=2)


@pytest.mark.parametrize(
    ("typed", "mine", "expected"),
    [
        ("velden", True, ("U0ADA", True, "velden")),
        ("velden", False, ("C0FACTDESK", False, "velden")),
        ("velden for me", False, ("U0ADA", True, "velden")),
        ("velden here", True, ("C0FACTDESK", False, "velden")),
        ("tolls for 2h just for me", False, ("U0ADA", True, "tolls for 2h")),
        ("here tolls for 2h", True, ("C0FACTDESK", False, "tolls for 2h")),
        ("for this channel tolls", True, ("C0FACTDESK", False, "tolls")),
        ("meadows", False, ("C0FACTDESK", False, "meadows")),
    ],
)
def test_for_whom_is_told_from_the_words(newsroom, ada, typed, mine, expected):
    found = audience_of(newsroom, ada, typed, mine=mine)
    assert (found.id, found.mine, found.words) == expected

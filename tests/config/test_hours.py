"""Times of day in a zone: understood as people write them, and right over both changes of the clock."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from config.hours import BadHours, Daily, Quiet, midnight, moment, time_of, zone_of

LONDON, NEW_YORK = "Europe/London", "America/New_York"
SPRING, AUTUMN = date(2031, 3, 30), date(2031, 10, 26)  # in London
ZONES = st.sampled_from([LONDON, NEW_YORK, "UTC", "Asia/Kathmandu", "Australia/Lord_Howe", "Pacific/Apia"])
TIMES = st.times().map(lambda at: at.replace(second=0, microsecond=0))
MOMENTS = st.datetimes(min_value=datetime(2025, 1, 1), max_value=datetime(2036, 1, 1)).map(
    lambda at: at.replace(tzinfo=UTC)
)


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("22:00-07:00 Europe/London", "22:00-07:00 Europe/London"),
        ("22-7 london", "22:00-07:00 Europe/London"),
        ("22:00 – 07:30 europe/london", "22:00-07:30 Europe/London"),
        ("10pm to 7am new york", "22:00-07:00 America/New_York"),
        ("10 pm until 7 am New_York", "22:00-07:00 America/New_York"),
        ("  22.00-7.00   UTC ", "22:00-07:00 UTC"),
        ("13:00-14:00", "13:00-14:00 Asia/Tokyo"),
    ],
)
def test_quiet_hours_are_understood_as_people_write_them(typed, means):
    assert str(Quiet.parse(typed, "Asia/Tokyo")) == means


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("daily 08:00 Europe/London", "08:00 Europe/London"),
        ("8", "08:00 Asia/Tokyo"),
        ("every day at 8am paris", "08:00 Europe/Paris"),
        ("at 7 pm", "19:00 Asia/Tokyo"),
        ("24:00 utc", "00:00 UTC"),
    ],
)
def test_the_time_of_a_digest_is_understood_as_people_write_it(typed, means):
    assert str(Daily.parse(typed, "Asia/Tokyo")) == means


@pytest.mark.parametrize(
    ("read", "typed", "faults"),
    [
        (Quiet.parse, "25:00-99 Narnia", ("“25:00” is no time", "“99” is no time", "“Narnia” is no time zone")),
        (Quiet.parse, "22:00-07:00", ("the time zone is missing",)),
        (Quiet.parse, "22:00-07:00 Europe/Lodon", ("did you mean Europe/London?",)),
        (Quiet.parse, "07:00-07:00 UTC", ("begin and end at the same time",)),
        (Quiet.parse, "at night", ("is no span of hours",)),
        (Daily.parse, "13pm Narnia", ("“13pm” is no time", "“Narnia” is no time zone")),
        (Daily.parse, "", ("“” is no time", "the time zone is missing")),
    ],
)
def test_every_fault_is_named_at_once(read, typed, faults):
    with pytest.raises(BadHours) as caught:
        read(typed)
    assert [fault for fault in faults if fault not in str(caught.value)] == []


@given(st.text(max_size=40), st.sampled_from([Quiet.parse, Daily.parse, time_of, zone_of]))
@example("22:00-07:00 \x00", Quiet.parse)
def test_anything_typed_is_hours_or_a_fault(typed, read):
    with suppress(BadHours):
        read(typed)


@given(TIMES, TIMES, ZONES)
def test_what_is_stored_is_read_back_as_it_was(start, end, zone):
    assert Daily.parse(str(Daily(at=start, zone=zone))) == Daily(at=start, zone=zone)
    if start != end:
        quiet = Quiet(start=start, end=end, zone=zone)
        assert Quiet.parse(str(quiet)) == quiet


@given(TIMES, TIMES, ZONES, MOMENTS)
def test_quiet_hours_hold_until_they_end_and_not_at_their_end(start, end, zone, now):
    if start == end:
        return
    quiet = Quiet(start=start, end=end, zone=zone)
    until = quiet.until(now)
    if until is not None:
        assert now < until <= now + timedelta(hours=26)
        assert quiet.ended(until).at == until
        assert quiet.ended(now).at <= now


@given(TIMES, ZONES, MOMENTS)
def test_each_local_date_has_its_digest_once(at, zone, now):
    """Asked every ten minutes over four days, whatever the clock does: dates follow each other, none twice."""
    daily = Daily(at=at, zone=zone)
    seen = dict.fromkeys(daily.came(now + timedelta(minutes=10 * step)) for step in range(6 * 24 * 4))
    days = [occasion.day for occasion in seen]
    assert days == sorted(set(days))
    assert len(days) >= 4
    assert all(occasion.at == moment(occasion.day, at, zone) for occasion in seen)


def test_over_the_spring_change_the_night_is_an_hour_shorter():
    quiet = Quiet.parse("22:00-07:00 Europe/London")
    assert quiet.until(utc(2031, 3, 29, 21, 59)) is None
    assert quiet.until(utc(2031, 3, 29, 22)) == utc(2031, 3, 30, 6)
    assert quiet.until(utc(2031, 3, 30, 6)) is None
    assert quiet.until(utc(2031, 3, 30, 21)) == utc(2031, 3, 31, 6)


def test_over_the_autumn_change_the_night_is_an_hour_longer():
    quiet = Quiet.parse("22:00-07:00 Europe/London")
    assert quiet.until(utc(2031, 10, 25, 21)) == utc(2031, 10, 26, 7)
    assert quiet.until(utc(2031, 10, 26, 6, 59)) == utc(2031, 10, 26, 7)
    assert quiet.until(utc(2031, 10, 26, 7)) is None


def test_a_time_that_the_clock_skips_comes_an_hour_later_and_one_that_it_shows_twice_the_first_time():
    assert moment(SPRING, time(1, 30), LONDON) == utc(2031, 3, 30, 1, 30)  # shown as 02:30
    assert moment(AUTUMN, time(1, 30), LONDON) == utc(2031, 10, 26, 0, 30)
    daily = Daily.parse("01:30 Europe/London")
    twice = [daily.came(utc(2031, 10, 26, hour, 45)) for hour in (0, 1, 2)]
    assert {occasion.day for occasion in twice} == {AUTUMN}


def test_the_day_begins_at_local_midnight():
    assert midnight(NEW_YORK, utc(2031, 7, 1, 3)) == utc(2031, 6, 30, 4)
    assert midnight(LONDON, utc(2031, 10, 26, 23, 30)) == utc(2031, 10, 25, 23)

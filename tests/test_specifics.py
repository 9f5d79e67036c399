"""Numbers and times in a text: what they are, and which cannot be the same."""

from __future__ import annotations

import pytest
from growth import ROOM, growth
from hypothesis import given
from hypothesis import strategies as st

from bot.specifics import amounts, times


def number(text):
    (found,) = amounts(text)
    return found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fourteen ferries", "exactly 14 ferries"),
        ("a turnout of 61.8 percent", "about 62 per cent"),
        ("2.4 billion crowns", "more than two billion crowns"),
        ("120 barges", "at least 100 barges"),
        ("five million tonnes", "nearly 5 million tonnes"),
        ("300 sailors", "some 310 sailors"),
        ("within three months", "within twelve weeks"),
        ("two weeks", "14 days"),
        ("twenty-five ships", "25 ships"),
        ("40 crowns", "up to 40 crowns"),
    ],
)
def test_figures_that_may_be_one_number_do_not_differ(one, other):
    assert not number(one).differs(number(other))
    assert not number(other).differs(number(one))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("fourteen ferries", "three ferries"),
        ("a turnout of 61.8 percent", "a turnout of 47 percent"),
        ("2.4 billion crowns", "900 million crowns"),
        ("12 barges", "at least 100 barges"),
        ("300 sailors", "no more than 40 sailors"),
        ("within three months", "two years"),
        ("$3.5bn", "$2 million"),
    ],
)
def test_figures_that_cannot_be_one_number_differ(one, other):
    assert number(one).differs(number(other))
    assert number(other).differs(number(one))


def test_what_is_counted_makes_two_numbers_two_things():
    assert not number("14 ferries").differs(number("three barges"))
    assert not number("6 percent").differs(number("2 ships"))


@pytest.mark.parametrize("text", ["in 2034", "on 1 May", "on May 1", "not 12", "the 4th of July", "at 9 pm"])
def test_years_days_and_hours_are_no_numbers(text):
    assert amounts(text) == ()


def test_a_number_keeps_its_bound_and_what_is_counted():
    assert number("they hold no more than 40 foreign sailors").words == "no more than 40 foreign sailors"


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        ("in 2034", "by 2038", True),
        ("in 2034", "until 2034", False),
        ("on 1 May", "on the first of May", False),
        ("on 1 May", "on May 9", True),
        ("in February", "since March", True),
        ("at night", "by day", True),
        ("in 2034", "on 1 May", False),  # of another grain: nothing to compare
        ("on Monday", "on Thursday", False),  # without its week a weekday says little
        ("next year", "in 2032", False),
        ("last year", "in 2032", True),
    ],
)
def test_times_differ_only_within_one_grain(one, other, differ):
    (left,), (right,) = times(one, 2031), times(other, 2031)
    assert left.differs(right) is differ
    assert right.differs(left) is differ


@pytest.mark.parametrize("text", ["THİS YEAR the span stays open", "before thıs week ends", "on FRİDAY"])
def test_a_letter_that_only_looks_like_one_of_a_time_tells_no_time(text):
    assert times(text, 2034) == ()


def test_may_is_a_month_only_where_it_is_told_as_one():
    assert times("they may come") == ()
    assert [found.grain for found in times("they come in May")] == ["month"]


@given(st.text(max_size=300))
def test_any_text_is_read_without_fault_and_in_its_own_words(text):
    for amount in amounts(text):
        assert amount.words in text
        assert amount.low <= amount.high
    for told in times(text):
        assert told.key


@pytest.mark.parametrize("piece", ["1,", "1 of ", "in the ", "1 hundred ", "last ", "twenty-"])
def test_the_work_on_a_long_text_is_in_proportion_to_its_length(piece):
    assert growth(lambda text: (amounts(text), times(text)), piece, 40_000) < ROOM

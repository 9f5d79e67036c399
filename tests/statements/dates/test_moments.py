from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.statements.dates.moments import moments

TUESDAY = date(2025, 2, 25)


EXPRESSIONS = [
    ("on Monday", date(2025, 2, 24), date(2025, 2, 24)),
    ("on Tuesday", date(2025, 2, 25), date(2025, 2, 25)),
    ("on Wednesday", date(2025, 2, 19), date(2025, 2, 19)),
    ("last Tuesday", date(2025, 2, 18), date(2025, 2, 18)),
    ("on Thursday last week", date(2025, 2, 20), date(2025, 2, 20)),
    ("just last week", date(2025, 2, 17), date(2025, 2, 23)),
    ("yesterday", date(2025, 2, 24), date(2025, 2, 24)),
    ("on Feb. 24", date(2025, 2, 24), date(2025, 2, 24)),
    ("on 24 February 2025", date(2025, 2, 24), date(2025, 2, 24)),
    ("on December 3", date(2024, 12, 3), date(2024, 12, 3)),
    ("Earlier in February", date(2025, 2, 1), date(2025, 2, 25)),
    ("in late 2024", date(2024, 9, 1), date(2024, 12, 31)),
    ("At a 2008 summit", date(2008, 1, 1), date(2008, 12, 31)),
    ("three days ago", date(2025, 2, 22), date(2025, 2, 22)),
    ("this week", date(2025, 2, 24), date(2025, 2, 25)),
    ("earlier this month", date(2025, 2, 1), date(2025, 2, 25)),
    ("earlier in the week", date(2025, 2, 24), date(2025, 2, 25)),
    ("two weeks earlier", date(2025, 2, 8), date(2025, 2, 14)),
    ("the day before", date(2025, 2, 24), date(2025, 2, 24)),
    ("late on Monday", date(2025, 2, 24), date(2025, 2, 24)),
    ("last month", date(2025, 1, 1), date(2025, 1, 31)),
    ("over the weekend", date(2025, 2, 22), date(2025, 2, 23)),
]


@pytest.mark.parametrize(("words", "first", "last"), EXPRESSIONS)
def test_words_become_a_day_or_an_interval(words, first, last):
    [moment] = moments(words, TUESDAY)
    assert (first, last) == (moment.first, moment.last)


@pytest.mark.parametrize(("words", "first", "last"), EXPRESSIONS)
@pytest.mark.parametrize("filler", ["The bridge stays open. ", "İzmir waits. ", " " * 50])
def test_words_mean_the_same_day_wherever_in_a_text_they_stand(words, first, last, filler):
    [moment] = moments(f"{filler * 20}It opened {words}. {filler * 20}", TUESDAY)
    assert (first, last) == (moment.first, moment.last)


@pytest.mark.parametrize(
    "words",
    [
        "until Friday",
        "next Monday",
        "by Feb. 20",
        "on March 3",
        "on Mondays",
        "on Feb. 31",
        "she may go",
        "from Tuesday",
        "by 6 p.m. Tuesday",
        "they will meet on Friday",
        "she is flying there on Sunday",
        "Good Friday",
        "the Sunday Times",
        "the next day",
        "the day before the vote",
        "on Feb. 30",
        "0 May",
        "13/25/2024",
        "on Frıday",
        "FRİDAY",
        "in Aprıl 2024",
    ],
)
def test_the_future_a_habit_and_no_date_give_nothing(words):
    assert moments(words, TUESDAY) == ()


def test_without_a_publication_date_only_full_dates_count():
    assert moments("on Monday, last week, on Feb. 24", None) == ()
    [moment] = moments("on Feb. 24, 2025", None)
    assert moment.first == date(2025, 2, 24)


_WORDS = st.sampled_from(
    [
        "Monday",
        "Feb.",
        "30",
        "0",
        "31",
        "29",
        "February",
        "May",
        "13/25/2024",
        "2024",
        "0000",
        "last",
        "this",
        "week",
        "month",
        "year",
        "ago",
        "earlier",
        "later",
        "the",
        "next",
        "previous",
        "day",
        "days",
        "two",
        "399",
        "999",
        "after",
        "before",
        "in",
        "on",
        "at",
        "mid-",
        "early",
        "weekend",
        "yesterday",
        "that",
        "same",
        "of",
        ",",
        ".",
        "“",
        "”",
    ]
)


@given(
    text=st.lists(_WORDS, max_size=40).map(" ".join) | st.text(max_size=80),
    published=st.none() | st.dates(),
)
def test_no_text_and_no_day_of_publication_raise_and_no_moment_lies_ahead(text, published):
    for moment in moments(text, published):
        assert moment.first <= moment.last
        assert text[moment.start : moment.end].split() == moment.words.split()
        if published is not None:
            assert moment.last <= published

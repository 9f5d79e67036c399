from __future__ import annotations

from datetime import date

import pytest

from bot.statements.dates.moments import moments

TUESDAY = date(2025, 2, 25)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
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
        ("last month", date(2025, 1, 1), date(2025, 1, 31)),
        ("over the weekend", date(2025, 2, 22), date(2025, 2, 23)),
    ],
)
def test_words_become_a_day_or_an_interval(words, first, last):
    [moment] = moments(words, TUESDAY)
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
    ],
)
def test_the_future_a_habit_and_no_date_give_nothing(words):
    assert moments(words, TUESDAY) == ()


def test_without_a_publication_date_only_full_dates_count():
    assert moments("on Monday, last week, on Feb. 24", None) == ()
    [moment] = moments("on Feb. 24, 2025", None)
    assert moment.first == date(2025, 2, 24)

"""How far back somebody means, however it is written; what cannot be read is said, never guessed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.slack.commands.asking.since import moment, split_since

NOW = datetime(2031, 2, 25, 13, 7, tzinfo=UTC)
TODAY = datetime(2031, 2, 25, tzinfo=UTC)


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("7d", NOW - timedelta(days=7)),
        ("7 days", NOW - timedelta(days=7)),
        ("3 weeks ago", NOW - timedelta(days=21)),
        ("12h", NOW - timedelta(hours=12)),
        ("2 months", NOW - timedelta(days=60)),
        ("1y", NOW - timedelta(days=365)),
        ("last week", NOW - timedelta(days=7)),
        ("the last month", NOW - timedelta(days=30)),
        ("today", TODAY),
        ("Yesterday", TODAY - timedelta(days=1)),
        ("2031-02-01", datetime(2031, 2, 1, tzinfo=UTC)),
        ("1 Mar 2030", datetime(2030, 3, 1, tzinfo=UTC)),
        ("1 March 2030", datetime(2030, 3, 1, tzinfo=UTC)),
        ("March 2030", datetime(2030, 3, 1, tzinfo=UTC)),
        ("2030-03", datetime(2030, 3, 1, tzinfo=UTC)),
        ("2030", datetime(2030, 1, 1, tzinfo=UTC)),
        ("2031-02-30", None),
        ("32 Jan 2030", None),
        ("2031-03-01", None),
        ("9999y", None),
        ("soon", None),
        ("", None),
    ],
)
def test_a_time_is_read_as_it_is_meant(words, meant):
    assert moment(words, NOW) == meant


@pytest.mark.parametrize(
    ("words", "before", "days"),
    [
        ("velden monitors since 7d", "velden monitors", 7),
        ("velden monitors SINCE 1 week", "velden monitors", 7),
        ("velden monitors 7d", "velden monitors", 7),
        ("velden monitors 7 days", "velden monitors", 7),
        ("since 7d", "", 7),
        ("velden monitors", "velden monitors", None),
        ("velden 2030", "velden 2030", None),
    ],
)
def test_what_is_asked_is_told_from_how_far_back(words, before, days):
    rest, since, wrong = split_since(words, NOW)
    assert (rest, wrong) == (before, "")
    assert since == (None if days is None else NOW - timedelta(days=days))


def test_a_time_that_cannot_be_read_is_named_with_an_example():
    assert split_since("velden since tea time", NOW)[2] == (
        "“tea time” is no time I know. Write it like 7d, 3 weeks, 2025-03-01 or yesterday."
    )


@given(words=st.text(max_size=60))
def test_no_words_break_it_and_no_time_lies_ahead(words):
    rest, since, _ = split_since(words, NOW)
    assert len(rest) <= len(words)
    assert since is None or since <= NOW

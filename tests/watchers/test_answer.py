"""What headers ask for is understood or left alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from hypothesis import given
from hypothesis import strategies as st

from watchers.answer import Response, retry_after, validator


def test_a_date_without_a_zone_is_taken_as_utc(now) -> None:
    assert retry_after(format_datetime((now + timedelta(hours=1)).replace(tzinfo=None)), now) == 3600


def test_an_answer_whose_body_is_let_go_keeps_its_hash() -> None:
    whole = Response(status=200, url="https://news.example/", body=b"news", headers={"etag": '"1"'})
    bare = whole.without_body()
    assert (bare.body, bare.body_hash, bare.etag) == (b"", whole.body_hash, '"1"')


@given(st.text())
def test_no_header_is_an_exception(text) -> None:
    wait = retry_after(text, datetime(2025, 11, 3, tzinfo=UTC))
    assert wait is None or wait >= 0


@given(st.text())
def test_a_validator_can_be_sent_back(text) -> None:
    value = validator(text)
    assert value is None or (value.isascii() and value.isprintable())

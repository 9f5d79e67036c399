"""Errors say what is wrong, with what, and what to do."""

from __future__ import annotations

import pytest

from watchers.errors import Refused, WatchError


def test_every_error_says_what_it_is_and_what_to_do() -> None:
    kinds = WatchError.__subclasses__()
    assert len(kinds) >= 12
    for kind in kinds:
        error = kind("http://example.com/", "detail")
        assert str(error).startswith("http://example.com/: ")
        assert "detail" in error.reason
        assert error.reason.endswith(".")
        assert (kind.__doc__ or "").splitlines()[0].endswith(".")


@pytest.mark.parametrize(("status", "lasting"), [(404, True), (403, True), (429, False), (503, False), (500, False)])
def test_a_refusal_that_may_pass_is_told_from_one_that_lasts(status, lasting) -> None:
    error = Refused("http://example.com/", status=status)
    assert error.lasting == lasting
    assert ("tried again" in error.reason) == (not lasting)

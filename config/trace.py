"""Whose life a log line tells: an id made of an entry's first key, the same in every process and after every start.

An article keeps that key, and so does all that its alerts rest on: whoever looks for the id of an alert finds the lines
from its entry to its posts.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from hashlib import blake2b

_followed: ContextVar[str] = ContextVar("followed", default="")


def of(article: str) -> str:
    """The id that stands in the log for an article, given its own id, which is the first key of its entry."""
    return blake2b(article.encode("utf-8", "surrogatepass"), digest_size=6).hexdigest()


def current() -> str:
    """The id of what is being done here and now; empty if that is nothing that can be followed."""
    return _followed.get()


def follow(article: str) -> None:
    """Until this task ends, its lines tell of that article."""
    _followed.set(of(article))


@contextmanager
def following(article: str) -> Iterator[None]:
    """Within the block, lines tell of that article."""
    before = _followed.set(of(article))
    try:
        yield
    finally:
        _followed.reset(before)

"""The same tests on SQLite and, where its programs are found, on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest
from postgres import Server, programs

from bot.ledger import Ledger

_numbers = count(1)


@pytest.fixture
def tools(postgresql: Server) -> Path:
    """Where pg_dump and pg_restore are."""
    del postgresql  # it skips where there are none
    there = programs()
    assert there is not None
    return there


@pytest.fixture(params=["sqlite", "postgresql"])
def place(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a ledger may be made: a path or a URL."""
    if request.param == "sqlite":
        return str(tmp_path / "onrecord.db")
    server: Server = request.getfixturevalue("postgresql")
    return server.database(f"ledger{next(_numbers)}", "model")


@pytest.fixture
def two_databases(postgresql: Server) -> tuple[str, str]:
    """A ledger in PostgreSQL, and a database in which there is nothing."""
    return postgresql.database(f"ledger{next(_numbers)}", "model"), postgresql.database(f"empty{next(_numbers)}")


@pytest.fixture
def empty(place: str, request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """A second place of the same kind, in which there is nothing at all."""
    if "://" not in place:
        return str(tmp_path / "empty.db")
    server: Server = request.getfixturevalue("postgresql")
    return server.database(f"empty{next(_numbers)}")


@pytest.fixture
def ledger(place: str, blank_at: Callable[[Path], str]) -> Iterator[Ledger]:
    """An empty ledger that gives up waiting at once."""
    if "://" not in place:
        blank_at(Path(place))
    with Ledger.open(place, busy_seconds=0.2, durable=False) as opened:
        yield opened

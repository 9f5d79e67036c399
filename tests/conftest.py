"""What every test room may use."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from postgres import NotHere, Server

from bot.ledger import Ledger

# No test is about how long it took: on a busy machine any of them may stand still for a while.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of labelled data beside the checkout; users do not have it, so tests that need it skip."""
    folder = Path(__file__).resolve().parents[2] / "shared"
    if not (folder / "bench").is_dir():
        pytest.skip("the labelled data (../shared) is not on this machine")
    return folder


@pytest.fixture(scope="session")
def postgresql_server() -> Iterator[Server]:
    """A PostgreSQL of our own, with a ledger in which nothing is on record as the model of others."""
    pytest.importorskip("psycopg", reason="POSTGRESQL NOT TESTED: psycopg is not installed")
    try:
        server = Server()
    except NotHere as error:
        pytest.skip(f"POSTGRESQL NOT TESTED: {error}")
    try:
        Ledger.open(server.database("model")).close()
        server.keep()
        yield server
    finally:
        server.close()


@pytest.fixture
def postgresql(postgresql_server: Server) -> Iterator[Server]:
    """The server, in which nothing of a test outlives it."""
    yield postgresql_server
    postgresql_server.drop()


@pytest.fixture(scope="session")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A ledger in which nothing is on record: to copy it takes a twentieth of the time in which one is made."""
    file = tmp_path_factory.mktemp("blank") / "onrecord.db"
    Ledger.open(str(file), durable=False).close()
    return file


@pytest.fixture
def blank_at(blank: Path) -> Callable[[Path], str]:
    """Puts an empty ledger at a path, and gives the path as a ledger is opened with it."""
    return lambda place: str(shutil.copyfile(blank, place))

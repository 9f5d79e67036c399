"""What is said of a ledger that runs out of room."""

from __future__ import annotations

import shutil

import pytest

from bot.ledger.database.engine import WAL_BYTES
from bot.ledger.database.room import LEAST_FREE, Room


@pytest.mark.parametrize(
    ("log", "free", "subjects"),
    [
        (WAL_BYTES, LEAST_FREE, []),
        (WAL_BYTES + 1, LEAST_FREE, ["log"]),
        (0, LEAST_FREE - 1, ["disk"]),
        (WAL_BYTES + 1, 0, ["log", "disk"]),
    ],
)
def test_a_log_beyond_its_limit_and_a_disk_nearly_full_are_named(log, free, subjects):
    assert [*Room(log=log, free=free).troubles] == subjects


def test_what_is_said_names_how_much_there_is_and_what_to_do():
    said = Room(log=81_000_000, free=312_000_000).troubles
    assert "81 MB" in said["log"]
    assert "End it" in said["log"]
    assert "312 MB" in said["disk"]
    assert "make room" in said["disk"]


def test_the_disk_of_the_ledger_is_looked_at_and_a_server_is_not(ledger, tmp_path):
    room = ledger.room()
    if ledger._engine.dialect.name != "sqlite":
        assert room is None
        return
    assert room is not None
    assert abs(room.free - shutil.disk_usage(tmp_path).free) < LEAST_FREE

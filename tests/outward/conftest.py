"""A ledger in which nothing is on record yet."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from bot.ledger import Ledger


@pytest.fixture
def ledger(tmp_path: Path, blank_at: Callable[[Path], str]) -> Iterator[Ledger]:
    with Ledger.open(blank_at(tmp_path / "onrecord.db"), durable=False) as opened:
        yield opened

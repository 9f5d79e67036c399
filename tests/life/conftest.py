"""What the tests of a service's life share."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest_asyncio
from installed import Installation, installed
from stage.house import House, working


@pytest_asyncio.fixture
async def healthy(tmp_path: Path, blank_at: Callable[[Path], str]) -> AsyncIterator[Installation]:
    async with installed(tmp_path, blank_at) as install:
        yield install


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with working(tmp_path / "onrecord.db") as up:
        yield up

"""What the tests of the doctor share."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest_asyncio
from installed import Installation, installed


@pytest_asyncio.fixture
async def healthy(tmp_path: Path, blank_at: Callable[[Path], str]) -> AsyncIterator[Installation]:
    async with installed(tmp_path, blank_at) as install:
        yield install

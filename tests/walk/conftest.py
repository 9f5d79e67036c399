"""What the tests of the whole walk share."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import pytest_asyncio
from stage.house import House, working


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with working(tmp_path / "onrecord.db") as up:
        yield up


@pytest.fixture(scope="session")
def seeds(shared: Path) -> dict[str, str]:
    """The texts of the five seed articles by their number."""
    return {path.name[:3]: path.read_text("utf-8") for path in sorted((shared / "seeds").glob("*.txt"))}

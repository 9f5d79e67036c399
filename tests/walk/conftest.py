"""What the tests of the whole walk share."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from pathlib import Path

import pytest
import pytest_asyncio
from stage.house import House, working

from bot.demo.stories import with_invented_country
from bot.ledger import Ledger
from bot.pipeline import Pipeline
from config.load import load
from config.schema import Channel, Config


@pytest_asyncio.fixture
async def house(tmp_path: Path) -> AsyncIterator[House]:
    async with working(tmp_path / "onrecord.db") as up:
        yield up


@pytest.fixture(scope="session")
def seeds(shared: Path) -> dict[str, str]:
    """The texts of the five seed articles by their number."""
    return {path.name[:3]: path.read_text("utf-8") for path in sorted((shared / "seeds").glob("*.txt"))}


@pytest.fixture(scope="session")
def config() -> Config:
    """The shipped configuration with an invented country and one channel."""
    return with_invented_country(load(environ={})).model_copy(update={"channels": (Channel(id="desk"),)})


@pytest.fixture
def pipeline(config: Config) -> Pipeline:
    """The walk, with no state between articles."""
    return Pipeline(config)


@pytest.fixture
def ledger(tmp_path: Path, blank_at: Callable[[Path], str]) -> Iterator[Ledger]:
    """An empty ledger in a file."""
    with Ledger.open(blank_at(tmp_path / "ledger.db"), durable=False) as opened:
        yield opened

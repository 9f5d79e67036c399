"""The pages over an invented archive, on loopback: open, or behind Sign in with Slack of the local workspace."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from archive_story import config, filled
from pages_served import Visitor, served, visitor_of
from strait_story import NOW

from bot.ledger import Ledger
from bot.web.archive import Archive
from bot.workspace import Settings as WorkspaceSettings
from bot.workspace import Workspace
from bot.workspace.world import Person
from config.settings import WebSettings


class Clock:
    """A time of day that moves only when it is set."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self):
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(scope="session")
def told(blank: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of a ledger with the story in it, to be copied."""
    file = tmp_path_factory.mktemp("told") / "record.db"
    shutil.copyfile(blank, file)
    with Ledger.open(str(file), durable=False) as ledger:
        filled(ledger)
    return file


@pytest.fixture
def ledger(told: Path, tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(str(shutil.copyfile(told, tmp_path / "record.db")), durable=False) as opened:
        yield opened


@pytest.fixture
def archive(ledger: Ledger, clock: Clock) -> Archive:
    settings = WebSettings(enabled=True, port=0, address="http://127.0.0.1:3200")
    return Archive(ledger=ledger, running=config, settings=settings, clock=clock)


@pytest.fixture
async def open_house(archive: Archive) -> AsyncIterator[Visitor]:
    """Whoever is on this machine, without any sign-in."""
    async with served(archive) as base, visitor_of(base) as visitor:
        yield visitor


@pytest.fixture
async def workspace() -> AsyncIterator[Workspace]:
    async with Workspace(WorkspaceSettings()) as space:
        space.world.put_person(Person(id="U0GUEST", handle="guest", name="A Guest", guest=True))
        space.world.put_person(Person(id="U0OTHER", handle="other", name="From Elsewhere", team="T0OTHER"))
        yield space

"""The API over real HTTP on loopback, before a ledger with a little of everything."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from answering_api import Api, Served, filled

from bot.ledger import Ledger


@pytest.fixture(scope="session")
def api(tmp_path_factory: pytest.TempPathFactory, blank: Path) -> Iterator[Api]:
    place = shutil.copyfile(blank, tmp_path_factory.mktemp("api") / "onrecord.db")
    with Ledger.open(str(place), durable=False) as ledger:
        number = filled(ledger)
        with Served(ledger) as url:
            yield Api(url=url, ledger=ledger, number=number)

"""A small desk with fictional officials: articles walked into a ledger, and the command line on that ledger."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.__main__ import main
from bot.ledger import Ledger
from bot.pipeline import Pipeline
from config.load import load
from watchers.model import Article

OFFICIALS = """
side = [
  { id = "HOLMAR", name = "Holmar", names = ["Skarne"], adjectives = ["Holmarian"] },
  { id = "VESTRIA", name = "Vestria", names = ["Orden"], adjectives = ["Vestrian"] },
]
official = [
  { id = "brandt", name = "Hedda Brandt", gender = "f", mandate = [{ role = "President of Holmar", side = "HOLMAR", rank = "leader", titles = ["Holmarian President"] }] },
  { id = "quist", name = "Arvid Quist", gender = "m", mandate = [{ role = "Harbour Minister of Holmar", side = "HOLMAR", rank = "minister", titles = ["Harbour Minister"] }] },
  { id = "solen", name = "Marit Solen", gender = "f", mandate = [{ role = "Foreign Minister of Vestria", side = "VESTRIA", rank = "minister", titles = ["Vestrian Foreign Minister"] }] },
]
"""
CHANNEL = """
[[channel]]
id = "fact-desk"
"""


class DeskAtHand:
    """Articles go in one by one; `why` runs the command and gives its exit code."""

    def __init__(self, folder: Path, ledger: Ledger) -> None:
        self.folder = folder
        self.ledger = ledger
        self.days = 0
        self.set("")

    def set(self, alerts: str) -> None:
        """Set what stands under [alerts]; no judge is used, so that the rules alone speak."""
        (self.folder / "onrecord.toml").write_text(f'[judge]\nuse = "rules"\n[alerts]\n{alerts}\n{CHANNEL}', "utf-8")
        self.pipeline = Pipeline(load(self.folder))

    def read(self, text: str, day: int, name: str = "", outlet: str = "Skarne Post") -> None:
        self.days += 1
        name = name or f"a{self.days}"
        article = Article(
            id=name,
            keys=(f"id:{name}",),
            url=f"https://post.example/{name}",
            outlet=outlet,
            title="At the harbour",
            text=text,
            published=datetime(2031, 3, day, 18, tzinfo=UTC),
            retrieved=datetime(2031, 3, 10, 9, self.days, tzinfo=UTC),
        )
        self.pipeline.record(article, self.ledger, now=datetime(2031, 3, 10, 10, tzinfo=UTC))

    def why(self, *names: str) -> int:
        return main(["why", "--config", str(self.folder), *names])


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, blank_at: Callable[[Path], str]) -> Iterator[DeskAtHand]:
    """A desk with an empty ledger."""
    folder = tmp_path / "config"
    folder.mkdir()
    (folder / "officials.toml").write_text(OFFICIALS, "utf-8")
    (folder / "topics.toml").write_text("", "utf-8")
    monkeypatch.setenv("ONRECORD_DATABASE_URL", str(tmp_path / "desk.db"))
    with Ledger.open(blank_at(tmp_path / "desk.db"), durable=False) as ledger:
        yield DeskAtHand(folder, ledger)


Told = Callable[[], str]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """What has been printed since, without line breaks."""

    def read() -> str:
        return " ".join(capsys.readouterr().out.split())

    return read

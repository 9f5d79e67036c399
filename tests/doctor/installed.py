"""A healthy installation: a folder of TOML files with its `.env`, a ledger, two feeds and a workspace, all real."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from stage.newsstand import Item, Newsstand

from bot.doctor.command import examine
from bot.doctor.finding import Finding
from bot.workspace import Settings, Workspace

TOML = """
[ledger]
path = "{folder}/record.db"
[slack]
base_url = "{base_url}"
[judge]
use = "rules"
[[channel]]
id = "fact-desk"
"""
FEED = """
[[feed]]
id = "{id}"
name = "The {id}"
url = "{url}"
every_minutes = 0.02
allow = ["{place}"]
"""


@dataclass
class Installation:
    folder: Path
    stand: Newsstand
    workspace: Workspace
    clock: Clock
    environ: dict[str, str] = field(default_factory=dict)

    def settings(self, more: str = "") -> None:
        text = TOML.format(folder=self.folder, base_url=self.workspace.base_url)
        (self.folder / "onrecord.toml").write_text(text + more, "utf-8")

    def feeds(self, **urls: str) -> None:
        text = "".join(FEED.format(id=name, url=url, place=self.stand.address) for name, url in urls.items())
        (self.folder / "feeds.toml").write_text(text, "utf-8")

    def secrets(self, **values: str) -> Path:
        place = self.folder / ".env"
        place.unlink(missing_ok=True)
        place.touch(0o600)
        place.write_text("".join(f"{name}={value}\n" for name, value in values.items()), "utf-8")
        return place

    async def findings(self, *parts: str) -> list[Finding]:
        """Of these parts; of all but the feeds where none is named, for those take a second."""
        return await examine(self.folder, self.environ, parts or ("secrets", "slack", "ledger", "judge"))

    async def todo(self, *parts: str) -> Finding:
        """The one thing that is to be done."""
        found = [finding for finding in await self.findings(*parts) if not finding.ok]
        assert len(found) == 1, found
        return found[0]


class Clock:
    """The workspace's."""

    ahead = 0.0

    def __call__(self) -> datetime:
        return datetime.fromtimestamp(datetime.now(UTC).timestamp() + self.ahead, UTC)


@contextlib.asynccontextmanager
async def installed(tmp_path: Path, blank_at: Callable[[Path], str]) -> AsyncIterator[Installation]:
    stand, clock = Newsstand(), Clock()
    await stand.start()
    async with Workspace(Settings(clock=clock)) as workspace:
        install = Installation(tmp_path, stand, workspace, clock)
        for name in ("times", "courier"):
            stand.stand(name).items.append(Item(guid=name, title="News", text="News.", published=clock()))
        for name in ("officials.toml", "topics.toml"):  # those of the package take their time to be read
            (tmp_path / name).touch()
        install.settings()
        install.feeds(times=stand.url("times"), courier=stand.url("courier"))
        install.secrets(SLACK_BOT_TOKEN=workspace.bot_token, SLACK_APP_TOKEN=workspace.app_token)
        blank_at(tmp_path / "record.db")
        yield install
    await stand.stop()

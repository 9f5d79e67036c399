"""What every page draws on."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from bot.calibration import Rules
from bot.slack.blocks import Desk
from bot.slack.newsroom import Newsroom
from bot.web.threads import Threads
from config.settings import WebSettings

if TYPE_CHECKING:
    from bot.inquiries import Inquiries
    from bot.ledger import Ledger
    from config.schema import Config


def utc_now() -> datetime:
    """The moment."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Archive:
    """The record and what the newsroom has set; `running` gives the configuration as it is now."""

    ledger: Ledger
    running: Callable[[], Config]
    settings: WebSettings = field(default_factory=WebSettings)
    clock: Callable[[], datetime] = utc_now
    inquiries: Inquiries | None = None  # None: nothing can be looked up beyond the record
    threads: Threads = field(default_factory=Threads)  # in which whatever blocks is done
    names: Callable[[Collection[str]], Mapping[str, str]] = lambda _users: {}  # as Slack has them, by ids; blocks

    @property
    def address(self) -> str:
        """Where browsers reach the pages, without a slash at its end; empty: nowhere that could be named."""
        return self.settings.address.rstrip("/") if self.settings.enabled else ""

    @property
    def desk(self) -> Desk:
        """The names by which things are called in words."""
        return Desk.of(self.running())

    @property
    def newsroom(self) -> Newsroom:
        """What answers to /record draw on, for what pages share with them."""
        config = self.running()
        return Newsroom(
            ledger=self.ledger,
            config=config,
            desk=Desk.of(config),
            rules=Rules.of(config.settings),
            troubles=lambda: (),
            inquiries=self.inquiries,
        )

    def side(self, side: str | None) -> str:
        """What a side (its id) is called; the id where the configuration does not know it."""
        if not side:
            return ""
        return next((one.name for one in self.running().sides if one.id == side), side)

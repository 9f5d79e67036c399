"""The first page: the newest conflicts, and what is on record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.ledger.asked import Sought
from bot.ledger.browsing import Cut
from bot.web.render import Page

if TYPE_CHECKING:
    from bot.web.archive import Archive
    from bot.web.looking import Asked

_SHOWN = 8


def front(archive: Archive, asked: Asked) -> Page:
    """The newest conflicts."""
    del asked
    found = archive.ledger.list_alerts(Sought(), Cut(limit=_SHOWN))
    return Page(template="front.html", values={"alerts": found.entries, "more": found.following, "desk": archive.desk})

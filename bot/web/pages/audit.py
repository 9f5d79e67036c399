"""The audit: what people did, to whatever they did it; nothing in it is ever changed or deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.commands.auditing import LOGS, entries_of
from bot.web.pages import filters
from bot.web.render import Page
from bot.web.wording import told_of

if TYPE_CHECKING:
    from bot.web.archive import Archive
    from bot.web.looking import Asked

_SHOWN = 50


def audit(archive: Archive, asked: Asked) -> Page:
    """One of the logs, or the decisions on alerts, the newest first."""
    log = filters.chosen(asked, "log", tuple(LOGS)) or "alerts"
    by = filters.typed(asked, "by") or None
    if log == "alerts":
        listing = archive.ledger.decisions(by=by, after=asked.query.get("after", ""), limit=_SHOWN)
        lines = [(one.at, f"OR-{one.alert}", told_of(one)) for one in listing.entries]
        older = listing.older
    else:
        found = entries_of(archive.newsroom, (log,), by, None, asked.asker)[::-1]
        begin = filters.place(asked)
        lines = [(one.at, "", told_of(one)) for one in found[begin : begin + _SHOWN]]
        older = str(begin + _SHOWN) if len(found) > begin + _SHOWN else ""
    values = {"log": log, "logs": tuple(LOGS), "by": by or "", "lines": lines, **filters.onward("/audit", asked, older)}
    return Page(template="audit.html", values=values)

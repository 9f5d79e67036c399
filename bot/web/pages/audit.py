"""The audit: what people did, to whatever they did it; nothing in it is ever changed or deleted."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.ledger.browsing import Listing
from bot.ledger.browsing.cut import numbered
from bot.ledger.records import Decided
from bot.slack.commands.auditing import LOGS, entries_of, handed
from bot.web.pages import filters
from bot.web.render import Page
from bot.web.wording import told

if TYPE_CHECKING:
    from bot.slack.blocks.deeds import Entry
    from bot.web.archive import Archive
    from bot.web.looking import Asked

_SHOWN = 50


def audit(archive: Archive, asked: Asked) -> Page:
    """One of the logs, or the decisions on alerts, the newest first."""
    log = filters.chosen(asked, "log", tuple(LOGS)) or "alerts"
    by = filters.typed(asked, "by")
    listing = _entries(archive, asked, log, by or None)
    alerts = [f"OR-{one.alert}" if isinstance(one, Decided) else "" for one in listing.entries]
    words = told(listing.entries, archive.names)
    remarks = [one.remark if isinstance(one, Decided) else "" for one in listing.entries]
    lines = list(zip((one.at for one in listing.entries), alerts, words, remarks, strict=True))
    values = {"log": log, "logs": tuple(LOGS), "by": by, "lines": lines}
    return Page(template="audit.html", values={**values, **filters.onward("/audit", asked, listing.following)})


def _entries(archive: Archive, asked: Asked, log: str, by: str | None) -> Listing[Entry]:
    cut, ledger = filters.cut(asked, _SHOWN), archive.ledger
    if log == "alerts":
        return ledger.list_decisions(cut, by=by)
    if log == "statements":
        return ledger.list_mends(cut, by=by)
    if log == "shares":
        out = ledger.list_handed_out(cut, by=by)
        return Listing(entries=tuple(map(handed, out.entries)), following=out.following)
    # short ones, read whole: a line is known by its place, as a log is only added to
    lines = list(enumerate(entries_of(archive.newsroom, (log,), by, None, asked.asker)))[::-1]
    last = numbered(cut.after)
    page = cut.page((one for one in lines if last is None or one[0] < last), lambda one: one[0])
    return Listing(entries=tuple(entry for _, entry in page.entries), following=page.following)

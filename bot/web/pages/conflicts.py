"""The board of conflicts: every alert, narrowed down by state, kind, person, side, topic and day."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, get_args

from bot.ledger.asked import Sought
from bot.model import ReviewState
from bot.web.pages import filters
from bot.web.render import Page
from config.values import ConflictKind

if TYPE_CHECKING:
    from bot.web.archive import Archive
    from bot.web.looking import Asked

_SHOWN = 12
_STATES: tuple[ReviewState, ...] = get_args(ReviewState)
_KINDS: tuple[ConflictKind, ...] = get_args(ConflictKind)


def conflicts(archive: Archive, asked: Asked) -> Page:
    """Alerts, the newest first."""
    since = filters.day(asked, "since")
    sought = Sought(
        review=filters.chosen(asked, "state", _STATES),
        kind=filters.chosen(asked, "kind", _KINDS),
        person=filters.typed(asked, "person") or None,
        side=filters.typed(asked, "side") or None,
        topic=filters.typed(asked, "topic") or None,
        since=datetime.combine(since, time(), UTC) if since else None,
    )
    listing = archive.ledger.list_alerts(sought, filters.cut(asked, _SHOWN))
    values = {
        "alerts": listing.entries,
        "sought": sought,
        "since": since,
        "filtered": sought != Sought(review=sought.review),
        "counts": archive.ledger.reviews(replace(sought, review=None)),
        "states": _STATES,
        "kinds": _KINDS,
        "sides": sorted(archive.running().sides, key=lambda one: one.name.casefold()),
        "topics": archive.ledger.configured_topics(),
        "desk": archive.desk,
        **filters.onward("/conflicts", asked, listing.following),
    }
    return Page(template="conflicts.html", values=values)

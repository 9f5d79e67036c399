"""How days, numbers and words of the record are put on a page; the same words as in Slack."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from bot.slack.blocks import wording as told

if TYPE_CHECKING:
    from bot.ledger import Decided

KINDS = {
    "reversal": "change of position",
    "same_side": "difference within a side",
    "denied_claim": "conflict over another’s position",
    "disputed": "disputed account",
    "opposed": "opposed statements",
}


def day(when: date | datetime | None) -> str:
    """“3 Mar 2025”; a moment by its day in UTC."""
    if when is None:
        return "date unknown"
    if isinstance(when, datetime):
        when = when.astimezone(UTC).date()
    return f"{when.day} {when:%b %Y}"


def moment(when: datetime | None) -> str:
    """“3 Mar 2025, 14:05 UTC”."""
    return f"{day(when)}, {when.astimezone(UTC):%H:%M} UTC" if when else "not known"


def count(number: int, one: str, many: str = "") -> str:
    """A number with its noun."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def link(url: str | None) -> str:
    """An address that a page may link to; empty where it is none of the web."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return ""
    return str(url) if parts.scheme in {"http", "https"} and parts.hostname else ""


def segment(text: str) -> str:
    """A text as one part of a path; `.` and `..` would be taken for folders."""
    return "".join(f"%{ord(letter):02X}" for letter in text) if set(text) == {"."} else quote(text, safe="")


def deed(entry: Decided) -> str:
    """What somebody did to an alert, in one sentence."""
    by = f" by {entry.by}" if entry.by else ""
    because = f": {entry.note}" if entry.note else ""
    match entry.action:
        case "confirm":
            return f"Confirmed{by}{because}"
        case "dismiss":
            return f"Dismissed{f' ({entry.note})' if entry.note else ''}{by}"
        case "explain":
            return f"Reason of the dismissal given{by}{because}"
        case "undo":
            return f"Open again: no longer {entry.before}, undone{by}{because}"
        case "assign" if not entry.after:
            return f"Given back{by}: nobody looks into it"
        case "assign":
            return f"Taken{by}" if entry.after == entry.by else f"Assigned to {entry.after}{by}"
        case "note":
            return f"Note{by}"
        case "withdraw":
            return f"Withdrawn{by}{because}"
        case "mend" | "amend":
            what = "Corrected" if entry.action == "mend" else "Edited by the outlet"
            became = " → ".join(filter(None, (entry.before, entry.after)))
            return f"{what}{by}: {became}{f' ({entry.note})' if entry.note else ''}"


FILTERS: Mapping[str, Callable[..., Any]] = {
    "day": day,
    "moment": moment,
    "count": count,
    "link": link,
    "segment": segment,
}
SECTIONS = (
    ("/conflicts", "Conflicts"),
    ("/people", "People"),
    ("/topics", "Topics"),
    ("/sides", "Sides"),
    ("/sources", "Sources"),
    ("/stats", "Figures"),
    ("/balance", "Balance"),
    ("/audit", "Audit"),
)
GLOBALS: Mapping[str, Any] = {
    "KINDS": KINDS,
    "STANCES": told.STANCES,
    "name_of": told.name_of,
    "pieces": told.pieces,
    "distinct": told.distinct,
    "headline": told.headline,
    "holder_of": told.holder_of,
    "possessive": told.possessive,
    "deed": deed,
    "SECTIONS": SECTIONS,
}

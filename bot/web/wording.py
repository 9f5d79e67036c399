"""How days, numbers and words of the record are put on a page; the same words as in Slack."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bot.ledger import FlowChange, Mend
from bot.slack.blocks import deeds
from bot.slack.blocks import wording as told
from bot.slack.mrkdwn import linkable, unmarked

if TYPE_CHECKING:
    from bot.slack.blocks.deeds import Entry

_MENTION = re.compile(r"<@([UW][A-Z0-9]+)>")
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
    return url if url and linkable(url) else ""


def segment(text: str) -> str:
    """A text as one part of a path; `.` and `..` would be taken for folders."""
    return "".join(f"%{ord(letter):02X}" for letter in text) if set(text) == {"."} else quote(text, safe="")


def told_of(entry: Entry) -> str:
    """A line of a log in one sentence, without Slack's marks."""
    if isinstance(entry, Mend):
        words = deeds.mended(entry)
    elif isinstance(entry, FlowChange):
        words = deeds.flowed(entry)
    elif isinstance(entry, deeds.Changed):
        words = deeds.changed(entry)
    else:
        words = deeds.did(deeds.change_of(entry))
    bare = _MENTION.sub(r"\1", unmarked(words))
    return unescape(bare)


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
    ("/replay", "Replay"),
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
    "told_of": told_of,
    "SECTIONS": SECTIONS,
}

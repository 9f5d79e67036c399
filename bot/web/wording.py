"""How days, numbers and words of the record are put on a page; the same words as in Slack."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from html import unescape
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bot.ledger import FlowChange, Mend
from bot.slack.blocks import deeds
from bot.slack.blocks import wording as words
from bot.slack.mrkdwn import linkable, unmarked

if TYPE_CHECKING:
    from bot.slack.blocks.deeds import Entry
    from bot.slack.mrkdwn import Mrkdwn

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


def person(user: str, names: Mapping[str, str]) -> str:
    """Somebody by the name that Slack has for them, with their id; where it has none by the id alone."""
    if not user:
        return "somebody at this machine"
    return f"{names[user]} ({user})" if user in names else user


def told(entries: Sequence[Entry], called: Callable[[Collection[str]], Mapping[str, str]]) -> list[str]:
    """Lines of a log, each in one sentence without Slack's marks, people by their names as far as they are known."""
    lines = [_MENTION.split(unmarked(_in_slack(one))) for one in entries]  # every other piece is somebody's id
    names = called({user for line in lines for user in line[1::2]})
    return [
        "".join(person(piece, names) if at % 2 else unescape(piece) for at, piece in enumerate(line)) for line in lines
    ]


def _in_slack(entry: Entry) -> Mrkdwn:
    if isinstance(entry, Mend):
        return deeds.mended(entry)
    if isinstance(entry, FlowChange):
        return deeds.flowed(entry)
    if isinstance(entry, deeds.Changed):
        return deeds.changed(entry)
    return deeds.did(deeds.change_of(entry))


FILTERS: Mapping[str, Callable[..., Any]] = {
    "day": day,
    "moment": moment,
    "count": count,
    "link": link,
    "segment": segment,
    "person": person,
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
    "STANCES": words.STANCES,
    "name_of": words.name_of,
    "pieces": words.pieces,
    "SOURCES": 20,  # outlets that are named at one remark
    "headline": words.headline,
    "holder_of": words.holder_of,
    "possessive": words.possessive,
    "SECTIONS": SECTIONS,
}

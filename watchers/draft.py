"""The plain fields of one of feedparser's entries: what it is called, when it came, what it says."""

from __future__ import annotations

import calendar
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from watchers import identity, seen
from watchers.text import MAX_TEXT, clean, garbled, one_line, plain

MAX_TITLE = 500
MAX_LINK = 2000
AHEAD = timedelta(hours=24)  # clocks and time zones are off by less
EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)  # older dates are defaults of broken software
FULL_CONTENT = 600  # characters from which text in a content element is taken for the whole article
FULL_SUMMARY = 2500  # the same for a description, which is a teaser as a rule
_CUT_OFF = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|(?:read|see|view) (?:more|the (?:full|rest|original))\b.{0,80}|continue reading\b.{0,80}"
    r"|\[link\])[\s»>→.]*$",
    re.IGNORECASE,
)


class Draft:
    """The plain fields of one of feedparser's entries."""

    def __init__(self, item: Mapping[str, Any], moment: datetime | None) -> None:
        self.published = moment
        raw_title = _value(item.get("title_detail")) or str(item.get("title") or "")
        summary = _longest([item.get("summary_detail") or {"value": item.get("summary")}])
        content = _longest(item.get("content") or ())
        self.title = one_line(_text(item.get("title_detail"), raw_title, 4 * MAX_TITLE), MAX_TITLE)
        self.link = _link(item.get("link"))
        short, long = (_text(part, _value(part), MAX_TEXT) for part in (summary, content))
        self.text = max(long, short, key=len)
        self.full = _is_full(short, long)
        self.garbled = any(garbled(part) for part in (raw_title, _value(summary), _value(content)))
        raw = dict(item)  # feedparser's own look-up would answer one name with another, and warn of it
        self.stamp = str(raw.get("updated") or raw.get("published") or "")
        self.marks = identity.Marks(
            id=clean(str(item.get("id") or ""), 10_000), link=self.link, title=self.title, text=self.text
        )

    @property
    def names(self) -> frozenset[str]:
        """What another entry of the document must not share, in the form that is remembered."""
        return frozenset(map(seen.name, identity.names(self.marks)))


def _is_full(summary: str, content: str) -> bool:
    """Whether the feed's own text can be the whole article rather than its first lines."""
    text, least = (content, FULL_CONTENT) if len(content) >= len(summary) else (summary, FULL_SUMMARY)
    return len(text) >= least and _CUT_OFF.search(text[-200:]) is None


def _longest(parts: Sequence[Any]) -> Mapping[str, Any]:
    return max((part for part in parts if part), key=lambda part: len(_value(part)), default={})


def _value(detail: Mapping[str, Any] | None) -> str:
    return str((detail or {}).get("value") or "")


def _text(detail: Mapping[str, Any] | None, value: str, limit: int) -> str:
    kind = str((detail or {}).get("type") or "text/html").lower()
    return plain(value, limit) if "html" in kind else clean(value, limit)


def _link(value: object) -> str | None:
    link = clean(str(value or ""), MAX_LINK + 1)  # no database and no request takes a NUL
    # Whether it may be dialled is the gate's to say; here it only has to be a link of the Web.
    return link if len(link) <= MAX_LINK and re.match(r"https?://[^\s/]", link, re.IGNORECASE) else None


def published(item: Mapping[str, Any], now: datetime) -> datetime | None:
    """When the entry was published; None when that is not given or cannot be true."""
    raw = dict(item)  # feedparser's own look-up would answer one name with another, and warn of it
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        parts = raw.get(name)
        if parts is None:
            continue
        try:
            moment = datetime.fromtimestamp(calendar.timegm(tuple(parts)), UTC)
        except (ValueError, TypeError, OverflowError, OSError):
            continue
        if EARLIEST <= moment <= now + AHEAD:
            return moment
    return None

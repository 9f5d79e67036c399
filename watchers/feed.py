"""Bytes to entries: the sole importer of feedparser, which is given streams only, never a string or a path."""

from __future__ import annotations

import calendar
import io
import re
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import feedparser

from watchers import identity, salvage
from watchers.errors import NotAFeed, TooSlow
from watchers.model import Entry
from watchers.parsed import ParsedEntry, ParsedFeed
from watchers.text import MAX_TEXT, clean, garbled, has_foreign_letters, one_line, plain

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


def parse(
    body: bytes,
    *,
    subject: str,
    feed: str,
    url: str,
    content_type: str,
    newest: int,
    now: datetime,
    in_time: Callable[[], bool] = lambda: True,
) -> ParsedFeed:
    """The newest entries of the document, in its order.

    NotAFeed when nothing in it says that it is one. Where something ends feedparser, as much is read as can be while
    `in_time`, TooSlow if that is nothing; what feedparser raises goes up to the caller where it has no other cause.
    """
    headers = {"content-location": url}
    if content_type:
        headers["content-type"] = content_type
    result, older, lost = _tried(body, headers), 0, 0
    if result is None:
        head, pieces = salvage.pieces(salvage.mended(body))
        some = _of_the_newer_end(head, pieces, headers, newest, now)
        result, lost = _in_pieces(head, some, headers, in_time)
        older = len(pieces) - len(some)
        if lost and not result.entries:
            raise TooSlow(subject, "the entries that keep it from being read were not found in time")
    if not result.entries and not result.get("version"):
        raise NotAFeed(subject, _kind(body))
    guessed = _guessed(result, body)
    chosen = _newest([(item, _published(item, now)) for item in result.entries], newest)
    drafts = [_Draft(item) for item, _ in chosen]
    known_by = identity.keys(feed, [draft.marks for draft in drafts])
    entries: dict[tuple[str, ...], ParsedEntry] = {}
    for draft, (_, published), keys in zip(drafts, chosen, known_by, strict=True):
        if not keys or keys in entries:
            continue
        entries[keys] = ParsedEntry(
            entry=Entry(
                feed=feed,
                keys=keys,
                title=draft.title,
                url=draft.link,
                published=published,
                summary=draft.text,
                full=draft.full,
                # where the feed holds the text, the text tells more than a date that a feed may renew with each poll
                mark=identity.mark(draft.title, draft.text, "" if draft.full else draft.stamp),
            ),
            garbled=draft.garbled or (guessed and has_foreign_letters(draft.title + draft.text)),
            notes=() if published else ("the feed gives no usable date of publication",),
        )
    return ParsedFeed(
        entries=tuple(entries.values()),
        left_out=len(result.entries) - len(chosen) + older,
        dropped=len(chosen) - len(entries),
        lost=lost,
        hasty=bool(lost) and not in_time(),
    )


def _tried(body: bytes, headers: dict[str, str]) -> Any:  # noqa: ANN401 - feedparser has no types
    """What feedparser says; None where something odd in the document ends it."""
    try:
        return _feedparser(body, headers)
    except MemoryError:
        raise
    except Exception:  # noqa: BLE001  whatever an odd element raises
        return None


def _of_the_newer_end(
    head: bytes, pieces: Sequence[bytes], headers: dict[str, str], newest: int, now: datetime
) -> Sequence[bytes]:
    """The first pieces of the document, or its last where these are dated later: searching them all takes too long."""
    if len(pieces) <= newest:
        return pieces
    ends = [_tried(head + piece, headers) for piece in (pieces[0], pieces[-1])]
    first, last = (_published(end.entries[0], now) if end and end.entries else None for end in ends)
    return pieces[-newest:] if first and last and first < last else pieces[:newest]


def _in_pieces(
    head: bytes, pieces: Sequence[bytes], headers: dict[str, str], in_time: Callable[[], bool]
) -> tuple[Any, int]:
    """What feedparser says without the entries that end it, and how many these are; raises what it does at the last."""
    whole = head + b"".join(pieces)
    if in_time() and (result := _tried(whole, headers)) is not None:
        return result, 0
    result = _feedparser(head, headers)

    def tried(document: bytes) -> list[Any] | None:
        found = _tried(document, headers)
        return None if found is None else list(found.entries)

    result["entries"], lost = salvage.by_halves(head, pieces, tried, in_time)
    return (result, lost) if result.entries or not in_time() else (_feedparser(whole, headers), 0)


def _feedparser(body: bytes, headers: dict[str, str]) -> Any:  # noqa: ANN401 - feedparser has no types
    # Sanitising would only cost time: no markup leaves this module.
    return feedparser.parse(
        io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )


class _Draft:
    """The plain fields of one of feedparser's entries."""

    def __init__(self, item: Mapping[str, Any]) -> None:
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


def _published(item: Mapping[str, Any], now: datetime) -> datetime | None:
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


def _newest(
    items: list[tuple[Mapping[str, Any], datetime | None]], count: int
) -> list[tuple[Mapping[str, Any], datetime | None]]:
    """The newest items in document order: by date if all are dated, else the first of the document."""
    if len(items) <= count:
        return items
    if any(moment is None for _, moment in items):
        return items[:count]
    order = sorted(range(len(items)), key=lambda place: items[place][1] or EARLIEST, reverse=True)
    return [items[place] for place in sorted(order[:count])]


def _guessed(result: Mapping[str, Any], body: bytes) -> bool:
    """Whether feedparser had to guess the charset; UTF-8 and UTF-16 prove themselves by decoding."""
    if not isinstance(result.get("bozo_exception"), feedparser.CharacterEncodingOverride) or body.isascii():
        return False
    return not str(result.get("encoding") or "").lower().startswith("utf")


def _kind(body: bytes) -> str:
    head = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not head.strip(b"\0"):
        return "it is empty"
    if b"<html" in head or head.startswith(b"<!doctype html"):
        return "it is a web page"
    kinds = {b"%pdf": "a PDF file", b"{": "JSON", b"[": "JSON", b"\x1f\x8b": "a gzip file", b"<": "other XML"}
    return next((f"it is {kind}" for start, kind in kinds.items() if head.startswith(start)), "it is not XML")

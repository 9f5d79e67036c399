"""Bytes to entries: the sole importer of feedparser, which is given streams only, never a string or a path."""

from __future__ import annotations

import codecs
import io
from collections.abc import Callable, Mapping, Sequence
from copy import deepcopy
from datetime import datetime
from functools import lru_cache
from typing import Any

import feedparser

from watchers import identity, salvage, seen
from watchers.draft import EARLIEST, Draft, published
from watchers.errors import NotAFeed, TooSlow
from watchers.model import Entry
from watchers.parsed import ParsedEntry, ParsedFeed
from watchers.seen import Outline, Seen
from watchers.text import has_foreign_letters

# For each element feedparser puts the same few addresses together again, which is a seventh of its work.
feedparser.mixin.make_safe_absolute_uri = lru_cache(maxsize=64)(feedparser.mixin.make_safe_absolute_uri)
# For each document it looks for a parser that nobody has installed in all folders of the path: of two entries, a tenth.
feedparser.api.PREFERRED_XML_PARSERS = []

# Each look-up of a name asks first whether another one is meant, which most never are: with the copies a sixth.
_Fields = feedparser.FeedParserDict
_RENAMED = frozenset({*_Fields.keymap, "category", "enclosures", "license", "updated", "updated_parsed"})
_get, _item, _has = _Fields.get, _Fields.__getitem__, _Fields.__contains__
_plain_get, _plain_item, _plain_has = dict.get, dict.__getitem__, dict.__contains__


def _quick_get(fields: Any, name: str, default: object = None) -> Any:  # noqa: ANN401 - feedparser has no types
    return _get(fields, name, default) if name in _RENAMED else _plain_get(fields, name, default)


def _quick_item(fields: Any, name: str) -> Any:  # noqa: ANN401 - feedparser has no types
    return _item(fields, name) if name in _RENAMED else _plain_item(fields, name)


def _quick_has(fields: Any, name: str) -> bool:  # noqa: ANN401 - feedparser has no types
    return bool(_has(fields, name)) if name in _RENAMED else _plain_has(fields, name)


def _copy(fields: Any, memo: dict[int, Any]) -> Any:  # noqa: ANN401 - feedparser has no types
    words = ((name, value if isinstance(value, str | int) else deepcopy(value, memo)) for name, value in fields.items())
    return _Fields(words)


_Fields.get, _Fields.__getitem__, _Fields.__contains__ = _quick_get, _quick_item, _quick_has
_Fields.__deepcopy__ = _copy

_UTF8 = frozenset({"utf-8", "ascii"})


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
    remembered: str = "",
) -> ParsedFeed:
    """The newest entries of the document, in its order, without those whose bytes are `remembered` from the last time.

    NotAFeed when nothing in it says that it is one. Where something ends feedparser, as much is read as can be while
    `in_time`, TooSlow if that is nothing; what feedparser raises goes up to the caller where it has no other cause.
    """
    headers = {"content-location": url}
    if content_type:
        headers["content-type"] = content_type
    outline = seen.outline(body, url=url, content_type=content_type)
    if outline is not None and len(outline.pieces) > newest:
        outline = None  # which are the newest is told by all of them
    before = Seen.read(remembered)
    if outline is not None and before is not None and before.fits(outline, now):
        unseen = _unseen(outline, before, headers, feed, now)
        if unseen is not None:
            return unseen
    result, older, lost = _tried(body, headers), 0, 0
    if result is None:
        outline = None
        head, pieces = salvage.pieces(salvage.mended(body))
        some = _of_the_newer_end(head, pieces, headers, newest, now)
        result, lost = _in_pieces(head, some, headers, in_time)
        older = len(pieces) - len(some)
        if lost and not result.entries:
            raise TooSlow(subject, "the entries that keep it from being read were not found in time")
    if not result.entries and not result.get("version"):
        raise NotAFeed(subject, _kind(body))
    drafts = _drafts(result, newest, now)
    if outline is not None and not _plain(result, len(outline.pieces)):
        outline = None
    entries = _entries(feed, drafts, outline.pieces if outline else (), guessed=_guessed(result, body))
    keep = outline.remembered([draft.names for draft in drafts], _charset(result), now) if outline else None
    return ParsedFeed(
        entries=entries,
        left_out=len(result.entries) - len(drafts) + older,
        dropped=len(drafts) - len(entries),
        lost=lost,
        hasty=bool(lost) and not in_time(),
        seen=str(keep or ""),
    )


def _unseen(outline: Outline, before: Seen, headers: dict[str, str], feed: str, now: datetime) -> ParsedFeed | None:
    """The entries whose bytes were not read before; None where only the whole document can tell."""
    fresh = [piece for piece in outline.pieces if piece not in before.names]
    if not _decodes(outline.body, before.charset):
        return None
    drafts: list[Draft] = []
    guessed = False
    if fresh:
        result = _tried(outline.without(before.names), headers)
        if result is None or not _plain(result, len(fresh)) or not _alike(_charset(result), before.charset):
            return None
        drafts = _drafts(result, len(fresh), now)
        guessed = _guessed(result, outline.body)
    names = {**before.names, **{piece: draft.names for piece, draft in zip(fresh, drafts, strict=True)}}
    keep = outline.remembered([names[piece] for piece in outline.pieces], before.charset, before.whole_at)
    return ParsedFeed(entries=_entries(feed, drafts, fresh, guessed=guessed), seen=str(keep)) if keep else None


def _entries(feed: str, drafts: Sequence[Draft], pieces: Sequence[str], *, guessed: bool) -> tuple[ParsedEntry, ...]:
    """The entries that can be known again, each once, with the piece of the document that each stands in."""
    known_by = identity.keys(feed, [draft.marks for draft in drafts])
    entries: dict[tuple[str, ...], ParsedEntry] = {}
    for draft, keys, piece in zip(drafts, known_by, pieces or [""] * len(drafts), strict=True):
        if not keys or keys in entries:
            continue
        entries[keys] = ParsedEntry(
            entry=Entry(
                feed=feed,
                keys=keys,
                title=draft.title,
                url=draft.link,
                published=draft.published,
                summary=draft.text,
                full=draft.full,
                # where the feed holds the text, the text tells more than a date that a feed may renew with each poll
                mark=identity.mark(draft.title, draft.text, "" if draft.full else draft.stamp),
            ),
            garbled=draft.garbled or (guessed and has_foreign_letters(draft.title + draft.text)),
            notes=() if draft.published else ("the feed gives no usable date of publication",),
            piece=piece,
        )
    return tuple(entries.values())


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
    first, last = (published(end.entries[0], now) if end and end.entries else None for end in ends)
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


def _drafts(result: Any, newest: int, now: datetime) -> list[Draft]:  # noqa: ANN401 - feedparser has no types
    chosen = _newest([(item, published(item, now)) for item in result.entries], newest)
    return [Draft(item, moment) for item, moment in chosen]


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


def _plain(result: Mapping[str, Any], count: int) -> bool:
    """Whether so many entries were read by the strict parser, in a charset of which a part says what it does."""
    amiss = result.get("bozo_exception")
    strictly = amiss is None or isinstance(amiss, feedparser.CharacterEncodingOverride | feedparser.NonXMLContentType)
    return strictly and len(result["entries"]) == count and _decodes(b"", _charset(result))


def _charset(result: Mapping[str, Any]) -> str:
    """The charset in which the document was read, empty where there is no such codec."""
    try:
        return codecs.lookup(str(result.get("encoding") or "")).name
    except (LookupError, ValueError):
        return ""


def _decodes(body: bytes, charset: str) -> bool:
    """Whether the bytes are text in a charset of which each character's bytes say the same wherever they stand."""
    if charset not in _UTF8 and not charset.startswith(("iso8859-", "cp125", "koi8-")):
        return False
    try:
        body.decode("utf-8" if charset in _UTF8 else charset)
    except ValueError:
        return False
    return True


def _alike(charset: str, other: str) -> bool:
    return charset == other or {charset, other} <= _UTF8


def _guessed(result: Mapping[str, Any], body: bytes) -> bool:
    """Whether feedparser had to guess the charset; UTF-8 and UTF-16 prove themselves by decoding."""
    if not isinstance(result.get("bozo_exception"), feedparser.CharacterEncodingOverride) or body.isascii():
        return False
    return not str(result.get("encoding") or "").lower().startswith(("utf", "us-ascii"))


def _kind(body: bytes) -> str:
    head = body[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if not head.strip(b"\0"):
        return "it is empty"
    if b"<html" in head or head.startswith(b"<!doctype html"):
        return "it is a web page"
    kinds = {b"%pdf": "a PDF file", b"{": "JSON", b"[": "JSON", b"\x1f\x8b": "a gzip file", b"<": "other XML"}
    return next((f"it is {kind}" for start, kind in kinds.items() if head.startswith(start)), "it is not XML")

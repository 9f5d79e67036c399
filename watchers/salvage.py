"""A document that ends the parser: its usual causes taken out, and its entries one by one; pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

# In marked sections and comments stands what others wrote, too: whatever it looks like, it is no part of the document.
_MARKED = rb"<!\[CDATA\[(?s:.*?)(?:\]\]>|\Z)|<!--(?s:.*?)(?:--\s*>|\Z)"
# References to no character, names of encodings that cannot be one, and elements in a place that feedparser does
# not expect end it. That is no reason to lose a feed: once more, without them. Of such elements (places, licences,
# chapters, pictures) nothing is taken anyway.
_REFERENCE = re.compile(rb"&#([0-9]+|[xX][0-9A-Fa-f]+);")
_UNSPEAKABLE = re.compile(rb"\A<\?[^<>]{0,200}encoding=['\"](?![\w.:-]+['\"])[^<>]{0,200}>")
_ODD = re.compile(
    rb"(?P<marked>" + _MARKED + rb")|(?i:</?(?:(?:georss|geo|gml|psc|media|cc|creativecommons|itunes):[\w.-]{1,40}"
    rb"|width|height|where|license|pos(?:list)?)(?=[\s/<>])[^<>]{0,2000}(?:>|(?=<)))"
)
_MASKED = re.compile(_MARKED)
_BEGINS = re.compile(rb"<(?:item|entry)[\s>]", re.IGNORECASE)
_ENDS = re.compile(rb"</(?:item|entry)\s*>", re.IGNORECASE)


def mended(body: bytes) -> bytes:
    """The document without what usually ends the parser."""
    possible = _REFERENCE.sub(_possible, _UNSPEAKABLE.sub(b"", body))
    return _ODD.sub(lambda found: found["marked"] or b"", possible)


def pieces(body: bytes) -> tuple[bytes, list[bytes]]:
    """What stands before the first entry, and each entry with what stands behind it."""
    starts = [found.start() for found in _BEGINS.finditer(masked(body))]
    if not starts:
        return body, []
    return body[: starts[0]], [body[start:end] for start, end in pairwise([*starts, len(body)])]


def sound(
    head: bytes,
    entries: Sequence[bytes],
    tried: Callable[[bytes], list[Any] | None],
    in_time: Callable[[], bool],
) -> tuple[list[Any], int]:
    """The entries that can be read, found by halves, and the number of the others.

    `tried` gives None where something ends it; what is not begun while `in_time` is among the others.
    """
    if not in_time():
        return [], len(entries)
    found = tried(head + b"".join(entries))
    if found is not None:
        return found, 0
    return by_halves(head, entries, tried, in_time)


def by_halves(
    head: bytes,
    entries: Sequence[bytes],
    tried: Callable[[bytes], list[Any] | None],
    in_time: Callable[[], bool],
) -> tuple[list[Any], int]:
    """As `sound`, of entries that cannot be read together."""
    if len(entries) == 1:  # what ends it may stand behind the entry
        end = _ENDS.search(masked(entries[0]))
        alone = tried(head + entries[0][: end.end()]) if end else None
        return (alone, 0) if alone else ([], 1)
    halves = entries[: len(entries) // 2], entries[len(entries) // 2 :]
    (first, one), (second, other) = (sound(head, half, tried, in_time) for half in halves)
    return first + second, one + other


def masked(body: bytes) -> bytes:
    """Blanks in place of marked sections and comments, of the same length."""
    return _MASKED.sub(lambda found: b" " * len(found[0]), body)


def _possible(reference: re.Match[bytes]) -> bytes:
    """The reference if it names a character, else one to the replacement character."""
    digits = reference[1]
    if len(digits) > 8:
        return b"&#xFFFD;"
    code = int(digits[1:], 16) if digits[:1] in b"xX" else int(digits)
    return reference[0] if 0 < code < 0xD800 or 0xE000 <= code <= 0x10FFFF else b"&#xFFFD;"

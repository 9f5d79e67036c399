"""A seal for each row of the record: a hash over what was written, so that a later change of any of it is found.

A seal finds damage, and edits by whoever reaches around the program. It is no signature: who recomputes it, forges it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from types import MappingProxyType
from typing import Any

DIGITS = 32  # hexadecimal, of SHA-256

# What is never changed once it is written. Topics are missing, for editors move positions between them; so is what a
# network told, for it is told anew with other weights. A position's seal holds the key of its statement,
# too, and that of a conflict the key of the third statement that it shows, if it shows one.
SEALED: Mapping[str, tuple[str, ...]] = MappingProxyType({
    "article": (
        "key", "name", "url", "outlet", "title", "text_hash", "published", "retrieved", "feed", "partial", "garbled",
        "notes", "language", "aside",
    ),
    "party": ("key", "name", "official", "side", "person"),
    "statement": (
        "key", "day", "kind", "start", "end", "quote", "verbatim", "cue", "speaker", "holder", "said_first",
        "said_last", "said_how", "content", "negated", "defers_to", "before", "after", "caveats", "mended", "told",
    ),
    "position": (
        "key", "day", "side", "holder", "proposition", "proposition_text", "stance", "strength", "claimed_by",
        "defers_to", "operators", "scope",
    ),
    "conflict": ("key", "kind", "score", "case", "title", "lede", "why", "check_first", "answer"),
    "alert": ("number", "dedupe_key", "title", "case", "channel", "strength", "created_at"),
    "excerpt": ("start", "end", "text"),
})  # fmt: skip


def seal(table: str, row: Mapping[Any, Any], *beside: str) -> str:
    """The seal of a row by the names of its columns; `beside` is what it belongs to."""
    return sealed(table, [row[name] for name in SEALED[table]], *beside)


def sealed(table: str, values: list[Any], *beside: str) -> str:
    """The same of values in the order of `SEALED`."""
    told = _write([table, *beside, values])
    return hashlib.sha256(told.encode("ascii")).hexdigest()[:DIGITS]


def _plain(value: object) -> str:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} has no place under a seal")


_write = json.JSONEncoder(sort_keys=True, separators=(",", ":"), default=_plain).encode

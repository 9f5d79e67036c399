"""What the parser child hands back, and its form on the pipe."""

from __future__ import annotations

import struct
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from watchers.model import Entry

REQUEST = struct.Struct(">II")  # before a task: length of its JSON, length of the body behind it
REPLY = struct.Struct(">I")  # before an answer: length of its JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedEntry:
    """An entry with what was found amiss with it."""

    entry: Entry
    garbled: bool = False  # a wrong charset is suspected
    notes: tuple[str, ...] = ()
    piece: str = ""  # where it stands in the document, see watchers.seen


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """The newest entries of a feed document, in its order, without those that were read before, byte for byte.

    `left_out` counts the older ones, `dropped` those that repeat another or hold nothing to know them by,
    `lost` those that the parser cannot read; where `hasty`, some of them were not tried before the time was over.
    `seen` is to be remembered once the entries were handed over.
    """

    entries: tuple[ParsedEntry, ...]
    left_out: int = 0
    dropped: int = 0
    lost: int = 0
    hasty: bool = False
    seen: str = ""

    def to_json(self) -> dict[str, Any]:
        """Plain values for the pipe."""
        return {**_plain(self), "entries": [_plain(one) | {"entry": _of_entry(one.entry)} for one in self.entries]}

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> ParsedFeed:
        """The value again."""
        return cls(**{**plain, "entries": tuple(map(_entry, plain["entries"]))})


@dataclass(frozen=True, slots=True, kw_only=True)
class PageText:
    """The article text of a web page."""

    text: str
    title: str = ""
    garbled: bool = False
    notes: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Plain values for the pipe."""
        return _plain(self)

    @classmethod
    def from_json(cls, plain: dict[str, Any]) -> PageText:
        """The value again."""
        return cls(**{**plain, "notes": tuple(plain["notes"])})


def _plain(value: Any) -> dict[str, Any]:  # noqa: ANN401 - any of these
    """The fields by their names; `asdict` would copy all that is in them."""
    return {name: getattr(value, name) for name in value.__slots__}


def _of_entry(entry: Entry) -> dict[str, Any]:
    return {**_plain(entry), "published": entry.published.isoformat() if entry.published else None}


def _entry(plain: dict[str, Any]) -> ParsedEntry:
    fields = plain["entry"]
    moment = fields["published"]
    entry = Entry(
        **{
            **fields,
            "keys": tuple(fields["keys"]),
            "published": datetime.fromisoformat(moment) if moment else None,
        }
    )
    return ParsedEntry(**{**plain, "entry": entry, "notes": tuple(plain["notes"])})

"""The pieces of a feed document that were read before, byte for byte, and the document without them; pure.

Between two polls a feed gains a few entries and keeps the rest as they were. What was read before need not be read
again: a filter of bytes, never an identity. Whenever it is in doubt, the whole document is read.
"""

from __future__ import annotations

import re
import sys
from base64 import urlsafe_b64encode
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from importlib.metadata import PackageNotFoundError, version
from itertools import chain, pairwise
from pathlib import Path

from watchers.salvage import masked

WHOLE_EVERY = timedelta(hours=24)  # then the whole document is read in any case
MOST = 1000  # pieces remembered of a document; a longer one is always read whole
LONGEST_HEAD = 64 * 1024
_PIECE, _NAME = 16, 8  # characters of a digest, as remembered
# Positions only, and each found once: a stranger's document may hold a million beginnings without an end.
_EDGE = re.compile(rb"<(/?)(item|entry)(?=[\s/>])")
_CLOSED = re.compile(rb"\s*>")
_TAG = re.compile(rb"<[^<>]*>")
_SCOPE = re.compile(rb"\A<(?:[?!]|rss\b)|xmlns|\b(?:base|lang)\b")  # a tag that gives what follows its meaning
_CALLED = re.compile(rb"\A</?[^\s/>]*")
_MARKS = ((b"<!--", b"-->"), (b"<![CDATA[", b"]]>"))


def _digest(size: int, *parts: bytes) -> str:
    made = blake2b(digest_size=size * 3 // 4)
    for part in parts:
        made.update(len(part).to_bytes(8) + part)
    return urlsafe_b64encode(made.digest()).decode()


def _rules() -> str:
    """Another one with each version of what reads a document, so that every feed is then read whole once."""
    here = Path(__file__).parent
    sources = [here / f"{name}.py" for name in ("draft", "feed", "identity", "salvage", "seen", "text")]
    versions = [sys.version]
    for package in ("on-record", "feedparser"):
        try:
            versions.append(version(package))
        except PackageNotFoundError:
            versions.append("0")
    return _digest(_PIECE, *(text.encode() for text in versions), *(source.read_bytes() for source in sources))


RULES = _rules()


@dataclass(frozen=True, slots=True)
class Outline:
    """Where the pieces of a document stand, that is, its entries; `frame` is of all that gives them their meaning."""

    body: bytes
    frame: str
    spans: tuple[tuple[int, int], ...]
    pieces: tuple[str, ...]

    def without(self, pieces: Collection[str]) -> bytes:
        """The document without some of its pieces; all else stays."""
        kept, end = [], 0
        for (start, stop), piece in zip(self.spans, self.pieces, strict=True):
            if piece in pieces:
                kept.append(self.body[end:start])
                end = stop
        return b"".join((*kept, self.body[end:]))

    def remembered(self, names: Sequence[frozenset[str]], charset: str, whole_at: datetime) -> Seen | None:
        """What to remember of the document, given the names of the entry in each piece.

        None where two entries share a name, for then what one is known by hangs on whether the other stands there.
        """
        shared = len(frozenset(chain(*names))) < sum(map(len, names))
        if shared or len(frozenset(self.pieces)) < len(self.pieces):
            return None
        return Seen(
            frame=self.frame, charset=charset, whole_at=whole_at, names=dict(zip(self.pieces, names, strict=True))
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What is remembered of a feed's latest document: its pieces, each with what names its entry (`identity.names`)."""

    frame: str
    charset: str
    whole_at: datetime  # when a whole document was last read
    names: Mapping[str, frozenset[str]]

    @classmethod
    def read(cls, text: str) -> Seen | None:
        """What was written; None for what was not."""
        try:
            frame, charset, moment, *words = text.split(" ")
            return cls(
                frame=frame,
                charset=charset,
                whole_at=datetime.fromtimestamp(int(moment), UTC),
                names={word[:_PIECE]: frozenset(_split(word[_PIECE:])) for word in words},
            )
        except (ValueError, OverflowError, OSError):
            return None

    def __str__(self) -> str:
        words = (piece + "".join(sorted(names)) for piece, names in self.names.items())
        return " ".join((self.frame, self.charset, str(int(self.whole_at.timestamp())), *words))

    def fits(self, outline: Outline, now: datetime) -> bool:
        """Whether what it names may be left out of this document."""
        return self.frame == outline.frame and timedelta() <= now - self.whole_at < WHOLE_EVERY


def outline(body: bytes, *, url: str, content_type: str) -> Outline | None:
    """Where the entries stand; None where that cannot be told for certain, or they are none or too many."""
    spans = _spans(body)
    if not spans or len(spans) > MOST or spans[0][0] > LONGEST_HEAD or b"<!ENTITY" in body:
        return None
    if any(body[end:start].strip() for (_, end), (start, _) in pairwise(spans)):
        return None
    head = masked(body[: spans[0][0]])
    if head.count(b"<") != head.count(b">"):
        return None
    # Of most tags the name is enough: a date or a link at the head of a feed changes with each poll.
    tags = [tag if _SCOPE.search(tag) else _called(tag) for tag in _TAG.findall(head) if not tag.startswith(b"<rdf:li")]
    frame = _digest(_PIECE, *(text.encode("utf-8", "surrogatepass") for text in (RULES, url, content_type)), *tags)
    pieces = tuple(_digest(_PIECE, body[start:end]) for start, end in spans)
    return Outline(body, frame, tuple(spans), pieces)


def name(text: str) -> str:
    """The form in which a name of an entry is remembered."""
    return _digest(_NAME, text.encode("utf-8", "surrogatepass"))


def without(text: str, pieces: Collection[str]) -> str:
    """What was written, without some of its pieces: they are read again."""
    return " ".join(word for word in text.split(" ") if word[:_PIECE] not in pieces) if pieces else text


def _spans(body: bytes) -> list[tuple[int, int]] | None:
    """From each beginning of an entry to its end; None if they do not take turns outside comments and sections."""
    found: list[tuple[int, int]] = []
    start: int | None = None
    kind = None
    for edge in _EDGE.finditer(body):
        if kind not in {None, edge[2]}:
            return None  # items and entries
        kind = edge[2]
        if not edge[1]:
            if start is not None:
                return None  # one within another, closed at once, or quoted
            start = edge.start()
            continue
        closed = _CLOSED.match(body, edge.end())
        if start is None or closed is None:
            return None
        end = closed.end()
        if any(body.count(opens, start, end) != body.count(closes, start, end) for opens, closes in _MARKS):
            return None  # the edge itself is a comment's
        found.append((start, end))
        start = None
    return found if start is None else None


def _called(tag: bytes) -> bytes:
    called = _CALLED.match(tag)
    return called[0] if called else tag


def _split(words: str) -> Iterable[str]:
    if len(words) % _NAME:
        raise ValueError(words)
    return (words[place : place + _NAME] for place in range(0, len(words), _NAME))

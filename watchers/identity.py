"""What makes two feed entries the same: id, canonical link, or title and text."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

MIN_TEXT_KEY = 60  # characters of title and text below which sameness proves nothing
_TRACKING = re.compile(
    r"utm_.*|at_.*|ns_.*|mc_[ce]id|fb(?:clid|_.*)|[gd]clid|gbraid|wbraid|msclkid|yclid|igshid|twclid|ttclid|_hs.*|"
    r"__twitter_impression|cmpid?|ocid|icid|smid|smtyp|partner|traffic_source|maca|rss(?:id)?|"
    r"ito|xtor|ref_?src|ref|referer|referrer|sr_share|taid|emc|spm|guccounter|guce_.*|_ga|_gl|"
    r"intcmp|itid|fromrss|from_rss"
)

_GAPS = re.compile(r"\W+")


@dataclass(frozen=True, kw_only=True)
class Marks:
    """What one entry offers to be known by."""

    id: str
    link: str | None
    title: str
    text: str

    @cached_property
    def canonical(self) -> str:
        """The one spelling of its link, empty without one."""
        return canonical_link(self.link) if self.link else ""

    @cached_property
    def words(self) -> str:
        """Its title and text without what stands between their words."""
        return _GAPS.sub(" ", f"{self.title}\n{self.text}").strip().casefold()


def canonical_link(url: str) -> str:
    """One spelling for the ways to write a link: no tracking parameters, no fragment, https for http.

    A link that cannot be taken apart is returned as it is.
    """
    try:
        parts = urlsplit(url.strip())
        host, port = (parts.hostname or "").lower().removesuffix("."), parts.port
        if parts.scheme.lower() not in {"http", "https"} or not host:
            return url
        host = f"[{host}]" if ":" in host else host
        spot = host if port in {None, 80, 443} else f"{host}:{port}"
        wanted = sorted(
            (name, value)
            for name, value in parse_qsl(parts.query, keep_blank_values=True)
            if not _TRACKING.fullmatch(name.lower())
        )
        return urlunsplit(("https", spot, parts.path.rstrip("/") or "/", urlencode(wanted), ""))
    except ValueError:
        return url


def keys(feed: str, entries: Sequence[Marks]) -> list[tuple[str, ...]]:
    """The identity keys of the entries of one document, strongest first; none for an entry with nothing to know it by.

    An id or a link that different entries of the document share identifies none of them. Links hold across feeds;
    ids and texts hold within their feed, as "1234" is used by many and agencies' texts run in many outlets.
    """
    shared_ids = _shared((mark.id, (mark.link or "", mark.title, mark.text)) for mark in entries)
    shared_links = _shared((mark.canonical, (mark.title, mark.text)) for mark in entries if mark.link)
    return [tuple(_keys(feed, mark, shared_ids, shared_links)) for mark in entries]


def names(mark: Marks) -> tuple[str, ...]:
    """What an entry is told from others by. Where no two entries share any, the keys of each are its own alone."""
    found = [f"id:{mark.id}"] if mark.id else []
    if mark.link:
        found.append(f"link:{mark.canonical}")
    if not found or len(mark.words) >= MIN_TEXT_KEY:
        found.append(f"text:{mark.words}")
    return tuple(found)


def mark(title: str, text: str, stamp: str) -> str:
    """What changes with every change of what a feed says of an article."""
    return _digest(f"{title}\x1f{text}\x1f{stamp}")


def _keys(feed: str, mark: Marks, shared_ids: frozenset[str], shared_links: frozenset[str]) -> Iterable[str]:
    found = 0
    if mark.id and mark.id not in shared_ids:
        found += 1
        yield f"id:{feed}:{_digest(mark.id)}"
    if mark.link and mark.canonical not in shared_links:
        found += 1
        yield f"link:{_digest(mark.canonical)}"
    if mark.words and (not found or len(mark.words) >= MIN_TEXT_KEY):
        yield f"text:{feed}:{_digest(mark.words)}"


def _shared(pairs: Iterable[tuple[str, tuple[str, ...]]]) -> frozenset[str]:
    """Those of the first that stand with more than one second."""
    seen: defaultdict[str, set[tuple[str, ...]]] = defaultdict(set)
    for key, value in pairs:
        seen[key].add(value)
    return frozenset(key for key, values in seen.items() if len(values) > 1)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:32]

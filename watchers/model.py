"""The values of the way from a feed to a clean article."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple, Protocol

LEFT_OUT = "It stood in the feed before the feed was added, and only what came later was asked for."


def _aware(moment: datetime | None, subject: str) -> None:
    if moment is not None and moment.tzinfo is None:
        raise ValueError(f"{subject} needs a time zone")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One item of a feed. `keys` are its identities, strongest first (id, link, title and text).

    Two entries that share any key are the same entry: ids and dates change, so no single key is trusted alone.
    """

    feed: str
    keys: tuple[str, ...]
    title: str
    url: str | None
    published: datetime | None  # aware; None: not given or unusable
    summary: str  # plain text of what the feed itself holds
    full: bool  # the feed holds the whole text, so that no page need be fetched
    mark: str = ""  # another one as soon as the feed changes what it says of the article

    def __post_init__(self) -> None:
        _aware(self.published, "Entry.published")


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """A clean text with where and when it was published. Character offsets everywhere are code points in `text`."""

    id: str  # unique and stable: the first identity key, or the id in a file
    keys: tuple[str, ...]  # every identity this article is known by
    url: str | None
    outlet: str
    title: str
    text: str
    published: datetime | None  # aware
    retrieved: datetime  # aware
    feed: str | None = None
    partial: bool = False  # only the feed's summary could be had
    garbled: bool = False  # wrong charset suspected: no statement may be taken from it
    language: str = "en"  # of its main part, see watchers.language
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _aware(self.published, "Article.published")
        _aware(self.retrieved, "Article.retrieved")

    @property
    def text_hash(self) -> str:
        """SHA-256 of the UTF-8 text, hexadecimal."""
        return hashlib.sha256(self.text.encode("utf-8", "surrogatepass")).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What a feed said of an article when it was last read: first at `since`, and `times` again after that."""

    mark: str
    at: datetime
    since: datetime
    times: int = 0

    def __post_init__(self) -> None:
        _aware(self.at, "Look.at")
        _aware(self.since, "Look.since")


class Handed(NamedTuple):
    """An article that a watcher hands over, with what its feed said of it."""

    article: Article
    look: Look | None = None


class Polled(NamedTuple):
    """A poll: the state before and that after, and what to remember of the document, unless that is None."""

    before: FeedState
    after: FeedState
    seen: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedState:
    """What is remembered about a feed between polls; `reason` says in words why it fails, or is empty."""

    feed: str
    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    polled_at: datetime | None = None
    good_at: datetime | None = None
    next_at: datetime | None = None
    failures: int = 0
    reason: str = ""
    moved_to: str | None = None  # a permanent redirect seen
    paused: bool = False  # 410 Gone, until an editor looks
    seeded: bool = False  # the first good poll is over
    lost: int = 0  # entries that could not be read when the feed last was

    def __post_init__(self) -> None:
        for name in ("polled_at", "good_at", "next_at"):
            _aware(getattr(self, name), f"FeedState.{name}")


class Begun(NamedTuple):
    """How often an entry was begun, and whether the first time was in a silent poll: it stays so until it is read."""

    attempts: int
    quiet: bool


class Known(NamedTuple):
    """What is known under some keys."""

    looks: Mapping[str, Look | None]  # those of articles on record, with the feed's last look at it, if there was one
    given_up: frozenset[str]
    tried: frozenset[str]  # those of entries that were begun, are not on record, and may be tried again


class FeedRecord(Protocol):
    """What the watchers need remembered; the ledger implements it. Every method blocks: call it off the event loop."""

    def feed_state(self, feed: str) -> FeedState:
        """The stored state of a feed; a fresh one for a feed never polled."""
        ...

    def save_feed_state(self, state: FeedState, seen: str | None = None) -> None:
        """Store the state, replacing the one before; with it what to remember of the document, unless that is None.

        The poll that was begun is over.
        """
        ...

    def save_polls(self, polls: Sequence[Polled]) -> None:
        """Store the states after several polls in one step, as `save_feed_state` would.

        Where another state was stored meanwhile, it stays.
        """
        ...

    def feed_seen(self, feed: str) -> str:
        """What is remembered of the feed's latest document (`watchers.seen`), empty for nothing."""
        ...

    def known(self, feed: str, keys: tuple[str, ...]) -> Known:
        """What is known under `keys`, with the feed's looks at the articles."""
        ...

    def save_look(self, entry: Entry, look: Look) -> None:
        """Remember a look at the article on record under the entry's keys; the attempts that it took are forgotten.

        No such article: nothing.
        """
        ...

    def poll_begun(self, feed: str) -> bool:
        """Note that entries of the feed are about to be read; whether that was noted before and no state stored since.

        Then the program ended in the midst of it, and one of them may have been why.
        """
        ...

    def entry_begun(self, entry: Entry, now: datetime, *, quiet: bool = False) -> Begun:
        """Count an attempt to read an entry, before it is made; `quiet` is remembered of the first."""
        ...

    def entry_failed(self, entry: Entry, reason: str, now: datetime, *, quiet: bool = False) -> None:
        """Say why the attempt failed, which counts as the first if none was counted; `quiet` is remembered of that."""
        ...

    def entry_waits(self, entry: Entry) -> None:
        """Take back the attempt that was begun: that it came to nothing is no fault of the entry."""
        ...

    def give_up_entry(self, entry: Entry, reason: str, now: datetime) -> None:
        """Park an entry with its reason, so that it is known and not tried again by this version of the program."""
        ...


class Receiver(Protocol):
    """Where a watcher hands over articles; awaiting it means that they are safely on record."""

    async def __call__(self, handed: Sequence[Handed], *, quiet: bool, again: bool = False) -> None:
        """Take articles in their order; `quiet` fills the ledger without posting anything.

        With each is kept what the feed said of it, and the attempts that it took are forgotten. Where one cannot be
        taken, those before it may be on record, and to hand them over once more changes nothing. `again` says of a
        single one that it may be changed.
        """
        ...

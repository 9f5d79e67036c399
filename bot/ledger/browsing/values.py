"""What a list of the record is narrowed down by, and what it holds: plain frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from bot.model import Position, Source, Stance, Statement, StatementKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """Filters of a list of positions; all that are given hold. People and topics by id or whole name, sides by id."""

    key: str | None = None
    person: str | None = None  # who holds it, or said it
    holder: str | None = None  # whose position it is, whoever said so
    side: str | None = None
    topic: str | None = None
    stance: Stance | None = None
    kind: StatementKind | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Spoken:
    """Filters of a list of statements; all that are given hold. Days are those on which it was said, both included."""

    key: str | None = None
    person: str | None = None
    side: str | None = None
    topic: str | None = None
    outlet: str | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Filed:
    """A position with the key by which it is known for good."""

    key: str
    position: Position


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """One remark on a topic as a plot shows it: whose, when, and what it does to the proposition."""

    holder: str  # id of the official, else the name
    name: str
    side: str | None
    day: date
    stance: Stance
    deferred: bool
    statement: str  # its key


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlet:
    """An outlet, and when something of it was first and last read."""

    name: str
    first: datetime
    last: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Contribution:
    """An article that was read, and how many statements were taken from it; `aside` says why none."""

    source: Source
    statements: int
    aside: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """A statement found by its words, with the topics that it is on."""

    statement: Statement
    topics: tuple[tuple[str, str], ...]  # id and name

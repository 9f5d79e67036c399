"""What a list of the record holds: plain frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from bot.model import Source, Stance, Statement, StatementKind

Entry = TypeVar("Entry")


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing(Generic[Entry]):
    """One page of a list; `older` leads to the next one, and is empty where there is none."""

    entries: tuple[Entry, ...]
    older: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """Filters of a list of positions; all that are given hold. People and topics by id or whole name, sides by id."""

    person: str | None = None
    side: str | None = None
    topic: str | None = None
    stance: Stance | None = None
    kind: StatementKind | None = None
    since: date | None = None
    until: date | None = None
    claimed: bool | None = None  # whether somebody else said that it is their position; None: either


@dataclass(frozen=True, slots=True, kw_only=True)
class Directory:
    """Somebody in the list of people."""

    name: str
    official: str | None
    side: str | None
    statements: int  # remarks
    last_said: date | None


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

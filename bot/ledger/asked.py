"""What the ledger answers when people ask it: plain frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.ledger.records import Person
from bot.model import Alert, Answer, Position, ReviewState, Stance, Statement
from config.values import ConflictKind

Match = Literal["quotation", "paraphrase", "near"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """A statement that holds words asked for, word for word (capitals and punctuation aside), or is near to them."""

    statement: Statement
    match: Match
    likeness: float  # of 100


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """Who somebody is, how much of them is on record, and a page of their words, the newest first."""

    person: Person
    role: str | None  # of the newest statement
    alerts: int
    open_alerts: int
    positions: tuple[Position, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stood:
    """A person's stance on a topic today, and the day on which it last changed; None: it never did on record."""

    topic: str
    name: str
    stance: Stance
    defers_to: str | None
    day: date
    changed: date | None
    before: Stance | None
    remarks: int  # as reported


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """One remark on a topic as a plot shows it; `claimed`: somebody else said that it is their position."""

    day: date
    stance: Stance
    claimed: bool
    deferred: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """What a person said on a topic, the newest first, a page at a time; `points` are all of it, the oldest first."""

    person: Person
    positions: tuple[Position, ...]
    points: tuple[Point, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """What somebody said another's position is, and how the other's own side answered."""

    position: Position
    answer: Answer | None
    reply: Position | None  # the answer, else the newest words of their own side on the topic
    alert: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proof:
    """A statement that an alert shows, held against the stored text just now; `fault` is empty where it holds.

    Of a text that was `let_go` only an excerpt around the quotation is left to hold it against.
    """

    position: Position
    fault: str
    let_go: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sought:
    """Filters of a list of alerts; all that are given hold."""

    review: ReviewState | None = None
    person: str | None = None
    topic: str | None = None
    side: str | None = None
    kind: ConflictKind | None = None
    since: datetime | None = None
    until: datetime | None = None  # before it
    of: str | None = None  # who took it or decided it


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One page of alerts, the newest first, and how many there are in all."""

    alerts: tuple[Alert, ...]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedOut:
    """What left a private answer: shared in a channel or by a link, or taken as a file. Never changed, never deleted.

    A link may have been `ended` since.
    """

    what: Literal["share", "export"]
    words: str
    channel: str
    by: str
    at: datetime
    ended: datetime | None = None
    ended_by: str = ""

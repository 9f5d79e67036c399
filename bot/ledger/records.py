"""What the ledger answers with, beside the values of the domain: plain frozen records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from bot.model import Alert, Became, DeliveryState, Position, ReviewState, Statement
from watchers.model import FeedState

DeliveryKind = Literal["card", "reply", "update"]
Action = Literal["confirm", "dismiss", "explain", "undo"]  # "explain": why it was dismissed, in the note
Deed = Literal["confirm", "dismiss", "explain", "undo", "assign", "note", "withdraw", "mend", "amend"]
MendedField = Literal["speaker", "words", "date", "topic", "stance", "withdrawn"]
VERDICTS: frozenset[Deed] = frozenset({"confirm", "dismiss", "undo", "withdraw"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Canary:
    """The last planted conflict, with where it got stuck (empty: nowhere), and when one last came through."""

    at: datetime
    fault: str
    good_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody, or a body, whose words are on record; `official` and `side` are ids of the configuration."""

    key: str  # by which they are known for good; empty: nothing is on record of them yet
    name: str
    official: str | None
    side: str | None
    person: bool
    statements: int  # remarks, however many outlets report each
    last_said: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """A person found by a search, `official` an id of the configuration; `score` runs to 100, an exact name."""

    name: str
    official: str | None
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicFound:
    """A topic found by a search; `name` is plain, `score` runs to 100."""

    topic: str
    name: str
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How much of a person is on record."""

    statements: int  # remarks, however many outlets report each
    reports: int  # statements as reported
    positions: int
    articles: int
    alerts: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicCount:
    """A topic and how many remarks on it are on record."""

    topic: str
    name: str
    statements: int
    last_said: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """What a person said: the newest positions first, one for each remark.

    Positions that another party claims for the person are among them, with `claimed_by` set.
    """

    name: str
    official: str | None
    side: str | None
    role: str | None  # of the newest statement
    counts: Counts
    positions: tuple[Position, ...]
    topics: tuple[TopicCount, ...]  # most spoken about first
    outlets: tuple[str, ...]  # that carry these positions, in the order of the alphabet


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The ledger in figures. `oldest_pending` is the creation of the oldest post that still waits for Slack."""

    articles: int  # however many versions there are of each
    statements: int
    utterances: int
    positions: int
    alerts: dict[DeliveryState, int]  # every state has its figure
    reviews: dict[ReviewState, int]
    feeds: tuple[FeedState, ...]
    aside: int  # articles set aside: on record, but not read
    why_aside: tuple[str, ...]  # outlet, title and reason of the newest of them
    corrected: int  # articles of which there is a later version
    changed: int  # statements that an outlet put into other words
    vanished: int  # statements that an outlet took out
    parked: int  # entries given up on
    why_parked: tuple[str, ...]  # feed, title and reason of the newest of them
    waiting: int  # deliveries pending or sending
    stuck: tuple[str, ...]  # reasons, the newest first
    oldest_pending: datetime | None
    refused: str = ""  # why Slack takes us no more
    canary: Canary | None = None  # the last planted conflict
    cramped: tuple[str, ...] = ()  # where the ledger's file runs out of room, and what to do


@dataclass(frozen=True, slots=True, kw_only=True)
class Version:
    """One text of an article, as it was when it was read; the first is number 1."""

    article: str
    number: int
    title: str
    text_hash: str
    seen: datetime
    partial: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What became of a statement in a later version: the place there, and what replaced it if it was changed."""

    statement: Statement
    became: Became
    at: datetime  # when the version was read
    start: int | None
    successor: Statement | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What happened to an alert, as each thread of it tells: who did what, why, and from what to what."""

    what: Deed  # "mend": people, of a statement; "amend": its outlet
    by: str  # a Slack user id; empty: nobody of the desk
    why: str = ""
    remark: str = ""
    before: str = ""
    after: str = ""

    @property
    def verdict(self) -> bool:
        """Whether it turned the verdict, which concerns the whole channel."""
        return self.what in VERDICTS


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One thing to be done in Slack: post a card, reply in its thread, or update the card.

    `key` belongs in the metadata of the message. `thread_ts` is the card's, once it is posted; the place is
    `alert.slack_channel`. `body` holds the positions a reply shows, `change` what it tells instead.
    """

    id: int
    kind: DeliveryKind
    alert: Alert
    key: str
    channel: str  # as configured
    state: DeliveryState
    attempts: int
    attempted_at: datetime | None
    thread_ts: str | None
    body: tuple[Position, ...]
    opening: bool = False  # the first reply under a card, which shows the evidence in full
    change: Change | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What came of a button: `by` is whose decision stands now, empty when none does."""

    alert: Alert
    changed: bool
    by: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mend:
    """What people corrected in a statement, or that they withdrew it; the statement is shown as it was."""

    statement: Statement
    field: MendedField
    old: str
    new: str
    by: str
    at: datetime
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Track:
    """The desk's own record with a kind of alert."""

    confirmed: int
    decided: int
    days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Decided:
    """One line of the audit: never changed, never deleted."""

    alert: int
    action: Deed
    by: str
    note: str  # the reason
    at: datetime
    before: str  # the review; of an assignment the owner, of a mending the value
    after: str
    remark: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicChange:
    """What an editor did with topics: never changed, never deleted; an undo is a change of its own."""

    number: int
    what: Literal["merged", "split", "renamed", "undone"]
    source: str | None  # the topic that was merged or renamed
    target: str | None  # what it went into, or what was split off
    by: str
    at: datetime
    undoes: int | None = None
    before: str = ""  # the names of a renamed topic
    after: str = ""

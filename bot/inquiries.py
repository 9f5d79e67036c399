"""What the desk can have looked up beyond the record, and the values that come back; whoever runs the service answers.

The Slack side never fetches, extracts or judges: it is given an `Inquiries`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from bot.ledger.asked import Sought
    from bot.ledger.people.roster import RosterChange
    from bot.model import Alert, Conflict, Position, Statement
    from config.schema import Official, Side
    from config.values import ConflictKind


class Unanswered(Exception):
    """It cannot be answered; the message is one sentence that names the subject, and says what to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A statement that was read, the positions it shows, and what on record it may conflict with."""

    statement: Statement
    positions: tuple[Position, ...]
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A text held against the record. Nothing of it was stored."""

    title: str
    url: str | None
    outlet: str
    taken: tuple[Taken, ...]
    notes: tuple[str, ...] = ()  # what to know of the text: set aside and why, known already …

    @property
    def conflicts(self) -> int:
        """How many pairs may be in conflict."""
        return sum(len(one.conflicts) for one in self.taken)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One step of the reasoning; at the one that `ends`, a pair is out."""

    title: str
    told: tuple[str, ...]
    ends: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Why two statements are an alert or not. `heading` names them, `verdict` says how it ends."""

    heading: tuple[str, ...]
    steps: tuple[Reason, ...]
    verdict: str
    others: int = 0  # further pairs of positions that the two show


@dataclass(frozen=True, slots=True, kw_only=True)
class Close:
    """A pair that is no conflict only because what was said differs in scope; `told` sets the scopes side by side."""

    earlier: Position
    later: Position
    would: str  # be, of which kind: "a change of position"
    told: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseCalls:
    """What is close, but not in conflict, of the newest remarks that were `looked` at; `all`: of all there are."""

    pairs: tuple[Close, ...]
    looked: int
    all: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """One entry of a feed that was tried: what could be had of it."""

    title: str
    url: str | None
    published: datetime | None
    outcome: str  # "full text, 3,200 characters", "paywalled: …"
    readable: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A feed that was looked at once, without keeping anything."""

    url: str
    entries: int
    dated: int
    newest: datetime | None
    oldest: datetime | None
    known: int  # entries that are on record already, by another source
    samples: tuple[Sample, ...]
    moved_to: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Otherwise:
    """Other settings than those that hold; None: as they are."""

    since: datetime
    minimum: float | None = None  # the score from which alerts are posted
    high: float | None = None
    kinds: frozenset[ConflictKind] | None = None
    channel: str = ""  # of this channel alone


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What would be otherwise: alerts that would not be, and conflicts on record that would be alerts."""

    considered: int
    stays: int
    vanish: tuple[Alert, ...]
    appear: tuple[Conflict, ...]
    settings: Mapping[str, str]  # in words: name → "0.60 → 0.75"


class Inquiries(Protocol):
    """Every method blocks and is bounded in time; what cannot be answered raises `Unanswered`."""

    def check(self, words: str) -> Checked:
        """Read a text, or the page at an address, and hold it against the record."""
        ...

    def why(self, names: Sequence[str]) -> Reasons:
        """Why an alert, or two statements named by key, place or words, are one or not."""
        ...

    def close(self, sought: Sought) -> CloseCalls:
        """Pairs that would be conflicts but for the scope of what was said."""
        ...

    def trial(self, url: str) -> Trial:
        """Look at a feed once."""
        ...

    def outline(self, url: str) -> str:
        """The text of a list of feeds (OPML) at an address."""
        ...

    def sources_changed(self) -> None:
        """Take up what the ledger now says of sources, without a restart."""
        ...

    def roster(self) -> tuple[tuple[Official, ...], tuple[Side, ...]]:
        """The people and sides by which articles are read now: the files' and those of Slack."""
        ...

    def change_roster(self, change: RosterChange) -> RosterChange:
        """Write a change down, to hold once `roster_changed`; `Unanswered` where it makes no sense."""
        ...

    def roster_changed(self) -> None:
        """Read the next article with the people and sides that the ledger now gives."""
        ...

    def replay(self, asked: Otherwise) -> Replayed:
        """Which alerts of a stretch of time other settings would bring or take, from what is on record."""
        ...

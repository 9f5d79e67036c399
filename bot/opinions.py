"""What a second opinion is asked and what it says: judges of pairs, and readers of single statements."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, runtime_checkable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from bot.model import Position, Stance, Statement


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What a judge thinks of a pair: three probabilities that sum to 1.

    `veto`: the judge may also take a hit back, and does. `doubt` is a line for the desk to check first, e.g. that the
    judge contradicts itself on this pair.
    """

    conflict: float
    agree: float
    unrelated: float
    veto: bool = False
    doubt: str = ""


NO_OPINION = Verdict(conflict=0.0, agree=0.0, unrelated=1.0)


class Judge(Protocol):
    """A second opinion on pairs of positions that are linked already, the older one first."""

    def __call__(self, pairs: Sequence[tuple[Position, Position]], /) -> Sequence[Verdict]:
        """One verdict a pair, in order."""
        ...


@runtime_checkable
class CarefulJudge(Judge, Protocol):
    """A judge that is never sure enough to add a conflict of its own: it is asked about those of the rules alone."""

    careful: bool


@runtime_checkable
class SlowJudge(Judge, Protocol):
    """A judge that nobody should wait for while the ledger is locked; it remembers what it has said."""

    def known(self, pairs: Sequence[tuple[Position, Position]], /) -> Sequence[Verdict | None]:
        """At once, for each pair what it has said of it; None where it is yet to be asked."""
        ...


class NotYet(Exception):
    """A slow judge is yet to be asked about `pairs`: leave the transaction, ask, and begin anew."""

    def __init__(self, pairs: Sequence[tuple[Position, Position]]) -> None:
        super().__init__(f"a judge is yet to be asked about {len(pairs)} pairs")
        self.pairs = pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class Hurried:
    """A slow judge within a transaction: says what it knows, and raises NotYet where it would have to be asked."""

    judge: SlowJudge

    def __call__(self, pairs: Sequence[tuple[Position, Position]], /) -> Sequence[Verdict]:
        """One verdict a pair, in order."""
        known = self.judge.known(pairs)
        verdicts = [verdict for verdict in known if verdict is not None]
        if len(verdicts) < len(known):
            raise NotYet(pairs)
        return verdicts


@dataclass(frozen=True, slots=True, kw_only=True)
class Glance:
    """What a small network makes of a statement by itself.

    `meaning` is a vector of unit length in whole numbers, 127 for 1: statements on one question have near vectors.
    `stances` are probabilities that sum to 1.
    """

    meaning: bytes
    stances: Mapping[Stance, float]


class Encoder(Protocol):
    """Reads positions one by one; those of one article are read together."""

    def __call__(self, positions: Sequence[Position], /) -> Sequence[Glance]:
        """One glance a position, in order."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Gloss:
    """What a reader makes of a statement: everything in it stands in the statement or right around it.

    `holder` is a name as written there, `proposition` a sentence with nothing left to resolve, `quote` the words that
    show the stance, `strength` how sure that is (0..1).
    """

    holder: str | None
    proposition: str
    stance: Stance
    quote: str
    strength: float


class Reader(Protocol):
    """A second reading of statements in which the rules have left something open."""

    def __call__(self, statements: Sequence[Statement], /) -> Sequence[Gloss | None]:
        """One gloss a statement, in order; None where it can say nothing."""
        ...

"""A judge that fails has no opinion: an article must not be lost because its judge is down."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.opinions import NO_OPINION, Glance

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model import Position, Statement
    from bot.opinions import Encoder, Gloss, Judge, Reader, Verdict

log = logging.getLogger(__name__)
_failed = 0


def failures() -> int:
    """How often a judge, reader or encoder has failed since the start, or a language model has not answered."""
    return _failed


def count() -> None:
    """One more has failed."""
    global _failed  # noqa: PLW0603  one count for the process; a lost one of two at once does not matter
    _failed += 1


def guarded(name: str, judge: Judge) -> Judge:
    """The judge, but the rules decide alone where it fails, and the log says so."""

    def opinion(pairs: Sequence[tuple[Position, Position]], /) -> Sequence[Verdict]:
        try:
            verdicts = judge(pairs)
            if len(verdicts) == len(pairs):
                return verdicts
            count()
            log.error("%s gave %d verdicts on %d pairs: left aside", name, len(verdicts), len(pairs))
        except Exception:  # what a model or a plugin may raise is not ours to know
            count()
            log.exception("%s failed: the rules decide alone", name)
        return [NO_OPINION] * len(pairs)

    return opinion


@dataclass(frozen=True, slots=True)
class Careful:
    """A judge that adds no conflict of its own."""

    judge: Judge
    careful: bool = True

    def __call__(self, pairs: Sequence[tuple[Position, Position]], /) -> Sequence[Verdict]:
        """One verdict a pair, in order."""
        return self.judge(pairs)


def guarded_reader(name: str, reader: Reader) -> Reader:
    """The reader, but statements stay as the rules read them where it fails, and the log says so."""

    def reading(statements: Sequence[Statement], /) -> Sequence[Gloss | None]:
        try:
            return reader(statements)
        except Exception:  # the same
            count()
            log.exception("%s failed: statements stay as the rules read them", name)
        return [None] * len(statements)

    return reading


def guarded_encoder(name: str, encoder: Encoder) -> Encoder:
    """The encoder, but nothing is known of what statements mean where it fails, and the log says so."""

    def glances(positions: Sequence[Position], /) -> Sequence[Glance]:
        try:
            return encoder(positions)
        except Exception:  # the same
            count()
            log.exception("%s failed: statements are read by the rules alone", name)
        return [Glance(meaning=b"", stances={})] * len(positions)

    return glances

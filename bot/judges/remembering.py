"""A slow judge that is asked about each pair once, so that it can be asked before the ledger is locked."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.model import Position
    from bot.opinions import Judge, Verdict

_KEPT: Final = 10_000  # verdicts, of the pairs last asked about


class Remembering:
    """A judge with a memory; `judge` must not fail (see `guarding`)."""

    def __init__(self, judge: Judge) -> None:
        self._judge = judge
        self._said: OrderedDict[tuple[str, str], Verdict] = OrderedDict()
        self._lock = Lock()

    def known(self, pairs: Sequence[tuple[Position, Position]], /) -> Sequence[Verdict | None]:
        """For each pair what was said of it; None where nothing was."""
        with self._lock:
            return [self._said.get(_key(pair)) for pair in pairs]

    def __call__(self, pairs: Sequence[tuple[Position, Position]], /) -> Sequence[Verdict]:
        """One verdict a pair, in order; only pairs of which nothing was said are asked about."""
        told = dict(enumerate(self.known(pairs)))
        missing = [index for index, verdict in told.items() if verdict is None]
        said = self._judge([pairs[index] for index in missing]) if missing else ()
        with self._lock:
            for index, verdict in zip(missing, said, strict=True):
                told[index] = self._said[_key(pairs[index])] = verdict
            while len(self._said) > _KEPT:
                self._said.popitem(last=False)
        return [verdict for verdict in told.values() if verdict is not None]


def _key(pair: tuple[Position, Position]) -> tuple[str, str]:
    return pair[0].key, pair[1].key

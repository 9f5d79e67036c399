"""How often a language model may be asked, and how much it may read and write; shared by all threads that ask."""

from __future__ import annotations

import logging
import time
from collections import deque
from threading import Lock
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

_HOUR: Final = 3600.0
_DAY: Final = 86_400.0
_REST: Final = 60.0  # seconds without a question after one that failed: an article must not wait on a dead server


class Allowance:
    """Counts since the start of the program; a log line says when a bound is reached, once until it is free again."""

    def __init__(self, *, calls_an_hour: int, tokens_a_day: int, clock: Callable[[], float] = time.monotonic) -> None:
        self._most_calls, self._most_tokens, self._clock = calls_an_hour, tokens_a_day, clock
        self._calls: deque[float] = deque()
        self._tokens: deque[tuple[float, int]] = deque()
        self._resting_until = float("-inf")
        self._told = False
        self._lock = Lock()

    @property
    def spent(self) -> bool:
        """Whether a bound is reached, so that nobody is asked."""
        return self._told

    def take(self) -> bool:
        """Whether one more question may be asked now; it counts from here on."""
        with self._lock:
            now = self._clock()
            if now < self._resting_until:
                return False
            while self._calls and self._calls[0] <= now - _HOUR:
                self._calls.popleft()
            while self._tokens and self._tokens[0][0] <= now - _DAY:
                self._tokens.popleft()
            spent = sum(count for _, count in self._tokens)
            if len(self._calls) >= self._most_calls:
                self._say(f"{self._most_calls} questions within an hour", "calls_an_hour")
                return False
            if spent >= self._most_tokens:
                self._say(f"{spent} tokens within a day", "tokens_a_day")
                return False
            self._told = False
            self._calls.append(now)
            return True

    def spend(self, tokens: int) -> None:
        """Count what a question and its answer came to."""
        with self._lock:
            self._tokens.append((self._clock(), tokens))

    def rest(self, why: str) -> None:
        """Ask nothing for a minute, for `why`."""
        with self._lock:
            now = self._clock()
            if now >= self._resting_until:
                log.warning("the language model is not asked for %d seconds: %s", _REST, why)
            self._resting_until = now + _REST

    def _say(self, what: str, setting: str) -> None:
        if not self._told:
            log.warning(
                "the language model has had %s, as many as [judge] %s allows: the local judge decides until more are "
                "free", what, setting,
            )  # fmt: skip
        self._told = True

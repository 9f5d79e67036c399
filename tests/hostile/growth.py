"""How the work on a text grows with its length, in any units: the same on a slow machine and on a busy one."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

ROOM = 2.5  # times the work a character; a work that grows with the square of the length comes to as much as PARTS
PARTS = 16
_TRIES = 5


def growth(work: Callable[[str], object], unit: str, size: int) -> float:
    """How many times as much work a character is in a text of `size` of them as in a sixteenth of it.

    The texts are `unit` again and again, no two of them the same, for the sake of caches. A short and a long one are
    measured one right after the other, for a machine may be slow for a second; the best of several such pairs counts,
    and they end where it lies within `ROOM`: what else the machine does only ever adds to one.
    """
    times, best = max(1, size // PARTS // len(unit)), float("inf")
    for number in range(_TRIES):
        some = range(times + 2 * number, times + 2 * number + 2)
        short = min(_seconds(work, unit, one) / one for one in some)
        many = times * PARTS + number
        best = min(best, _seconds(work, unit, many) / many / short)
        if best < ROOM:
            break
    return best


def _seconds(work: Callable[[str], object], unit: str, times: int) -> float:
    """What one call takes, without the collection of garbage that others left."""
    text = unit * times
    collects = gc.isenabled()
    gc.disable()
    began = time.thread_time()
    try:
        work(text)
        return time.thread_time() - began
    finally:
        if collects:
            gc.enable()

"""How the threads of the service share the interpreter and its memory, and how far it may reach; set once a process."""

from __future__ import annotations

import contextlib
import ctypes
import gc
import resource
import sys
from typing import Final

TURN: Final = 0.001  # seconds; with Python's own 0.005 each of several busy threads keeps the event loop waiting longer
HEAPS: Final = 2
MADE: Final = 10_000  # objects since the collector looked last: an article makes several times Python's own 700
OPEN: Final = 8192  # files and connections: 200 answers in hand, those kept for a next one, the record, Slack, pages
_M_ARENA_MAX: Final = -8  # of glibc's malloc.h


def share() -> None:
    """Let threads take short turns at the interpreter, and share two heaps.

    glibc gives nearly each thread a heap of its own, and none gives back all that it once needed: with thirty of them
    a service grows for hours. Other C libraries have no such heaps, and nothing is set there.
    """
    sys.setswitchinterval(TURN)
    with contextlib.suppress(OSError, AttributeError):  # no C library that can be asked, or another one
        ctypes.CDLL(None).mallopt(_M_ARENA_MAX, HEAPS)


def reach() -> None:
    """Let this process have as many files and connections open as it may need, if the system allows it.

    Most systems allow 1,024 until they are asked for more.
    """
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = OPEN if hard == resource.RLIM_INFINITY else min(OPEN, hard)
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):  # some systems have a limit beside the one they tell
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def keep() -> None:
    """Let the collector leave alone what is loaded by now, for it stays, and look at the rest less often."""
    gc.freeze()
    gc.set_threshold(MADE)


def give_back() -> None:
    """Give the system back the pages that nothing stands in any more; blocks for some tens of milliseconds.

    First what lives in circles goes: by itself Python looks at what is old only once a quarter more has become old,
    and until then some ten MB may wait. Then glibc, which by itself gives back only what lies at the end of a heap.
    Whatever came after a peak, a list of many alerts or an answer, keeps all of it, and the next peak finds room for a
    part: so a service grows that holds no more than before.
    """
    gc.collect()
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)

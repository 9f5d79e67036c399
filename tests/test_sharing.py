"""The threads of a service share few heaps, what none of them needs is given back, and files enough may be open."""

from __future__ import annotations

import platform
import resource
import subprocess
import sys

import pytest

from bot.sharing import OPEN

HEAPS_IN_USE = """
import ctypes, sys, tempfile, threading
from bot.sharing import share
{}
def fill(together):
    held = [bytearray(2000) for _ in range(500)]
    together.wait()
together = threading.Barrier(20)
threads = [threading.Thread(target=fill, args=(together,)) for _ in range(20)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
libc = ctypes.CDLL(None)
libc.fopen.restype = ctypes.c_void_p
with tempfile.NamedTemporaryFile() as told:
    file = ctypes.c_void_p(libc.fopen(told.name.encode(), b"w"))
    libc.malloc_info(0, file)
    libc.fclose(file)
    print(told.read().count(b"<heap nr="), sys.getswitchinterval())
"""


def heaps(first: str) -> list[str]:
    return subprocess.check_output([sys.executable, "-c", HEAPS_IN_USE.format(first)], text=True).split()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library has no such heaps")
def test_twenty_threads_share_two_heaps_and_take_short_turns() -> None:
    assert heaps("share()") == ["2", "0.001"]
    assert int(heaps("")[0]) > 2, "without it there are more, or this test would tell nothing"


LIMITED = """
import resource
from bot.sharing import reach
resource.setrlimit(resource.RLIMIT_NOFILE, (64, {0}))
reach()
print(*resource.getrlimit(resource.RLIMIT_NOFILE))
"""


def test_a_process_may_open_what_it_needs_as_far_as_the_system_allows() -> None:
    hard = min(OPEN, resource.getrlimit(resource.RLIMIT_NOFILE)[1])
    for most in (100, hard):
        told = subprocess.check_output([sys.executable, "-c", LIMITED.format(most)], text=True)
        assert told.split() == [str(most), str(most)]


HELD_BETWEEN = """
import resource
from pathlib import Path
from bot.sharing import give_back

def resident():
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6

peak = [bytearray(2000) for _ in range(20_000)]  # too large for the interpreter's own blocks
rest = peak[::500]
before = resident()
del peak
freed = resident()
give_back()
print(before, freed, resident())
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library gives back in its own way")
def test_what_a_peak_needed_is_given_back_although_something_still_stands_in_it() -> None:
    told = subprocess.check_output([sys.executable, "-c", HELD_BETWEEN], text=True)
    before, freed, after = map(float, told.split())
    assert before - freed < 10, "it would be given back anyway, and this test would tell nothing"
    assert before - after > 30  # of 40 MB


IN_A_CIRCLE = """
import gc, weakref
from bot.sharing import MADE, give_back, keep

class Circle:
    def __init__(self):
        self.own = self

loaded = [[]]
keep()
assert not any(one is loaded for one in gc.get_objects()), "what is loaded is left alone"
assert gc.get_threshold()[0] == MADE
circle = Circle()
told = weakref.ref(circle)
gc.collect(1)  # it has become old
del circle
gc.collect(1)
before = told() is None
give_back()
print(before, told() is None)
"""


def test_what_has_become_old_in_a_circle_is_given_back_and_what_is_loaded_is_left_alone() -> None:
    told = subprocess.check_output([sys.executable, "-c", IN_A_CIRCLE], text=True)
    assert told.split() == ["False", "True"], "before: it waits, or this test would tell nothing"

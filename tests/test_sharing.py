"""The threads of a service share few heaps, so that what one gives back another can use."""

from __future__ import annotations

import platform
import subprocess
import sys

import pytest

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

"""Names are found in threads of their own, and as the system has them."""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from watchers.gate import Names


def test_names_are_found_while_every_other_thread_is_held_up() -> None:
    async def found() -> list[str]:
        asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(1))
        over = threading.Event()
        held_up = asyncio.create_task(asyncio.to_thread(over.wait))
        names = Names(threads=1)
        records = await names.resolve("localhost", 80)
        over.set()
        await held_up
        await names.close()
        return [record["host"] for record in records]

    assert set(asyncio.run(found())) & {"127.0.0.1", "::1"}


def test_a_name_that_nobody_knows_is_an_error() -> None:
    with pytest.raises(socket.gaierror):
        asyncio.run(Names(threads=1).resolve("nobody.invalid", 80))


# A stand-in for a name server that is silent to the system's own resolver, which no test can reach
SILENT = """
import asyncio, socket, threading

over, asked, inner = threading.Event(), [], socket.getaddrinfo

def getaddrinfo(host, *rest, **more):
    asked.append(host)
    if host.endswith(".silent.example"):
        over.wait(30)
    return inner("127.0.0.1", *rest, **more)

socket.getaddrinfo = getaddrinfo
from watchers.gate import Names

async def given_up(names, name):
    try:
        async with asyncio.timeout(0.05):
            await names.resolve(name, 80)
    except TimeoutError:
        return True

"""


def done(script: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    call = [sys.executable, "-c", SILENT + script]
    return subprocess.run(call, env=environment, capture_output=True, text=True, timeout=20, check=False)


def test_the_program_ends_while_a_name_server_is_silent() -> None:
    ended = done("""
async def main():
    names = Names(threads=2)
    assert await given_up(names, "one.silent.example")
    await names.close()

asyncio.run(main())
""")
    assert (ended.returncode, ended.stderr) == (0, "")


def test_a_silent_name_takes_one_thread_however_often_it_is_asked_for() -> None:
    ended = done("""
async def main():
    names = Names(threads=2)
    for _ in range(4):
        assert await given_up(names, "one.silent.example")
    assert [record["host"] for record in await names.resolve("fine.example", 80)] == ["127.0.0.1"]
    assert asked == ["one.silent.example", "fine.example"], asked
    over.set()
    assert await names.resolve("one.silent.example", 80)
    await names.close()

asyncio.run(main())
""")
    assert (ended.returncode, ended.stderr) == (0, "")


def test_names_wait_for_a_thread_and_are_answered() -> None:
    async def found() -> int:
        names, others = Names(threads=2), set(threading.enumerate())
        records = await asyncio.gather(*(names.resolve("localhost", port) for port in range(1, 50)))
        assert len(set(threading.enumerate()) - others) <= 2
        await names.close()
        return sum(map(bool, records))

    assert asyncio.run(found()) == 49

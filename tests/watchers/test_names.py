"""Names are found in threads of their own, and as the system has them."""

from __future__ import annotations

import asyncio
import socket
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

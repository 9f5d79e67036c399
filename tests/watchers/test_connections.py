"""Connections are kept for a next request, but not so many that the process may open no file any more."""

from __future__ import annotations

import asyncio
import os
import socket
import sys
from asyncio.subprocess import PIPE

import pytest
import pytest_asyncio
from aiohttp.abc import AbstractResolver
from loopback import got

from config.settings import Fetching
from watchers.address import allowance, judge
from watchers.connections import KEPT
from watchers.fetch import Downloader

pytestmark = pytest.mark.asyncio(loop_scope="session")


class Here(AbstractResolver):
    """Every name is this machine."""

    async def resolve(self, host, port=0, family=socket.AF_INET):
        return [{"hostname": host, "host": "127.0.0.1", "port": port, "family": family, "proto": 0, "flags": 0}]

    async def close(self) -> None:
        pass


@pytest_asyncio.fixture(loop_scope="session")
async def here():
    opened = Downloader(Fetching(), resolver=Here())
    yield opened
    await opened.close()


async def test_no_connection_is_kept_while_those_to_some_hundred_hosts_are(site, here) -> None:
    site.put("/feed", "ok")
    allow = [f"{name}.example:{site.port}" for name in ("known", "new")]
    await got(here, site.url("/feed", "known.example"), allow=allow)
    places = allowance([])
    for number in range(KEPT):
        here._connections.to(judge(f"http://feed{number}.example/", places), places)
    for name in ("known", "new"):
        await got(here, site.url("/feed", f"{name}.example"), allow=allow)
    known, again, new = site.asked
    assert again.transport is known.transport
    assert (new.headers.get("Connection"), new.transport is None or new.transport.is_closing()) == ("close", True)


# It may open 1,024 files, asks 2,000 hosts at once, and tells how many files were open and what went wrong
MANY = """
import asyncio, os, resource, sys
from test_connections import Here
from config.settings import Fetching
from watchers.errors import WatchError
from watchers.fetch import Downloader

resource.setrlimit(resource.RLIMIT_NOFILE, (1024, 1024))
most, odd = 0, []

async def polled(downloader, place):
    global most
    try:
        async with downloader.get(f"http://{place}/feed", allow=[place]):
            most = max(most, len(os.listdir("/proc/self/fd")))
    except (WatchError, OSError) as error:
        odd.append(str(error))

async def main():
    downloader = Downloader(Fetching(), resolver=Here())
    await asyncio.gather(*(polled(downloader, f"feed{number}.example:{sys.argv[1]}") for number in range(2000)))
    await downloader.close()
    print(f"of 2,000 hosts {len(odd)} went unanswered {odd[:1]}; at most {most} files were open")

asyncio.run(main())
"""


@pytest.mark.campaign
@pytest.mark.skipif(sys.platform != "linux", reason="it counts open files through /proc")
async def test_a_process_that_may_open_1024_files_polls_2000_hosts_at_once(site) -> None:
    site.put("/feed", "ok")
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    call = [sys.executable, "-c", MANY, str(site.port)]
    process = await asyncio.create_subprocess_exec(*call, env=environment, stdout=PIPE)
    said = (await process.communicate())[0].decode()
    print(said)
    assert (process.returncode, "hosts 0 went unanswered" in said) == (0, True), said

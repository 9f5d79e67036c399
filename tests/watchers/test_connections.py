"""Connections are kept for a next request, but not so many that the process may open no file any more."""

from __future__ import annotations

import socket

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

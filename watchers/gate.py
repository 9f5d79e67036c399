"""The gate inside the dial: what a name stands for is judged before any of it is dialled."""

from __future__ import annotations

import asyncio
import errno
import socket
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from watchers.address import Allowance, judge_ip, place
from watchers.errors import BlockedAddress

AddrInfo = tuple[int, int, int, str, tuple[str | int, ...]]
_GIVEN = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV


class Names(AbstractResolver):
    """The system's name resolution, in up to `threads` threads of its own.

    It blocks one for each name, for as long as the name server is silent, whoever still waits for it; the threads that
    others need, those of the ledger among them, must not be among these.
    """

    def __init__(self, threads: int) -> None:
        self._threads = ThreadPoolExecutor(threads, thread_name_prefix="name")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Every address of a name; an OSError where there is none."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, _addresses, host, port, family)

    async def close(self) -> None:
        """Ask nothing more."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _addresses(host: str, port: int, family: socket.AddressFamily) -> list[ResolveResult]:
    found = socket.getaddrinfo(host, port, family=family, type=socket.SOCK_STREAM, flags=socket.AI_ADDRCONFIG)
    return [
        ResolveResult(hostname=host, host=_written(address), port=port, family=kind, proto=protocol, flags=_GIVEN)
        for kind, _, protocol, _, address in found
    ]


def _written(address: tuple[Any, ...]) -> str:
    """The address of a socket in figures, with the network card if it depends on one."""
    return socket.getnameinfo(address, socket.NI_NUMERICHOST | socket.NI_NUMERICSERV)[0]


class Gate(AbstractResolver):
    """Judges inside the dial: every record of a name, and once more the address of the socket itself."""

    def __init__(self, inner: AbstractResolver, places: Allowance) -> None:
        self._inner = inner
        self._places = places
        self._named: set[str] = set()  # addresses of names that are on the allowance

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Every address of a name; BlockedAddress where one of them may not be dialled."""
        records = await self._inner.resolve(host, port, family)
        spots = [place(record["host"], port) for record in records]
        if place(host, port) in self._places:  # the name itself: another one with the same address is judged by it
            self._named.update(spots)
            return records
        for record, spot in zip(records, spots, strict=True):
            if spot not in self._places and (kind := judge_ip(record["host"])) is not None:
                raise BlockedAddress(host, f"its address {record['host']} is {kind}")
        return records

    def socket(self, address: AddrInfo) -> socket.socket:
        """A socket for an address about to be dialled."""
        family, kind, protocol, _, (host, port, *_) = address
        spot = place(str(host), int(port))
        if spot not in self._places and spot not in self._named and (why := judge_ip(str(host))) is not None:
            raise PermissionError(errno.EACCES, f"{host} is {why}")
        return socket.socket(family=family, type=kind, proto=protocol)

    async def close(self) -> None:
        """Leave the inner resolver to whoever made it."""

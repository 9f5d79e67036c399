"""The gate inside the dial: what a name stands for is judged before any of it is dialled."""

from __future__ import annotations

import asyncio
import errno
import socket
from contextlib import suppress
from queue import SimpleQueue
from threading import Thread
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult

from watchers.address import Allowance, judge_ip, place
from watchers.errors import BlockedAddress

AddrInfo = tuple[int, int, int, str, tuple[str | int, ...]]
_Question = tuple[str, int, socket.AddressFamily]
_GIVEN = socket.AI_NUMERICHOST | socket.AI_NUMERICSERV


class Names(AbstractResolver):
    """The system's name resolution, in up to `threads` threads of its own.

    It blocks one for each name, for as long as the name server is silent, whoever still waits for it. So others, the
    ledger among them, use none of these; a name that is asked for again meanwhile takes no second one; and the program
    ends without them, which an executor's threads would not let it do.
    """

    def __init__(self, threads: int) -> None:
        self._most = threads
        self._threads = 0
        self._answers: dict[_Question, asyncio.Future[list[ResolveResult]]] = {}  # that are awaited
        self._questions: SimpleQueue[_Question | None] = SimpleQueue()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """Every address of a name; an OSError where there is none."""
        question = host, port, family
        answer = self._answers.get(question)
        if answer is None:
            loop = asyncio.get_running_loop()
            answer = self._answers[question] = loop.create_future()
            self._questions.put(question)
            if self._threads < min(self._most, len(self._answers)):
                self._threads += 1
                Thread(target=self._work, args=(loop,), name="names", daemon=True).start()
        return await asyncio.shield(answer)

    def _work(self, loop: asyncio.AbstractEventLoop) -> None:
        while (question := self._questions.get()) is not None:
            try:
                found, error = _addresses(*question), None
            except Exception as refusal:  # noqa: BLE001  whatever it is, whoever asked is told
                found, error = [], refusal
            with suppress(RuntimeError):  # the loop has ended meanwhile
                loop.call_soon_threadsafe(self._tell, question, found, error)

    def _tell(self, question: _Question, found: list[ResolveResult], error: Exception | None) -> None:
        answer = self._answers.pop(question)
        if error is None:
            answer.set_result(found)
        else:
            answer.set_exception(error)
            answer.exception()  # perhaps nobody waits for it any more

    async def close(self) -> None:
        """Ask nothing more. A thread that waits for an answer ends with it."""
        for _ in range(self._threads):
            self._questions.put(None)


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

"""Connections: each through the gate, kept for a next request as long as few are, and what goes wrong on one."""

from __future__ import annotations

import asyncio
import errno
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

import aiohttp
from aiohttp.abc import AbstractResolver

from watchers import body
from watchers.address import Allowance, Target
from watchers.errors import BlockedAddress, Unreachable
from watchers.gate import Gate

CONNECT_SECONDS = 10.0
IDLE_SECONDS = 5.0  # for which a connection is kept for the next request: a feed's pages follow soon, or not at all
KEPT = 250  # hosts to which connections are kept; some systems allow a process 1,024 files and connections in all
_LAST = {"Connection": "close"}


class Connections:
    """A session for each allowance: a pooled connection to a private place serves only those who may dial it."""

    def __init__(self, resolver: AbstractResolver) -> None:
        self._resolver = resolver
        self._tls = ssl.create_default_context()  # 17 ms to build, so there is one
        self._sessions: dict[Allowance, aiohttp.ClientSession] = {}
        self._kept: dict[str, float] = {}  # when the last request to each host was begun, in this order

    def to(self, target: Target, places: Allowance) -> tuple[aiohttp.ClientSession, Mapping[str, str]]:
        """The session for a request that is about to be begun, and what to tell the host of its connection."""
        now = asyncio.get_running_loop().time()
        while self._kept and (oldest := next(iter(self._kept.items())))[1] < now - IDLE_SECONDS:
            del self._kept[oldest[0]]
        session = self.session(places)
        if target.place not in self._kept and len(self._kept) >= KEPT:
            return session, _LAST
        self._kept.pop(target.place, None)
        self._kept[target.place] = now
        return session, {}

    def session(self, places: Allowance) -> aiohttp.ClientSession:
        """The session of an allowance."""
        if places in self._sessions:
            return self._sessions[places]
        gate = Gate(self._resolver, places)
        session = self._sessions[places] = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                resolver=gate,
                socket_factory=gate.socket,
                use_dns_cache=False,
                ssl=self._tls,
                limit=0,  # Slots is the bound
                keepalive_timeout=IDLE_SECONDS,
            ),
            read_bufsize=body.CHUNK,
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=CONNECT_SECONDS),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
        )
        return session

    async def close(self) -> None:
        """Close every one."""
        sessions = list(self._sessions.values())
        self._sessions.clear()
        for session in sessions:
            await session.close()


@contextmanager
def named(subject: str) -> Iterator[None]:
    """What goes wrong on a connection is a WatchError with its subject."""
    try:
        yield
    except aiohttp.ClientConnectorError as error:
        if error.os_error.errno == errno.EACCES:
            raise BlockedAddress(subject, str(error.os_error.strerror)) from error
        raise Unreachable(subject, _words(error)) from error
    except (aiohttp.ClientError, OSError) as error:
        raise Unreachable(subject, _words(error)) from error


def _words(error: BaseException) -> str:
    match error:
        case aiohttp.ClientConnectorDNSError():
            return "its name is not known"
        case aiohttp.ClientConnectorCertificateError() | aiohttp.ClientConnectorSSLError():
            return f"no trusted connection ({str(error.os_error)[:200]})"
        case aiohttp.ClientConnectorError():
            return f"no connection ({error.os_error.strerror or error.os_error})"
        case aiohttp.ServerTimeoutError():
            return f"no connection within {CONNECT_SECONDS:g} s"
        case aiohttp.ServerDisconnectedError() | aiohttp.ClientPayloadError() | ConnectionError():
            return "the connection broke off"
    return f"its answer is not proper HTTP ({type(error).__name__})"

"""The one place that opens a socket: a bounded GET, or POST, through the address gate."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator, Callable, Iterable, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urljoin

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from config.settings import Fetching
from watchers import body
from watchers.address import Allowance, Target, allowance, judge, shown
from watchers.answer import Response, retry_after, validator
from watchers.connections import Connections, named
from watchers.deadline import Deadline
from watchers.errors import BlockedAddress, Gone, Refused, TooSlow
from watchers.gate import Names
from watchers.robots import NAME, Robots
from watchers.slots import Slot, Slots

CONNECTIONS = 200  # answers in hand, each from its request until it was read
LARGE = 100 * 1024 * 1024  # bytes that all large bodies together may take
MAX_REDIRECTS = 5
MAX_ANSWER = 64 * 1024  # bytes, of a service that is asked
GAP_SECONDS = 0.25  # between two requests to one public host; a host on the allowance is the editor's own
FEEDS = "application/rss+xml, application/atom+xml, application/rdf+xml, application/xml;q=0.9, */*;q=0.5"
PAGES = "text/html, application/xhtml+xml, */*;q=0.5"
_MOVES = frozenset({301, 302, 303, 307, 308})
_MOVES_FOR_GOOD = frozenset({301, 308})

Login = tuple[str, str]  # a name and a password


class Downloader:
    """Downloads through one gate, one TLS context and one bound on concurrency.

    `resolver` replaces the system's name resolution; it is judged like it. To be closed.
    """

    def __init__(
        self,
        fetching: Fetching,
        *,
        contact: str = "",
        resolver: AbstractResolver | None = None,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        overall: int = CONNECTIONS,
        per_host: int = 2,
    ) -> None:
        self._fetching = fetching
        self._agent = user_agent(contact)
        self._resolver = resolver or Names(threads=overall)
        self._clock = clock
        self._connections = Connections(self._resolver)
        self._slots = Slots(overall=overall, large=max(2, LARGE // fetching.max_bytes), per_host=per_host)
        self._robots = Robots(self.get, clock) if fetching.robots == "respected" else None

    async def rules(self, url: str, *, allow: Iterable[str] = ()) -> bytes:
        """What the site of a page asks of programs, to be judged by the parser child; empty where nothing is to be."""
        return await self._robots.rules(url, allow) if self._robots else b""

    @asynccontextmanager
    async def get(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        allow: Iterable[str] = (),
        accept: str = FEEDS,
        login: Login | None = None,
        doubtful: bool = False,
    ) -> AsyncIterator[Response]:
        """The answer of a GET, after at most five redirects, each judged; any failure is a WatchError.

        The answer counts as in hand until the context is left, and so many may be: leave it once the body was read,
        and ask for no other within it. `allow` lists the private places ("host:port") this one request may reach;
        `login`, a name and a password, goes to the origin of `url` and no other. Doubtful requests, of sources that
        failed before, wait for each other rather than have the others wait for them.
        """
        places = allowance(allow)
        target = judge(url, places)
        headers = {"User-Agent": self._agent, "Accept": accept, "Accept-Encoding": "gzip"}
        if tag := validator(etag):
            headers["If-None-Match"] = tag
        if since := validator(last_modified):
            headers["If-Modified-Since"] = since
        async with AsyncExitStack() as in_hand:
            yield await self._follow(target, headers, places, login, in_hand, doubtful=doubtful)

    async def _follow(
        self,
        target: Target,
        headers: dict[str, str],
        places: Allowance,
        login: Login | None,
        in_hand: AsyncExitStack,
        *,
        doubtful: bool,
    ) -> Response:
        at_home = {**headers, "Authorization": aiohttp.encode_basic_auth(*login, "utf-8")} if login else headers
        origin, subject = target.origin, shown(target.url)
        moved_to: str | None = None
        for_good = True
        try:
            async with Deadline(self._fetching.deadline_seconds) as deadline:
                for _ in range(MAX_REDIRECTS + 1):
                    await in_hand.aclose()  # a redirect holds nothing while the next host is waited for
                    gap = 0.0 if target.place in places else GAP_SECONDS
                    async with self._slots.turn(target.host, gap=gap):
                        slot = await in_hand.enter_async_context(self._slots.slot(doubtful=doubtful))
                        asked = at_home if target.origin == origin else headers
                        deadline.run()  # waiting for a turn or a slot is no fault of the server
                        found = await self._exchange(target, asked, places, subject, partial(_enlarged, slot, deadline))
                        deadline.stop()
                    if isinstance(found, Response):
                        return replace(found, moved_to=moved_to)
                    status, location = found
                    target = _next(target, location, places)
                    for_good = for_good and status in _MOVES_FOR_GOOD
                    moved_to = target.url if for_good else moved_to
        except TimeoutError as error:
            raise TooSlow(subject, f"no complete answer within {self._fetching.deadline_seconds:g} s") from error
        raise Refused(subject, f"it redirects more than {MAX_REDIRECTS} times")

    async def _exchange(
        self,
        target: Target,
        headers: dict[str, str],
        places: Allowance,
        subject: str,
        enlarge: body.Enlarge,
    ) -> Response | tuple[int, str]:
        """One request: the response, or status and location of a redirect."""
        session, manner = self._connections.to(target, places)
        with named(subject):
            async with session.get(URL(target.url), headers={**headers, **manner}, allow_redirects=False) as answer:
                try:
                    return await self._answer(answer, target, subject, enlarge)
                except BaseException:
                    answer.close()  # never read the rest of what we refuse
                    raise

    async def post(self, url: str, content: bytes, headers: Mapping[str, str], *, allow: Iterable[str] = ()) -> None:
        """Hand something over; it was taken if nothing is raised, and any failure is a WatchError.

        The address is judged as that of a GET. A redirect is a refusal, and nothing of the answer is read.
        """
        await self._told("POST", url, content, headers, allow, most=0)

    async def ask(
        self, url: str, headers: Mapping[str, str], *, content: bytes | None = None, allow: Iterable[str] = ()
    ) -> bytes:
        """What a service answers to a GET or, with `content`, to a POST; any failure is a WatchError.

        As `post`, but the answer is read, as long as it is short.
        """
        return await self._told("GET" if content is None else "POST", url, content, headers, allow, most=MAX_ANSWER)

    async def _told(
        self,
        method: str,
        url: str,
        content: bytes | None,
        headers: Mapping[str, str],
        allow: Iterable[str],
        *,
        most: int,
    ) -> bytes:
        places = allowance(allow)
        target = judge(url, places)
        subject = shown(target.url)
        told = {"User-Agent": self._agent, "Accept-Encoding": "gzip", **headers}
        try:
            async with (
                Deadline(self._fetching.deadline_seconds) as deadline,
                self._slots.turn(target.host, gap=0.0),
                self._slots.slot(),
            ):
                deadline.run()
                session, _ = self._connections.to(target, places)
                with named(subject):
                    async with session.request(
                        method, URL(target.url), data=content, headers=told, allow_redirects=False
                    ) as answer:
                        try:
                            if not 200 <= answer.status < 300:
                                retry = retry_after(answer.headers.get("Retry-After"), self._clock())
                                raise Refused(subject, status=answer.status, retry_after=retry)
                            return await body.read(answer, subject, most) if most else b""
                        finally:
                            answer.close()  # never read the rest
        except TimeoutError as error:
            raise TooSlow(subject, f"no answer within {self._fetching.deadline_seconds:g} s") from error

    async def _answer(
        self, answer: aiohttp.ClientResponse, target: Target, subject: str, enlarge: body.Enlarge
    ) -> Response | tuple[int, str]:
        status = answer.status
        if status in _MOVES:
            location = answer.headers.get("Location", "")
            if not location:
                raise Refused(subject, "a redirect that leads nowhere", status=status)
            return status, location
        headers = {name.lower(): value for name, value in answer.headers.items()}
        if status == 304:
            return Response(status=status, url=target.url, headers=headers)
        if status == 410:
            raise Gone(subject)
        if status not in {200, 203}:
            retry = retry_after(answer.headers.get("Retry-After"), self._clock())
            raise Refused(subject, status=status, retry_after=retry)
        content = await body.read(answer, subject, self._fetching.max_bytes, enlarge)
        return Response(status=status, url=target.url, body=content, headers=headers, charset=answer.charset)

    async def close(self) -> None:
        """Close every connection."""
        await self._connections.close()
        await self._resolver.close()


async def _enlarged(slot: Slot, deadline: Deadline) -> None:
    deadline.stop()
    await slot.enlarge()
    deadline.run()


def _next(target: Target, location: str, places: Allowance) -> Target:
    """The judged target of a redirect."""
    try:
        joined = urljoin(target.url, location.strip().replace(" ", "%20"))
    except ValueError as error:
        raise BlockedAddress(shown(location), "a redirect that cannot be read") from error
    return judge(joined, places)


def user_agent(contact: str) -> str:
    """Who we are, with the address that site owners may write to."""
    try:
        number = version("on-record")
    except PackageNotFoundError:
        number = "0"
    reach = re.sub(r"[^\x20-\x7e]+|[()]", " ", contact).strip()[:200]
    return f"{NAME}/{number} (news feed reader{'; ' + reach if reach else ''})"

"""What a site asks of programs that fetch its pages (RFC 9309): kept for each site, and judged page by page."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from protego import Protego

from watchers.answer import Response
from watchers.errors import BlockedAddress, Gone, Refused

NAME = "OnRecord"  # as a robots.txt calls us, and as we call ourselves
KEPT = timedelta(hours=24)  # no longer, says the RFC
MOST = 512_000  # bytes of one file that are read; so much must be
ROOM = 16_000_000  # bytes of all files that are kept
PLAIN = "text/plain, */*;q=0.5"

Get = Callable[..., AbstractAsyncContextManager[Response]]


@dataclass(frozen=True, slots=True)
class _File:
    rules: bytes
    until: datetime


class Robots:
    """The robots.txt of each site that was asked lately."""

    def __init__(self, get: Get, clock: Callable[[], datetime]) -> None:
        self._get = get
        self._clock = clock
        self._files: OrderedDict[tuple[str, frozenset[str]], _File] = OrderedDict()

    async def rules(self, url: str, allow: Iterable[str]) -> bytes:
        """What the site of a page asks of programs, empty where it asks nothing.

        A site whose file cannot be had just now may not be asked for pages: the WatchError says why.
        """
        parts = urlsplit(url)
        site, now = f"{parts.scheme}://{parts.netloc.rpartition('@')[2].lower()}", self._clock()
        key = site, frozenset(allow)  # what is read of a private place is for those alone who may reach it
        kept = self._files.get(key)
        if kept is None or not now < kept.until <= now + KEPT:
            kept = self._files[key] = _File(await self._read(site, key[1]), now + KEPT)
            self._make_room()
        return kept.rules

    async def _read(self, site: str, allow: Iterable[str]) -> bytes:
        try:
            async with self._get(f"{site}/robots.txt", allow=allow, accept=PLAIN) as response:
                return response.body[:MOST]
        except (Gone, BlockedAddress):  # or it leads to where nobody outside may look
            return b""
        except Refused as error:
            if error.status < 500 and error.status != 429:  # there is none, or only a redirect without an end
                return b""
            raise

    def _make_room(self) -> None:
        room = sum(len(file.rules) + 1000 for file in self._files.values())
        while room > ROOM:
            _, gone = self._files.popitem(last=False)
            room -= len(gone.rules) + 1000


def permits(rules: bytes, url: str) -> bool:
    """Whether these rules let us fetch a page. To be asked in the parser child: a stranger wrote them."""
    return bool(Protego.parse(rules.decode("utf-8", "replace")).can_fetch(url, NAME))

"""Save Page Now of the Internet Archive: a page is asked to be kept, and what became of that is asked later.

Its interface, version 2, is described at https://archive.org/developers/ and in the draft that the Archive links to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import urlencode

from watchers.errors import Refused

if TYPE_CHECKING:
    from config.settings import Wayback

_JOB = re.compile(r"[\w.-]{1,200}", re.ASCII)
_MOMENT = re.compile(r"[0-9]{14}")
_NAMED = re.compile(r"error:[a-z0-9-]{1,60}")
_FULL = frozenset({"error:user-session-limit", "error:celery", "error:cannot-fetch", "error:no-browsers-available"})
_LATELY = "2h"  # a copy that is not older is as good as a new one: an answer that was lost costs no second capture


class Asks(Protocol):
    """Asks a service through the address gate; any failure is a WatchError."""

    async def ask(
        self, url: str, headers: Mapping[str, str], *, content: bytes | None = None, allow: Iterable[str] = ()
    ) -> bytes:
        """What it answers to a GET or, with `content`, to a POST."""


class Busy(Exception):
    """It takes nothing more for now; `seconds` as it asked."""

    def __init__(self, reason: str, seconds: float | None = None) -> None:
        super().__init__(reason)
        self.seconds = seconds


class Failed(Exception):
    """It could not keep the page; the text says why, in its own name for that."""


class SavePageNow:
    """The service at the configured address. `keys` are access:secret."""

    def __init__(self, wayback: Wayback, keys: str, asks: Asks) -> None:
        self._wayback = wayback
        self._asks = asks
        self._headers = {"Accept": "application/json", "Authorization": f"LOW {keys}"}

    async def capture(self, url: str) -> str:
        """Ask for a page, and return the name of the job. `Busy`, `Failed` or a WatchError."""
        form = urlencode({"url": url, "skip_first_archive": "1", "if_not_archived_within": _LATELY}, errors="replace")
        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        try:
            told = await self._told("/save", headers, form.encode())
        except Failed as error:
            raise (Busy(str(error)) if str(error) in _FULL else error) from error
        job = told.get("job_id")
        if not isinstance(job, str) or not _JOB.fullmatch(job):
            raise Failed("it named no job")
        return job

    async def became(self, job: str) -> datetime | None:
        """When the page was captured; None: it is at it. `Busy`, `Failed` or a WatchError."""
        told = await self._told(f"/save/status/{job}")
        moment = told.get("timestamp")
        if told.get("status") == "success" and isinstance(moment, str) and _MOMENT.fullmatch(moment):
            try:
                return datetime.strptime(moment, "%Y%m%d%H%M%S").replace(tzinfo=UTC)
            except ValueError as error:
                raise Failed("it named no moment") from error
        if told.get("status") == "pending":
            return None
        raise Failed("it said neither that the page is kept nor that it is not")

    def copy(self, url: str, at: datetime) -> str:
        """Where the copy of a page stands."""
        return f"{self._wayback.address}/web/{at:%Y%m%d%H%M%S}/{url}"

    async def _told(
        self, path: str, headers: Mapping[str, str] | None = None, content: bytes | None = None
    ) -> Mapping[str, Any]:
        address, allow = f"{self._wayback.address}{path}", self._wayback.allow
        try:
            answer = await self._asks.ask(address, {**self._headers, **(headers or {})}, content=content, allow=allow)
        except Refused as error:
            if error.status == 429:
                raise Busy(error.what, error.retry_after) from error
            raise
        try:
            told = json.loads(answer)
        except (ValueError, RecursionError) as error:
            raise Failed("its answer is no JSON") from error
        if not isinstance(told, dict):
            raise Failed("its answer says nothing")
        if told.get("status") == "error":
            kind = told.get("status_ext")
            kind = kind if isinstance(kind, str) and _NAMED.fullmatch(kind) else "an error that it does not name"
            raise Failed(kind)
        return told

"""Faults that a test plants in the Web API, and how each of them answers."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from aiohttp import web


@dataclass(slots=True, kw_only=True)
class Fault:
    """What goes wrong the next `times` times that `method` ("*": any) is called.

    Without a kind of its own (`status`, `drop`, `malformed`, `hang`) the method answers `ok: false` with `error`.
    `after_commit`: the call takes effect and only its answer is spoilt; this is the fault that finds double posts.
    """

    method: str
    error: str | None = None
    status: int | None = None
    retry_after: str | None = None  # as it stands in the header: seconds, or whatever a test wants to send
    drop: bool = False  # the connection is closed without an answer
    malformed: bool = False  # the answer is cut in the middle of its JSON
    hang: bool = False  # no answer comes at all; the caller's own deadline decides
    after_commit: bool = False
    times: int = 1
    after: int = 0  # so many calls pass first
    hits: int = field(default=0, init=False)

    @property
    def name(self) -> str:
        """Return a short name for the log of calls."""
        kinds = {"drop": self.drop, "malformed": self.malformed, "hang": self.hang}
        kind = next((name for name, on in kinds.items() if on), None)
        return kind or self.error or f"status {self.status}"

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer the request as this fault does."""
        if self.hang:
            await asyncio.get_running_loop().create_future()  # ends when the caller goes away
        if self.drop:
            if request.transport is not None:
                request.transport.abort()
            return web.Response()
        if self.malformed:
            return web.Response(text='{"ok": true, "channel": "C0', content_type="application/json")
        wait = self.retry_after or ("1" if self.status == 429 else None)
        headers = {"Retry-After": wait} if wait else {}
        if self.status is not None and self.status >= 500:
            return web.Response(
                text="<html><body>Server error</body></html>", content_type="text/html", status=self.status
            )
        error = self.error or ("ratelimited" if self.status == 429 else "internal_error")
        return web.json_response({"ok": False, "error": error}, status=self.status or 200, headers=headers)


class Faults:
    """The planted faults, used up in the order in which they were planted."""

    def __init__(self) -> None:
        self._planted: list[Fault] = []

    def plant(self, fault: Fault) -> Fault:
        """Add a fault; the value returned counts its `hits`."""
        self._planted.append(fault)
        return fault

    def clear(self) -> None:
        """Remove every fault that is left."""
        self._planted.clear()

    def next(self, method: str) -> Fault | None:
        """Return the fault that hits this call, or None; a fault that has hit often enough is gone."""
        for fault in self._planted:
            if fault.method in (method, "*"):
                if fault.after:
                    fault.after -= 1
                    continue
                fault.hits += 1
                if fault.hits >= fault.times:
                    self._planted.remove(fault)
                return fault
        return None

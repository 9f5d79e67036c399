"""Faults of the Web API, planted by a test or drawn for each call, and how each of them answers."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypedDict

from aiohttp import web

from bot.workspace.transport.network import reset

_KINDS = ("drop", "reset", "malformed", "cut", "html", "empty", "hang", "drip", "delay", "late")
_PAGE = "<!doctype html><html><body><p>{}</p></body></html>"


class Kinds(TypedDict, total=False):
    """What may be said of a fault; see `Fault`."""

    error: str | None
    status: int | None
    retry_after: str | float | None
    drop: bool
    reset: bool
    malformed: bool
    cut: bool
    html: bool
    empty: bool
    hang: bool
    drip: float
    delay: float
    late: float
    after_commit: bool
    times: int
    after: int


@dataclass(slots=True, kw_only=True)
class Fault:
    """What goes wrong the next `times` times that `method` ("*": any) is called.

    Without a kind of its own (`status`, `drop` …) the method answers `ok: false` with `error`.
    `after_commit`: the call takes effect and only its answer is spoilt; this is the fault that finds double posts.
    """

    method: str = "*"
    error: str | None = None
    status: int | None = None
    retry_after: str | float | None = None  # as it stands in the header: seconds, or whatever a test wants to send
    drop: bool = False  # the connection is closed without an answer
    reset: bool = False  # the connection is reset: what was on its way is lost
    malformed: bool = False  # the answer is cut in the middle of its JSON
    cut: bool = False  # the connection ends in the middle of the answer
    html: bool = False  # a page that some proxy made, with status 200
    empty: bool = False  # status 200 and nothing
    hang: bool = False  # no answer comes at all; the caller's own deadline decides
    drip: float = 0.0  # seconds of the event loop between two bytes of the answer; it takes effect at once
    delay: float = 0.0  # seconds of the event loop until it is taken up (nothing comes of it if the caller has gone)
    #                     or, with `after_commit`, answered
    late: float = 0.0  # no answer comes; it takes effect so many seconds of the clock later, whether the caller waits
    after_commit: bool = False
    times: int = 1
    after: int = 0  # so many calls pass first
    hits: int = field(default=0, init=False)

    @property
    def name(self) -> str:
        """Return a short name for the log of calls."""
        kind = next((name for name in _KINDS if getattr(self, name)), None)
        return kind or self.error or f"status {self.status}"

    @property
    def takes_effect(self) -> bool:
        """Say whether the method is run before the answer is spoilt."""
        return self.after_commit or bool(self.drip) or bool(self.delay)

    async def before(self) -> None:
        """Keep the call waiting before it is taken up, where this fault does."""
        if self.delay and not self.after_commit:
            await asyncio.sleep(self.delay)

    async def answer(self, request: web.Request, answer: web.Response) -> web.StreamResponse:
        """Answer the request as this fault does; `answer` is what would have been answered without it."""
        if self.hang or self.late:
            await asyncio.get_running_loop().create_future()  # ends when the caller goes away
        if self.delay:
            await asyncio.sleep(self.delay if self.after_commit else 0)
            return answer
        if self.reset or self.drop:
            if request.transport is not None:
                reset(request.transport) if self.reset else request.transport.abort()
            return web.Response()
        if self.cut or self.drip:
            return await self._in_part(request, answer)
        if self.malformed:
            return web.Response(text='{"ok": true, "channel": "C0', content_type="application/json")
        if self.empty:
            return web.Response()
        if self.html or (self.status is not None and self.status >= 500):
            text = _PAGE.format("Server error" if self.status else "Please log in to the network")
            return web.Response(text=text, content_type="text/html", status=self.status or 200)
        wait = self.retry_after if self.retry_after is not None else "1" if self.status == 429 else None
        headers = {"Retry-After": str(wait)} if wait not in (None, "") else {}
        error = self.error or ("ratelimited" if self.status == 429 else "internal_error")
        return web.json_response({"ok": False, "error": error}, status=self.status or 200, headers=headers)

    async def _in_part(self, request: web.Request, answer: web.Response) -> web.StreamResponse:
        """Send the true answer byte by byte, or half of it and no more."""
        body = answer.body if isinstance(answer.body, bytes) else b"{}"
        headers = {"Content-Type": "application/json", "Content-Length": str(len(body))}
        stream = web.StreamResponse(headers=headers)
        await stream.prepare(request)
        if self.cut:
            await stream.write(body[: len(body) // 2])
            if request.transport is not None:
                request.transport.close()
            return stream
        for byte in body:
            await stream.write(bytes([byte]))
            await asyncio.sleep(self.drip)
        return stream


class Faults:
    """The planted faults, used up in the order in which they were planted, and the weather for all other calls."""

    def __init__(self) -> None:
        self._planted: list[Fault] = []
        self.weather: Callable[[str], Fault | None] = lambda _method: None  # drawn for each call of a method

    def plant(self, fault: Fault) -> Fault:
        """Add a fault; the value returned counts its `hits`."""
        self._planted.append(fault)
        return fault

    def clear(self) -> None:
        """Remove every fault that is left, and let the weather be fine."""
        self._planted.clear()
        self.weather = lambda _method: None

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
        return self.weather(method)

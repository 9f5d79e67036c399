"""Servers that harm by how they answer: what is on the wire rather than in the document."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web
from documents import gzipped, item, rss

Wire = Callable[[web.Request], Awaitable[web.StreamResponse]]
_ITEMS = b"<item/>" * 100_000
MEBIBYTE = 1024 * 1024


async def _stream(request: web.Request, **headers: str) -> web.StreamResponse:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    answer = web.StreamResponse(headers={"Content-Type": "application/rss+xml", **named})
    await answer.prepare(request)
    return answer


async def _endless(request: web.Request) -> web.StreamResponse:
    answer = await _stream(request)
    while True:
        await answer.write(_ITEMS)


def _whole(body: bytes, encoding: str) -> Wire:
    async def answer(_: web.Request) -> web.StreamResponse:
        return web.Response(body=body, headers={"Content-Encoding": encoding})

    return answer


async def drip(request: web.Request) -> web.StreamResponse:
    """A byte each tenth of a second."""
    answer = await _stream(request)
    while True:
        await answer.write(b"<")
        await asyncio.sleep(0.1)


async def silence(_: web.Request) -> web.StreamResponse:
    """No answer, for an hour."""
    await asyncio.sleep(3600)
    return web.Response()


async def _slow_headers(request: web.Request) -> web.StreamResponse:
    transport = request.transport
    if transport is None:
        return web.Response()
    transport.write(b"HTTP/1.1 200 OK\r\n")  # type: ignore[attr-defined]
    while not transport.is_closing():
        transport.write(b"x")  # type: ignore[attr-defined]
        await asyncio.sleep(0.1)
    return web.Response()


async def round_and_round(request: web.Request) -> web.StreamResponse:
    """Another address of the same kind."""
    turn = int(request.query.get("turn", "0")) + 1
    return web.Response(status=302, headers={"Location": f"{request.path}?turn={turn}"})


async def _nowhere(_: web.Request) -> web.StreamResponse:
    return web.Response(status=302)


async def _inwards(_: web.Request) -> web.StreamResponse:
    return web.Response(status=301, headers={"Location": "http://169.254.169.254/latest/"})


async def _short(request: web.Request) -> web.StreamResponse:
    answer = await _stream(request, Content_Length="100000")
    await answer.write(b"<rss")
    if request.transport:
        request.transport.abort()
    return answer


async def broken(_: web.Request) -> web.StreamResponse:
    """Status 500."""
    return web.Response(status=500, text="out of order")


WIRES: Mapping[str, Wire] = {
    "endless body": _endless,
    "gzip of 2 GiB": _whole(gzipped(bytes(MEBIBYTE)) * 2048, "gzip"),  # 2 MB, in as many members
    "gzip in gzip": _whole(gzipped(gzipped(rss(item()).encode())), "gzip"),
    "brotli unasked": _whole(b"\x0b\x02\x80", "br"),
    "zstd unasked": _whole(b"(\xb5/\xfd", "zstd"),
    "a byte each 0.1 s": drip,
    "silence": silence,
    "headers without end": _slow_headers,
    "redirects without end": round_and_round,
    "redirect to nowhere": _nowhere,
    "redirect into the private network": _inwards,
    "less than declared": _short,
    "status 500": broken,
}

PATHS = ("/dev/zero", "/etc/passwd", "/dev/stdin", "ledger.db", "file:///etc/passwd", "http://127.0.0.1:9/trap")

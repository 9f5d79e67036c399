"""Reading the body of an answer: inflated step by step, never past the cap, and large only where there is room."""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import AsyncIterator, Awaitable, Callable

import aiohttp

from watchers.errors import TooLarge, Unreadable

CHUNK = 64 * 1024
STEP = 128 * 1024  # inflated bytes between two looks at the event loop
SMALL = 512 * 1024  # bytes that any body may have; most feeds and pages have less than a fifth
GZIP = 16 + zlib.MAX_WBITS

Enlarge = Callable[[], Awaitable[None]]


async def read(answer: aiohttp.ClientResponse, subject: str, cap: int, enlarge: Enlarge | None = None) -> bytes:
    """The whole body, inflated if it came as gzip; TooLarge as soon as it is known to pass `cap` bytes.

    Before it grows beyond what is small, `enlarge` is awaited.
    """
    encoding = answer.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        raise Unreadable(subject, f"content encoding {encoding[:40]}")
    if (answer.content_length or 0) > cap:
        raise TooLarge(subject, f"more than {cap:,} bytes")
    body = bytearray()
    pieces = _plain(answer, subject, cap)
    async for piece in _inflated(pieces, subject) if encoding in {"gzip", "x-gzip"} else pieces:
        if len(body) + len(piece) > cap:
            raise TooLarge(subject, f"inflates to more than {cap:,} bytes")
        if enlarge and len(body) + len(piece) > SMALL:
            await enlarge()
            enlarge = None
        body += piece
    return bytes(body)


async def _plain(answer: aiohttp.ClientResponse, subject: str, cap: int) -> AsyncIterator[bytes]:
    """What comes over the wire, up to the cap, which holds for endless streams that inflate to nothing, too."""
    raw = 0
    async for chunk in answer.content.iter_chunked(CHUNK):
        raw += len(chunk)
        if raw > cap:
            raise TooLarge(subject, f"more than {cap:,} bytes")
        yield chunk


async def _inflated(chunks: AsyncIterator[bytes], subject: str) -> AsyncIterator[bytes]:
    """What gzip inflates to, one member after another, a step at a time."""
    stream = zlib.decompressobj(GZIP)
    begun = False
    async for chunk in chunks:
        data = chunk
        while data:
            if stream.eof:
                if not data.startswith(b"\x1f"):
                    break  # padding behind the last member
                stream = zlib.decompressobj(GZIP)
            begun = True
            try:
                yield stream.decompress(data, STEP)
            except zlib.error as error:
                raise Unreadable(subject, "the gzip stream is damaged") from error
            data = stream.unconsumed_tail or stream.unused_data
            await asyncio.sleep(0)
    if begun and not stream.eof:
        raise Unreadable(subject, "the gzip stream breaks off")

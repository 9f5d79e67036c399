"""Reading the body of an answer: inflated step by step and never past the cap."""

from __future__ import annotations

import asyncio
import zlib

import aiohttp

from watchers.errors import TooLarge, Unreadable

CHUNK = 64 * 1024
STEP = 1024 * 1024  # inflated bytes between two looks at the event loop
GZIP = 16 + zlib.MAX_WBITS


async def read(answer: aiohttp.ClientResponse, subject: str, cap: int) -> bytes:
    """The whole body, inflated if it came as gzip; TooLarge as soon as it is known to pass `cap` bytes."""
    encoding = answer.headers.get("Content-Encoding", "").strip().lower()
    if encoding not in {"", "identity", "gzip", "x-gzip"}:
        raise Unreadable(subject, f"content encoding {encoding[:40]}")
    too_large = TooLarge(subject, f"more than {cap:,} bytes")
    if (answer.content_length or 0) > cap:
        raise too_large
    inflater = _Inflater(subject, cap) if encoding in {"gzip", "x-gzip"} else None
    body = bytearray()
    raw = 0
    async for chunk in answer.content.iter_chunked(CHUNK):
        raw += len(chunk)
        if raw > cap:  # holds for endless streams that inflate to nothing, too
            raise too_large
        if inflater is None:
            body += chunk
        else:
            await inflater.feed(chunk, body)
    if inflater is not None and not inflater.complete:
        raise Unreadable(subject, "the gzip stream breaks off")
    return bytes(body)


class _Inflater:
    """Inflates gzip, one member after another, into a buffer that never passes the cap."""

    def __init__(self, subject: str, cap: int) -> None:
        self._subject = subject
        self._cap = cap
        self._stream = zlib.decompressobj(GZIP)
        self._begun = False

    @property
    def complete(self) -> bool:
        """Whether the last member ended, or none began."""
        return self._stream.eof or not self._begun

    async def feed(self, chunk: bytes, body: bytearray) -> None:
        """Append what the chunk inflates to."""
        data = chunk
        while data:
            if self._stream.eof:
                if not data.startswith(b"\x1f"):
                    return  # padding behind the last member
                self._stream = zlib.decompressobj(GZIP)
            self._begun = True
            room = self._cap - len(body)
            try:
                body += self._stream.decompress(data, min(STEP, room + 1))
            except zlib.error as error:
                raise Unreadable(self._subject, "the gzip stream is damaged") from error
            if len(body) > self._cap:
                raise TooLarge(self._subject, f"inflates to more than {self._cap:,} bytes")
            data = self._stream.unconsumed_tail or self._stream.unused_data
            await asyncio.sleep(0)

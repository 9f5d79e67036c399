"""What may befall the connections themselves: one is reset, or the whole workspace cannot be reached for a while."""

from __future__ import annotations

import asyncio
import socket
import struct

from aiohttp import web

_NO_LINGER = struct.pack("ii", 1, 0)  # closing then sends a reset rather than a goodbye


def reset(transport: asyncio.BaseTransport) -> None:
    """Break a connection as a dying network does: the other end meets a reset."""
    connection = transport.get_extra_info("socket")
    if connection is not None:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGER)
    if isinstance(transport, asyncio.Transport):
        transport.abort()


class Door:
    """Where the workspace listens: it may be shut, so that whoever calls is refused, and opened again."""

    def __init__(self, runner: web.AppRunner, host: str) -> None:
        self._runner = runner
        self._host = host
        self._site: web.TCPSite | None = None
        self.port = 0

    async def open(self, port: int = 0) -> None:
        """Listen: on a free port the first time, unless one is named, and on the same one ever after."""
        self._site = web.TCPSite(self._runner, self._host, port or self.port)
        await self._site.start()
        if not self.port:
            self.port = int(self._runner.addresses[0][1])

    async def shut(self) -> None:
        """Listen no more and reset every connection, those of Socket Mode included."""
        if self._site is not None:
            await self._site.stop()
            self._site = None
        if self._runner.server is not None:
            for connection in self._runner.server.connections:
                if connection.transport is not None:
                    reset(connection.transport)

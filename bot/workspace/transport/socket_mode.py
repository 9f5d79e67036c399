"""Socket Mode: single-use addresses, greeting, envelopes to one connection, acknowledgements, disconnects."""

from __future__ import annotations

import asyncio
import json
import random
import secrets
import uuid
from typing import Literal

from aiohttp import WSCloseCode, WSMsgType, web

from bot.workspace.transport.delivery import FIRST, NOT_REACHED, TIMED_OUT, Ack, Again, Kind
from bot.workspace.transport.network import reset
from bot.workspace.world import Json, World

Reason = Literal["warning", "refresh_requested", "too_many_websockets", "link_disabled"]


class SocketMode:
    """The workspace's end of the app's sockets."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._random = random.Random(world.settings.seed)  # noqa: S311 - a lottery, not a secret
        self._tickets: set[str] = set()
        self._connections: dict[web.WebSocketResponse, web.Request] = {}
        self._frozen: set[web.WebSocketResponse] = set()
        self._pending: dict[str, asyncio.Future[Json]] = {}

    @property
    def connections(self) -> int:
        """The number of sockets that the app has open and that carry something."""
        return len(self._connections.keys() - self._frozen)

    def ticket(self) -> str:
        """Return the right to connect once."""
        ticket = secrets.token_urlsafe(16)
        self._tickets.add(ticket)
        return ticket

    async def connect(self, request: web.Request) -> web.StreamResponse:
        """Serve one connection until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.json_response({"ok": False, "error": "invalid_ticket"}, status=403)
        self._tickets.remove(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if self.connections >= self._world.settings.most_connections:
            await socket.send_json(self._goodbye("too_many_websockets"))
            await socket.close()
            return socket
        self._connections[socket] = request
        try:
            await socket.send_json(self._hello())
            self._world.changes.ring()
            async for frame in socket:
                if frame.type is WSMsgType.TEXT:
                    self._acknowledge(str(frame.data))
        except ConnectionError:
            pass  # the app went away while it was greeted; that is its right
        finally:
            self._connections.pop(socket, None)
            self._frozen.discard(socket)
            self._world.changes.ring()
        return socket

    async def deliver(self, kind: Kind, payload: Json, again: Again = FIRST) -> Ack:
        """Send an envelope to one connection at random and wait for its acknowledgement."""
        sockets = [one for one in self._connections if one not in self._frozen and not one.closed]
        if not sockets:
            return Ack(payload={}, error=NOT_REACHED, reason="connection_failed")
        envelope = str(uuid.uuid4())
        acknowledged: asyncio.Future[Json] = asyncio.get_running_loop().create_future()
        self._pending[envelope] = acknowledged
        frame: Json = {
            "envelope_id": envelope,
            "type": kind,
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
        }
        if kind == "events_api":
            frame |= {"retry_attempt": again.attempt, "retry_reason": again.reason}
        try:
            async with asyncio.timeout(self._world.settings.ack_timeout):
                await self._random.choice(sockets).send_json(frame)
                return Ack(payload=await acknowledged)
        except (TimeoutError, ConnectionError):
            return Ack(payload={}, error=TIMED_OUT)
        finally:
            del self._pending[envelope]

    async def refresh(self, reason: Reason = "refresh_requested") -> None:
        """Ask every connection to end, as Slack does before it renews its servers; the app opens new ones."""
        for socket in list(self._connections):
            await socket.send_json(self._goodbye(reason))

    def kill(self, *, most: int | None = None) -> None:
        """Reset every connection (or `most` of them) without a word, as a broken network does."""
        for request in list(self._connections.values())[:most]:
            if request.transport is not None:
                reset(request.transport)

    def freeze(self) -> None:
        """Leave every connection half open: it stands, but no ping is answered and nothing is delivered on it."""
        for socket, request in self._connections.items():
            if isinstance(request.transport, asyncio.ReadTransport):
                request.transport.pause_reading()
                self._frozen.add(socket)

    async def close(self) -> None:
        """Close every connection in good order."""
        for socket, request in list(self._connections.items()):
            if socket in self._frozen and request.transport is not None:
                request.transport.abort()  # it would never hear the goodbye
            else:
                await socket.close(code=WSCloseCode.GOING_AWAY)

    def _acknowledge(self, text: str) -> None:
        try:
            frame = json.loads(text)
        except ValueError:
            return  # Slack, too, ignores what it cannot read
        waiting = self._pending.get(str(frame.get("envelope_id"))) if isinstance(frame, dict) else None
        if waiting is not None and not waiting.done():
            waiting.set_result(frame.get("payload") or {})

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": self.connections,
            "connection_info": {"app_id": self._world.settings.app_id},
            "debug_info": {"host": "applink-local", "build_number": 1, "approximate_connection_time": 18060},
        }

    def _goodbye(self, reason: Reason) -> Json:
        return {"type": "disconnect", "reason": reason, "debug_info": {"host": "applink-local"}}

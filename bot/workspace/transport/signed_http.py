"""Signed HTTP: the same payloads as in Socket Mode, posted to the app's request URL."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

import aiohttp

from bot.workspace.transport.delivery import FIRST, NOT_REACHED, TIMED_OUT, Ack, Again, Kind
from bot.workspace.world import Json, World


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Return Slack's v0 signature of a body sent at `timestamp`."""
    base = b"v0:" + timestamp.encode() + b":" + body
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class SignedHttp:
    """The workspace's posts to one request URL."""

    def __init__(self, world: World, url: str) -> None:
        self._world = world
        self.url = url
        self._session: aiohttp.ClientSession | None = None

    async def deliver(self, kind: Kind, payload: Json, again: Again = FIRST) -> Ack:
        """Post the payload; an answer of 200 in time acknowledges it, and its body is the answer."""
        if self._session is None:
            self._session = aiohttp.ClientSession()
        body, content_type = _encode(kind, payload)
        # The receiver compares with its own wall clock, so an injected clock must not stand here.
        timestamp = str(int(time.time()))
        headers = {
            "Content-Type": content_type,
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._world.settings.signing_secret, timestamp, body),
        }
        if again.attempt:
            why = {"timeout": "http_timeout"}.get(again.reason, again.reason)
            headers |= {"X-Slack-Retry-Num": str(again.attempt), "X-Slack-Retry-Reason": why}
        try:
            async with (
                asyncio.timeout(self._world.settings.ack_timeout),
                self._session.post(self.url, data=body, headers=headers, allow_redirects=False) as response,
            ):
                text = await response.text()
                if response.status != 200:
                    return Ack(payload={}, error=NOT_REACHED, reason="http_error")
                return Ack(payload=_inline(text, response.content_type))
        except TimeoutError:
            return Ack(payload={}, error=TIMED_OUT)
        except aiohttp.ClientError:
            return Ack(payload={}, error=NOT_REACHED, reason="connection_failed")

    async def close(self) -> None:
        """Release the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None


def _encode(kind: Kind, payload: Json) -> tuple[bytes, str]:
    if kind == "slash_commands":
        return urlencode(payload).encode(), "application/x-www-form-urlencoded"
    if kind == "interactive":
        return urlencode({"payload": json.dumps(payload)}).encode(), "application/x-www-form-urlencoded"
    return json.dumps(payload).encode(), "application/json"


def _inline(text: str, content_type: str) -> Json:
    if not text.strip():
        return {}
    if content_type == "application/json":
        try:
            answer = json.loads(text)
        except ValueError:
            return {}
        return answer if isinstance(answer, dict) else {}
    return {"text": text}

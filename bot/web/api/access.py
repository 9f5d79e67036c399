"""Who may use the API, how often, and how it is refused: tokens compared by hash, problems as RFC 9457 has them."""

from __future__ import annotations

import hmac
import time
from base64 import b64decode
from binascii import Error as NoBase64
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256
from http import HTTPStatus
from typing import TYPE_CHECKING

from aiohttp import web

from bot.slack.newsroom import Asker
from bot.slack.permission import TurnedAway
from bot.web.api.asking import Fault, Problem

if TYPE_CHECKING:
    from bot.web.gate import Entrance

_CHALLENGE = 'Bearer realm="On Record", Basic realm="On Record"'


class Unwelcome(Exception):
    """The request is refused; `answer` says why."""

    def __init__(self, answer: web.Response) -> None:
        super().__init__(answer.reason)
        self.answer = answer


@dataclass(slots=True)
class _Purse:
    left: float
    at: float


class Tokens:
    """Tokens by the name of whoever has one. Only their hashes are kept."""

    def __init__(self, tokens: Mapping[str, str]) -> None:
        self._known = {name: sha256(token.encode()).digest() for name, token in tokens.items()}

    def whose(self, token: str) -> str | None:
        """The name of whoever has this token; every one is compared, in the same time."""
        asked = sha256(token.encode("utf-8", "surrogatepass")).digest()
        found = None
        for name, known in self._known.items():
            if hmac.compare_digest(asked, known):
                found = name
        return found


@dataclass(slots=True, kw_only=True)
class Access:
    """Lets in who has a token or has signed in, each so many times a minute."""

    entrance: Entrance
    tokens: Tokens
    a_minute: int
    ticks: Callable[[], float] = time.monotonic
    _purses: dict[str, _Purse] = field(default_factory=dict)

    async def admitted(self, request: web.Request) -> Asker:
        """Who asks; `Unwelcome` where nobody may, or too often."""
        token = _token(request.headers.get("Authorization"))
        if token is not None:
            name = self.tokens.whose(token)
            if name is None:
                raise Unwelcome(_unknown("The token is not one of this service."))
            self._spend(f"token {name}")
            return Asker(user=f"token {name}", role="editor")
        try:
            asker = await self.entrance.asker(request)
        except TurnedAway as error:
            raise Unwelcome(problem(403, str(error))) from error
        if asker is None:
            raise Unwelcome(_unknown("Send a token (Authorization: Bearer …), or sign in."))
        self._spend(f"person {asker.user}")
        return asker

    def _spend(self, who: str) -> None:
        now = self.ticks()
        purse = self._purses.setdefault(who, _Purse(self.a_minute, now))
        purse.left = min(self.a_minute, purse.left + (now - purse.at) * self.a_minute / 60)
        purse.at = now
        if purse.left < 1:
            wait = max(1, round((1 - purse.left) * 60 / self.a_minute + 0.5))
            words = f"More than {self.a_minute} requests a minute: ask again in {wait} s."
            raise Unwelcome(problem(429, words, headers={"Retry-After": str(wait)}))
        purse.left -= 1


def problem(
    status: int, detail: str, faults: Sequence[Fault] = (), headers: Mapping[str, str] | None = None
) -> web.Response:
    """Why there is no answer."""
    told = Problem(title=HTTPStatus(status).phrase, status=status, detail=detail, errors=list(faults))
    return web.Response(
        text=told.model_dump_json(), status=status, content_type="application/problem+json", headers=headers
    )


def _unknown(words: str) -> web.Response:
    return problem(401, words, headers={"WWW-Authenticate": _CHALLENGE})


def _token(header: str | None) -> str | None:
    """The token in an Authorization header, also as the password of a login; empty where it holds none."""
    if header is None:
        return None
    scheme, _, value = header.partition(" ")
    if scheme.lower() == "bearer":
        return value.strip()
    if scheme.lower() == "basic":
        try:
            return b64decode(value.strip(), validate=True).decode("utf-8", "replace").partition(":")[2]
        except (NoBase64, ValueError):
            return ""
    return ""

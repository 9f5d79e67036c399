"""Who may see what: nothing is mounted but behind it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol
from urllib.parse import urlsplit

from aiohttp import web

from bot.slack.newsroom import Asker
from bot.slack.permission import TurnedAway
from bot.web.render import refusal
from bot.web.route import VISITOR, Answering, Route
from config.door import LOCAL

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.web.forms import Forms

log = logging.getLogger(__name__)

_PASSED_ON = ("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via")  # what proxies add

MACHINE = Asker(user="", role="admin")  # whoever sits at this machine, where nobody has to sign in


class Entrance(Protocol):
    """How people come in."""

    @property
    def routes(self) -> Sequence[Route]:
        """By which they come in and leave."""

    async def asker(self, request: web.Request) -> Asker | None:
        """Who asks; None: nobody that is known. `TurnedAway` for who may not come in at all."""

    def unknown(self, request: web.Request) -> web.StreamResponse:
        """The answer to who is not known."""


class OpenHouse:
    """No sign-in: whoever is on this machine is let in, as long as they ask for this machine by its name.

    A foreign site may have its own name point to loopback, and would read the record in the browser of whoever
    visits it. What a proxy passed on is from elsewhere, by whatever name it asks.
    """

    @property
    def routes(self) -> Sequence[Route]:
        """None: nobody comes in or leaves."""
        return ()

    async def asker(self, request: web.Request) -> Asker | None:
        """Whoever sits at this machine."""
        here = host_of(request.host) in LOCAL and not any(name in request.headers for name in _PASSED_ON)
        return MACHINE if here else None

    def unknown(self, request: web.Request) -> web.StreamResponse:
        """They came by another name."""
        return refusal(request, 403, "These pages answer to this machine alone: ask for them at 127.0.0.1.")


def host_of(authority: str) -> str:
    """The host of `host:port`, without brackets; empty where it cannot be read."""
    try:
        return urlsplit(f"//{authority}").hostname or ""
    except ValueError:
        return ""


def guarded(route: Route, entrance: Entrance, forms: Forms) -> Answering:
    """What answers at a route: whoever asks is known and has the role, and meant to change what is changed."""

    async def answer(request: web.Request) -> web.StreamResponse:
        if route.needs == "anybody":
            return await route.answer(request)
        try:
            asker = await entrance.asker(request)
        except TurnedAway as error:
            return refusal(request, 403, str(error))
        if asker is None:
            return entrance.unknown(request)
        if not asker.may(route.needs):
            words = f"As {asker.role} you may not see this: it takes the role {route.needs}."
            return refusal(request, 403, f"{words} Whoever runs On Record sets roles under [roles] in onrecord.toml.")
        request[VISITOR] = asker
        if route.method != "GET" and (why := await forms.fault(request, asker)):
            return refusal(request, 403, why)
        return await route.answer(request)

    return answer

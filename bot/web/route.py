"""A place that can be asked for: every one says who may, and none is mounted otherwise."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from aiohttp import web

from bot.slack.newsroom import Asker, Role

Needs = Role | Literal["anybody"]
Answering = Callable[[web.Request], Awaitable[web.StreamResponse]]

VISITOR = web.RequestKey("visitor", Asker)  # set wherever a role is needed: `request[VISITOR]`


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """`path` as aiohttp writes it. What is asked for by anything but GET changes something: see `bot.web.gate`."""

    path: str
    answer: Answering
    method: Literal["GET", "POST"] = "GET"
    needs: Needs = "member"

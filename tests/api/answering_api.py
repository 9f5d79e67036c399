"""The API over real HTTP on loopback, before a ledger with a little of everything."""

from __future__ import annotations

import asyncio
import json
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from aiohttp import web
from ledger_sample import IDA, LATER, MARA, NOW, STRANGER, TILO, join, raised, record, told

from bot.ledger import Ledger
from bot.slack.newsroom import Asker
from bot.web.archive import Archive
from bot.web.render import refusal
from bot.web.route import Route
from bot.web.server import WebServer
from config.schema import Config, Feed, Side
from config.settings import WebSettings

TOKEN = "a-token-that-is-made-up-for-the-tests-of-the-api"


class Strangers:
    """An entrance through which only who has the cookie of these tests comes."""

    routes: Sequence[Route] = ()

    async def asker(self, request: web.Request) -> Asker | None:
        return Asker(user="U0ADA", role="member") if request.cookies.get("visitor") == "ada" else None

    def unknown(self, request: web.Request) -> web.StreamResponse:
        return refusal(request, 403, "Sign in.")


def filled(ledger: Ledger) -> int:
    """A little of everything; the number of the alert."""
    number = raised(ledger)
    join(ledger, number)
    hostile = told("=cmd|' /C calc'!A0 <script>alert(1)</script> \ufdd0 \x00 \ud800, and more of it.", "odd", STRANGER)
    record(
        ledger,
        told(f"{LATER} Indeed", "tilo", TILO),
        told("We want no part of it.", "ida", IDA, stance="against"),
        hostile,
    )
    ledger.decide(number, "confirm", "U0ADA", "", NOW)
    assert MARA.official
    return number


def config(**web_: Any) -> Config:
    return Config(
        sides=(Side(id="lumen", name="Lumen"), Side(id="ostrava", name="Ostrava", names=("the coast",))),
        feeds=(Feed(id="post", name="Harbour Post", url="https://post.example/feed"),),
    ).model_copy(update=web_)


@dataclass(frozen=True, slots=True, kw_only=True)
class Api:
    url: str
    ledger: Ledger
    number: int


class Served:
    """A server of its own in another thread, for clients that block."""

    def __init__(self, ledger: Ledger, calls: int = 100_000, address: str = "") -> None:
        self._ledger, self._loop, self._ready = ledger, asyncio.new_event_loop(), threading.Event()
        self._settings = WebSettings(enabled=True, port=0, calls_a_minute=calls, address=address)
        self._thread = threading.Thread(target=self._run)
        self._port = 0

    def _run(self) -> None:
        archive = Archive(ledger=self._ledger, running=config, settings=self._settings, clock=lambda: NOW)
        server = WebServer(archive, entrance=Strangers(), tokens={"tests": TOKEN})

        async def start() -> None:
            self._port = await server.start()
            self._ready.set()

        self._loop.run_until_complete(start())
        self._loop.run_forever()
        self._loop.run_until_complete(server.stop())
        self._loop.close()

    def __enter__(self) -> str:
        self._thread.start()
        assert self._ready.wait(30)
        return f"http://127.0.0.1:{self._port}"

    def __exit__(self, *_: object) -> None:
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()


class Answer:
    def __init__(self, told_: Any) -> None:
        self.status, self.headers, self.body = told_.status, told_.headers, told_.read()

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def get(url: str, path: str, method: str = "GET", **headers: str) -> Answer:
    headers.setdefault("Authorization", f"Bearer {TOKEN}")
    asked = Request(f"{url}{path}", method=method, headers={k.replace("_", "-"): v for k, v in headers.items() if v})
    try:
        with urlopen(asked, timeout=30) as answer:
            return Answer(answer)
    except HTTPError as error:
        return Answer(error)

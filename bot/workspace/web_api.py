"""The Web API: reads the arguments, checks the token, the pace and the planted faults, and runs the method."""

from __future__ import annotations

import asyncio
import contextlib
import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from aiohttp import web

from bot.workspace.faults import Fault, Faults
from bot.workspace.methods import METHODS, ApiError, Context, Method
from bot.workspace.rate import Pace
from bot.workspace.world import BOT, Channel, Json, World

_LOOK = 0.01  # seconds between two looks at the clock, which may be moved by hand
STRUCTURED = ("blocks", "attachments", "view", "metadata", "files", "unfurls")


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of a method, with what was asked and what was answered; the token is left out."""

    at: datetime
    method: str
    arguments: Json
    status: int
    answer: Json  # what the method answered; with a fault, the caller may have seen something else
    fault: str | None = None

    @property
    def ok(self) -> bool:
        """Say whether the call took effect and its answer was sent."""
        return self.fault is None and self.answer.get("ok") is True


async def read_arguments(request: web.Request) -> Json:
    """Return the arguments, whichever of the four ways they were sent; raise `ApiError` for bad JSON."""
    args: dict[str, Any] = dict(request.query)
    kind = request.content_type
    if kind == "application/json":
        body = await request.text()
        try:
            sent = json.loads(body) if body.strip() else {}
        except ValueError:
            raise ApiError("invalid_json") from None
        if not isinstance(sent, dict):
            raise ApiError("json_not_object")
        args |= sent
    elif kind in ("application/x-www-form-urlencoded", "multipart/form-data"):
        args |= {name: value for name, value in (await request.post()).items() if isinstance(value, str)}
    for name in STRUCTURED:
        if isinstance(args.get(name), str):
            try:
                args[name] = json.loads(args[name])
            except ValueError:
                code = {"blocks": "invalid_blocks_format", "metadata": "invalid_metadata_format"}
                raise ApiError(code.get(name, "invalid_arguments")) from None
    return args


class WebApi:
    """Answers `/api/{method}`."""

    def __init__(self, world: World, context: Callable[[], Context]) -> None:
        self.world = world
        self.calls: list[Call] = []
        self.faults = Faults()
        self.bot_token = world.settings.bot_token
        self.scopes = world.settings.scopes
        self.revoked: str | None = None  # the error that the bot token meets since it was revoked
        self._later: set[asyncio.Task[None]] = set()
        self._context = context
        self._pace = Pace(world.settings)

    def let_in(self, scopes: tuple[str, ...]) -> str:
        """Install the app with these scopes, anew if it was there, and return its new token."""
        self.bot_token, self.scopes, self.revoked = f"xoxb-local-{secrets.token_hex(12)}", scopes, None
        return self.bot_token

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Answer one call and write it down."""
        name = request.match_info["method"]
        fault = self.faults.next(name)
        args: Json = {}
        try:
            args = await read_arguments(request)
            token = token_of(request, args)
            if fault is not None:
                await fault.before()
            if fault is None or fault.takes_effect:
                answer: Json = self._run(name, token, args)
            else:
                answer = {"ok": False, "error": fault.name}
                self._take_up_later(fault.late, name, token, args)
        except ApiError as error:
            answer = {"ok": False, "error": error.code, **error.details}
        response = self._response(answer)
        self._note(name, args, answer, fault, response.status)
        return response if fault is None else await fault.answer(request, response)

    async def close(self) -> None:
        """Give up what was to take effect later."""
        for task in list(self._later):
            task.cancel()
        await asyncio.gather(*self._later, return_exceptions=True)

    def _take_up_later(self, seconds: float, name: str, token: str, args: Json) -> None:
        """Let a call take effect after so many seconds of the clock, though nobody waits for its answer any more."""
        if not seconds:
            return

        async def take_up() -> None:
            due = self.world.settings.clock() + timedelta(seconds=seconds)
            while self.world.settings.clock() < due:  # noqa: ASYNC110  a clock moved by hand rings no bell
                await asyncio.sleep(_LOOK)
            with contextlib.suppress(ApiError):
                self._run(name, token, args)

        task = asyncio.get_running_loop().create_task(take_up())
        self._later.add(task)
        task.add_done_callback(self._later.discard)

    def _run(self, name: str, token: str, args: Json) -> Json:
        method = METHODS.get(name)
        if method is None:
            raise ApiError("unknown_method", req_method=name)
        self._admit(method, token)
        place = self._place(args)
        needed = method.reads.get(place.kind) if place and (place.kind == "public" or BOT in place.members) else None
        if needed and needed not in self.scopes:
            raise ApiError("missing_scope", needed=needed, provided=",".join(self.scopes))
        if method.paced:
            wait = self._pace.wait(name, place.id if place else str(args.get("channel")))
            if wait:
                raise ApiError("ratelimited", retry_after=wait)
        return {"ok": True, **method.run(self._context(), args)}

    def _place(self, args: Json) -> Channel | None:
        """The channel that a call is about, by whichever of its names; None: about none, or none that there is."""
        try:
            return self.world.channel(str(args.get("channel")))
        except KeyError:
            return None

    def _admit(self, method: Method, token: str) -> None:
        settings = self.world.settings
        if method.caller == "anyone":
            return
        if not token:
            raise ApiError("not_authed")
        known = {self.bot_token: "bot", settings.app_token: "app"}
        if token not in known:
            raise ApiError("invalid_auth")
        if known[token] != method.caller:
            raise ApiError("not_allowed_token_type")
        if self.revoked and known[token] == "bot":
            raise ApiError(self.revoked)
        if method.scopes and not set(method.scopes) & set(self.scopes):
            raise ApiError("missing_scope", needed=method.scopes[0], provided=",".join(self.scopes))

    def _response(self, answer: Json) -> web.Response:
        now = format_datetime(self.world.settings.clock().astimezone(UTC), usegmt=True)
        headers = {"X-OAuth-Scopes": ",".join(self.scopes), "Date": now}
        if answer.get("error") == "ratelimited":
            headers["Retry-After"] = str(answer.pop("retry_after", 1))
            return web.json_response(answer, status=429, headers=headers)
        return web.json_response(answer, headers=headers)

    def _note(self, name: str, args: Json, answer: Json, fault: Fault | None, status: int) -> None:
        kept = {key: value for key, value in args.items() if key != "token"}
        call = Call(
            at=self.world.settings.clock(),
            method=name,
            arguments=kept,
            status=status if fault is None or fault.status is None else fault.status,
            answer=answer,
            fault=fault.name if fault else None,
        )
        self.calls.append(call)
        self.world.changes.ring()


def token_of(request: web.Request, args: Json) -> str:
    """The token that came with a call, in its header or among its arguments; empty where there is none."""
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else str(args.get("token") or "")

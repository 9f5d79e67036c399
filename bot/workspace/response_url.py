"""Answers to a command or a click: the one in the acknowledgement and those by response_url."""

from __future__ import annotations

import dataclasses
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from aiohttp import web

from bot.workspace.block_kit.blocks import check_blocks
from bot.workspace.world import BOT, SLACKBOT, Json, Message, World


@dataclass(slots=True, kw_only=True)
class Answer:
    """What came back to a person for one command, click or submission; it goes on filling as answers arrive."""

    person: str
    channel: str
    original: Message | None = None  # the message whose button was pressed
    acked: bool = False
    error: str | None = None  # what the person is shown if the app did not acknowledge
    posts: list[Message] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The texts of all answers, one below the other."""
        return "\n".join(post.text for post in self.posts)

    @property
    def blocks(self) -> tuple[Json, ...]:
        """The blocks of all answers, in order."""
        return tuple(block for post in self.posts for block in post.blocks)


@dataclass(slots=True, kw_only=True)
class _Grant:
    answer: Answer
    made: datetime
    uses: int = 0


class ResponseUrls:
    """The addresses under which an app may answer for a while."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._grants: dict[str, _Grant] = {}

    def grant(self, answer: Answer) -> str:
        """Return the key of a new address for this answer."""
        key = secrets.token_urlsafe(24)
        self._grants[key] = _Grant(answer=answer, made=self._world.settings.clock())
        return key

    async def receive(self, request: web.Request) -> web.Response:
        """Take one answer; five in thirty minutes are allowed, then the address is dead."""
        settings = self._world.settings
        grant = self._grants.get(request.match_info["key"])
        if grant is None or settings.clock() - grant.made > timedelta(seconds=settings.response_url_life):
            return web.json_response({"ok": False, "error": "expired_url"}, status=404)
        if grant.uses >= settings.response_url_uses:
            return web.json_response({"ok": False, "error": "used_url"}, status=404)
        try:
            payload = json.loads(await request.text())
        except ValueError:
            return web.json_response({"ok": False, "error": "invalid_payload"}, status=400)
        if not isinstance(payload, dict) or not (_holds(payload) or _true(payload, "delete_original")):
            return web.json_response({"ok": False, "error": "no_text"}, status=400)
        if check_blocks(payload.get("blocks") or []):
            return web.json_response({"ok": False, "error": "invalid_blocks"}, status=400)
        grant.uses += 1
        self.take(grant.answer, payload)
        return web.Response(text="ok")

    def take(self, answer: Answer, payload: Json) -> None:
        """Store what an acknowledgement or an answer carries: ephemeral unless it asks for `in_channel`."""
        original = answer.original and self._world.find(answer.original.channel, answer.original.ts)
        if original and _true(payload, "delete_original"):
            self._world.forget(original)
        elif original and _true(payload, "replace_original"):
            stamp = self._world.stamp()
            content = _content(payload)
            answer.posts.append(self._world.store(dataclasses.replace(original, edited=stamp, **content)))
        elif _holds(payload):
            public = payload.get("response_type") == "in_channel"
            answer.posts.append(self.post(answer, BOT, None if public else answer.person, **_content(payload)))
        self._world.changes.ring()

    def post(self, answer: Answer, author: str, seen_only_by: str | None, **content: Any) -> Message:  # noqa: ANN401 - fields of Message
        """Store a message where the answer belongs: in the channel, or in the thread of its original."""
        original = answer.original
        thread = original.thread_ts if original and original.thread_ts != original.ts else None
        return self._world.store(
            Message(
                ts=self._world.stamp(),
                channel=answer.channel,
                author=author,
                seen_only_by=seen_only_by,
                thread_ts=thread,
                **content,
            )
        )

    def fail(self, answer: Answer, what: str, error: str) -> None:
        """Show the person that the app did not acknowledge in time."""
        answer.error = error
        self.post(answer, SLACKBOT, answer.person, text=f"{what} failed with the error “{error}”.")


def _content(payload: Json) -> Json:
    return {"text": str(payload.get("text") or ""), "blocks": tuple(payload.get("blocks") or ())}


def _holds(payload: Json) -> bool:
    return bool(payload.get("text") or payload.get("blocks"))


def _true(payload: Json, name: str) -> bool:
    return payload.get(name) in (True, "true")

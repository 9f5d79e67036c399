"""What a Web API method is, and what all of them share."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, TypeVar

from bot.workspace.block_kit.blocks import characters, check_blocks
from bot.workspace.block_kit.checks import Flaw
from bot.workspace.world import BOT, Channel, Json, World

# Not documented: blocks that together hold more fail. See https://github.com/slackapi/bolt-js/issues/2509
MOST_CHARACTERS = 13_200

T = TypeVar("T")


class ApiError(Exception):
    """The method answers `ok: false` with this code and, where Slack gives them, details."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a method may use beside its arguments."""

    world: World
    page_url: str
    socket_url: Callable[[], str]  # a fresh single-use address for Socket Mode


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """A method with the caller and the scopes it asks for; one of `scopes` is enough."""

    run: Callable[[Context, Json], Json]
    scopes: tuple[str, ...] = ()
    caller: Literal["bot", "app", "anyone"] = "bot"  # whose token it takes
    paced: bool = False
    reads: Mapping[str, str] = field(default_factory=dict)  # the scope that each kind of channel asks for


def required(args: Json, name: str) -> str:
    """Return an argument as a string; without it the call is refused."""
    value = args.get(name)
    if value in (None, ""):
        raise ApiError("invalid_arguments", response_metadata={"messages": [f"[ERROR] missing required field: {name}"]})
    return str(value)


def truth(args: Json, name: str, *, default: bool = False) -> bool:
    """Return an argument as a boolean, however it was sent."""
    value = args.get(name, default)
    return value if isinstance(value, bool) else str(value).lower() in ("1", "true")


def seen(context: Context, name: str) -> Channel:
    """Return a channel that the bot can see; a private one without it does not exist for it."""
    try:
        channel = context.world.channel(name)
    except KeyError:
        raise ApiError("channel_not_found") from None
    if channel.kind != "public" and BOT not in channel.members:
        raise ApiError("channel_not_found")
    return channel


def joined(context: Context, name: str) -> Channel:
    """Return a channel that the bot is in."""
    channel = seen(context, name)
    if BOT not in channel.members:
        raise ApiError("not_in_channel")
    return channel


def refuse(flaws: Sequence[Flaw]) -> None:
    """Raise `invalid_blocks` (or the particular code) if there are flaws."""
    if not flaws:
        return
    code = next((flaw.code for flaw in flaws if flaw.code != "invalid_blocks"), "invalid_blocks")
    errors = [{"code": flaw.code, "message": flaw.message, "pointer": flaw.pointer} for flaw in flaws]
    messages = [f"[ERROR] {flaw.message} [json-pointer:{flaw.pointer}]" for flaw in flaws]
    raise ApiError(code, errors=errors, response_metadata={"messages": messages})


def content(args: Json) -> tuple[str, tuple[Json, ...]]:
    """Return the text and the blocks of a message that Slack would take."""
    text, blocks = str(args.get("text") or ""), args.get("blocks") or []
    if not text.strip() and not blocks and not args.get("attachments"):
        raise ApiError("no_text")
    refuse(check_blocks(blocks))
    if characters(blocks) > MOST_CHARACTERS:
        raise ApiError("msg_blocks_too_long")
    return text, tuple(blocks)


def page_of(entries: Sequence[T], args: Json, *, default: int, most: int = 1000) -> tuple[list[T], str]:
    """Return the part of a list that `limit` and `cursor` name, and the cursor of the next part ("" at the end)."""
    try:
        limit = min(int(args.get("limit") or default), most)
        cursor = str(args.get("cursor") or "")
        start = int(base64.b64decode(cursor, validate=True).decode().removeprefix("at:")) if cursor else 0
    except (ValueError, binascii.Error):
        raise ApiError("invalid_cursor") from None
    if limit < 1:
        raise ApiError("invalid_limit")
    after = start + limit
    more = base64.b64encode(f"at:{after}".encode()).decode() if after < len(entries) else ""
    return list(entries[start:after]), more

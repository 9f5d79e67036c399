"""What may be set about the local workspace: names, tokens, limits and the clock."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

Clock = Callable[[], datetime]

SCOPES = (
    "chat:write",
    "commands",
    "app_mentions:read",
    "channels:read",
    "groups:read",
    "users:read",
    "usergroups:read",
    "reactions:write",
    "im:write",
    "im:history",
    "files:write",
    "channels:history",
    "groups:history",
)
EVENTS = (
    "app_home_opened",
    "app_mention",
    "app_uninstalled",
    "link_shared",
    "member_joined_channel",
    "message.im",
    "tokens_revoked",
)


def now() -> datetime:
    """Return the time of day in UTC."""
    return datetime.now(UTC)


def _token(prefix: str) -> Callable[[], str]:
    return lambda: f"{prefix}-local-{secrets.token_hex(12)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Command:
    """A slash command that the installed app has registered."""

    name: str
    summary: str
    hint: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shortcut:
    """A shortcut that the installed app has registered: in the menu of every message, or everywhere (global)."""

    name: str
    callback_id: str
    kind: Literal["message", "global"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """How strict the workspace is, and what it is called; the defaults are Slack's own limits."""

    team_id: str = "T0NEWSROOM"
    team_name: str = "Newsroom"
    app_id: str = "A0ONRECORD"
    app_name: str = "On Record"
    commands: tuple[Command, ...] = (
        Command(name="/record", summary="Ask the record", hint="help | who | conflicts | alert | status"),
    )
    shortcuts: tuple[Shortcut, ...] = (
        Shortcut(name="Check against the record", callback_id="check_message", kind="message"),
        Shortcut(name="Ask the record", callback_id="ask_record", kind="global"),
    )
    events: tuple[str, ...] = EVENTS  # those the app subscribes to
    unfurl_domains: tuple[str, ...] = ()  # links to these are told to the app
    scopes: tuple[str, ...] = SCOPES
    bot_token: str = field(default_factory=_token("xoxb"))
    app_token: str = field(default_factory=_token("xapp"))
    signing_secret: str = field(default_factory=lambda: secrets.token_hex(16))

    clock: Clock = now
    seed: int | None = None  # which connection gets an envelope is drawn at random; a seed makes it repeatable

    ack_timeout: float = 3.0  # seconds of the event loop, not of the clock
    event_retries: tuple[float, ...] = (0.0, 60.0, 300.0)  # seconds of the clock until an event is sent again
    trigger_life: float = 3.0
    response_url_uses: int = 5
    response_url_life: float = 30 * 60.0
    most_connections: int = 10

    rate_limited: bool = True
    rate_per_second: float = 1.0
    rate_burst: int = 4
    history_lag: float = 0.0  # for how many seconds `conversations.history` and `replies` do not show a new post
    long_text: str = "truncate"  # or "refuse": what chat.postMessage does with more than 40,000 characters

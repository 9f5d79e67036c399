"""The workspace: tokens that Slack accepts, and a channel in which a post arrives."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.slack.errors import SlackRefused, SlackSideError
from bot.slack.web_api import remedies
from bot.slack.web_api.calls import Refused, Sent, write
from bot.slack.web_api.client import quiet_libraries, web_client
from bot.slack.web_api.tokens import answered

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.setup.asking import Asking

_WHERE = {
    "SLACK_BOT_TOKEN": "Bot User OAuth Token (xoxb-…), from OAuth & Permissions",
    "SLACK_APP_TOKEN": "app-level token (xapp-…) with connections:write, from Basic Information",
    "SLACK_SIGNING_SECRET": "Signing Secret, from Basic Information",
}
_TESTED = {"SLACK_BOT_TOKEN": "auth.test", "SLACK_APP_TOKEN": "apps.connections.open"}
_HELLO = "On Record is set up: its alerts come to this channel. This is a test; nothing was found."
_TRIES = 5


def tokens(ask: Asking, mode: str, base_url: str, there: Mapping[str, str]) -> dict[str, str]:
    """Each secret that this mode needs, accepted by Slack where that can be asked; those that are there may stay."""
    quiet_libraries()
    needed = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN" if mode == "socket" else "SLACK_SIGNING_SECRET")
    return {name: value for name in needed if (value := _token(ask, name, base_url, there.get(name, "")))}


def _token(ask: Asking, name: str, base_url: str, there: str) -> str:
    kept = there if there and ask.yes("keep", f"{name} is set already. Keep it?", default=True) else ""
    for _ in range(_TRIES):
        value = kept or ask.secret(name, _WHERE[name])
        kept = ""
        if not value:
            ask.say(f"{name} is left open: set it in the environment, or run setup again.")
            return ""
        trouble = asyncio.run(_refused(name, value, base_url))
        ask.say(trouble or f"{name} is accepted." if name in _TESTED else f"{name} is taken.")
        if not trouble:
            return value
    return ""


async def _refused(name: str, value: str, base_url: str) -> str:
    """Why Slack does not take a token; empty where it does, or cannot be asked now."""
    method = _TESTED.get(name)
    if method is None:
        return ""
    if not value.isascii() or len(value.split()) != 1:
        return "That is no token: it holds blanks or odd letters."
    try:
        await answered(web_client(value, base_url), method, name)
    except SlackRefused as error:
        return f"{str(error).partition('; ')[0]}. Copy it again."
    except SlackSideError:
        return ""  # the doctor says so at the end
    return ""


def post(channel: str, token: str, base_url: str) -> str:
    """Post one line to a channel; what came of it, in words."""
    quiet_libraries()
    outcome = asyncio.run(write(web_client(token, base_url), "chat.postMessage", {"channel": channel, "text": _HELLO}))
    if isinstance(outcome, Sent):
        return f"A test message stands in {channel}."
    if isinstance(outcome, Refused):
        return f"Nothing could be posted to {channel}: {remedies.told(outcome.code, outcome.detail)}."
    return f"Whether the test message stands in {channel} is not known: {outcome.reason}."

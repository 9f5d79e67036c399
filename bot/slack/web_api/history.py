"""Reads from Slack what delivery must know: which of our messages are there, and which channel a name means."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.blocks.parts import CARRIES, EVENT_TYPE
from bot.slack.errors import SlackSideError
from bot.slack.web_api import remedies
from bot.slack.web_api.calls import FAULTS, wait_named
from bot.slack.web_api.client import DEADLINE
from bot.slack.web_api.names import is_outsider

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping
    from datetime import datetime

    from slack_sdk.web.async_client import AsyncWebClient

_NOBODY = frozenset({"user_not_found", "user_not_visible", "user_disabled", "users_not_found", "cannot_dm_bot"})
_PAGE = 200
_MOST_PAGES = 500


class Unreadable(SlackSideError):
    """Slack did not let us read: its word for it, and what to do; `wait` says for how many seconds to leave it."""

    def __init__(self, code: str, wait: float = 30.0) -> None:
        super().__init__(remedies.told(code))
        self.code = code
        self.wait = wait


@dataclass(frozen=True, slots=True)
class Ours:
    """Our message of a dedupe key: where it is, and the keys of the alerts that it tells of, if it is a digest."""

    ts: str
    carries: tuple[str, ...] = ()


async def keys_in_channel(client: AsyncWebClient, channel: str, since: datetime) -> dict[str, Ours]:
    """The dedupe keys of our messages in a channel since a moment, each with its place; threads are not looked into."""
    oldest = max(since.timestamp(), 0.0)  # where the clock says 1970
    query = {"channel": channel, "oldest": f"{oldest:.6f}", "inclusive": True, "include_all_metadata": True}
    return {key: message async for key, message in _ours(client, "conversations.history", query)}


async def keys_in_thread(client: AsyncWebClient, channel: str, thread: str) -> dict[str, Ours]:
    """The dedupe keys of our messages in a thread, its first message included."""
    query = {"channel": channel, "ts": thread, "include_all_metadata": True}
    return {key: message async for key, message in _ours(client, "conversations.replies", query)}


async def channel_id(client: AsyncWebClient, name: str) -> str | None:
    """The id of a channel by its name; None where we see no such channel."""
    wanted = name.removeprefix("#").casefold()
    query = {"types": "public_channel,private_channel", "exclude_archived": False}
    async for page in _pages(client, "conversations.list", query):
        for channel in page.get("channels") or []:
            if str(channel.get("name", "")).casefold() == wanted:
                return str(channel["id"])
    return None


async def channel_name(client: AsyncWebClient, channel: str) -> str:
    """The name of the channel of an id; empty where Slack gives none."""
    answer = await asked(client, "conversations.info", {"channel": channel})
    return str((answer.get("channel") or {}).get("name") or "")


async def direct_messages(client: AsyncWebClient, user: str) -> str | None:
    """The id of the direct messages between a person and us; None where Slack lets us write to no such person.

    Nor is a guest told, or somebody who is gone, whoever they were when they asked for it.
    """
    try:
        if is_outsider((await asked(client, "users.info", {"user": user})).get("user") or {}):
            return None
        answer = await asked(client, "conversations.open", {"users": user}, verb="POST")
    except Unreadable as error:
        if error.code in _NOBODY:
            return None
        raise
    return str((answer.get("channel") or {}).get("id") or "") or None


async def _ours(client: AsyncWebClient, method: str, query: Mapping[str, Any]) -> AsyncIterator[tuple[str, Ours]]:
    async for page in _pages(client, method, query):
        for message in page.get("messages") or []:
            metadata = message.get("metadata") or {}
            payload = metadata.get("event_payload") or {}
            key, carries = payload.get("dedupe_key"), payload.get(CARRIES)
            if metadata.get("event_type") == EVENT_TYPE and isinstance(key, str):
                told = carries if isinstance(carries, list) else []
                yield key, Ours(str(message["ts"]), tuple(one for one in told if isinstance(one, str)))


async def _pages(client: AsyncWebClient, method: str, query: Mapping[str, Any]) -> AsyncIterator[dict[str, Any]]:
    """All pages; what cannot be read to the end raises, since half a history proves nothing."""
    cursor = ""
    for _ in range(_MOST_PAGES):
        params = {**query, "limit": _PAGE, **({"cursor": cursor} if cursor else {})}
        page = await asked(client, method, params)
        yield page
        cursor = str((page.get("response_metadata") or {}).get("next_cursor") or "")
        if not cursor:
            return
    raise Unreadable(f"{method}: more than {_MOST_PAGES} pages")


async def asked(client: AsyncWebClient, method: str, params: dict[str, Any], *, verb: str = "GET") -> dict[str, Any]:
    """One answer of Slack; `Unreadable` where there is none, or a refusal."""
    plain = {key: ("true" if value else "false") if isinstance(value, bool) else value for key, value in params.items()}
    try:
        async with asyncio.timeout(DEADLINE):
            answer = await client.api_call(method, http_verb=verb, params=plain)
    except SlackApiError as error:
        found = error.response
        if not isinstance(found, AsyncSlackResponse) or not isinstance(found.data, dict):
            raise Unreadable(f"{method}: an answer that is not Slack's") from error
        wait = wait_named(found.headers) if found.status_code == 429 else 30.0
        raise Unreadable(str(found.data.get("error") or f"HTTP {found.status_code}"), wait) from error
    except FAULTS as error:
        raise Unreadable(f"{method}: {type(error).__name__}") from error
    if not isinstance(answer.data, dict):
        raise Unreadable(f"{method}: an answer that is not Slack's")
    return answer.data

"""Files on their way to Slack: an address is asked for, the bytes go there, and the file is put where it belongs."""

from __future__ import annotations

import asyncio
import json
import logging
from typing import TYPE_CHECKING

import aiohttp
from slack_sdk.errors import SlackApiError

from bot.slack.web_api.calls import FAULTS
from bot.slack.web_api.client import DEADLINE, is_local, is_slacks

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.newsroom import File

_log = logging.getLogger(__name__)


async def direct(client: AsyncWebClient, user: str) -> str:
    """The direct messages with a person; SlackApiError or one of FAULTS where they cannot be opened."""
    answer = await client.api_call("conversations.open", params={"users": user})
    return str((answer.get("channel") or {}).get("id") or "")


async def upload(client: AsyncWebClient, file: File, channel: str, thread: str | None = None) -> str:
    """Put a file into a channel or a thread; empty when it is there, else why not in a few words.

    Nothing is tried twice: where the last answer is lost, the file may be there all the same.
    """
    try:
        content = await asyncio.to_thread(file.content)
        about = {"filename": file.name, "length": len(content), "alt_txt": file.alt[:1000]}
        place = await client.api_call("files.getUploadURLExternal", params=about)
        if not is_slacks(str(place["upload_url"]), client.base_url):
            return "the address for it is not Slack's"
        await _put(str(place["upload_url"]), content)
        given = {"files": json.dumps([{"id": place["file_id"], "title": file.title[:250]}]), "channel_id": channel}
        given |= {"thread_ts": thread} if thread else {"initial_comment": file.comment}
        await client.api_call("files.completeUploadExternal", params=given)
    except SlackApiError as error:
        reason = str(error.response.get("error"))
    except (OSError, KeyError, *FAULTS) as error:
        reason = type(error).__name__
    else:
        return ""
    _log.warning("%s could not be sent: %s", file.name, reason)
    return reason


async def _put(url: str, content: bytes) -> None:
    timeout = aiohttp.ClientTimeout(total=3 * DEADLINE)
    async with (
        aiohttp.ClientSession(timeout=timeout, trust_env=not is_local(url)) as session,
        session.post(url, data=content, headers={"Content-Type": "application/octet-stream"}) as answer,
    ):
        answer.raise_for_status()

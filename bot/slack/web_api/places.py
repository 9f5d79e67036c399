"""Whether a channel can be posted to, as far as Slack says so before anything is posted there."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError

from bot.slack.web_api.calls import FAULTS

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient

_log = logging.getLogger(__name__)

PATIENCE = 1.5  # seconds
_INVITE = "invite it with /invite @On Record"
_WHY = {
    "channel_not_found": f"Slack shows On Record no such channel (`channel_not_found`): {_INVITE}",
    "not_in_channel": f"On Record is not in this channel (`not_in_channel`): {_INVITE}",
}


async def unpostable(client: AsyncWebClient, channel: str) -> str:
    """Why nothing can be posted to a channel (its id), with what to do; empty where it can, or Slack is silent."""
    try:
        async with asyncio.timeout(PATIENCE):
            answer = await client.api_call("conversations.info", params={"channel": channel}, http_verb="GET")
    except SlackApiError as error:
        code = str(error.response.get("error"))
        if code not in _WHY:
            _log.warning("whether %s can be posted to is not known: %s", channel, code)
        return _WHY.get(code, "")
    except (TimeoutError, *FAULTS) as error:
        _log.warning("whether %s can be posted to is not known: %s", channel, type(error).__name__)
        return ""
    place: Any = answer.get("channel")
    if not isinstance(place, dict):
        return ""
    return _WHY["not_in_channel"] if place.get("is_member") is False else ""

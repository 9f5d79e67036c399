"""Private answers on their way to one person: by response_url, else by chat.postEphemeral."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any

from bot.slack.validate import checked
from bot.slack.web_api.calls import FAULTS
from bot.slack.web_api.client import is_slacks, webhook

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.validate import Payload

_log = logging.getLogger(__name__)


async def reply(client: AsyncWebClient, body: Mapping[str, Any], payload: Payload) -> bool:
    """Answer the person behind a command or a click; whether an answer got through.

    A response_url that is used up answers 404 without raising, so that its status is looked at.
    """
    message = checked(payload)
    url = body.get("response_url")
    if isinstance(url, str) and url and not is_slacks(url, client.base_url):
        _log.warning("a response_url is not Slack's, and nothing is sent there")
    elif isinstance(url, str) and url:
        try:
            answer = await webhook(url).send_dict(message)
        except FAULTS as error:
            _log.warning("a response_url could not be reached: %s", type(error).__name__)
        else:
            if answer.status_code == 200:
                return True
            _log.warning("a response_url answered %s", answer.status_code)
    channel, user = _where(body)
    if not channel or not user:
        return False
    thread = {"thread_ts": body["thread_ts"]} if body.get("thread_ts") else {}
    text, blocks = message["text"], message["blocks"]
    try:
        await client.chat_postEphemeral(channel=channel, user=user, text=text, blocks=blocks, **thread)
    except FAULTS as error:
        _log.warning("an answer got lost: %s", type(error).__name__)
        return False
    return True


def _where(body: Mapping[str, Any]) -> tuple[str | None, str | None]:
    """Channel and person, whichever kind of payload it is."""
    channel = body.get("channel_id") or (body.get("channel") or {}).get("id")
    user = body.get("user_id") or (body.get("user") or {}).get("id")
    return channel, user

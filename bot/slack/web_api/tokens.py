"""Asks Slack whether it knows a token."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError

from bot.slack.errors import SlackRefused, SlackUnreachable
from bot.slack.web_api import remedies
from bot.slack.web_api.calls import DOUBTFUL, FAULTS, LIMITED
from bot.slack.web_api.client import DEADLINE

if TYPE_CHECKING:
    from slack_sdk.web.async_client import AsyncWebClient
    from slack_sdk.web.async_slack_response import AsyncSlackResponse


async def accepted(client: AsyncWebClient, method: str, secret: str) -> dict[str, Any]:
    """What Slack says to a method that needs nothing but a token, as `answered`."""
    answer = await answered(client, method, secret)
    return answer.data if isinstance(answer.data, dict) else {}


async def answered(client: AsyncWebClient, method: str, secret: str) -> AsyncSlackResponse:
    """Slack's answer, headers included, to a method that needs nothing but a token.

    The token is called `secret` where something is the matter: SlackRefused where Slack does not accept it,
    SlackUnreachable where it does not say.
    """
    if not client.token:
        raise SlackRefused(f"the {secret} is not set")
    try:
        async with asyncio.timeout(DEADLINE):
            return await client.api_call(method)
    except SlackApiError as error:
        body = getattr(error.response, "data", None)
        code = body.get("error") if isinstance(body, dict) else None
        if code is None or code in DOUBTFUL or code in LIMITED:
            raise SlackUnreachable(
                f"{client.base_url} does not answer as Slack: {code or 'no clear answer'}"
            ) from error
        todo = remedies.remedy(code) or "set a new one and start On Record again"
        raise SlackRefused(f"Slack does not accept the {secret}: {code}; {todo}") from error
    except (TimeoutError, *FAULTS) as error:
        raise SlackUnreachable(f"Slack cannot be reached at {client.base_url}: {type(error).__name__}") from error

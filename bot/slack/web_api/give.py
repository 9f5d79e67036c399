"""An answer on its way: to one person, to everybody in the channel, or as a modal."""

from __future__ import annotations

import asyncio
import logging
import secrets
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError

from bot.slack.blocks import modals
from bot.slack.newsroom import Modal, Public, Wrong
from bot.slack.validate import checked
from bot.slack.web_api import calls
from bot.slack.web_api.calls import FAULTS, Sent
from bot.slack.web_api.reply import reply

if TYPE_CHECKING:
    from collections.abc import Awaitable, Mapping

    from slack_sdk.web.async_client import AsyncWebClient
    from slack_sdk.web.async_slack_response import AsyncSlackResponse

    from bot.slack.newsroom import Answer

_log = logging.getLogger(__name__)


async def give(client: AsyncWebClient, body: Mapping[str, Any], answer: Answer) -> None:
    """Show an answer to the person behind a payload, or post it for all where it is meant for them."""
    if isinstance(answer, Modal):
        await _open(client, str(body.get("trigger_id") or ""), answer)
    elif isinstance(answer, Public):
        channel = body.get("channel_id") or (body.get("channel") or {}).get("id")
        message = checked({**answer.message, "channel": channel})
        outcome = await calls.write(client, "chat.postMessage", message)
        if not isinstance(outcome, Sent):
            await reply(client, body, answer.otherwise)
    elif answer is not None and not isinstance(answer, Wrong):
        await reply(client, body, answer)


async def follow(client: AsyncWebClient, view_id: str, modal: Modal) -> None:
    """Put what a modal leads to in its place, or that it failed."""
    if modal.then is None:
        return
    try:
        view = (await asyncio.to_thread(modal.then)).view
    except Exception:  # noqa: BLE001 - a boundary: the modal would wait for ever
        reference = secrets.token_hex(3)
        _log.exception("a modal failed, reference %s", reference)
        view = modals.failed(reference)
    await _shown(client.views_update(view_id=view_id, view=view))


async def _open(client: AsyncWebClient, trigger: str, modal: Modal) -> None:
    opened = await _shown(client.views_open(trigger_id=trigger, view=modal.view))
    if opened is not None:
        await follow(client, str(opened["view"]["id"]), modal)


async def _shown(call: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse | None:
    try:
        return await call
    except SlackApiError as error:
        _log.warning("a modal could not be shown: %s", error.response.get("error"))
    except FAULTS as error:
        _log.warning("a modal could not be shown: %s", type(error).__name__)
    return None

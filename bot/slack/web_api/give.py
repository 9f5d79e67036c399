"""An answer on its way: to one person, to everybody in the channel, or as a modal."""

from __future__ import annotations

import asyncio
import logging
import secrets
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError

from bot.slack.blocks import answers, forms
from bot.slack.newsroom import Filed, Modal, Public
from bot.slack.validate import checked
from bot.slack.web_api import calls
from bot.slack.web_api.calls import FAULTS, Sent
from bot.slack.web_api.reply import reply
from bot.slack.web_api.upload import direct, upload

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping

    from slack_sdk.web.async_client import AsyncWebClient
    from slack_sdk.web.async_slack_response import AsyncSlackResponse

    from bot.slack.blocks.parts import Payload
    from bot.slack.newsroom import Answer, File

_log = logging.getLogger(__name__)


async def give(client: AsyncWebClient, body: Mapping[str, Any], answer: Answer) -> None:
    """Show an answer to the person behind a payload, or post it for all where it is meant for them."""
    if isinstance(answer, Modal):
        await _open(client, str(body.get("trigger_id") or ""), answer)
    elif isinstance(answer, Public):
        await _publish(client, body, answer)
    elif isinstance(answer, Filed):
        await reply(client, body, answer.payload)
        await _send(client, body, answer.file)
    elif isinstance(answer, dict):
        await reply(client, body, answer)


async def _publish(client: AsyncWebClient, body: Mapping[str, Any], answer: Public) -> None:
    channel = body.get("channel_id") or (body.get("channel") or {}).get("id")
    message = checked({**answer.message, "channel": channel})
    outcome = await calls.write(client, "chat.postMessage", message)
    if not isinstance(outcome, Sent):
        await reply(client, body, answer.otherwise)
        return
    if answer.then is not None:
        await reply(client, body, answer.then)
    if answer.file is not None and (why := await upload(client, answer.file, outcome.channel, outcome.ts)):
        await reply(client, body, answers.not_sent(answer.file.title, why))


async def _send(client: AsyncWebClient, body: Mapping[str, Any], file: File) -> None:
    """Send a file to the person behind a payload alone; a private answer says so if it cannot be."""
    user = str(body.get("user_id") or (body.get("user") or {}).get("id") or "")
    try:
        channel = await direct(client, user)
    except SlackApiError as error:
        why = str(error.response.get("error"))
    except FAULTS as error:
        why = type(error).__name__
    else:
        why = await upload(client, file, channel)
    if why:
        await reply(client, body, answers.not_sent(file.title, why))


async def _open(client: AsyncWebClient, trigger: str, modal: Modal) -> None:
    opened = await _shown(client.views_open(trigger_id=trigger, view=modal.view))
    if opened is not None and modal.then:
        await fill(client, str(opened["view"]["id"]), modal.then)


async def fill(client: AsyncWebClient, view_id: str, find: Callable[[], Payload]) -> None:
    """Put what was found in the place of a waiting view, or that it failed, with a reference."""
    try:
        found = await asyncio.to_thread(find)
    except Exception as error:  # noqa: BLE001 - a boundary: the modal would wait for ever
        reference = secrets.token_hex(3)
        _log.error("what a modal waits for failed, reference %s", reference, exc_info=error)
        found = forms.failed(reference)
    await _shown(client.views_update(view_id=view_id, view=found))


async def _shown(call: Awaitable[AsyncSlackResponse]) -> AsyncSlackResponse | None:
    try:
        return await call
    except SlackApiError as error:
        _log.warning("a modal could not be shown: %s", error.response.get("error"))
    except FAULTS as error:
        _log.warning("a modal could not be shown: %s", type(error).__name__)
    return None

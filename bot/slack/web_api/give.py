"""An answer on its way: to one person, to everybody in the channel, or as a modal."""

from __future__ import annotations

import asyncio
import logging
import secrets
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError

from bot.slack.blocks import answers, modals
from bot.slack.newsroom import Begun, Filed, Modal, Public
from bot.slack.unhurried import unhurried
from bot.slack.validate import checked, viewed
from bot.slack.web_api import calls
from bot.slack.web_api.calls import FAULTS, Sent
from bot.slack.web_api.reply import reply
from bot.slack.web_api.upload import direct, upload

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.ledger import Bulletin
    from bot.slack.newsroom import Answer, File, Found

_log = logging.getLogger(__name__)

_PATIENCE = 8.0  # seconds until somebody who shares something is told that Slack has not taken it
_LOOK = 0.2
_LATE = (
    "Slack has not taken your answer yet. It is posted as soon as it does, within ten minutes or not at all: look for "
    "it in the channel before you share it again."
)


async def give(client: AsyncWebClient, body: Mapping[str, Any], answer: Answer) -> None:
    """Show an answer to the person behind a payload, or post it for all where it is meant for them.

    Who is in no channel (the App Home, a modal, a shortcut from anywhere) gets a private answer in a modal.
    """
    if isinstance(answer, Modal):
        await _open(client, body, answer)
    elif isinstance(answer, Public):
        await _publish(client, body, answer)
    elif isinstance(answer, Begun):
        await give(client, body, await unhurried(answer.then) or answer.payload)
    elif isinstance(answer, Filed):
        await give(client, body, answer.payload)
        await _send(client, body, answer.file)
    elif isinstance(answer, dict):
        if answer.get("replace_original") and _in_modal(body):  # Slack opens three on top of each other, no more
            await fill(client, body, str(body["view"].get("id") or ""), lambda: modals.shown(answer))
        elif _nowhere(body):
            await _open(client, body, Modal(view=modals.shown(answer)))
        else:
            await reply(client, body, answer)


async def _publish(client: AsyncWebClient, body: Mapping[str, Any], answer: Public) -> None:
    if answer.queued is None:
        channel = body.get("channel_id") or (body.get("channel") or {}).get("id")
        outcome = await calls.write(client, "chat.postMessage", checked({**answer.message, "channel": channel}))
        place = (outcome.channel, outcome.ts) if isinstance(outcome, Sent) else None
    else:
        told = await _ended(answer.queued)
        if told.state in {"pending", "sending"}:
            if told.until is not None:
                await reply(client, body, answers.noted(_LATE))
            return
        place = (told.slack_channel or "", told.slack_ts or "") if told.state == "sent" else None
    if place is None:
        await reply(client, body, answer.otherwise)
        return
    if answer.then is not None:
        await reply(client, body, answer.then)
    if answer.file is not None and (why := await upload(client, answer.file, *place)):
        await reply(client, body, answers.not_sent(answer.file.title, why))


async def _ended(queued: Callable[[], Bulletin]) -> Bulletin:
    """What has become of a message in the outbox, as soon as it has, or after a while that nobody likes to wait."""
    told = await asyncio.to_thread(queued)
    for _ in range(int(_PATIENCE / _LOOK)):
        if told.state not in {"pending", "sending"}:
            break
        await asyncio.sleep(_LOOK)
        told = await asyncio.to_thread(queued)
    return told


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


def _nowhere(body: Mapping[str, Any]) -> bool:
    """Whether nothing tells where a message could be shown, though a view can."""
    placed = body.get("response_url") or body.get("channel_id") or body.get("channel")
    return bool(body.get("trigger_id")) and not placed


def _in_modal(body: Mapping[str, Any]) -> bool:
    """Whether it happened in a modal."""
    return (body.get("view") or {}).get("type") == "modal"


async def _open(client: AsyncWebClient, body: Mapping[str, Any], modal: Modal) -> None:
    """Open a modal, over the one that is open if there is one; then put there what took longer to find."""
    trigger = str(body.get("trigger_id") or "")
    show = client.views_push if _in_modal(body) else client.views_open
    try:
        opened = await show(trigger_id=trigger, view=viewed(modal.view))
    except SlackApiError as error:
        _log.warning("a modal could not be shown: %s", error.response.get("error"))
    except FAULTS as error:
        _log.warning("a modal could not be opened: %s", type(error).__name__)
    else:
        if modal.then:
            view: dict[str, Any] = opened.get("view") or {}
            await fill(client, body, str(view.get("id") or ""), modal.then)


async def fill(client: AsyncWebClient, body: Mapping[str, Any], view_id: str, find: Callable[[], Found]) -> None:
    """Put what was found in the place of a waiting view, or that it could not be found, with a reference."""
    file: File | None = None
    try:
        answer = await unhurried(find)
        if isinstance(answer, Filed):
            found, file = viewed(modals.shown(answer.payload)), answer.file
        else:
            found = viewed(answer)
    except Exception as error:  # noqa: BLE001  the boundary of the listener, for what goes on behind a view that waits
        reference = secrets.token_hex(3)
        _log.error("an answer could not be found, reference %s", reference, exc_info=error)
        found = modals.shown(answers.failed(reference))
    try:
        await client.views_update(view_id=view_id, view=found)
    except SlackApiError as error:
        _log.info("a modal was closed before its answer came: %s", error.response.get("error"))
    except FAULTS as error:
        _log.warning("a modal could not be filled: %s", type(error).__name__)
    if file is not None:
        await _send(client, body, file)

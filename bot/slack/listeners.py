"""What Bolt hears: each listener takes a payload apart, asks the service, and sends the answer."""

from __future__ import annotations

import asyncio
import logging
import secrets
from typing import TYPE_CHECKING, Any

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.authorization import AuthorizeResult
from slack_bolt.response import BoltResponse

from bot.slack.actions import ACTIONS
from bot.slack.blocks import answers, parts
from bot.slack.commands import COMMAND, numbered
from bot.slack.web_api.reply import reply

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.actions import Buttons
    from bot.slack.commands import Commands

    Ack = Callable[..., Awaitable[BoltResponse]]

_log = logging.getLogger(__name__)


def bolt_app(
    *,
    bare: AsyncWebClient,
    client: AsyncWebClient,
    identity: Mapping[str, Any],
    signing: str,
    commands: Commands,
    buttons: Buttons,
    clock: Callable[[], datetime],
) -> AsyncApp:
    """The app with every listener, for Socket Mode and signed HTTP alike.

    `bare` is a client without a token, which Bolt copies for each request; `identity` is what auth.test said.
    """
    quiet = logging.getLogger("slack_bolt.onrecord")
    quiet.setLevel(logging.ERROR)  # it warns of tokens in the environment, and logs whole bodies below that

    async def authorize() -> AuthorizeResult:
        return AuthorizeResult(
            enterprise_id=identity.get("enterprise_id"),
            team_id=identity.get("team_id"),
            bot_id=identity.get("bot_id"),
            bot_user_id=identity.get("user_id"),
            bot_token=client.token,
        )

    app = AsyncApp(
        name="onrecord",
        logger=quiet,
        client=bare,
        authorize=authorize,
        signing_secret=signing,
        raise_error_for_unhandled_request=True,
    )

    async def on_command(ack: Ack, body: dict[str, Any]) -> None:
        await ack()
        payload = await asyncio.to_thread(commands.answer, str(body.get("text") or ""))
        await reply(client, body, payload)

    async def on_press(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        value, user = str(action.get("value") or ""), str(body["user"]["id"])
        payload = await asyncio.to_thread(buttons.press, action["action_id"], value, user, clock())
        await ack()  # what was decided is on record by now
        if payload is not None:
            await reply(client, body, payload)

    async def on_open(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        await ack()
        number = numbered(str(action.get("value") or ""))
        if action.get("url") or number is None:  # the browser is on its way to the page
            return
        await reply(client, body, await asyncio.to_thread(commands.record, number))

    async def on_error(error: Exception, body: dict[str, Any]) -> BoltResponse:
        reference = secrets.token_hex(3)
        _log.error("a listener failed, reference %s", reference, exc_info=error)
        await reply(client, body, answers.failed(reference))
        return BoltResponse(status=200, body="")  # any other status leaves the envelope unacknowledged

    app.command(COMMAND)(on_command)
    for action_id in ACTIONS:
        app.action(action_id)(on_press)
    app.action(parts.OPEN)(on_open)
    app.error(on_error)
    return app

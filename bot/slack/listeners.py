"""What Bolt hears: each listener takes a payload apart, asks the service, and sends the answer."""

from __future__ import annotations

import asyncio
import logging
import secrets
import time
from typing import TYPE_CHECKING, Any

from slack_bolt.authorization import AuthorizeResult
from slack_bolt.error import BoltUnhandledRequestError
from slack_bolt.response import BoltResponse

from bot.slack import actions, commands, hearing, views
from bot.slack.blocks import answers, modals
from bot.slack.line import TimedApp
from bot.slack.newsroom import Modal, Wrong
from bot.slack.payloads import pressed_as, sent_as
from bot.slack.permission import TurnedAway
from bot.slack.repeats import Repeats, once
from bot.slack.turns import Turns, in_turn
from bot.slack.unhurried import unhurried
from bot.slack.validate import viewed
from bot.slack.web_api.give import fill, give
from config.failpoint import reached

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.homes import Homes
    from bot.slack.newsroom import Answer, Asker, Newsroom
    from bot.slack.permission import Doorkeeper
    from bot.slack.validate import Payload

    Ack = Callable[..., Awaitable[BoltResponse]]

_log = logging.getLogger(__name__)

# Seconds in which an acknowledgement reaches Slack: an update that overtook it would vanish under the waiting view.
_TAKEN = 0.2


def bolt_app(
    *,
    bare: AsyncWebClient,
    client: AsyncWebClient,
    identity: Mapping[str, Any],
    signing: str,
    newsroom: Newsroom,
    doorkeeper: Doorkeeper,
    homes: Homes,
    clock: Callable[[], datetime],
    ticks: Callable[[], float] = time.monotonic,
    acked: Callable[[float], None] = lambda _seconds: None,
) -> TimedApp:
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

    app = TimedApp(
        ticks=ticks,
        acked=acked,
        name="onrecord",
        logger=quiet,
        client=bare,
        authorize=authorize,
        signing_secret=signing,
        raise_error_for_unhandled_request=True,
    )

    app.use(once(Repeats(ticks)))
    app.use(in_turn(Turns(ticks), lambda body, answer: give(client, body, answer)))

    async def on_command(ack: Ack, body: dict[str, Any]) -> None:
        await ack()
        if (asker := await admitted(body)) is None:
            return
        typed = str(body.get("text") or "")
        answer = await unhurried(commands.answer, newsroom, typed, asker, clock())
        await give(client, body, answer)
        await homes.refresh(asker.user)

    async def on_element(ack: Ack, body: dict[str, Any], action: dict[str, Any]) -> None:
        asker = None if action.get("url") else await admitted(body)  # with a URL the browser is on its way to a page
        if asker is None:
            await ack()
            return
        press = pressed_as(action, body, asker, clock())
        if actions.ELEMENTS[press.action].looks:
            await ack()
            answer = await unhurried(actions.pressed, newsroom, press)
        else:
            answer = await asyncio.to_thread(actions.pressed, newsroom, press)
            reached("decided")
            await ack()  # what was decided is on record by now
        await give(client, body, answer)
        await homes.refresh(asker.user)

    async def on_form(ack: Ack, body: dict[str, Any]) -> None:
        if (asker := await admitted(body)) is None:
            await ack()
            return
        answer = await asyncio.to_thread(views.submitted, newsroom, sent_as(body, asker, clock()))
        reached("decided")
        await _settle(ack, client, body, answer)
        await homes.refresh(asker.user)

    async def admitted(body: dict[str, Any]) -> Asker | None:
        """Whoever is behind a payload, or None after telling them that they may not use the bot."""
        try:
            return await doorkeeper.asker(body)
        except TurnedAway as error:
            await give(client, body, answers.turned_away(str(error)))
            return None

    async def on_error(error: Exception, body: dict[str, Any]) -> BoltResponse:
        await give(client, body, _failed(error))
        return BoltResponse(status=200, body="")  # any other status leaves the envelope unacknowledged

    app.command(commands.COMMAND)(on_command)
    for action_id in actions.ELEMENTS:
        app.action(action_id)(on_element)
    for callback_id in views.FORMS:
        app.view(callback_id)(on_form)
    hearing.listen(
        app,
        client=client,
        us=str(identity.get("user_id") or ""),
        team=str(identity.get("team_id") or ""),
        newsroom=newsroom,
        doorkeeper=doorkeeper,
        homes=homes,
        clock=clock,
    )
    app.error(on_error)
    return app


def _failed(error: Exception) -> Payload:
    """What to tell whoever pressed or asked, of a listener that failed or is at it for longer than Slack waits."""
    if isinstance(error, BoltUnhandledRequestError):  # there is a listener for everything: it has not answered yet
        _log.warning("something took longer than Slack waits; it is still being done")
        return answers.late()
    reference = secrets.token_hex(3)
    _log.error("a listener failed, reference %s", reference, exc_info=error)
    return answers.failed(reference)


async def _settle(ack: Ack, client: AsyncWebClient, body: dict[str, Any], answer: Answer) -> None:
    """Acknowledge a modal that was sent off: with what is wrong in it, with what takes its place, or by closing it."""
    if isinstance(answer, Wrong):
        await ack(response_action="errors", errors=dict(answer.fields))
    elif isinstance(answer, Modal):
        await ack(response_action="update", view=viewed(answer.view))
        if answer.then:
            await asyncio.sleep(_TAKEN)
            await fill(client, body, str(body["view"]["id"]), answer.then)
    elif isinstance(answer, dict):  # a modal belongs to no channel
        await ack(response_action="update", view=viewed(modals.shown(answer)))
    else:
        await ack()
        await give(client, body, answer)

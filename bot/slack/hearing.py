"""What Bolt hears besides commands, elements and forms: shortcuts, and the events that Slack tells us of."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING, Any

from slack_sdk.errors import SlackApiError

from bot.slack import events, shortcuts
from bot.slack.blocks import answers, modals
from bot.slack.newsroom import Asker, Heard, Modal, Public, Publish, Use
from bot.slack.permission import TurnedAway
from bot.slack.unhurried import unhurried
from bot.slack.web_api.calls import FAULTS
from bot.slack.web_api.client import DEADLINE
from bot.slack.web_api.give import give
from bot.slack.web_api.reply import reply

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Mapping
    from datetime import datetime

    from slack_bolt.app.async_app import AsyncApp
    from slack_bolt.response import BoltResponse
    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.events import Event
    from bot.slack.homes import Homes
    from bot.slack.newsroom import Answer, Newsroom
    from bot.slack.permission import Doorkeeper

    Ack = Callable[..., Awaitable[BoltResponse]]

_log = logging.getLogger(__name__)

_FORM = "That opens a form, which Slack shows for the command alone: type the same after /record."


def listen(
    app: AsyncApp,
    *,
    client: AsyncWebClient,
    us: str,
    team: str,
    newsroom: Newsroom,
    doorkeeper: Doorkeeper,
    homes: Homes,
    clock: Callable[[], datetime],
) -> None:
    """Register every shortcut and every event; `us` is the bot's own user id, `team` its workspace."""

    async def on_shortcut(ack: Ack, body: dict[str, Any]) -> None:
        await ack()
        try:
            asker = await doorkeeper.asker(body)
        except TurnedAway as error:
            await give(client, body, answers.turned_away(str(error)))
            return
        text = _text(body.get("message") or {})
        use = Use(callback=str(body["callback_id"]), text=text, asker=asker, now=clock())
        # Its answer is a modal for both kinds: an answer in the channel would stand outside the thread.
        await give(client, {"trigger_id": body.get("trigger_id")}, shortcuts.used(newsroom, use))

    async def on_event(body: dict[str, Any], event: dict[str, Any]) -> None:
        one = events.EVENTS[str(event["type"])]
        if not _concerns(one, body, event, us, team):
            return
        if not await asyncio.to_thread(newsroom.ledger.heard, str(body["event_id"]), clock()):
            return  # Slack had sent it before
        who = str(event.get("user" if one.about == "person" else "inviter") or "")
        place = {"user_id": who, "channel_id": event.get("channel"), "thread_ts": event.get("thread_ts")}
        asker = await admitted(place, home=one.name == "app_home_opened", person=one.about == "person")
        if asker is None:
            return
        channel = str(event.get("channel") or "")
        text = str(event.get("text") or "") if one.about != "bot" else await _name(client, channel)
        heard = Heard(name=one.name, asker=asker, channel=channel, text=text, now=clock())
        answer = await unhurried(one.does, newsroom, heard)
        if isinstance(answer, Publish):
            await homes.publish(answer.user, answer.view)
        else:
            await _answer(client, place, answer, alone=event.get("channel_type") == "im")

    async def admitted(place: Mapping[str, Any], *, home: bool, person: bool) -> Asker | None:
        """Whoever an event is about; what happens to the bot or to the app needs nobody's leave."""
        if not person:
            return Asker(user=str(place["user_id"]), role="member", channel=place["channel_id"])
        try:
            return await doorkeeper.asker(place)
        except TurnedAway as error:
            refusal = answers.turned_away(str(error))
            if home:
                await homes.publish(str(place["user_id"]), modals.home(refusal))
            else:
                await reply(client, place, refusal)
            return None

    for callback_id in shortcuts.SHORTCUTS:
        app.shortcut(callback_id)(on_shortcut)
    for name in events.EVENTS:
        app.event(name)(on_event)


def _concerns(one: Event, body: Mapping[str, Any], event: Mapping[str, Any], us: str, team: str) -> bool:
    """Whether an event is for us: what people wrote, what happens to the bot, or to the app in our workspace."""
    if one.about == "app":
        tokens = event.get("tokens")
        ours = not isinstance(tokens, dict) or us in (tokens.get("bot") or ())  # tokens of people are none of ours
        return ours and body.get("team_id") == team
    of_bot = event.get("user") == us
    return of_bot == (one.about == "bot") and not event.get("subtype") and not event.get("bot_id")


async def _answer(client: AsyncWebClient, place: Mapping[str, Any], answer: Answer, *, alone: bool) -> None:
    """To the one who wrote; where they are alone with the bot, as a message that stays."""
    if isinstance(answer, Modal):  # nothing was pressed, and Slack opens no form for words alone
        answer = answers.noted(_FORM)
    if alone and isinstance(answer, dict):
        message = {"text": answer["text"], "blocks": answer["blocks"]}
        answer = Public(message={**message, "unfurl_links": False, "unfurl_media": False}, otherwise=answer)
    await give(client, place, answer)


def _text(message: Mapping[str, Any]) -> str:
    """What a message says: its text, or the texts of its sections where it has no other."""
    said = str(message.get("text") or "")
    if said.strip():
        return said
    texts = [block.get("text") for block in message.get("blocks") or ()]
    return "\n".join(str(text["text"]) for text in texts if isinstance(text, dict) and text.get("text"))


async def _name(client: AsyncWebClient, channel: str) -> str:
    """The name of a channel, as a configuration may call it; empty where Slack does not say."""
    try:
        async with asyncio.timeout(DEADLINE):
            told = await client.api_call("conversations.info", params={"channel": channel}, http_verb="GET")
    except SlackApiError as error:
        _log.warning("the name of %s is not known: %s", channel, error.response.get("error"))
    except (TimeoutError, *FAULTS) as error:
        _log.warning("the name of %s is not known: %s", channel, type(error).__name__)
    else:
        place = told.get("channel")
        return str(place.get("name") or "") if isinstance(place, dict) else ""
    return ""

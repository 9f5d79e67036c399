"""What the workspace tells the app unasked: events, sent again until the app has acknowledged them."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import timedelta
from urllib.parse import urlsplit

from bot.workspace.shapes import message_json, view_json
from bot.workspace.transport import payloads
from bot.workspace.transport.delivery import FIRST, Ack, Again
from bot.workspace.world import BOT, Channel, Json, Message, Person, World

_LOOK = 0.01  # seconds between two looks at the clock, which may be moved by hand
_LINK = re.compile(r"<(https?://[^|>\s]+)(?:\|[^>]*)?>|(https?://[^\s<>]+)")


class Events:
    """Sends the events that the app subscribes to; an event keeps its `event_id` however often it is sent."""

    def __init__(self, world: World, send: Callable[[Json, Again], Awaitable[Ack]]) -> None:
        self._world = world
        self._send = send
        self._under_way: set[asyncio.Task[None]] = set()

    async def close(self) -> None:
        """Give up what is not acknowledged yet."""
        for task in list(self._under_way):
            task.cancel()
        await asyncio.gather(*self._under_way, return_exceptions=True)

    def said(self, message: Message, channel: Channel) -> None:
        """Tell of a message that a person wrote: to the app, naming it, or with a link that it can unfurl."""
        told = message_json(self._world, message)
        about: Json = {"channel": channel.id, "event_ts": message.ts}
        if team := self._world.person(message.author).team:  # somebody of another workspace, in a shared channel
            about |= {"user_team": team, "source_team": team}
        if channel.kind == "direct":
            self._tell("message.im", {**told, **about, "type": "message", "channel_type": "im"})
        elif f"<@{BOT}" in message.text and BOT in channel.members:
            self._tell("app_mention", {**told, **about, "type": "app_mention"})
        links = [{"url": url, "domain": domain} for url, domain in self._links(message.text)]
        if links and BOT in channel.members:
            shared = {"user": message.author, "message_ts": message.ts, "links": links, "unfurl_id": message.ts}
            self._tell("link_shared", {**shared, **about, "type": "link_shared", "source": "conversations_history"})

    def joined(self, who: str, channel: Channel, inviter: str) -> None:
        """Tell that somebody has come into a channel."""
        content = {
            "type": "member_joined_channel",
            "user": who,
            "channel": channel.id,
            "channel_type": "C" if channel.kind == "public" else "G",
            "team": self._world.settings.team_id,
            "inviter": inviter,
            "event_ts": self._world.stamp(),
        }
        self._tell("member_joined_channel", content)

    def home_opened(self, person: Person) -> None:
        """Tell that a person looks at the App Home, with what stands there."""
        home = self._world.homes.get(person.id)
        content: Json = {
            "type": "app_home_opened",
            "user": person.id,
            "channel": self._world.direct(person.id).id,
            "tab": "home",
            "event_ts": self._world.stamp(),
        }
        if home:
            content["view"] = view_json(self._world, home)
        self._tell("app_home_opened", content)

    def revoked(self, error: str | None) -> None:
        """Tell that the bot's token is good no more, and that the app was uninstalled where that is why."""
        if error is None:
            return
        if error == "account_inactive":
            self._tell("app_uninstalled", {"type": "app_uninstalled"})
        tokens: Json = {"oauth": [], "bot": [BOT]}
        self._tell("tokens_revoked", {"type": "tokens_revoked", "tokens": tokens, "event_ts": self._world.stamp()})

    def _links(self, text: str) -> list[tuple[str, str]]:
        found = [(match[1] or match[2]) for match in _LINK.finditer(text)]
        known = self._world.settings.unfurl_domains
        named = [(url, urlsplit(url).hostname or "") for url in found]
        return [(url, host) for url, host in named if any(host == d or host.endswith(f".{d}") for d in known)]

    def _tell(self, name: str, content: Json) -> None:
        if name not in self._world.settings.events:
            return
        payload = payloads.event(self._world, content, self._world.new_id("Ev"))
        task = asyncio.get_running_loop().create_task(self._until_acknowledged(payload))
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)

    async def _until_acknowledged(self, payload: Json) -> None:
        """Send at once, and again after each of the pauses while nobody acknowledges it."""
        clock, again = self._world.settings.clock, FIRST
        for pause in (*self._world.settings.event_retries, None):
            ack = await self._send(payload, again)
            if ack.error is None or pause is None:
                return
            again = Again(attempt=again.attempt + 1, reason=ack.reason)
            due = clock() + timedelta(seconds=pause)
            while clock() < due:  # noqa: ASYNC110  a clock moved by hand rings no bell
                await asyncio.sleep(_LOOK)

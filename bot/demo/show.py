"""The demonstration: publish the stories one after another and watch the real service react."""

from __future__ import annotations

import asyncio
import contextlib
import signal
import socket
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from bot.demo.site import NewsSite
from bot.demo.stories import script, with_invented_country
from bot.print import show_alert
from bot.service import Service
from bot.slack.blocks import Desk
from bot.workspace import Workspace
from config.environment import Secrets
from config.schema import Channel, Feed
from config.settings import WebSettings

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence
    from typing import Any

    from bot.demo.stories import Outlet, Story
    from bot.workspace.world import Message
    from config.schema import Config

CHANNEL = "fact-desk"
PATIENCE = 60.0  # seconds for one story to show its effect; a poll comes every second


class Missed(Exception):
    """A card did not come, or one came that should not have."""


async def show(config: Config, *, port: int, stay: bool) -> bool:
    """Run the demonstration; True when every expected alert was delivered and no other.

    `stay` keeps site, workspace and service up afterwards, until SIGINT or SIGTERM.
    """
    console = Console()
    outlets, stories = script()
    site, workspace = NewsSite(outlets), Workspace()
    async with contextlib.AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="onrecord-demo-"))
        stack.push_async_callback(site.stop)
        await site.start()
        stack.push_async_callback(workspace.stop)
        await workspace.start(port)
        config = _demo_config(config, outlets, site, workspace.base_url)
        pages = config.settings.web.address
        service = Service(
            config,
            Secrets(bot_token=workspace.bot_token, app_token=workspace.app_token),
            database=str(Path(folder) / "onrecord.db"),
            reachable=(site.address,),
        )
        stop = asyncio.Event()
        for number in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(number, stop.set)
        running = asyncio.create_task(service.run(stop))
        stage = _Stage(console, site, workspace, service, running, desk=Desk.of(config))
        try:
            await stage.perform(stories)
            if stay:
                console.print(
                    "\nThe service goes on. Open the page, type [bold]/record who peskov[/], press the buttons."
                )
                console.print(f"Slack       [bold]{workspace.page_url}[/]")
                console.print(f"The record  [bold]{pages}[/]   Ctrl-C ends it.")
                await running
        except Missed as error:
            if stop.is_set():
                console.print("Stopped before the end.")
                return stay
            console.print(Text(f"The demonstration failed: {error}", style="bold red"))
            return False
        finally:
            stop.set()
            await asyncio.gather(running, return_exceptions=True)
    return True


def _demo_config(config: Config, outlets: Sequence[Outlet], site: NewsSite, base_url: str) -> Config:
    """The configuration of `onrecord run` with the local site for feeds and the local workspace for Slack."""
    feeds = tuple(
        Feed(
            id=outlet.id,
            name=outlet.name,
            url=site.feed_url(outlet.id),
            every_minutes=1 / 60,
            allow=(site.address,),
        )
        for outlet in outlets
    )
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]  # the cards name it before anything listens there
    settings = config.settings.model_copy(
        update={
            "slack": config.settings.slack.model_copy(update={"mode": "socket", "base_url": base_url}),
            "web": WebSettings(enabled=True, port=port, address=f"http://127.0.0.1:{port}"),
            "polling": config.settings.polling.model_copy(update={"jitter_seconds": 0, "first_poll": "silent"}),
        }
    )
    changes = {"feeds": feeds, "channels": (Channel(id=CHANNEL, name=CHANNEL),), "settings": settings}
    return with_invented_country(config).model_copy(update=changes)


class _Stage:
    """Publishes, waits for what must follow, and tells the audience."""

    def __init__(
        self,
        console: Console,
        site: NewsSite,
        workspace: Workspace,
        service: Service,
        running: asyncio.Task[None],
        *,
        desk: Desk,
    ) -> None:
        self._console = console
        self._site = site
        self._workspace = workspace
        self._service = service
        self._running = running
        self._desk = desk

    async def perform(self, stories: Sequence[Story]) -> None:
        """All stories in order; raises `Missed` when the channel does not show what it should."""
        archive = [story for story in stories if story.archive]
        fresh = [story for story in stories if not story.archive]
        self._console.print(f"The channel, as Slack would show it: [bold]{self._workspace.page_url}[/]\n")
        for story in archive:
            self._site.publish(story)
        await self._until(self._service.ready.wait(), "the service did not start")
        for outlet in {story.outlet for story in archive}:
            await self._until(self._site.looked_at(outlet, times=2), f"nobody polls {outlet}")
        self._tell(f"{len(archive)} older stories are on record; a first poll posts nothing")
        for number, story in enumerate(fresh, 1):
            self._tell(f"[{number}/{len(fresh)}] {story.published:%d %b %Y}  {story.title}")
            await self._publish(story)
        titles = [_title(card) for card in self._cards()]
        wanted = [story.alert for story in fresh if story.alert]
        if titles != wanted:
            raise Missed(f"the channel shows {titles}, and should show {wanted}")
        self._tell(f"{len(titles)} alerts in #{CHANNEL}, as expected")

    async def _publish(self, story: Story) -> None:
        before = len(self._cards())
        revision = self._revision(story.joins)
        looks = self._site.looks(story.outlet)
        self._site.publish(story)
        if story.alert:
            await self._seen(lambda: len(self._cards()) > before, f"no alert came for “{story.title}”")
            self._print_card(self._cards()[-1])
        elif story.joins:
            await self._seen(lambda: self._revision(story.joins) > revision, f"“{story.title}” did not join its card")
            self._tell("      no second alert: it joined the card as further evidence")
        else:
            # The second look comes after everything of the first is on record.
            await self._until(self._site.looked_at(story.outlet, times=looks + 2), f"nobody polls {story.outlet}")
            self._tell("      no alert: two sides that disagree are the normal state of things")

    def _cards(self) -> list[Message]:
        return [message for message in self._workspace.messages(CHANNEL) if message.metadata]

    def _revision(self, title: str | None) -> int:
        return sum(len(self._workspace.replies(CHANNEL, card.ts)) for card in self._cards() if _title(card) == title)

    def _print_card(self, card: Message) -> None:
        assert self._service.ledger is not None  # noqa: S101  it posted this card
        name = str((card.metadata or {}).get("event_payload", {}).get("alert_id", "OR-0"))
        alert = self._service.ledger.alert(int(name.removeprefix("OR-")))
        if alert is not None:
            self._console.print(Text(f"      {alert.name} in #{CHANNEL} ({alert.conflict.kind}, {alert.strength})"))
            show_alert(self._console, alert.conflict, self._desk)

    async def _seen(self, fact: Callable[[], bool], missed: str) -> None:
        await self._until(self._workspace.wait_for(fact, within=PATIENCE), missed)

    async def _until(self, event: Coroutine[Any, Any, object], missed: str) -> None:
        """Wait for an event, but not longer than the service lives."""
        waiting = asyncio.ensure_future(event)
        await asyncio.wait({waiting, self._running}, timeout=PATIENCE, return_when=asyncio.FIRST_COMPLETED)
        if waiting.done() and waiting.exception() is None:
            return
        waiting.cancel()
        if self._running.done():
            raise Missed(f"the service ended: {self._running.exception() or 'no reason given'}")
        raise Missed(missed)

    def _tell(self, words: str) -> None:
        self._console.print(Text(words))


def _title(card: Message) -> str:
    for block in card.blocks:
        if block.get("type") == "header":
            return str(block["text"]["text"])
    return ""

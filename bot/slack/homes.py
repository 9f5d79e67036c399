"""Whose App Home shows what, and when it is made new: on opening, after a person did something, as things change."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from slack_sdk.errors import SlackApiError

from bot.ledger.errors import LedgerError
from bot.slack import sources
from bot.slack.blocks import home
from bot.slack.blocks.home import Reading, Setting
from bot.slack.blocks.parts import is_person_id
from bot.slack.errors import InvalidMessage
from bot.slack.permission import TurnedAway
from bot.slack.unhurried import unhurried
from bot.slack.validate import viewed
from bot.slack.web_api.calls import FAULTS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.slack.blocks.parts import Payload
    from bot.slack.newsroom import Asker, Newsroom
    from bot.slack.permission import Doorkeeper

_log = logging.getLogger(__name__)

EVERY = 60.0  # seconds between two looks at what has changed
_READERS = timedelta(days=7)  # whoever has not looked for longer gets it anew on opening
_MOST = 60  # homes made new in one go: Slack takes about a hundred a minute


def home_of(newsroom: Newsroom, asker: Asker, now: datetime, *, first: bool = False) -> Payload:
    """The App Home of a person; blocks."""
    return _of(everybodys(newsroom, now), newsroom, asker, first=first)


def everybodys(newsroom: Newsroom, now: datetime) -> Reading:
    """What every App Home shows alike: read once, however many are made new; blocks."""
    ledger = newsroom.ledger
    status = ledger.status()
    watched = [one for one in sources.known(newsroom) if one.watched]
    asked = [one.health for one in watched if one.health and one.health.polled_at]
    return Reading(
        first=False,
        role="member",
        open=ledger.conflicts(review="open", limit=5),
        open_count=status.reviews["open"],
        mine=(),
        wishes=(),
        feeds=len(watched),
        unasked=len(watched) - len(asked),
        failing=[feed for feed in asked if feed.reason or feed.paused],
        latest=ledger.latest(),
        statements=status.utterances,
        troubles=newsroom.troubles(),
        settings=tuple(_settings(newsroom)),
        now=now,
    )


def _of(common: Reading, newsroom: Newsroom, asker: Asker, *, first: bool = False) -> Payload:
    """The App Home of one person."""
    ledger, now = newsroom.ledger, common.now
    zone = ZoneInfo(asker.zone)
    wishes = [f"You follow {wish.target.name}" for wish in ledger.follows(now, asker.user)]
    wishes += [
        f"{wish.target.name} is muted for you until {wish.until.astimezone(zone):%d %b %H:%M} {asker.zone}"
        for wish in ledger.mutes(now, asker.user)
        if wish.until
    ]
    mine = ledger.assigned(asker.user)
    told = replace(common, role=asker.role, first=first, mine=mine, wishes=wishes)
    return viewed(home.home(told, newsroom.desk))


def _settings(newsroom: Newsroom) -> Iterator[Setting]:
    """What holds, each with its origin."""
    config, ledger = newsroom.config, newsroom.ledger
    changed = [one for one in ledger.sources() if one.state == "active" and one.url]
    yield Setting(name="Sources", value=f"{sum(feed.enabled for feed in config.feeds)}", origin="feeds.toml")
    if changed:
        yield Setting(name="Further sources", value=f"{len(changed)}", origin="Slack")
    preferred = {one.audience for one in ledger.preferences() if one.value is not None}
    names = {channel.id for channel in config.channels}
    files = ", ".join(channel.name or channel.id for channel in config.channels if channel.id not in preferred)
    yield Setting(name="Channels that get alerts", value=files or "none", origin="onrecord.toml")
    changed_here = ", ".join(sorted(name for name in preferred if name in names or not is_person_id(name)))
    if changed_here:
        yield Setting(name="Channels with settings of their own", value=changed_here, origin="Slack, see /record route")
    for stands in ledger.thresholds(newsroom.rules):
        if stands.step:
            value = f"{stands.threshold:.2f}, was {newsroom.rules.start:.2f}"
            yield Setting(name=f"Posted from ({stands.kind})", value=value, origin="the desk’s verdicts")
    start = f"{config.settings.alerts.minimum_score:.2f}"
    yield Setting(name="Posted from a score of", value=start, origin="onrecord.toml")
    yield Setting(name="Asked every", value=f"{config.settings.polling.every_minutes:g} min", origin="onrecord.toml")


class Homes:
    """Publishes App Homes, each only when what it shows has changed."""

    def __init__(
        self, client: AsyncWebClient, newsroom: Newsroom, doorkeeper: Doorkeeper, clock: Callable[[], datetime]
    ) -> None:
        self._client = client
        self._newsroom = newsroom
        self._doorkeeper = doorkeeper
        self._clock = clock
        self._stands: dict[str, bytes] = {}  # by person, the hash of what was published last, without its time

    async def publish(self, user: str, view: Payload) -> None:
        """Put a view up, unless the very same stands there."""
        stands = sha256(json.dumps(view["blocks"][:-1]).encode()).digest()  # the last line tells the time
        if self._stands.get(user) == stands:
            return
        try:
            await self._client.views_publish(user_id=user, view=view)
        except SlackApiError as error:
            _log.warning("an App Home could not be published: %s", error.response.get("error"))
        except FAULTS as error:
            _log.warning("an App Home could not be published: %s", type(error).__name__)
        else:
            self._stands[user] = stands

    async def refresh(self, user: str, common: Reading | None = None) -> None:
        """Make a person's App Home new, if they have one: after something they did, or as `common` has changed.

        It is an extra: where the record cannot be read now, the old one stays.
        """
        if user not in self._stands:
            return
        try:
            asker = await self._doorkeeper.asker({"user_id": user})
            if common is None:
                common = await unhurried(everybodys, self._newsroom, self._clock())
            view = await unhurried(_of, common, self._newsroom, asker)
        except TurnedAway:
            return
        except (LedgerError, InvalidMessage) as error:
            _log.warning("an App Home stays as it was: %s", error)
            return
        await self.publish(user, view)

    async def run(self, stop: asyncio.Event, every: float = EVERY) -> None:
        """Until `stop`, make new what has changed for whoever looked lately."""
        while not stop.is_set():
            try:
                async with asyncio.timeout(every):
                    await stop.wait()
            except TimeoutError:
                await self.step()

    async def step(self) -> None:
        """Make new once what has changed."""
        now = self._clock()
        try:
            readers = await asyncio.to_thread(self._newsroom.ledger.home_readers, now - _READERS)
            common = await unhurried(everybodys, self._newsroom, now) if readers else None
        except LedgerError as error:
            _log.warning("App Homes stay as they were: %s", error)
            return
        for user in readers[:_MOST]:
            self._stands.setdefault(user, b"")  # published before the last start
            await self.refresh(user, common)

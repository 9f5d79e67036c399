"""Reads back what is in Slack: where a delivery goes, whether it is there, and what became of a doubtful one."""

from __future__ import annotations

import asyncio
import logging
from collections import ChainMap, OrderedDict
from collections.abc import Awaitable, Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta

from slack_sdk.web.async_client import AsyncWebClient

from bot.ledger import Delivery, Ledger
from bot.slack.blocks.parts import is_channel_id, is_person_id
from bot.slack.web_api import history
from bot.slack.web_api.calls import Outcome
from bot.slack.web_api.client import DEADLINE
from bot.slack.web_api.history import Ours, Unreadable
from bot.slack.web_api.pace import Pace
from bot.slack.web_api.remedies import INVITE
from config.failpoint import reached

_log = logging.getLogger(__name__)

_FLOOR = timedelta(seconds=DEADLINE + 5)  # of the settling time: an abandoned request may still be accepted
# For a clock that differs from Slack's: one that is ahead by more would not see its own post, and make it again.
_MARGIN = timedelta(hours=25)
_RECALL = timedelta(hours=24)  # how far back, at least, a channel is read before our first post to it
# A channel that we may not read at all: to wait for that would be to post nothing.
_CLOSED_TO_US = frozenset({"missing_scope", "not_in_channel", "channel_not_found", "is_archived"})
_REMEMBERED = timedelta(minutes=10)  # somebody who is a member no longer is written to for no longer than that
THREADS = 1000  # threads whose keys are remembered; one that is posted to after so many others is read again
_LONG_AGO = datetime.min.replace(tzinfo=UTC)
_SEEN = f"correct the name; if the channel is private, {INVITE}"
_NO_THREAD = frozenset({"thread_not_found", "message_not_found"})


class Settler:
    """Ends doubt by reading, never by guessing: what cannot be read to the end stays in doubt, and is shown."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        client: AsyncWebClient,
        settling_seconds: float,
        pace: Pace,
        troubles: dict[str, str],
        ticks: Callable[[], float],
    ) -> None:
        self._ledger = ledger
        self._client = client
        self.settling = max(timedelta(seconds=settling_seconds), _FLOOR)
        self._pace = pace
        self._troubles = troubles
        self._ticks = ticks
        self._tried: dict[str, float] = {}  # when this process last tried to post something
        self._ids: dict[str, str] = {}  # channel as configured -> id
        self._met: dict[str, datetime] = {}  # when people were found to be those whom we write to
        self._there: dict[str, dict[str, Ours]] = {}  # channel id -> keys that were in it before our first post
        self._read: dict[tuple[str, str], dict[str, Ours]] = {}  # the same of a thread, while its channel is being read
        self._threads: OrderedDict[tuple[str, str], dict[str, Ours]] = OrderedDict()  # the last that were posted to
        self._shut: set[str] = set()  # ids of channels that we may not read

    async def tried(self, key: str, post: Awaitable[Outcome]) -> Outcome:
        """Make a post. Should it be in doubt, its settling time runs from its end, however the clock is set."""
        self._mark(key)
        try:
            return await post
        finally:
            self._mark(key)

    def _mark(self, key: str) -> None:
        now = self._ticks()
        lasts = {one: at for one, at in self._tried.items() if now - at < self.settling.total_seconds()}
        self._tried = lasts | {key: now}

    def unsettled(self, key: str) -> bool:
        """Whether Slack may still take up what this process tried to post."""
        at = self._tried.get(key)
        return at is not None and self._ticks() - at < self.settling.total_seconds()

    async def settle(self, now: datetime) -> int:
        """Look for each doubtful post whose settling time is over; how many are in doubt no longer."""
        ended = 0
        for row in await asyncio.to_thread(self._ledger.doubtful, now, self.settling):
            subject = f"doubt:{row.id}"
            if self._pace.waits(subject, now) or self.unsettled(row.key):
                continue
            try:
                place = await self.place(row.channel, row.alert.slack_channel)
                if place is None:
                    raise Unreadable("channel_not_found")
                ts = await self._look(row, place, now)
            except Unreadable as error:
                self._pace.hold(subject, now, error.wait)
                self._troubles[subject] = f"{row.alert.name} is in doubt, its channel cannot be read: {error}"
                _log.warning("%s stays in doubt, its channel cannot be read: %s", row.alert.name, error.code)
                continue
            self._troubles.pop(subject, None)
            reached("in-reconcile")
            await asyncio.to_thread(self._ledger.settle, row.id, ts, slack_channel=place)
            _log.info("%s %s: doubt settled, %s", row.alert.name, row.kind, "it is there" if ts else "it is not")
            ended += 1
        return ended

    async def place(self, channel: str, known: str | None = None) -> str | None:
        """The id of a channel, a name being looked up once; None where no such channel is visible to us."""
        if known or is_channel_id(channel):
            return known or channel
        if channel not in self._ids:
            find = history.direct_messages if is_person_id(channel) else history.channel_id
            found = await find(self._client, channel)
            if found is None:
                return None
            await self._known(channel, found)
        return self._ids[channel]

    async def _person(self, user: str, now: datetime) -> str | None:
        """As `place`, asked anew after a while: a member may be a guest by then, or gone."""
        if abs(now - self._met.get(user, _LONG_AGO)) >= _REMEMBERED:
            self._ids.pop(user, None)
        if user not in self._ids and await self.place(user):
            self._met[user] = now
        return self._ids.get(user)

    async def learn(self, channels: Iterable[str]) -> None:
        """Look up the channels that are given by name, as far as Slack tells."""
        for channel in channels:
            try:
                await self.place(channel)
            except Unreadable as error:
                _log.warning("%s is not looked up for now: %s", channel, error.code)

    async def _known(self, channel: str, place: str) -> None:
        """Keep the id of a channel; what was wished there under its id is wished under its name from now on."""
        await asyncio.to_thread(self._ledger.one_name, place, channel)
        self._ids[channel] = place

    async def configured(self, place: str, channels: Iterable[str]) -> str:
        """How the configuration, which names these channels, names the one of an id; the id where it does not.

        Slack is asked where a channel of the configuration was not visible yet. `Unreadable` where it does not tell.
        """
        if place not in self._ids.values():
            unseen = {one.removeprefix("#").casefold(): one for one in channels if one not in self._ids}
            if unseen and (name := unseen.get((await history.channel_name(self._client, place)).casefold())):
                await self._known(name, place)
        return next((name for name, found in self._ids.items() if found == place), place)

    def was_read(self, channel: str) -> bool:
        """Whether a channel, as configured, was read before our first post to it."""
        return self._ids.get(channel, channel) in self._there

    def was_posted(self, row: Delivery, place: str, ts: str) -> None:
        """Slack took a post just now: of a card, in whose thread is nothing that would have to be read."""
        if row.kind == "card":
            self._remember(place, ts, {})

    async def before_posting(
        self, channel: str, now: datetime, known: str | None = None, thread: str | None = None
    ) -> tuple[str | None, Mapping[str, Ours]] | None:
        """The id of a channel, None where none is visible to us, and the keys in it, read before our first post to it.

        A `thread` that is to be posted to is read as well, once: its card may be older than all that was read.

        A ledger restored from a copy is older than the channel, and would post again what the copy has not seen. None
        where it cannot be read for now: the channel waits, which is shown, and nothing may be posted to it. One that is
        closed to us may hold nothing of ours, but whoever opens it may do so at any time: it is read before each post
        until that succeeds, and then what waits is looked through before any of it is posted.
        """
        subject = f"unread:{channel}"
        try:
            place = await (self._person(channel, now) if is_person_id(channel) else self.place(channel, known))
            found = await self._keys(place, now, thread) if place else {}
        except Unreadable as error:
            self._pace.hold(channel, now, error.wait)
            trouble = f"{channel} cannot be read: {error}"
            if self._troubles.get(subject) != trouble:
                _log.error("nothing is posted for now, %s", trouble)
            self._troubles[subject] = trouble
            return None
        self._troubles.pop(subject, None)
        if place in self._shut and place in self._there:
            self._shut.discard(place)
            return None
        return place, found

    async def _keys(self, place: str, now: datetime, thread: str | None) -> Mapping[str, Ours]:
        if place not in self._there:
            try:
                found = await history.keys_in_channel(self._client, place, self._since(now))
                for card in tuple(found.values()):
                    found |= await self._thread(place, card.ts)
            except Unreadable as error:
                if error.code not in _CLOSED_TO_US:
                    raise
                if place not in self._shut:
                    _log.warning("%s cannot be read before a post to it: %s", place, error.code)
                self._shut.add(place)
                return {}
            self._there[place] = found
            for spot in [spot for spot in self._read if spot[0] == place]:
                del self._read[spot]  # they are among those of the channel
                self._remember(*spot, {})
        if not thread:
            return self._there[place]
        known = self._threads.get((place, thread))
        self._remember(place, thread, await self._in_thread(place, thread) if known is None else known)
        return ChainMap(self._threads[place, thread], self._there[place])

    def _remember(self, place: str, thread: str, keys: dict[str, Ours]) -> None:
        self._threads[place, thread] = keys
        self._threads.move_to_end((place, thread))
        if len(self._threads) > THREADS:
            self._threads.popitem(last=False)

    def _since(self, now: datetime) -> datetime:
        """From when on the channel may hold what the ledger does not know of: since it last lived, at the latest."""
        alive = self._ledger.last_alive
        return min(now - _RECALL, alive - _MARGIN) if alive else now - _RECALL

    async def _thread(self, place: str, ts: str) -> dict[str, Ours]:
        """The keys of a thread, kept: where Slack limits us after so many, the next attempt goes on from there."""
        if (place, ts) not in self._read:
            self._read[place, ts] = await history.keys_in_thread(self._client, place, ts)
        return self._read[place, ts]

    async def _look(self, row: Delivery, place: str, now: datetime) -> str | None:
        if row.kind == "reply" and row.thread_ts:
            found = await self._in_thread(place, row.thread_ts)
            if row.key in found:
                return found[row.key].ts
        return await self.posted(row.key, place, row.attempted_at or now, now)

    async def _in_thread(self, place: str, ts: str) -> dict[str, Ours]:
        """The keys of a thread as it is now; none where there is no such thread any more."""
        try:
            return await history.keys_in_thread(self._client, place, ts)
        except Unreadable as error:
            if error.code not in _NO_THREAD:
                raise
            return {}

    async def posted(self, key: str, place: str, attempted_at: datetime, now: datetime) -> str | None:
        """The `ts` of our message with this key in a channel, if it was posted since the attempt."""
        since = min(attempted_at, now) - _MARGIN
        found = (await history.keys_in_channel(self._client, place, since)).get(key)
        return found.ts if found else None


def unseen(channel: str) -> str:
    """Why nothing is posted to what Slack shows us no place for."""
    what = "no member of the workspace that it may write to" if is_person_id(channel) else "no channel of that name"
    return f"channel_not_found: the bot sees {what} ({_SEEN})"

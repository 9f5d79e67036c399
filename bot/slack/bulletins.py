"""Digests and notices on their way: made when they are due, posted once, settled by reading when in doubt."""

from __future__ import annotations

import asyncio
import logging
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from bot.ledger.flow_records import effective
from bot.routing import first, occasions
from bot.slack.blocks import digests
from bot.slack.settle import unseen
from bot.slack.validate import checked
from bot.slack.web_api import calls, remedies
from bot.slack.web_api.calls import Doubt, Outcome, Sent
from bot.slack.web_api.history import Unreadable
from bot.slack.web_api.pace import PACE
from config.failpoint import reached

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.ledger import Bulletin, Delivery, Ledger, Wish
    from bot.slack.blocks import Desk
    from bot.slack.refusal import Refusal
    from bot.slack.settle import Settler
    from bot.slack.validate import Payload
    from bot.slack.web_api.pace import Pace
    from config.schema import Channel

_log = logging.getLogger(__name__)

_MOST = 1000  # held alerts of one digest
LOOK = timedelta(seconds=5)  # between two looks at quiet hours, digests and feeds
_FOLLOWED = timedelta(days=30)  # for how long a digest follows what becomes of its alerts
_CLOSED_WAIT = timedelta(seconds=60)


class Bulletins:
    """Makes what is due at a moment, and posts it as alerts are posted. Never sleeps."""

    def __init__(
        self,
        *,
        ledger: Ledger,
        client: AsyncWebClient,
        desk: Callable[[], Desk],
        settler: Settler,
        refusal: Refusal,
        pace: Pace,
        troubles: dict[str, str],
        clock: Callable[[], datetime],
        channels: Callable[[], Sequence[Channel]],
        feeds: Callable[[], Mapping[str, str]] = dict,
        operators: str = "",
    ) -> None:
        self._ledger = ledger
        self._client = client
        self._desk = desk
        self._settler = settler
        self._refusal = refusal
        self._pace = pace
        self._troubles = troubles
        self._clock = clock
        self._channels = channels
        self._feeds = feeds
        self._operators = operators
        self._looked: datetime | None = None

    async def prepare(self, untold: Mapping[str, Collection[str]], now: datetime) -> int:
        """Fold what is to be a digest, before any of it is posted by itself; nothing comes to an end by that.

        Of each channel only cards are folded whose keys are among those that Slack is known not to hold already.
        """
        await asyncio.to_thread(self._prepare, untold, now)
        return 0

    async def unmuted(self, due: Sequence[Delivery], now: datetime) -> list[Delivery]:
        """What may be delivered of what is due: a card whose subject was muted since it was raised is held."""
        mutes: Sequence[Wish] = ()
        if any(one.kind == "card" and not one.attempts for one in due):
            mutes = await asyncio.to_thread(self._ledger.mutes, now)
        left = []
        for one in due:
            mute = None if one.kind != "card" or one.attempts else first(mutes, one.channel, one.alert.conflict)
            if mute is None or mute.until is None:
                left.append(one)
                continue
            reason = f"{mute.target.name} was muted here before it was posted, until {mute.until:%d %b %H:%M} UTC"
            await asyncio.to_thread(self._ledger.hold_waiting, one.channel, reason, now, one.alert.number)
        return left

    async def step(self, now: datetime) -> int:
        """Settle what is in doubt, then post what is due; how many bulletins came to an end."""
        ended = 0
        for row in await asyncio.to_thread(self._ledger.bulletins_doubtful, now, self._settler.settling):
            ended += await self._settle(row, max(now, self._clock()))
        for row in await asyncio.to_thread(self._ledger.bulletins_due, now):
            now = max(now, self._clock())  # the row before may have taken long
            if not self._pace.waits(row.channel, now):
                ended += await self._post(row, now)
        for number in await asyncio.to_thread(self._ledger.outdated, now - _FOLLOWED):
            now = max(now, self._clock())
            if not self._pace.waits(f"update:{number}", now):
                ended += await self._update(await asyncio.to_thread(self._ledger.bulletin, number), now)
        return ended

    def _prepare(self, untold: Mapping[str, Collection[str]], now: datetime) -> None:
        ledger = self._ledger
        ledger.fold_bursts(now, untold)
        if self._looked is not None and abs(now - self._looked) < LOOK:
            return
        self._looked = now
        held = ledger.held()
        self._fold_asked(held, untold, now)
        for channel in effective(self._channels(), ledger.preferences(), list(held)):
            quiet = channel.quiet_hours
            if quiet is not None and quiet.until(now):
                ledger.hold_waiting(channel.id, f"quiet hours, {quiet}", now)
            elif channel.id in held and (chances := occasions(channel, held[channel.id], now)):
                self._leave_out(channel.id, now)
                only = untold.get(channel.id, ())
                any(ledger.fold(channel.id, one.key, one.words, now, only) for one in chances)  # the first that is left
        for words in ledger.watch_feeds(self._feeds(), self._operators, now):
            _log.warning("%s", words)

    def _fold_asked(self, held: Collection[str], untold: Mapping[str, Collection[str]], now: datetime) -> None:
        """The digests that somebody asked for, of channels that were looked through or hold nothing."""
        for channel, asked in self._ledger.digests_asked().items():
            only = untold.get(channel, ())
            if channel in held and not only:
                continue
            self._leave_out(channel, now)
            self._ledger.fold(channel, f"asked:{asked.isoformat()}", "Digest as asked for", now, only)
            self._ledger.digest_given(channel, now)

    def _leave_out(self, channel: str, now: datetime) -> None:
        """What was muted after it was held is not told."""
        mutes = self._ledger.mutes(now, channel)
        held = self._ledger.conflicts(state="held", channel=channel, limit=_MOST) if mutes else ()
        muted = [one.number for one in held if first(mutes, channel, one.conflict)]
        if muted:
            self._ledger.only_list(channel, muted, "muted here before the digest came", now)

    async def _settle(self, row: Bulletin, now: datetime) -> int:
        subject = f"doubt:bulletin:{row.id}"
        if self._pace.waits(subject, now) or self._settler.unsettled(row.key):
            return 0
        try:
            place = await self._settler.place(row.channel)
            if place is None:
                raise Unreadable("channel_not_found")
            ts = await self._settler.posted(row.key, place, row.attempted_at or now, now)
        except Unreadable as error:
            self._pace.hold(subject, now, error.wait)
            self._troubles[subject] = f"a {row.kind} is in doubt, {row.channel} cannot be read: {error}"
            return 0
        self._troubles.pop(subject, None)
        reached("in-reconcile")
        await asyncio.to_thread(self._ledger.settle_bulletin, row.id, ts, place)
        return 1

    async def _post(self, due: Bulletin, now: datetime) -> int:
        opened = await self._settler.before_posting(due.channel, now)
        if opened is None:
            return 0
        place, there = opened
        now = max(now, self._clock())  # reading may have taken long, and the settling time runs from the attempt
        if place is None:
            return await self._stuck(due, unseen(due.channel))
        row = await asyncio.to_thread(self._ledger.intend_bulletin, due.id, now, self._clock)
        if row is None:
            return 0
        if row.key in there:
            await asyncio.to_thread(self._ledger.bulletin_sent, row.id, place, there[row.key].ts)
            return 1
        payload = self._written(row)
        if payload is None:
            return await self._stuck(row, "its message cannot be written", channel=False)
        payload["channel"] = place
        reached("marked-sending")
        post = calls.write_or_plain(self._client, "chat.postMessage", payload)
        outcome = await self._settler.tried(row.key, post)
        reached("posted")
        self._pace.hold(row.channel, max(now, self._clock()), PACE)
        ended = await self._record(row, outcome, max(now, self._clock()))
        reached("marked-sent")
        return ended

    async def _update(self, row: Bulletin, now: datetime) -> int:
        """Let a digest show its alerts as they are: what was withdrawn is withdrawn wherever it was told."""
        payload = self._written(row)
        if payload is None:
            await asyncio.to_thread(self._ledger.brought_up, row.id, row.revision)
            return 1
        payload = {
            "channel": row.slack_channel,
            "ts": row.slack_ts,
            "text": payload["text"],
            "blocks": payload["blocks"],
        }
        outcome = await calls.write_or_plain(self._client, "chat.update", payload)
        gone = not isinstance(outcome, Sent | Doubt) and outcome.code == "message_not_found"  # by a person: that stands
        if isinstance(outcome, Sent) or gone:
            await asyncio.to_thread(self._ledger.brought_up, row.id, row.revision)
            return 1
        self._pace.hold(f"update:{row.id}", now, _CLOSED_WAIT.total_seconds())
        return 0

    def _written(self, row: Bulletin) -> Payload | None:
        """Its message; None where it cannot be written, and would fail again if it were tried again."""
        try:
            return checked(digests.bulletin(row, self._desk()))
        except Exception:  # noqa: BLE001 - the boundary, for one bulletin: tried again, it would fail again
            _log.exception("a %s to %s cannot be written", row.kind, row.channel)
            return None

    async def _record(self, row: Bulletin, outcome: Outcome, now: datetime) -> int:
        if isinstance(outcome, Sent):
            await asyncio.to_thread(self._ledger.bulletin_sent, row.id, outcome.channel, outcome.ts)
            self._troubles.pop(row.channel, None)
            await asyncio.to_thread(self._refusal.ends, now)
            again = f"{row.channel} can be posted to again."
            over = self._ledger.trouble_over
            if await asyncio.to_thread(over, f"channel:{row.channel}", again, self._operators, now):
                await asyncio.to_thread(self._ledger.release, now, row.channel)
            return 1
        if isinstance(outcome, Doubt):
            _log.warning("a %s to %s is in doubt: %s", row.kind, row.channel, outcome.reason)
            await asyncio.to_thread(self._ledger.bulletin_doubted, row.id, now)
            return 0
        if outcome.code in calls.CLOSED:
            await asyncio.to_thread(self._refusal.begins, outcome.code, outcome.detail, now)
            await asyncio.to_thread(self._ledger.bulletin_refused, row.id, outcome.code, now)
            return 0
        if outcome.code in calls.LIMITED:
            wait = timedelta(seconds=outcome.wait or 1.0)
            self._pace.hold(row.channel, now, wait.total_seconds())
            await asyncio.to_thread(self._ledger.bulletin_refused, row.id, outcome.code, now + wait)
            return 0
        return await self._stuck(row, remedies.told(outcome.code, outcome.detail))

    async def _stuck(self, row: Bulletin, reason: str, *, channel: bool = True) -> int:
        """Set it aside for an operator, who is told once: of each channel that refuses, or of the message."""
        await asyncio.to_thread(self._ledger.bulletin_refused, row.id, reason, None)
        if row.until is not None:  # somebody waits for it, and is told
            return 1
        _log.error("a %s to %s is stuck: %s", row.kind, row.channel, reason)
        self._troubles[row.channel] = f"{row.channel}: {reason}"
        operators = self._operators if row.channel != self._operators else ""
        subject = f"channel:{row.channel}" if channel else f"message:{row.kind} {row.id}"
        words = f"A {row.kind} could not be delivered to {row.channel} and waits for you: {reason}"
        await asyncio.to_thread(self._ledger.trouble, subject, reason, words, operators, self._clock())
        return 1

"""The delivery loop: takes what the outbox holds to Slack, never losing an alert and never posting one twice."""

from __future__ import annotations

import asyncio
import logging
import time
from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING, Any

from bot.ledger.errors import LedgerError
from bot.slack.blocks import threads
from bot.slack.blocks.alerts import card
from bot.slack.blocks.parts import is_channel_id
from bot.slack.bulletins import Bulletins
from bot.slack.errors import InvalidMessage
from bot.slack.look_back import LookBack
from bot.slack.refusal import Refusal
from bot.slack.settle import Settler, unseen
from bot.slack.validate import checked
from bot.slack.web_api import calls, remedies
from bot.slack.web_api.calls import Doubt, Outcome, Refused, Sent
from bot.slack.web_api.names import Names
from bot.slack.web_api.pace import PACE, Pace
from config import trace
from config.failpoint import reached

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Mapping, Sequence
    from datetime import datetime

    from slack_sdk.web.async_client import AsyncWebClient

    from bot.ledger import Ledger
    from bot.ledger.records import Delivery
    from bot.model import Position, Source
    from bot.slack.blocks import Desk
    from config.schema import Channel
    from config.settings import SlackSettings

_log = logging.getLogger(__name__)

TICK = 0.2  # seconds between two looks at the outbox
_FAULT_WAIT = 30.0


class DeliveryLoop:
    """Drives the outbox. `step` does what is due at a moment and never sleeps; `run` calls it until told to stop.

    One message at a time in a channel, in the order of the outbox; channels do not wait for each other.
    """

    def __init__(
        self,
        *,
        ledger: Ledger,
        client: AsyncWebClient,
        settings: SlackSettings,
        desk: Desk,
        clock: Callable[[], datetime],
        ticks: Callable[[], float] = time.monotonic,
        channels: Sequence[Channel] = (),
        feeds: Callable[[], Mapping[str, str]] = dict,
        delivered: Callable[[float], None] = lambda _seconds: None,
    ) -> None:
        self._ledger = ledger
        self._client = client
        self.desk = desk  # another is put in its place when sides change
        self._clock = clock
        self._ticks = ticks
        self._delivered = delivered  # is told how old an alert was when its card was taken
        self._turned: float | None = None  # when the loop last came round
        self._operators = settings.operator_channel
        self.channels = channels  # as the files name them; others are put in their place when those are read again
        self.names = Names(client)
        self._pace = Pace()
        self._troubles: dict[str, str] = {}
        self.refusal = Refusal(
            ledger=ledger, client=client, pace=self._pace, troubles=self._troubles, settings=settings
        )
        self._settler = Settler(
            ledger=ledger,
            client=client,
            settling_seconds=settings.settling_seconds,
            pace=self._pace,
            troubles=self._troubles,
            ticks=ticks,
        )
        self._look_back = LookBack(ledger=ledger, settler=self._settler, pace=self._pace, guarded=self._guarded)
        self._bulletins = Bulletins(
            ledger=ledger,
            client=client,
            desk=lambda: self.desk,
            settler=self._settler,
            refusal=self.refusal,
            pace=self._pace,
            troubles=self._troubles,
            clock=clock,
            channels=lambda: self.channels,
            feeds=feeds,
            operators=self._operators,
        )

    @property
    def troubles(self) -> tuple[str, ...]:
        """What keeps messages from going out at present, in words; empty when all is well."""
        return tuple(self._troubles.values())

    @property
    def stands(self) -> float | None:
        """For how many seconds the loop has not come round; None before it runs."""
        return None if self._turned is None else self._ticks() - self._turned

    async def learn(self) -> None:
        """Find out which channels the configured names mean."""
        await self._settler.learn(channel.id for channel in self.channels)

    async def configured(self, place: str) -> str:
        """How the configuration names the channel of an id; `Unreadable` where Slack does not tell."""
        return await self._settler.configured(place, [one.id for one in self.channels if not is_channel_id(one.id)])

    async def run(self, stop: asyncio.Event) -> None:
        """Deliver until `stop` is set; the post in flight is finished first. A fault is logged and tried again."""
        while not stop.is_set():
            self._turned = self._ticks()
            done = await self._guarded("outbox", self.step(self._clock()))
            try:
                async with asyncio.timeout(TICK if done is not None else _FAULT_WAIT):
                    await stop.wait()
            except TimeoutError:
                continue

    async def step(self, now: datetime) -> int:
        """Settle what is in doubt, then do what is due; returns how many deliveries came to an end."""
        settled = await self._settler.settle(now)
        refused = await self.refusal.stands(now)
        await self._tended("channels", partial(self._look_back.look, refused=refused), now)
        await self._tended("digests", partial(self._bulletins.prepare, self._look_back.untold), now)
        if refused:
            return settled
        settled += await self._tended("bulletins", self._bulletins.step, now)
        now = max(now, self._clock())  # a wait that began since would count as one of a clock that was set back
        queues: dict[str, list[Delivery]] = {}
        due = await asyncio.to_thread(self._ledger.due, now, lambda channel: self._pace.waits(channel, now))
        for delivery in await self._bulletins.unmuted([one for one in due if self._look_back.lets(one)], now):
            queues.setdefault(delivery.channel, []).append(delivery)
        ready = [queue[0] for channel, queue in queues.items() if not self._pace.waits(channel, now)]
        ended = await asyncio.gather(
            *(self._guarded(delivery.channel, self._deliver(delivery, now)) for delivery in ready)
        )
        return settled + sum(end or 0 for end in ended)

    async def _tended(self, subject: str, work: Callable[[datetime], Coroutine[Any, Any, int]], now: datetime) -> int:
        """Digests and notices; what is wrong with them holds up no card, and is tried again after a while."""
        if self._pace.waits(subject, now):
            return 0
        return await self._guarded(subject, work(now)) or 0

    async def _guarded(self, subject: str, work: Coroutine[Any, Any, int]) -> int | None:
        """The boundary: an error is logged and leaves the row as it stands, which is in doubt once intended."""
        fault = f"fault:{subject}"
        try:
            done = await work
        except Exception as error:  # noqa: BLE001 - the boundary of the loop: nothing may stop it
            _log.exception("delivery to %s failed", subject)
            said = error if isinstance(error, LedgerError) else f"{type(error).__name__} (see the log)"
            self._troubles[fault] = f"{subject}: {said}"
            self._pace.hold(subject, self._clock(), _FAULT_WAIT)
            return None
        self._troubles.pop(fault, None)
        return done

    async def _deliver(self, due: Delivery, now: datetime) -> int:
        """Prove the evidence, write down the intent, post once, and write down what came of it."""
        trace.follow(due.alert.conflict.fresh.statement.source.article)
        if not await self._proven(due):
            return 1
        thread = None if due.kind == "update" else due.thread_ts
        opened = await self._settler.before_posting(due.channel, now, due.alert.slack_channel, thread)
        if opened is None:
            return 0
        place, there = opened
        now = max(now, self._clock())  # reading may have taken long, and the settling time runs from the attempt
        if place is None:
            return await self._stuck(due, unseen(due.channel), channel=True)
        row = await asyncio.to_thread(self._ledger.intend, due.id, now, self._clock)
        if row is None:  # no longer to be done
            return 0
        changed = (row.alert.conflict, row.alert.joined) != (due.alert.conflict, due.alert.joined)
        if changed and not await self._proven(row):
            return 1
        if row.kind != "update" and row.key in there:
            return await self._found(row, place, there[row.key].ts, now)
        try:
            payload = await self._payload(row, place)
        except InvalidMessage as error:
            return await self._stuck(row, str(error))
        except LedgerError:
            raise
        except Exception as error:  # noqa: BLE001 - the boundary, for one alert: tried again, it would fail again
            _log.exception("the message of %s cannot be written", row.alert.name)
            return await self._stuck(row, f"its message cannot be written: {type(error).__name__}")
        reached("marked-sending")
        outcome = await self._settler.tried(row.key, self._write(row, payload))
        reached("posted")
        self._pace.hold(row.channel, max(now, self._clock()), PACE)  # from the answer on: no post was taken up after it
        ended = await self._record(row, outcome, max(now, self._clock()))
        reached("marked-sent")
        return ended

    async def _proven(self, row: Delivery) -> bool:
        if row.alert.state == "withdrawn" or row.change:
            return True  # it shows none of the words
        faults = await asyncio.to_thread(self._ledger.verify, row.alert)
        if faults:
            await self._stuck(row, "not posted, a quotation does not equal the stored text: " + "; ".join(faults))
        return not faults

    async def _payload(self, row: Delivery, place: str) -> dict[str, Any]:
        shown = (*row.alert.conflict.heads, *row.body)
        carried = await asyncio.to_thread(self._carried, shown)
        if row.kind == "reply":
            payload = await self._reply(row, carried)
            payload["thread_ts"] = row.thread_ts or row.alert.slack_ts
        else:
            track = await asyncio.to_thread(self._ledger.track, row.alert.conflict.kind, self._clock())
            payload = card(row.alert, self.desk, carried, track)
        payload["channel"] = place
        if row.kind == "update":
            payload = {name: payload[name] for name in ("channel", "text", "blocks", "metadata")}
            payload["ts"] = row.alert.slack_ts
        return checked(payload)

    async def _reply(self, row: Delivery, carried: Mapping[str, Sequence[Source]]) -> dict[str, Any]:
        if row.change:  # a name, for a mention would call whoever did it
            name = await self.names.of(row.change.by) if row.change.by else ""
            return threads.changed(row.alert, row.change, name, key=row.key)
        if row.opening:
            return threads.evidence(row.alert, self.desk, carried, key=row.key)
        return threads.joined(row.alert, row.body, self.desk, carried, key=row.key)

    def _carried(self, positions: Sequence[Position]) -> Mapping[str, Sequence[Source]]:
        """Every report of the statements shown."""
        return self._ledger.reports_of([position.statement for position in positions])

    async def _write(self, row: Delivery, payload: dict[str, Any]) -> Outcome:
        """Post, or update; a message refused for its form goes once more as text, a reply without its thread anew."""
        method = "chat.update" if row.kind == "update" else "chat.postMessage"
        outcome = await calls.write_or_plain(self._client, method, payload)
        if isinstance(outcome, Refused) and outcome.code == "thread_not_found" and not row.change:
            alone = {name: value for name, value in payload.items() if name != "thread_ts"}
            outcome = await calls.write(self._client, method, alone)
        return outcome

    async def _record(self, row: Delivery, outcome: Outcome, now: datetime) -> int:
        ledger, alert = self._ledger, row.alert
        if isinstance(outcome, Sent):
            await asyncio.to_thread(ledger.sent, row.id, outcome.channel, outcome.ts, now)
            if row.kind == "card":
                self._delivered((now - alert.created_at).total_seconds())
            _log.info("%s: its %s is in %s as %s", alert.name, row.kind, row.channel, outcome.ts)
            self._settler.was_posted(row, outcome.channel, outcome.ts)
            self._troubles.pop(row.channel, None)
            await asyncio.to_thread(self.refusal.ends, now)
            again = f"{row.channel} can be posted to again."
            if await asyncio.to_thread(ledger.trouble_over, f"channel:{row.channel}", again, self._operators, now):
                await asyncio.to_thread(ledger.release, now, row.channel)
            return 1
        if isinstance(outcome, Doubt):
            return await self._doubted(row, outcome, now)
        gone = "message_not_found" if row.kind == "update" else "thread_not_found"
        if (row.kind == "update" or row.change) and outcome.code == gone:  # a person deleted it: that stands
            await asyncio.to_thread(ledger.sent, row.id, alert.slack_channel or "", alert.slack_ts or "", now)
            return 1
        if outcome.code in calls.LIMITED:
            wait = outcome.wait or 1.0
            self._pace.hold(row.channel, now, wait)
            await asyncio.to_thread(ledger.refused, row.id, outcome.code, now + timedelta(seconds=wait))
            return 0
        if outcome.code in calls.CLOSED:
            await asyncio.to_thread(self.refusal.begins, outcome.code, outcome.detail, now)
            await asyncio.to_thread(ledger.refused, row.id, outcome.code, now)
            return 0
        return await self._stuck(row, remedies.told(outcome.code, outcome.detail), channel=True)

    async def _doubted(self, row: Delivery, doubt: Doubt, now: datetime) -> int:
        """A post stays as intended until history tells; an update may simply be sent again."""
        _log.warning("%s %s in doubt: %s", row.alert.name, row.kind, doubt.reason)
        if row.kind == "update":
            wait = min(2.0 ** min(row.attempts, 8), 300.0)
            await asyncio.to_thread(self._ledger.refused, row.id, doubt.reason, now + timedelta(seconds=wait))
        else:
            await asyncio.to_thread(self._ledger.doubted, row.id, now)
        return 0

    async def _stuck(self, row: Delivery, reason: str, *, channel: bool = False) -> int:
        """Set a delivery aside for an operator, who is told once: of each channel that refuses, or of the message."""
        await asyncio.to_thread(self._ledger.refused, row.id, reason, None)
        _log.error("%s to %s is stuck: %s", row.alert.name, row.channel, reason)
        self._troubles[row.channel] = f"{row.channel}: {reason}"
        operators = self._operators if row.channel != self._operators else ""
        subject = f"channel:{row.channel}" if channel else f"message:{row.alert.name}"
        words = f"{row.alert.name} could not be delivered to {row.channel} and waits for you: {reason}"
        await asyncio.to_thread(self._ledger.trouble, subject, reason, words, operators, self._clock())
        return 1

    async def _found(self, row: Delivery, place: str, ts: str, now: datetime) -> int:
        _log.info("%s was in %s already", row.alert.name, place)
        await asyncio.to_thread(self._ledger.posted_before, row.id, place, ts, now)
        return 1

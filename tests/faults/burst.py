"""Many alerts into few channels at once: none lost, none doubled, the pace and the order kept."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

from delivering import Delivering, delivering
from ledger_sample import NO, YES, conflict, on_day, record, told

from bot.workspace.world import Message

EVERY = 0.5  # seconds of the clock between two looks at the outbox, so that a post too soon would show
PACE = 1.0
_NUMBER = re.compile(r"OR-\d+")
_PART = re.compile(r"\((\d+) of \d+\)")


@dataclass(frozen=True, kw_only=True)
class Burst:
    """What came of it; the gap is the shortest between two messages in one channel, by the workspace's clock."""

    alerts: int
    messages: int
    lost: int
    doubled: int
    out_of_order: int
    refused: int  # posts that Slack answered with 429
    shortest_gap: float
    seconds: float  # of the clock, until the last was out

    @property
    def clean(self) -> bool:
        return not (self.lost or self.doubled or self.out_of_order or self.refused) and self.shortest_gap >= PACE


async def burst(alerts: int, desks: int, folder: Path, *, apart: float) -> Burst:
    """Raise so many alerts `apart` seconds from each other, deliver them all at once, and look at what came.

    Less than a minute apart, ten of a channel make a digest; more, and each has a card with its evidence.
    """
    async with delivering(folder, rate_burst=1) as rig:
        channels = rig.channels(desks)
        _raise(rig, channels, alerts // desks, apart)
        began = rig.clock()
        await rig.steps(10 * alerts, rig.empty, EVERY)
        shown = {channel: rig.workspace.world.all(channel) for channel in channels}
        gaps = [later - one for told in shown.values() for one, later in pairwise(float(m.ts) for m in told)]
        counted = Counter(name for told in shown.values() for name in _named(told))
        names = [f"OR-{alert.number}" for alert in rig.ledger.conflicts(limit=2 * alerts)]
        return Burst(
            alerts=len(names),
            messages=sum(map(len, shown.values())),
            lost=sum(counted[name] == 0 for name in names),
            doubled=sum(counted[name] > 1 for name in names),
            out_of_order=sum(map(_disorder, shown.values())),
            refused=sum(call.status == 429 for call in rig.workspace.calls),
            shortest_gap=round(min(gaps, default=PACE), 3),
            seconds=(rig.clock() - began).total_seconds(),
        )


def _raise(rig: Delivering, channels: list[str], each: int, apart: float) -> None:
    """Raise alerts of different weight, each about remarks of its own, in every channel."""
    now = rig.clock()
    for number in range(each):
        mark = f" {number}"
        earlier = told(YES + mark, f"yes{number}", **on_day(1))
        fresh = told(NO + mark, f"no{number}", stance="against", **on_day(3))
        record(rig.ledger, earlier, fresh)
        value = conflict(fresh[1], earlier[1], case=f"bridge{mark}", score=0.6 + (number * 7 % 40) / 100)
        with rig.ledger.work() as work:
            for channel in channels:
                work.alert(value, channel, "medium", now - timedelta(seconds=(each - number) * apart))
            work.commit()
    rig.restart()


def _named(told: tuple[Message, ...]) -> list[str]:
    """The alerts that the cards and the digests of a channel tell of, as often as they do."""
    top = [message for message in told if message.thread_ts in (None, message.ts)]
    cards = [str(m.metadata["event_payload"]["alert_id"]) for m in top if m.metadata and "alert_id" in m.metadata["event_payload"]]  # fmt: skip
    digests = [m for m in top if m.metadata and m.metadata["event_payload"]["kind"] == "digest"]
    return cards + [name for message in digests for name in _NUMBER.findall(message.text)]


def _disorder(told: tuple[Message, ...]) -> int:
    """How many cards, or parts of a digest, stand after one that belongs behind them."""
    cards = [int(name[3:]) for message in told for name in _named((message,)) if _is_card(message)]
    parts = [int(found[1]) for message in told if (found := _PART.search(message.text))]
    return sum(one > later for line in (cards, parts) for one, later in pairwise(line))


def _is_card(message: Message) -> bool:
    return bool(message.metadata and "alert_id" in message.metadata["event_payload"])

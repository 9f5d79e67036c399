"""One kind of fault after the other: what befalls the first post to each of many channels, and what comes of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from delivering import Delivering, Tally, delivering
from kinds import Kind

from bot.workspace.faults import Fault

STEP = 5.0  # seconds of the clock between two looks at the outbox
MOST = 900  # steps; the longest Retry-After that is obeyed is an hour
Planted = list[tuple[Fault, int]]  # and how many calls it has to befall
_READINGS = 5  # of each channel's history that fail


async def one_kind(kind: Kind, alerts: int, folder: Path) -> Tally:
    """Raise an alert in each of so many channels, let the fault befall the first post to each, and count."""
    async with delivering(folder) as rig:
        channels = rig.channels(alerts)
        rig.alert_each(channels)
        planted = await _fault(rig, kind, alerts)
        if kind.repaired:
            await rig.steps(6, rig.empty, STEP)
            rig.ledger.release(rig.clock())
        await rig.steps(MOST, rig.empty, STEP)
        befell(planted)
        return rig.tally(channels)


def befell(planted: Planted) -> None:
    """AssertionError where a fault befell fewer calls than it had to: what came of them would show nothing."""
    for fault, least in planted:
        assert fault.hits >= least, f"{fault.name} befell {fault.hits} calls of {fault.method}, not {least}"


async def _fault(rig: Delivering, kind: Kind, alerts: int) -> Planted:
    workspace = rig.workspace
    if kind.unplugged:
        await workspace.unplug()
        await rig.steps(24, rig.empty, STEP)
        assert rig.ledger.vitals().waiting == 2 * alerts, "cards and evidence wait while Slack is out of reach"
        await workspace.plug_in()
        return []
    assert kind.post is not None
    workspace.world.settings = replace(workspace.world.settings, history_lag=kind.lag)
    planted = [(workspace.inject("chat.postMessage", times=alerts, **kind.post), alerts)]
    await rig.steps(2, rig.empty)
    if kind.reading:
        readings = workspace.inject("conversations.history", times=_READINGS * alerts, **kind.reading)
        planted.append((readings, 1))
    return planted

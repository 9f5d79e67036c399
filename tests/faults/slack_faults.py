"""`make faults`: every way in which Slack may fail, befalling so many alerts each; then bursts. One JSON line at the end.

Time is the clock of the rig, which is moved by hand; what ends only at the client's own deadline waits for it in truth.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import logging
import sys
import tempfile
import time
from dataclasses import asdict
from pathlib import Path

from burst import burst
from each_kind import one_kind
from kinds import KINDS

DESKS = 5
APART = 90.0  # seconds between two alerts of which ten make no digest


async def main(alerts: int, many: int) -> dict[str, object]:
    """Every kind, then `many` alerts at once and `many` apart; the figures."""
    failed: list[str] = []
    lost = doubled = 0
    for name, kind in KINDS.items():
        with tempfile.TemporaryDirectory() as folder:
            try:
                tally = await one_kind(kind, alerts, Path(folder))
            except AssertionError as error:
                print(f"FAILED {name}: {error}", flush=True)
                failed.append(f"{name}: {error}")
                continue
        print(f"{'ok    ' if tally.clean else 'FAILED'} {name}: {tally.lost} lost, {tally.doubled} doubled", flush=True)
        lost, doubled = lost + tally.lost, doubled + tally.doubled
        failed += [] if tally.clean else [name]
    bursts = {}
    for name, apart in (("at once", 0.0), ("waiting since long", APART)):
        with tempfile.TemporaryDirectory() as folder:
            came = await burst(many, DESKS, Path(folder), apart=apart)
        print(f"{'ok    ' if came.clean else 'FAILED'} {came.alerts} alerts into {DESKS} channels, {name}", flush=True)
        failed += [] if came.clean else [f"burst {name}"]
        bursts[name] = asdict(came)
    return {
        "kinds": len(KINDS),
        "alerts_each": alerts,
        "lost": lost,
        "doubled": doubled,
        "bursts": bursts,
        "failed": failed,
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--alerts", type=int, default=100, help="of each kind of fault")
    parser.add_argument("--burst", type=int, default=1000, help="alerts that come at once")
    given = parser.parse_args()
    logging.disable(logging.CRITICAL)  # each fault is logged, as it should be
    began = time.monotonic()
    figures = asyncio.run(main(given.alerts, given.burst))
    print(json.dumps({"faults": figures, "took_seconds": round(time.monotonic() - began)}))
    sys.exit(1 if figures["failed"] else 0)

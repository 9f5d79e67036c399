"""How a campaign tells its figures, and what it takes of this process's memory."""

from __future__ import annotations

import gc
import json
import traceback
from collections.abc import Callable, Mapping
from pathlib import Path

MEGABYTE = 1024  # of the kilobytes that the system counts in
_STATUS, _CLEAR = Path("/proc/self/status"), Path("/proc/self/clear_refs")


def told(campaign: str, figures: Mapping[str, object], missed: list[str]) -> int:
    """Print each goal that was missed and, last, all figures as one line of JSON; gives the exit code."""
    for goal in missed:
        print(f"MISSED {goal}")
    print(json.dumps({"campaign": campaign, **figures, "missed": missed}, ensure_ascii=False))
    return 1 if missed else 0


def ended(campaign: str, run: Callable[[], int]) -> int:
    """Run a campaign. One that does not come to its end says so in its line of JSON, as of any goal that is missed."""
    try:
        return run()
    except Exception as error:  # noqa: BLE001  whatever it is, it is what the line has to say
        traceback.print_exc()
        return told(campaign, {}, [f"it did not come to its end: {type(error).__name__}: {error}"[:500]])


def resting() -> float:
    """This process's memory now, in MB; from here on its peak is counted anew. Linux alone tells; elsewhere 0."""
    gc.collect()
    if not _CLEAR.exists():
        return 0.0
    _CLEAR.write_text("5")
    return _read("VmRSS")


def peak() -> float:
    """The most memory this process had since `resting`, in MB."""
    return _read("VmHWM") if _STATUS.exists() else 0.0


def _read(name: str) -> float:
    line = next(line for line in _STATUS.read_text().splitlines() if line.startswith(name))
    return int(line.split()[1]) / MEGABYTE

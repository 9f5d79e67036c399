"""What a process takes, sampled, and whether it grew; what a log holds that nobody foresaw."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from bot.ledger.engine import WAL_BYTES

WARM = 0.3  # of a run: caches fill, libraries are imported, threads are started
END = 0.2  # of a run: compared with as long a stretch right after the warm-up
FLAT = 0.05  # growth that is allowed
MORE = 0.2  # of open files and of threads: they come and go with connections
WAL_MB = WAL_BYTES / 1e6  # of the write-ahead log
FORESEEN = (
    "nothing is posted for now"  # logged for the faults planted in Slack; that it passed, no message waiting shows
)
FIRST_CANARY = 0.2  # hours; a shorter run may end before one is sent


@dataclass(frozen=True, slots=True, kw_only=True)
class Sample:
    """A process at one moment; bytes, and numbers of things."""

    at: float
    rss: int
    files: int
    threads: int
    children: int
    wal: int


def sample(pid: int, ledger: Path, at: float) -> Sample:
    """The process and its ledger now; ProcessLookupError or FileNotFoundError once it is gone."""
    told = dict(line.split(":\t", 1) for line in Path(f"/proc/{pid}/status").read_text().splitlines() if ":\t" in line)
    children = [
        int(child) for task in Path(f"/proc/{pid}/task").iterdir() for child in (task / "children").read_text().split()
    ]
    wal = ledger.with_name(ledger.name + "-wal")
    return Sample(
        at=at,
        rss=int(told["VmRSS"].split()[0]) * 1024,
        files=len(list(Path(f"/proc/{pid}/fd").iterdir())),
        threads=int(told["Threads"]),
        children=len(children),
        wal=wal.stat().st_size if wal.exists() else 0,
    )


def growth(samples: Sequence[Sample], of: str = "rss") -> float:
    """By which share it grew from right after the warm-up to the end: medians of two stretches of equal length."""
    first, last = samples[0].at, samples[-1].at
    length = last - first
    warm = [getattr(one, of) for one in samples if first + WARM * length <= one.at <= first + (WARM + END) * length]
    end = [getattr(one, of) for one in samples if one.at >= last - END * length]
    if not warm or not end:
        raise ValueError("too few samples to tell anything from")
    return median(end) / median(warm) - 1


_UNHANDLED = re.compile(
    r"^(?!.* slack_sdk\.).*\nTraceback \(most recent call last\)|never retrieved|was destroyed but it is pending",
    re.MULTILINE,
)  # the Slack SDK tells so of each connection that breaks under it; what comes of that is our own log
_LEVEL = re.compile(r"\b(ERROR|CRITICAL)\b(?! +slack_sdk\.).*", re.MULTILINE)


def unhandled(log: str) -> int:
    """How many errors nobody had foreseen."""
    return len(_UNHANDLED.findall(log))


def complaints(log: str, most: int = 8) -> dict[str, int]:
    """What was logged as an error, without the names and numbers in it, the commonest first."""
    kinds = Counter(re.sub(r"OR-\d+|\d[\d.:,]*|[“\"'].*?[”\"']", "…", found[0])[:140] for found in _LEVEL.finditer(log))
    return dict(kinds.most_common(most))


def missed(found: dict[str, Any]) -> list[str]:
    """The goals of a soak that its figures miss, in words."""
    errors = {words: times for words, times in found["errors"].items() if FORESEEN not in words}
    canary, young = found["canary"], found["hours"] < FIRST_CANARY
    checks = {
        f"memory grew by {found['growth']:.1%}, allowed are {FLAT:.0%}": found["growth"] > FLAT,
        f"open files grew by {found['files_growth']:.0%}, allowed are {MORE:.0%}": found["files_growth"] > MORE,
        f"threads grew by {found['threads_growth']:.0%}, allowed are {MORE:.0%}": found["threads_growth"] > MORE,
        f"the write-ahead log came to {found['wal_mb']} MB, allowed are {WAL_MB:.0f}": found["wal_mb"] > WAL_MB,
        f"{found['unhandled']} errors were unhandled": found["unhandled"] > 0,
        f"errors were logged: {errors}": bool(errors),
        "no alert was raised, so that nothing could be lost": found["alerts"] == 0,
        f"{found['untold']} alerts are in no card and no digest": found["untold"] > 0,
        f"{found['waiting']} messages still wait": found["waiting"] > 0,
        f"messages are stuck: {found['stuck']}": bool(found["stuck"]),
        f"{found['doubled']} alerts were doubled": found["doubled"] > 0,
        f"the service ended with {found['exit']}": found["exit"] != 0,
        f"the record does not hold: {found['faults']}": bool(found["faults"]),
        f"the canary: {canary}": canary != "through" and not (canary == "none" and young),
    }
    return [words for words, so in checks.items() if so]

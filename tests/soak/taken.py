"""What a process takes, sampled, and whether it grew; what a log holds that nobody foresaw."""

from __future__ import annotations

import os
import re
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import combinations
from math import inf, sqrt
from pathlib import Path
from statistics import median
from typing import Any

from bot.chores import LOOK
from bot.ledger.database.engine import WAL_BYTES

WARM = 0.3  # of a run, at least: libraries are imported, threads are started
FILLED = 1200  # articles read, at least: by then each word of the made news was read, and the caches of texts are full
LEFT = 0.2  # of a run, at least, has to be left after the warm-up: its last third is compared with its first
FLAT = 0.05  # growth that is allowed
LEAK = 0.5  # MB an hour by which memory may be shown to grow in the second half; a leak of one is shown in eight hours
STRETCH = LOOK  # seconds, at least: in each of them the service gives back once what it does not need
STRETCHES = 24  # of the second half, at most, each with one figure
FEW = 4  # stretches; of fewer that rise one after the other chance may be the cause
SURE = 1.645  # standard deviations: what is shown so is a mistake in one run of twenty
MORE = 0.2  # of open files and of threads: they come and go with connections
WAL_MB = WAL_BYTES / 1e6  # of the write-ahead log
FORESEEN = (
    "nothing is posted for now"  # logged for the faults planted in Slack; that it passed, no message waiting shows
)
EVERY = 5.0  # seconds between two samples
_TICKS = os.sysconf("SC_CLK_TCK")
LONG = 2.0  # hours; the second half of a run as long as that has stretches enough
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
    articles: int = 0  # on record
    cpu: float = 0.0  # seconds of processor time so far, without children


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
        articles=_read(ledger),
        cpu=sum(map(int, Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13])) / _TICKS,
    )


def _read(ledger: Path) -> int:
    """How many articles are on record, versions of them included; none before there is a ledger."""
    try:
        with closing(sqlite3.connect(f"{ledger.as_uri()}?mode=ro", uri=True)) as connection:
            return int(connection.execute("SELECT max(id) FROM article").fetchone()[0] or 0)
    except sqlite3.Error:
        return 0


def warm_at(samples: Sequence[Sample]) -> float:
    """When the warm-up is over: so much of the run is, and so many articles were read; infinite where they never are."""
    first, last = samples[0].at, samples[-1].at
    filled = next((one.at for one in samples if one.articles >= FILLED), inf)
    return max(first + WARM * (last - first), filled)


def growth(samples: Sequence[Sample], of: str = "rss") -> float | None:
    """By which share it grew after the warm-up: the median of the last third of that time against that of the first.

    None where the warm-up left too little of the run.
    """
    last, warm = samples[-1].at, warm_at(samples)
    if last - warm < LEFT * (last - samples[0].at):
        return None
    third = (last - warm) / 3
    begin = [getattr(one, of) for one in samples if warm <= one.at <= warm + third]
    end = [getattr(one, of) for one in samples if one.at >= last - third]
    return round(median(end) / median(begin) - 1, 4)


def slope(samples: Sequence[Sample]) -> tuple[float, float, float] | None:
    """MB an hour of memory in the second half of a run, after the warm-up: at least, likely, at most.

    Of each stretch the least counts, which is what is left when all that is not needed was given back; a peak between
    is none. Of these the median of the slopes between any two (Theil and Sen), and its interval by Kendall's test.
    None where that time is too short: a connection that is opened once would be a leak of many MB an hour.
    """
    first, last = samples[0].at, samples[-1].at
    start = max(warm_at(samples), (first + last) / 2)
    number = min(STRETCHES, int((last - start + EVERY) / STRETCH)) if start < last else 0
    if number < FEW:
        return None
    long = (last - start) / number
    late = [[one for one in samples if start + at * long <= one.at <= start + (at + 1) * long] for at in range(number)]
    points = [(start + (at + 0.5) * long, min(one.rss for one in some)) for at, some in enumerate(late) if some]
    slopes = sorted(
        (high - low) / 1e6 / (after - before) * 3600 for (before, low), (after, high) in combinations(points, 2)
    )
    reach = SURE * sqrt(number * (number - 1) * (2 * number + 5) / 18)
    ends = max(0, int((len(slopes) - reach) / 2)), min(len(slopes) - 1, int((len(slopes) + reach) / 2))
    return round(slopes[ends[0]], 2), round(median(slopes), 2), round(slopes[ends[1]], 2)


def series(samples: Sequence[Sample], points: int = 24) -> list[tuple[float, float, int]]:
    """Minutes since the start, MB of memory, articles on record, so many times over the run."""
    first = samples[0].at
    some = samples[:: max(1, len(samples) // points)]
    return [(round((one.at - first) / 60, 1), round(one.rss / 1e6, 1), one.articles) for one in some]


_UNHANDLED = re.compile(
    r"^(?!.* slack_sdk\.).+\nTraceback \(most recent call last\)|never retrieved|was destroyed but it is pending",
    re.MULTILINE,
)  # the Slack SDK tells so of each connection that breaks under it; what comes of that is our own log. After an empty line
# it is the second part of a traceback, and its first part counts
_TOLD = 600  # characters
_LEVEL = re.compile(r"\b(ERROR|CRITICAL)\b(?! +slack_sdk\.).*", re.MULTILINE)


def unhandled(log: str) -> list[str]:
    """The errors that nobody had foreseen, as the log begins to tell them."""
    return [log[found.start() : found.start() + _TOLD] for found in _UNHANDLED.finditer(log)]


def complaints(log: str, most: int = 8) -> dict[str, int]:
    """What was logged as an error, without the names and numbers in it, the commonest first."""
    kinds = Counter(re.sub(r"OR-\d+|\d[\d.:,]*|[“\"'].*?[”\"']", "…", found[0])[:140] for found in _LEVEL.finditer(log))
    return dict(kinds.most_common(most))


def missed(found: dict[str, Any]) -> list[str]:
    """The goals of a soak that its figures miss, in words."""
    errors = {words: times for words, times in found["errors"].items() if FORESEEN not in words}
    least = (found["slope_mb_an_hour"] or (0.0,))[0]
    canary, young = found["canary"], found["hours"] < FIRST_CANARY
    checks = {
        f"{found['articles']} articles in that time do not tell whether memory grows: caches fill for the first "
        f"{FILLED}, and a fifth of the run has to follow": found["growth"] is None,
        f"a run of {found['hours']} hours has to tell by how much memory grows in an hour": found["hours"] >= LONG
        and found["slope_mb_an_hour"] is None,
        f"memory grew by {found['growth'] or 0:.1%}, allowed are {FLAT:.0%}": (found["growth"] or 0) > FLAT,
        f"memory grew by {least} MB an hour at least in the second half, allowed are {LEAK}": least > LEAK,
        f"open files grew by {found['files_growth'] or 0:.0%}, allowed are {MORE:.0%}": (found["files_growth"] or 0)
        > MORE,
        f"threads grew by {found['threads_growth'] or 0:.0%}, allowed are {MORE:.0%}": (found["threads_growth"] or 0)
        > MORE,
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

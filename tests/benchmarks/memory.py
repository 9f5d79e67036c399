"""What the whole service takes of memory with many feeds and a filled record: python tests/benchmarks/memory.py

The record is that of commands.py, in SQLite on disk. The service is started as users start it, polls its feeds, twice on
average, and answers questions; its feeds and its Slack are on this machine. The figures are its most since the start, of the
service itself as the system counts it, and, looked at every second, of all its processes together, where what they share
counts once.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import signal
import subprocess
import sys
import tempfile
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), *(str(ROOT / "tests" / room) for room in ("benchmarks", "walk", "hostile", "soak"))]

import commands as talk  # noqa: E402
from goals import Figure, note  # noqa: E402
from news import write_world  # noqa: E402
from served import LOOKS, QUIET, served  # noqa: E402

from bot.ledger import Ledger  # noqa: E402
from bot.workspace import Workspace  # noqa: E402

GOAL = 300.0  # MB
CHANNEL = "fact-desk"
PAUSE = 4.0  # seconds: who asks faster is told so once, and is answered no more for a while
QUESTIONS = ("status", "stats", "topics", "conflicts", "since 1d", "source health", "who Mara") * 4


def configure(folder: Path, ledger: Path, workspace: Workspace, hosts: list[str], minutes: float) -> None:
    """Write what the service reads at its start."""
    write_world(folder)
    feeds = (
        f'[[feed]]\nid = "feed{number}"\nname = "Feed {number}"\nurl = "http://{host}{QUIET}/{number}"\n'
        f'every_minutes = {minutes}\nallow = ["{host}"]\n'
        for number, host in enumerate(hosts)
    )
    (folder / "feeds.toml").write_text("\n".join(feeds), "utf-8")
    (folder / "onrecord.toml").write_text(
        f'[ledger]\npath = "{ledger}"\n[slack]\nbase_url = "{workspace.base_url}"\n'
        f'[[channel]]\nid = "{CHANNEL}"\nname = "Fact desk"\n',
        "utf-8",
    )


def looked(place: str) -> int:
    """How many polls there were."""
    with urllib.request.urlopen(f"http://{place}{LOOKS}") as answer:
        return sum(map(len, json.load(answer)["looks"].values()))


def megabytes(pid: int, name: str) -> float:
    """A line of a process's own account of its memory."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(name)).split()[1]) / 1024


def alone(pid: int) -> float:
    """What a process takes, of memory that it shares with others its part; 0 once it is gone."""
    try:
        told = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return 0.0
    return int(next(line for line in told.splitlines() if line.startswith("Pss:")).split()[1]) / 1024


def children(pid: int) -> list[int]:
    """The processes that it has started."""
    return [int(one) for task in Path(f"/proc/{pid}/task").iterdir() for one in (task / "children").read_text().split()]


def started(folder: Path, tokens: dict[str, str]) -> subprocess.Popen[bytes]:
    """The service, as users start it."""
    command = [sys.executable, "-m", "bot", "run", "--config", str(folder)]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT), **tokens}, stdout=log, stderr=log
        )


async def watched(service: subprocess.Popen[bytes], most: dict[str, float]) -> None:
    """Note the most that its processes take, for ever."""
    while True:
        parsers = sum(map(alone, children(service.pid)))
        most["parsers"] = max(most["parsers"], parsers)
        most["together"] = max(most["together"], alone(service.pid) + parsers)
        await asyncio.sleep(1)


async def measure(feeds: int, statements: int, minutes: float, kept: str | None) -> dict[str, float]:
    """The most memory in MB: of the service as it is counted by itself, of its parsers, and of all of them together."""
    addresses = [f"127.1.{number // 250}.{number % 250 + 1}" for number in range(feeds)]
    workspace = Workspace()
    with tempfile.TemporaryDirectory(prefix="onrecord-memory-") as made:
        folder = Path(made)
        path = Path(kept) if kept else folder / "onrecord.db"
        with Ledger.open(str(path), durable=False) as ledger:
            if not ledger.some_names():
                await asyncio.to_thread(talk.fill, ledger, statements)
        await workspace.start()
        async with served(*addresses) as place:
            port = place.rpartition(":")[2]
            configure(folder, path, workspace, [f"{address}:{port}" for address in addresses], minutes)
            tokens = {"SLACK_BOT_TOKEN": workspace.bot_token, "SLACK_APP_TOKEN": workspace.app_token}
            service = started(folder, tokens)
            most = {"service": 0.0, "parsers": 0.0, "together": 0.0}
            watching = asyncio.create_task(watched(service, most))
            try:
                while await asyncio.to_thread(looked, place) < 2 * feeds:
                    if service.poll() is not None:
                        raise SystemExit((folder / "log").read_text()[-2000:])
                    await asyncio.sleep(5)
                for words in QUESTIONS:
                    await asyncio.sleep(PAUSE)
                    await workspace.slash("ada", CHANNEL, words, answers=1, within=60.0)
                most["service"] = megabytes(service.pid, "VmHWM")
            finally:
                watching.cancel()
                service.send_signal(signal.SIGTERM)
                await asyncio.to_thread(service.wait, 30)
                await workspace.stop()
    return most


def main() -> None:
    """Measure, print, and note the figure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=2000)
    parser.add_argument("--statements", type=int, default=100_000)
    parser.add_argument("--minutes", type=float, default=3.0, help="between two polls of a feed")
    parser.add_argument("--keep", metavar="FILE", help="a ledger that is kept, to measure again without filling")
    asked = parser.parse_args()
    most = asyncio.run(measure(asked.feeds, asked.statements, asked.minutes, asked.keep))
    what = f"memory, {asked.feeds:,} feeds and {asked.statements:,} statements"
    for name, value in (("service", most["service"]), ("service and parsers", most["together"])):
        note(Figure(f"{what}: {name}, MB", round(value), GOAL, (round(value), round(value)), less=True))
    print(f"{what}, MB (goal {GOAL:.0f}): " + ", ".join(f"{name} {value:.0f}" for name, value in most.items()))


if __name__ == "__main__":
    main()

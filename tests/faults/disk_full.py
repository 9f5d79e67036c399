"""The service on a disk of its own that fills up and is given room again, in a mount namespace that only it sees."""

from __future__ import annotations

import asyncio
import contextlib
import json
import random
import signal
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

from nursery import Nursery, nursery
from world import Count, World, world

APART = ("unshare", "--map-root-user", "--mount")  # whatever is mounted there is seen by nobody else
SIZE = "16m"
SAYS = "the disk is full"
_FULL = 3.0  # seconds on a full disk, in which feeds are polled and the outbox is looked at


def possible() -> bool:
    """Whether this system lets us mount something for ourselves."""
    with contextlib.suppress(OSError):
        return subprocess.run([*APART, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], check=False, capture_output=True).returncode == 0  # fmt: skip
    return False


async def apart() -> dict[str, Any]:
    """Run this file where it may mount a disk; what it prints."""
    made = await asyncio.create_subprocess_exec(*APART, sys.executable, "-P", __file__, stdout=subprocess.PIPE)
    said, _ = await made.communicate()
    return json.loads(said or b'{"wrong": ["it broke off"], "count": null}')


async def full_disk(folder: Path, cradle: Nursery) -> tuple[Count, list[str]]:
    """Fill the disk between two stories, look at what is said and done, make room; what came of it, and what failed."""
    wrong: list[str] = []
    async with world(folder, random.Random(1), ledger="disk/record.db") as place:
        place.publish(1)
        life = await cradle.forked(place.environ(), place.log)
        wrong += [] if await place.delivered() else ["nothing was posted before"]
        filler = place.ledger.with_name("filler")
        _fill(filler)
        place.publish(2)
        wrong += [] if await _said(place) else [f"the log does not say that {SAYS}"]
        await asyncio.sleep(_FULL)
        wrong += [] if _posted(place) == 1 else ["something was posted without being on record"]
        wrong += [] if not life.ended.done() else ["the service ended"]
        filler.unlink()
        wrong += [] if await place.delivered() else ["it did not recover by itself"]
        life.send(signal.SIGTERM)
        wrong += [] if await life.end(15) == 0 else ["it did not end well"]
        return place.count(), wrong


def _fill(filler: Path) -> None:
    with contextlib.suppress(OSError), filler.open("wb", buffering=0) as file:
        while True:
            file.write(bytes(4096))


def _posted(place: World) -> int:
    return len([one for desk in place.desks for one in place.workspace.messages(desk) if one.metadata])


async def _said(place: World) -> bool:
    return await _holds(lambda: SAYS in place.log.read_text("utf-8", "replace"))


async def _holds(condition: Callable[[], bool], within: float = 60.0) -> bool:
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(within):
            while not condition():
                await asyncio.sleep(0.05)
            return True
    return False


async def _on(folder: Path) -> None:
    async with nursery() as cradle:
        count, wrong = await full_disk(folder, cradle)
    print(json.dumps({"count": asdict(count), "wrong": wrong}))


def _main() -> None:
    with tempfile.TemporaryDirectory(prefix="onrecord-disk-") as folder:
        disk = Path(folder, "disk")
        disk.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(disk)], check=True)
        try:
            asyncio.run(_on(Path(folder)))
        finally:
            subprocess.run(["umount", str(disk)], check=False)


if __name__ == "__main__":
    _main()

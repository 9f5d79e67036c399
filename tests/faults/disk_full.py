"""The service on a disk of its own that fills up and is given room again, in a mount namespace that only it sees."""

from __future__ import annotations

import asyncio
import contextlib
import random
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from nursery import Nursery
from world import Count, World, world

SIZE = "16m"
ON_A_DISK = ("unshare", "--map-root-user", "--mount", "sh", "-c", 'mount -t tmpfs -o size="$0" tmpfs "$1" && shift && exec "$@"', SIZE)  # fmt: skip
SAYS = "the disk is full"
_FULL = 3.0  # seconds on a full disk, in which feeds are polled and the outbox is looked at


def possible() -> bool:
    """Whether this system lets us mount something for ourselves."""
    with tempfile.TemporaryDirectory() as folder, contextlib.suppress(OSError):
        return subprocess.run([*ON_A_DISK, folder, "true"], check=False, capture_output=True).returncode == 0
    return False


async def full_disk(cradle: Nursery, dice: random.Random) -> tuple[Count, list[str]]:
    """Fill the disk between two stories, look at what is said and done, make room; what came of it, and what failed."""
    folder = Path(tempfile.mkdtemp(prefix="onrecord-disk-"))
    (folder / "disk").mkdir()
    wrong: list[str] = []
    async with world(folder, dice, ledger="disk/record.db") as place:
        place.publish(1)
        life = await cradle.fresh(place.environ(), place.log, (*ON_A_DISK, str(folder / "disk")))
        await place.connected(life)
        place.ledger = Path(f"/proc/{life.pid}/root{place.ledger}")  # as it is seen from here
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
        count = place.count()
        life.send(signal.SIGTERM)
        wrong += [] if await life.end(15) == 0 else ["it did not end well"]
    if not wrong:
        shutil.rmtree(folder)
    return count, wrong


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

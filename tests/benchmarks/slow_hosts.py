"""Hosts that are each a part of a core, made of control groups: what several hosts bring is seen on one small machine.

Two workers, their database and all the rest need more than two cores when each runs at full speed, and then a
measurement by the clock is one of the machine. Here each worker with its children, and each session of the database,
gets the same small part of a core, as if every one stood on a host that much slower with cores enough. What one does
while it holds a lock is as slow as the rest, so that the others wait for as large a part of the time as on real hosts.

The kernel gives out the time in slices, so one may run a few milliseconds ahead and pays them back at once after.
Needs root and Linux's `cpu` controller; tried with version 1 of control groups.
"""

from __future__ import annotations

import asyncio
import contextlib
import uuid
from collections.abc import AsyncIterator
from pathlib import Path

PLACES = (Path("/sys/fs/cgroup/cpu"), Path("/sys/fs/cgroup"))
PERIOD = 5000  # µs


class SlowHosts:
    """Groups that are made as they are asked for, each with the same part of a core."""

    def __init__(self, part: float) -> None:
        self.part = part
        self._root = next((place for place in PLACES if (place / "cgroup.procs").exists()), None)
        if self._root is None:
            raise OSError("hosts of a part of a core need Linux's control groups, mounted in /sys/fs/cgroup")
        self._name = f"onrecord-{uuid.uuid4().hex[:8]}"
        self._made: list[Path] = []
        self._placed: set[int] = set()

    def place(self, pid: int) -> None:
        """Put this process on a host of its own, once; what it starts from now on is there too."""
        if pid in self._placed:
            return
        self._placed.add(pid)
        group = self._root / f"{self._name}-{pid}"
        group.mkdir()
        self._made.append(group)
        quota = max(1000, round(PERIOD * self.part))
        if (group / "cpu.cfs_quota_us").exists():
            (group / "cpu.cfs_period_us").write_text(str(round(quota / self.part)))
            (group / "cpu.cfs_quota_us").write_text(str(quota))
        else:
            (group / "cpu.max").write_text(f"{quota} {round(quota / self.part)}")
        with contextlib.suppress(ProcessLookupError):  # gone meanwhile
            (group / "cgroup.procs").write_text(str(pid))

    def place_children(self, pid: int) -> None:
        """Put each child of this process on a host of its own."""
        with contextlib.suppress(OSError):
            for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split():
                self.place(int(child))

    def throttled(self) -> list[float]:
        """Seconds that each group was held back so far."""
        found = []
        for group in self._made:
            stat = dict(line.split() for line in (group / "cpu.stat").read_text().splitlines())
            found.append(
                int(stat["throttled_time"]) / 1e9 if "throttled_time" in stat else int(stat["throttled_usec"]) / 1e6
            )
        return found

    def close(self) -> None:
        """Take the groups away; whoever still lives in one is moved back first."""
        for group in self._made:
            for pid in (group / "cgroup.procs").read_text().split():
                with contextlib.suppress(OSError):
                    (self._root / "cgroup.procs").write_text(pid)
            with contextlib.suppress(OSError):
                group.rmdir()


@contextlib.asynccontextmanager
async def slow_hosts(part: float, server: int) -> AsyncIterator[SlowHosts | None]:
    """Hosts of that part of a core, and every session of this database server on one; None where the part is 1."""
    if part >= 1:
        yield None
        return
    made = SlowHosts(part)

    async def look() -> None:
        while True:
            made.place_children(server)
            await asyncio.sleep(0.05)

    looking = asyncio.create_task(look())
    try:
        yield made
    finally:
        looking.cancel()
        await asyncio.gather(looking, return_exceptions=True)
        made.close()

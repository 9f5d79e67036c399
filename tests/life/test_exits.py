"""Commands and the service end with the codes of the one table, and do at each signal what it says; real processes."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from installed import Installation

from bot.exits import SIGNALS, Exit

ROOT = Path(__file__).resolve().parents[2]


def started(install: Installation, *words: str, **pipes: int) -> subprocess.Popen[bytes]:
    environ = {"PATH": os.environ["PATH"], "HOME": str(install.folder), "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *words, "--config", str(install.folder)],
        env=environ, cwd=install.folder, stderr=subprocess.DEVNULL, **{"stdout": subprocess.DEVNULL, **pipes},
    )  # fmt: skip


@pytest.mark.campaign
async def test_each_code_is_met_and_each_signal_does_as_is_said(healthy: Installation) -> None:
    met: dict[Exit, str] = {}
    service = started(healthy, "run")
    await healthy.stand.looked_at("times", 2)
    for code, words in (
        (Exit.OK, ("verify",)),
        (Exit.FAILURE, ("verify", str(healthy.folder / "nowhere.db"))),
        (Exit.USAGE, ("why", "one", "two", "three")),
        (Exit.BUSY, ("run",)),
    ):
        assert await wait(started(healthy, *words)) == code, words
        met[code] = words[0]
    reads, writes = os.pipe()
    os.close(reads)
    assert await wait(started(healthy, "check-config", stdout=writes)) == Exit.UNREAD
    os.close(writes)
    met[Exit.UNREAD] = "check-config"

    service.send_signal(signal.SIGHUP)
    await healthy.stand.looked_at("times", 2)
    assert service.poll() is None
    service.send_signal(signal.SIGTERM)
    assert await wait(service) == Exit.OK
    service = started(healthy, "run")
    await healthy.stand.looked_at("times", 1)
    service.send_signal(signal.SIGINT)
    assert await wait(service) == Exit.OK
    service = started(healthy, "run")
    await healthy.stand.looked_at("times", 1)
    service.send_signal(signal.SIGKILL)
    assert await wait(service) == -signal.SIGKILL
    assert set(SIGNALS) == {"SIGHUP", "SIGTERM", "SIGINT", "SIGKILL"}

    asking = started(healthy, "setup", stdin=subprocess.PIPE, stdout=subprocess.PIPE)
    assert asking.stdout is not None
    assert b"How Slack reaches" in await asyncio.to_thread(asking.stdout.readline, 17)  # it asks, and so it heeds us
    asking.send_signal(signal.SIGINT)
    assert await wait(asking) == Exit.INTERRUPTED
    met[Exit.INTERRUPTED] = "setup"
    assert set(met) == set(Exit)


async def wait(process: subprocess.Popen[bytes]) -> int:
    return await asyncio.to_thread(process.wait, 60)

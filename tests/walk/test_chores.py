"""What is done beside the walk: when it is due, and what becomes of it. The hours pass when the test says so."""

from __future__ import annotations

import asyncio
import logging
import platform
import resource
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from ledger_sample import NOW, raised

from bot.chores import Chores
from bot.judges.chosen import Chosen
from bot.ledger import Ledger
from bot.ledger.database.room import ENOUGH_FREE, LEAST_FREE
from config.schema import Config
from watchers.child import ParserChild

MINUTES = 60.0


class Hours:
    """A clock by which somebody may sleep."""

    def __init__(self) -> None:
        self.now = NOW
        self._asleep: list[tuple[datetime, asyncio.Event]] = []

    def __call__(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        due, woken = self.now + timedelta(seconds=seconds), asyncio.Event()
        self._asleep.append((due, woken))
        await woken.wait()

    def forward(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        for due, woken in self._asleep:
            if due <= self.now:
                woken.set()


def resident() -> float:
    """MB of this process that are in memory."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * resource.getpagesize() / 1e6


async def _turn(act):
    return await asyncio.to_thread(act)


@asynccontextmanager
async def doing(ledger: Ledger, config: Config, clock: Hours) -> AsyncIterator[Chores]:
    """The chores of a service without a canary, begun and ended."""
    health = config.settings.health.model_copy(update={"canary_hours": 0})
    slack = config.settings.slack.model_copy(update={"operator_channel": "C0OPERATORS"})
    chores = Chores(
        ledger=ledger,
        settings=config.settings.model_copy(update={"health": health, "slack": slack}),
        chosen=Chosen(),
        parser=ParserChild(seconds=5),
        turn=_turn,
        rehearse=lambda _: asyncio.sleep(0, ""),
        clock=clock,
        sleep=clock.sleep,
    )
    chores.start()
    try:
        yield chores
    finally:
        await chores.stop()


async def test_a_message_that_is_stuck_for_its_channels_sake_is_tried_after_each_hour(ledger, config):
    """Nobody tells us when a channel was opened again."""
    clock = Hours()
    number = raised(ledger)

    def state() -> str:
        return ledger.alert(number).state

    def refuse() -> None:
        (card,) = ledger.due(clock())
        ledger.intend(card.id, clock())
        ledger.refused(card.id, "is_archived", None)

    refuse()
    ledger.trouble("channel:desk", "is_archived", "it is archived", "C0OPERATORS", clock())
    async with doing(ledger, config, clock):
        for _ in range(2):
            await asyncio.sleep(0.05)  # each of the chores sleeps
            clock.forward(59 * MINUTES)
            await asyncio.sleep(0.05)
            assert state() == "stuck"
            clock.forward(1 * MINUTES)
            async with asyncio.timeout(60):
                while state() == "stuck":  # noqa: ASYNC110  what is waited for happens in the ledger
                    await asyncio.sleep(0.01)
            refuse()


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="another C library gives back in its own way")
async def test_memory_that_nothing_stands_in_is_given_back_after_ten_minutes(ledger, config):
    clock = Hours()
    async with doing(ledger, config, clock):
        await asyncio.sleep(0.05)  # each of the chores sleeps
        peak = [bytearray(2000) for _ in range(20_000)]
        rest = peak[::500]
        del peak
        full = resident()
        clock.forward(10 * MINUTES)
        async with asyncio.timeout(60):
            while resident() > full - 20:  # noqa: ASYNC110  what is waited for happens in the heap
                await asyncio.sleep(0.01)
        assert len(rest) == 40


async def test_an_alarm_of_the_disk_does_not_come_and_go_at_its_limit(ledger, config, monkeypatch, caplog):
    if ledger.room() is None:
        pytest.skip("a server has tools of its own for its disk")
    caplog.set_level(logging.INFO, "bot.chores")
    free = [LEAST_FREE - 1, LEAST_FREE + 1, LEAST_FREE - 1, ENOUGH_FREE - 1, ENOUGH_FREE, LEAST_FREE + 1]
    clock = Hours()
    async with doing(ledger, config, clock) as chores:
        for left in free:
            monkeypatch.setattr(shutil, "disk_usage", lambda _, left=left: SimpleNamespace(free=left))
            await chores.look_round()
    assert [ledger.bulletin(number).words[:9] for number in (1, 2)] == ["499 MB ar", "There is "]
    assert ledger.status().waiting == 2
    assert [line[:9] for line in caplog.messages if "disk" in line] == ["499 MB ar", "There is "]


async def test_a_disk_of_which_nobody_can_tell_ends_no_alarm(ledger, config, monkeypatch):
    if ledger.room() is None:
        pytest.skip("a server has tools of its own for its disk")
    clock = Hours()

    def gone(_: object) -> None:
        raise OSError("the disk is gone")

    async with doing(ledger, config, clock) as chores:
        for usage in (lambda _: SimpleNamespace(free=0), gone):
            monkeypatch.setattr(shutil, "disk_usage", usage)
            await chores.look_round()
    assert len(ledger.bulletins_due(clock())) == 1

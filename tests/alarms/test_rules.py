"""Each alarm is caused in a running service, and its rule raises it; while all is well, none does."""

from __future__ import annotations

import asyncio
import os
import re
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import pytest
from aiohttp import web
from stage.house import House, working
from tape import RULES, Shown, Tape, promtool
from test_service import NO, YES

from bot.demo.stories import with_invented_country
from bot.health.figures import FIGURES
from bot.ledger.database.engine import WAL_BYTES
from config.schema import Config, Feed
from config.settings import Health

OPERATIONS = RULES.parents[2] / "docs" / "operations.md"
DAY = 24 * 3600.0
_numbers = count(1)


class Time:
    """The clocks by which health tells ages; both can be put forward."""

    def __init__(self) -> None:
        self.ahead = 0.0
        self.silence = 0.0  # by which the one is ahead of the other

    def ticks(self) -> float:
        return time.monotonic() + self.ahead + self.silence

    def clock(self) -> datetime:
        return datetime.now(UTC) + timedelta(seconds=self.ahead)


@pytest.fixture
def passed() -> Time:
    return Time()


@pytest.fixture
def port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@pytest.fixture
def tape(tmp_path: Path, port: int) -> Tape:
    return Tape(tmp_path, port)


def told_at(house: House, port: int, passed: Time) -> House:
    def adjust(config: Config) -> Config:
        fetching = config.settings.fetching.model_copy(update={"deadline_seconds": 300})
        health = Health(port=port, deaf_seconds=0)
        settings = config.settings.model_copy(update={"health": health, "fetching": fetching})
        return with_invented_country(config.model_copy(update={"settings": settings}))

    house.adjust, house.ticks, house.clock = adjust, passed.ticks, passed.clock
    house.names = ["times"]
    house.stand.stand("times").items = [NO]
    return house


@pytest.fixture
async def well(tmp_path: Path, port: int, passed: Time, tape: Tape) -> AsyncIterator[House]:
    """A service that has run for a quarter of an hour, without any alarm."""
    async with working(tmp_path / "onrecord.db") as up:
        house = told_at(up, port, passed)
        async with house.open():
            await house.delivered("times")
            await seen(tape, lambda shown: figure(shown, "onrecord_ready") == 1, minutes=15)
            assert tape.fires() == set()
            yield house


def figure(shown: Shown, name: str, **labels: str) -> float:
    """The sum of the series of a name that have these labels."""
    wanted = set(labels.items())
    return sum(value for (called, with_), value in shown.items() if called == name and wanted <= set(with_))


async def seen(tape: Tape, holds: Callable[[Shown], bool], minutes: int) -> None:
    """Scrape until something shows, and let it stay like that."""
    async with asyncio.timeout(60):
        while not holds(shown := await tape.scrape(0)):
            await asyncio.sleep(0.05)  # a figure rings no bell
    tape.play(shown, minutes)


async def test_a_service_that_ended_is_an_alarm_after_two_minutes(tmp_path, port, passed, tape) -> None:
    async with working(tmp_path / "onrecord.db") as up:
        async with told_at(up, port, passed).open():
            await tape.scrape(5)
        await tape.scrape(2)
        assert tape.fires() == set()
        await tape.scrape()
        assert tape.fires() == {"OnRecordDown"}


async def test_a_service_that_nobody_is_told_to_look_at_is_an_alarm_too(tape: Tape) -> None:
    tape.play({}, 2)
    assert tape.fires() == set()
    tape.play({}, 1)
    assert tape.fires() == {"OnRecordDown"}


@pytest.mark.campaign
async def test_three_restarts_within_an_hour_are_an_alarm_and_two_are_none(tmp_path, port, passed, tape) -> None:
    async with working(tmp_path / "onrecord.db") as up:
        house = told_at(up, port, passed)
        for lived, alarms in ((900, set()), (600, set()), (300, set()), (60, {"OnRecordRestarts"})):
            async with house.open():
                passed.ahead += lived
                await tape.scrape(3)
            assert tape.fires() == alarms


@pytest.mark.campaign
async def test_a_loop_that_comes_round_late_is_an_alarm(well: House, tape: Tape) -> None:
    def late(shown: Shown) -> float:
        beats = figure(shown, "onrecord_loop_lag_seconds_count")
        return beats - figure(shown, "onrecord_loop_lag_seconds_bucket", le="1.0")

    before = late(await tape.scrape(0))
    time.sleep(2)  # noqa: ASYNC251  it is the fault: something keeps the loop to itself
    await seen(tape, lambda shown: late(shown) > before, minutes=2)
    assert "OnRecordLoopLag" in tape.all()


@pytest.mark.campaign
async def test_a_site_that_never_answers_stops_all_polls_and_that_is_an_alarm(well, tape, passed) -> None:
    over = asyncio.Event()

    class Never(web.Response):
        async def prepare(self, request):
            await over.wait()
            return await super().prepare(request)

    well.stand.stand("times").raw = Never
    await well.stand.looked_at("times", 1)
    try:
        passed.ahead += 29 * 60
        await tape.scrape(1)
        assert tape.fires() == set()
        passed.ahead += 2 * 60
        await seen(tape, lambda shown: figure(shown, "onrecord_slack_connections") > 0, minutes=5)
        assert tape.fires() == {"OnRecordNoPoll"}
        await tape.scrape(16)
        assert tape.fires() == {"OnRecordNoPoll", "OnRecordFeedsOverdue", "OnRecordNotReady"}
    finally:
        over.set()


@pytest.mark.campaign
async def test_a_feed_that_fails_most_times_is_an_alarm_and_so_are_most_feeds_that_fail(well: House, tape) -> None:
    well.stand.stand("times").raw = lambda: web.Response(status=500)
    await seen(tape, lambda told: figure(told, "onrecord_poll_failures_total", feed="times") >= 3, minutes=9)
    polls = figure(await tape.scrape(0), "onrecord_polls_total")
    while figure(await tape.scrape(0), "onrecord_poll_failures_total") < polls:  # more than half of all
        await well.stand.looked_at("times", 1)
    await tape.scrape(9)
    assert tape.fires() == {"OnRecordFeedFailing", "OnRecordMostFeedsFailing"}


@pytest.mark.campaign
async def test_a_slack_that_is_not_heard_is_an_alarm_and_the_service_is_not_ready(well, tape, passed) -> None:
    well.workspace.inject("apps.connections.open", error="internal_error", times=1000)
    well.workspace.socket_mode.freeze()
    passed.silence += 60
    await seen(tape, lambda shown: figure(shown, "onrecord_slack_connections") == 0, minutes=6)
    assert tape.fires() == {"OnRecordSlackSilent"}
    await tape.scrape(10)
    assert tape.fires() == {"OnRecordSlackSilent", "OnRecordNotReady"}


@pytest.mark.campaign
async def test_a_message_that_waits_for_slack_for_ten_minutes_is_an_alarm(well, tape, passed) -> None:
    well.workspace.inject("chat.postMessage", status=429, retry_after=1, times=1000)
    well.stand.stand("times").items = [NO, YES]
    await seen(tape, lambda shown: figure(shown, "onrecord_outbox_messages") > 0, minutes=9)
    assert tape.fires() == set()
    passed.ahead += 10 * 60
    await tape.scrape()
    assert tape.fires() == {"OnRecordOutboxOld"}


@pytest.mark.campaign
async def test_a_message_that_slack_refuses_for_good_is_an_alarm(well: House, tape: Tape) -> None:
    well.workspace.inject("chat.postMessage", error="is_archived", times=1000)
    well.stand.stand("times").items = [NO, YES]
    await seen(tape, lambda shown: figure(shown, "onrecord_messages", state="stuck") > 0, minutes=6)
    assert tape.fires() == {"OnRecordDeliveryStuck"}


async def test_a_planted_conflict_that_does_not_come_through_is_an_alarm(well: House, tape, passed) -> None:
    assert well.service is not None
    assert well.service.chores is not None
    well.workspace.inject("auth.test", error="token_revoked", times=1000)
    await well.service.chores.fly()
    passed.ahead += 1.05 * DAY
    await tape.scrape()
    alone = {"OnRecordNoPoll"}  # for the feeds' own clock was not put forward
    assert tape.fires() == alone
    passed.ahead += 0.05 * DAY
    await tape.scrape()
    assert tape.fires() == {"OnRecordNoCanary"} | alone


@pytest.mark.campaign
async def test_a_reader_that_never_ends_makes_the_log_grow_and_that_is_an_alarm(well: House, tape: Tape) -> None:
    with closing(sqlite3.connect(well.database)) as reader, closing(sqlite3.connect(well.database)) as writer:
        reader.execute("BEGIN").execute("SELECT count(*) FROM article").fetchall()
        writer.execute("CREATE TABLE growth (much BLOB)")
        writer.execute("INSERT INTO growth VALUES (zeroblob(?))", (WAL_BYTES + 1_000_000,))
        writer.commit()
        await tape.scrape(16)
    assert tape.fires() == {"OnRecordLedgerLogGrows"}


@pytest.mark.campaign
async def test_another_writer_that_keeps_the_ledger_to_itself_is_an_alarm(well: House, tape: Tape) -> None:
    with closing(sqlite3.connect(well.database, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        well.stand.stand("times").items = [NO, YES]
        await seen(tape, lambda shown: figure(shown, "onrecord_ledger_conflicts_total") > 0, minutes=2)
    assert tape.fires() == {"OnRecordWriterConflict"}


APART = ("unshare", "--map-root-user", "--mount")  # whatever is mounted there is seen by nobody else


@pytest.mark.campaign
async def test_a_disk_that_is_nearly_full_is_an_alarm(well: House, tmp_path, port, passed) -> None:
    """Another service, on a disk of 64 MB."""
    mounts = await asyncio.create_subprocess_exec(*APART, "mount", "-t", "tmpfs", "tmpfs", "/mnt")
    if await mounts.wait():
        pytest.skip("A FULL DISK IS NOT TESTED: this system lets nobody mount one")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        other = int(free.getsockname()[1])
    disk = tmp_path / "disk"
    disk.mkdir()
    (tmp_path / "onrecord.toml").write_text(
        f'[slack]\nbase_url = "{well.workspace.base_url}"\n[judge]\nuse = "rules"\n[health]\nport = {other}\n'
        f'[ledger]\npath = "{disk / "record.db"}"\n'
    )
    (tmp_path / "feeds.toml").write_text("")
    run = f"mount -t tmpfs -o size=64m tmpfs {disk} && exec {sys.executable} -m bot run --config {tmp_path}"
    secrets = {"SLACK_BOT_TOKEN": well.workspace.bot_token, "SLACK_APP_TOKEN": well.workspace.app_token}
    process = await asyncio.create_subprocess_exec(
        *APART, "sh", "-c", run, env={**os.environ, **secrets}, stderr=asyncio.subprocess.DEVNULL
    )
    tape = Tape(tmp_path, other)
    try:
        await seen(tape, lambda shown: figure(shown, "onrecord_ready") == 1, minutes=6)
    finally:
        process.terminate()
        await process.wait()
    assert tape.fires() == {"OnRecordDiskNearlyFull"}


@pytest.fixture
async def spread(postgresql, port: int, passed: Time) -> AsyncIterator[House]:
    async with working(postgresql.database(f"alarms{next(_numbers)}", "model")) as up:
        yield told_at(up, port, passed)


@pytest.mark.campaign
async def test_shards_that_nobody_polls_are_an_alarm(spread: House, tape: Tape) -> None:
    """Sites without end, a schedule that has them polled, and no worker."""
    spread.extra_feeds = tuple(
        Feed(id=f"f{number}", name="F", url=f"http://127.0.{number}.1/feed", every_minutes=1 / 60)
        for number in range(60)
    )
    async with spread.open("schedule"):
        await seen(tape, lambda shown: figure(shown, "onrecord_wakeups", state="queued") > 50, minutes=16)
    assert tape.fires() == {"OnRecordPollsWait"}


def test_every_alarm_is_caused_above_and_told_in_the_page_on_operations() -> None:
    alarms = re.findall(r"^ +- alert: (\w+)$", RULES.read_text("utf-8"), re.MULTILINE)
    told = Path(__file__).read_text("utf-8")
    assert [name for name in alarms if f'"{name}"' not in told] == []
    assert set(re.findall(r"^### (OnRecord\w+)", OPERATIONS.read_text("utf-8"), re.MULTILINE)) == set(alarms)


def test_the_rules_name_figures_that_there_are_and_prometheus_accepts_them() -> None:
    rules = RULES.read_text("utf-8")
    named = {re.sub(r"_(?:bucket|count|sum)$", "", name) for name in re.findall(r"\bonrecord_\w+", rules)}
    assert named <= {one.shown for one in FIGURES.values()}
    for what, file in (("rules", RULES), ("config", RULES.with_name("prometheus.yml"))):
        done = subprocess.run([promtool(), "check", what, str(file)], capture_output=True, text=True, check=False)
        assert (done.returncode, "SUCCESS" in done.stdout) == (0, True), done.stderr

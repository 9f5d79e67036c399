"""From the release before to this one while alerts are on their way, and back to it: nothing lost, nothing doubled."""

from __future__ import annotations

import asyncio
import io
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tarfile
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from nursery import Life
from world import DESKS, Count, World, world

from bot.__main__ import main
from bot.exits import Exit
from bot.ledger import Ledger
from bot.ledger.database.migrate import newest
from bot.ledger.keeping.inspection import Tally

ROOT = Path(__file__).resolve().parents[2]
BEFORE, SCHEMA = (
    "1b28c9e4f42da5d576f892f72b96260cef83cb70",
    "0019",
)  # until there is a tag: the last commit of the schema before
CLEAN = Count(
    pairs=0, lost=0, doubled=0, threads_wrong=0, parked=0, shortest_gap=0, hurried=0, integrity="ok"
)  # fmt: skip


@pytest.fixture(scope="module")
def before(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The code of the release before."""
    packed = subprocess.run(
        ["git", "archive", BEFORE, "bot", "config", "watchers"], cwd=ROOT, capture_output=True, check=False
    )
    if packed.returncode:
        pytest.skip("UPGRADE NOT TESTED: the release before is not in this repository (a shallow clone, or no git)")
    there = tmp_path_factory.mktemp("before")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as files:
        files.extractall(there, filter="data")
    return there


async def born(code: Path, place: World) -> Life:
    environ: Mapping[str, str] = place.environ() | {"PYTHONPATH": str(code)}
    with place.log.open("ab") as out:
        made = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", env=environ, cwd=code, stdout=out, stderr=out
        )
    life = Life(made.pid)
    waiting = asyncio.create_task(made.wait())
    waiting.add_done_callback(lambda task: life.ended.set_result(task.result()))
    return life


def asked(place: World, query: str) -> int:
    """Of the ledger, without this release's code, which would bring it forward."""
    with closing(sqlite3.connect(f"file:{place.ledger}?mode=ro", uri=True)) as connection:
        return int(connection.execute(query).fetchone()[0])


def cards(place: World) -> int:
    return sum(bool(one.metadata) for desk in DESKS for one in place.workspace.messages(desk))


async def waits(place: World) -> None:
    """Until some alerts are posted and others wait."""
    query = "SELECT count(*) FROM delivery WHERE state = 'pending'"
    async with asyncio.timeout(90):
        while not (cards(place) and asked(place, query) >= 3):
            await asyncio.sleep(0.05)


def whole(place: World) -> bool:
    with Ledger.look_into(str(place.ledger)) as ledger:
        tally = Tally()
        return not list(ledger.inspect(tally)) and tally.proven["alerts"] == place.pairs


@pytest.mark.campaign
async def test_an_upgrade_under_load_and_the_way_back_lose_and_double_nothing(before: Path, tmp_path: Path) -> None:
    async with world(tmp_path, random.Random(1)) as place:
        place.publish(9)
        old = await born(before, place)
        await waits(place)
        assert asked(place, "SELECT version_num FROM alembic_version") == int(SCHEMA)
        old.send(signal.SIGTERM)  # with cards in the outbox
        place.publish(3)  # and news while nobody looks
        assert await old.end(30) == Exit.OK
        assert asked(place, "SELECT count(*) FROM delivery WHERE state = 'pending'") > 0

        new = await born(ROOT, place)
        place.publish(3)
        assert await place.delivered()
        assert asked(place, "SELECT version_num FROM alembic_version") == int(newest())
        count = place.count()
        assert count == replace(CLEAN, pairs=15, shortest_gap=count.shortest_gap)
        new.send(signal.SIGTERM)
        assert await new.end(30) == Exit.OK
        assert whole(place)

        # The way back: the release before refuses the newer schema, and goes on from the copy that was made of its own.
        kept = place.ledger.with_name(f"{place.ledger.name}.before-{SCHEMA}")
        assert await (await born(before, place)).end(60) == Exit.FAILURE
        assert "written by a newer release" in place.log.read_text("utf-8")
        place.ledger.rename(place.ledger.with_name("newer.db"))
        for beside in ("-wal", "-shm"):
            place.ledger.with_name(f"{place.ledger.name}{beside}").unlink(missing_ok=True)
        shutil.copyfile(kept, place.ledger)
        again = await born(before, place)
        told = "SELECT count(*) FROM delivery WHERE kind = 'card' AND state = 'sent'"
        async with asyncio.timeout(120):
            while asked(place, told) < place.pairs:
                await asyncio.sleep(0.1)
        again.send(signal.SIGTERM)
        assert await again.end(30) == Exit.OK
        count = place.count()  # which brings it forward once more
        assert count == replace(CLEAN, pairs=15, shortest_gap=count.shortest_gap)


@pytest.mark.campaign
async def test_a_backup_restored_in_another_folder_is_whole_and_posts_nothing_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with world(tmp_path, random.Random(2)) as place:
        monkeypatch.setenv("ONRECORD_CONFIG", str(tmp_path / "config"))
        life = await born(ROOT, place)
        place.publish(2)
        assert await place.delivered()
        assert await asyncio.to_thread(main, ["backup", str(tmp_path / "backup.db")]) == Exit.OK  # while it runs
        place.publish(1)  # told after the copy was taken
        assert await place.delivered()
        await life.kill()

        elsewhere = tmp_path / "elsewhere"
        elsewhere.mkdir()
        place.ledger = elsewhere / "record.db"
        settings = tmp_path / "config" / "onrecord.toml"
        settings.write_text(
            settings.read_text("utf-8").replace(str(tmp_path / "record.db"), str(place.ledger)), "utf-8"
        )
        assert await asyncio.to_thread(main, ["restore", str(tmp_path / "backup.db")]) == Exit.OK
        assert await asyncio.to_thread(main, ["verify"]) == Exit.OK
        life = await born(ROOT, place)
        assert await place.delivered()
        life.send(signal.SIGTERM)
        assert await life.end(30) == Exit.OK
        count = place.count()
        assert count == replace(CLEAN, pairs=3, shortest_gap=count.shortest_gap)
        assert whole(place)

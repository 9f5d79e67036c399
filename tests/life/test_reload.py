"""What the files say holds without a restart; a faulty file leaves the one before in force, and every fault is said."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from installed import Installation
from stage.house import CHANNEL, House, title
from stage.newsstand import Item

from bot.demo.stories import with_invented_country
from bot.reloading import as_far_as_possible
from config.load import ConfigError, Fault
from config.schema import Channel, Config
from config.settings import Health, Roles, Settings

ROOT = Path(__file__).resolve().parents[2]
NO = Item(
    guid="no",
    title="No toll for ships",
    text="“A toll on foreign ships in the port of Ostermouth is out of the question,” Velmarkian Prime Minister"
    " Ilse Marken told reporters on Monday.\nThe shipping association welcomed her words in a statement to this paper.",
    published=datetime(2025, 3, 3, 9, tzinfo=UTC),
)
YES = Item(
    guid="yes",
    title="Ships to pay",
    text="“We support a toll on foreign ships in the port of Ostermouth,” Prime Minister Ilse Marken said on"
    " Wednesday.\nThe first bills are to go out in summer, according to the harbour office in the capital.",
    published=datetime(2025, 3, 5, 9, tzinfo=UTC),
)


def two_channels(config: Config) -> Config:
    channels = (*config.channels, Channel(id="second-desk"))
    return with_invented_country(config).model_copy(update={"channels": channels})


async def status(house: House) -> str:
    answer = await house.workspace.slash("ada", CHANNEL, "status")
    return json.dumps(answer.blocks, ensure_ascii=False)


async def test_feeds_people_topics_and_channels_that_files_add_hold_at_once_and_what_they_drop_ends(
    house: House,
) -> None:
    house.workspace.add_channel("second-desk")
    house.names = ["times"]
    house.stand.stand("times")
    house.stand.stand("courier").items = [NO]
    async with house.open() as service:
        await house.stand.looked_at("times", 2)
        house.adjust, house.names = two_channels, ["times", "courier"]
        service.reloading.ask()
        await house.stand.looked_at("courier", 2)
        house.stand.stand("courier").items = [NO, YES]
        for channel in (CHANNEL, "second-desk"):
            await house.workspace.wait_for(
                lambda channel=channel: any(one.metadata for one in house.workspace.messages(channel)), within=30
            )
        assert [title(card) for card in house.cards()] == ["Marken, earlier and now, on the port toll"]
        house.names = ["times"]
        service.reloading.ask()
        async with asyncio.timeout(30):
            while "courier" in {one.id for one in service.reloading.config.feeds}:
                await house.stand.looked_at("times", 1)
        looked = house.stand.looks["courier"]
        await house.stand.looked_at("times", 4)
        assert house.stand.looks["courier"] <= looked + 1, "a poll under way comes to its end"


async def test_a_faulty_file_leaves_the_one_before_in_force_and_every_fault_is_told_until_it_is_mended(
    house: House, caplog: pytest.LogCaptureFixture
) -> None:
    house.adjust, house.names = with_invented_country, ["times"]
    stand = house.stand.stand("times")
    stand.items = [NO]
    faults = [
        Fault(file="feeds.toml", key="feed times", message="is given twice"),
        Fault(file="onrecord.toml", key="[alerts] cap", message="unknown key"),
    ]

    def faulty() -> Config:
        raise ConfigError(faults)

    def gone() -> Config:
        raise OSError(errno.ESTALE, os.strerror(errno.ESTALE), "/etc/onrecord")

    async with house.open() as service:
        await house.stand.looked_at("times", 2)
        house.reread = faulty
        service.reloading.ask()
        said = await house.answers(lambda: status(house), lambda text: "have faults" in text)
        assert all(str(fault) in said for fault in faults)
        assert all(f"stays as it was: {fault}" in caplog.text for fault in faults)
        stand.items = [NO, YES]
        await house.workspace.wait_for(lambda: len(house.cards()) == 1, within=30)
        house.reread = gone
        service.reloading.ask()
        await house.answers(lambda: status(house), lambda text: "Stale file handle" in text)
        house.reread = house.config
        service.reloading.ask()
        await house.answers(lambda: status(house), lambda text: "have faults" not in text)


def test_what_only_a_start_can_change_stays_and_is_named() -> None:
    now = Config()
    files = Config(
        channels=(Channel(id="desk"),),
        settings=Settings(health=Health(port=9000), roles=Roles(editors=("U1",))),
    )
    held, later = as_far_as_possible(now, files)
    assert later == ("health",)
    assert held.settings.health == now.settings.health
    assert held.settings.roles == files.settings.roles
    assert held.channels == files.channels


async def command(install: Installation, *words: str) -> tuple[int, str]:
    environ = {"PATH": os.environ["PATH"], "HOME": str(install.folder), "PYTHONPATH": str(ROOT)}
    made = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, "--config", str(install.folder), env=environ, cwd=install.folder,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await made.communicate()
    assert made.returncode is not None
    return made.returncode, said.decode()


async def test_the_command_and_sighup_have_a_running_process_read_its_files_again(healthy: Installation) -> None:
    assert (await command(healthy, "reload"))[0] == 1, "nothing runs yet"
    healthy.settings("[health]\nport = 9\n")  # which the command line overrules
    with (healthy.folder / "log").open("wb") as log:
        running = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "bot", "run", "--config", str(healthy.folder), "--health-port", "0",
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}, cwd=healthy.folder, stderr=log,
        )  # fmt: skip
    try:
        await healthy.stand.looked_at("times", 2)
        healthy.stand.stand("herald")
        healthy.feeds(times=healthy.stand.url("times"), herald=healthy.stand.url("herald"))
        code, said = await command(healthy, "reload")
        assert (code, f"Process {running.pid} reads" in said) == (0, True)
        await healthy.stand.looked_at("herald", 2)
        log_so_far = (healthy.folder / "log").read_text("utf-8")
        assert "holds from the next start on" not in log_so_far, "the port of the command line is no change of a file"

        (healthy.folder / "feeds.toml").write_text('[[feed]]\nid = "a b"\n[[feeed]]\n', "utf-8")
        code, said = await command(healthy, "reload")
        assert code == 2
        assert "feeds.toml: feeed: unknown key" in said
        running.send_signal(signal.SIGHUP)
        async with asyncio.timeout(30):
            while "unknown key" not in (healthy.folder / "log").read_text("utf-8"):
                await healthy.stand.looked_at("times", 1)
        assert running.returncode is None
    finally:
        running.send_signal(signal.SIGTERM)
        assert await running.wait() == 0

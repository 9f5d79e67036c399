"""`onrecord door`: it says what is missing, what is installed and whom nobody serves, and ends when told to."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

from town import NORTH, SOUTH, behind

from bot.__main__ import main
from bot.door.listing import listing


def test_a_door_without_its_secrets_says_all_that_is_missing(tmp_path, monkeypatch, capsys):
    for name in ("SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET"):
        monkeypatch.delenv(name, raising=False)
    assert main(["door", "--config", str(tmp_path)]) == 2
    said = capsys.readouterr().err
    for name in ("[door] address", "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "SLACK_SIGNING_SECRET"):
        assert f"{name} is not set" in said


async def test_the_list_says_who_is_installed_and_whom_nobody_serves(town, process):
    await town.open_door(behind(NORTH, process.url), behind(SOUTH), enterprises=("E0PRESS",))
    town.com.organisation = "E0PRESS"
    await town.install(NORTH)
    await town.install("T0STRANGER")
    north, south, stranger = await listing(town.door._settings, town.installations)
    assert north.startswith("T0NORTH North Desk: installed ")
    assert north.endswith(f" UTC by U0ADA\n  its process at {process.url} listens")
    assert south == "T0SOUTH: not installed\n  no process: nobody hears what comes from it"
    assert stranger.startswith("T0STRANGER Strangers: installed ")
    assert "\n  not listed: add a [[door.workspaces]]" in stranger


async def test_the_list_says_what_is_wrong_with_an_installation_and_with_a_process(town):
    await town.open_door(behind(NORTH, "http://127.0.0.1:9"), behind(SOUTH, town.com.base_url.removesuffix("/api/")))
    await town.install(NORTH)
    await town.install(SOUTH)
    lacks = town.installations.find(NORTH)
    lacks.bot_scopes = lacks.bot_scopes[1:]
    town.installations.save(lacks)
    (town.folder / SOUTH / "installation.json").write_text("{")
    north, south = await listing(town.door._settings, town.installations)
    assert north.endswith(
        "\n  without chat:write: install it again\n  its process at http://127.0.0.1:9 does not answer"
    )
    assert "is damaged" in south
    assert south.endswith("is something else")


def test_a_door_opens_and_closes(tmp_path):
    (tmp_path / "onrecord.toml").write_text(
        f'[slack]\ninstallations = "{tmp_path / "kept"}"\n[door]\naddress = "https://record.example.org"\nport = 0\n'
    )
    secrets = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "the secret", "SLACK_SIGNING_SECRET": "the other"}
    door = subprocess.Popen(
        [sys.executable, "-m", "bot", "door", "--config", str(tmp_path)],
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **secrets},
    )
    line = door.stderr.readline()
    assert "the door is open at https://record.example.org, on 127.0.0.1:" in line
    door.send_signal(signal.SIGTERM)
    assert door.wait(timeout=20) == 0
    said = line + door.stderr.read()
    door.stderr.close()
    assert "secret" not in said

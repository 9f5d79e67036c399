"""`onrecord setup` leads to an installation that the doctor finds well, and never over a file unasked."""

from __future__ import annotations

import asyncio
import fcntl
import json
import os
import pty
import re
import subprocess
import sys
import termios
from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest
import pytest_asyncio
import yaml
from jsonschema import Draft7Validator
from stage.newsstand import Item, Newsstand

from bot.setup import files, manifest
from bot.setup.asking import Answers
from bot.workspace import Workspace
from config.load import load

ROOT = Path(__file__).resolve().parents[2]
SCHEMA = json.loads((ROOT / "tests/slack/manifest_schema/manifest.schema.2.0.0.json").read_text("utf-8"))
QUESTION = re.compile(r"(?:: |\(not shown\): )$")


@pytest_asyncio.fixture
async def workspace() -> AsyncIterator[Workspace]:
    async with Workspace() as place:
        yield place


@pytest_asyncio.fixture
async def opml(tmp_path: Path) -> AsyncIterator[Path]:
    """A list of one feed, which a site on this machine has."""
    stand = Newsstand()
    await stand.start()
    stand.stand("times").items.append(Item(guid="1", title="News", text="News.", published=datetime.now(UTC)))
    place = tmp_path / "feeds.opml"
    place.write_text(f'<opml><body><outline text="The Times" xmlUrl="{stand.url("times")}"/></body></opml>', "utf-8")
    yield place
    await stand.stop()


def environ(home: Path, **more: str) -> dict[str, str]:
    return {"PATH": os.environ["PATH"], "HOME": str(home), "PYTHONPATH": str(ROOT), "TERM": "xterm", **more}


def typed(home: Path, words: Sequence[str], answers: dict[str, str]) -> tuple[int, str]:
    """The command at a terminal: whatever is asked is answered by the first key that stands in the question."""
    ours, theirs = pty.openpty()
    made = subprocess.Popen(
        [sys.executable, "-m", "bot", "setup", *words],
        stdin=theirs, stdout=theirs, stderr=theirs, env=environ(home), cwd=home, start_new_session=True,
        preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509  nothing but a call of the kernel
    )  # fmt: skip
    os.close(theirs)
    said = waiting = ""
    while True:
        try:
            read = os.read(ours, 65536).decode(errors="replace")
        except OSError:  # the other end is closed
            break
        said, waiting = said + read, waiting + read
        last = waiting.splitlines()[-1] if waiting else ""
        if QUESTION.search(last):
            answer = next((value for key, value in answers.items() if key in last), "")
            os.write(ours, f"{answer}\n".encode())
            waiting = ""
    os.close(ours)
    return made.wait(), said


async def piped(home: Path, words: Sequence[str], lines: Sequence[str], **more: str) -> tuple[int, str]:
    made = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "setup", *words, env=environ(home, **more), cwd=home,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await made.communicate("".join(f"{line}\n" for line in lines).encode())
    assert made.returncode is not None
    return made.returncode, said.decode()


async def test_at_a_terminal_a_first_configuration_comes_to_be_that_the_doctor_finds_well(
    tmp_path: Path, workspace: Workspace, opml: Path
) -> None:
    answers = {
        "SLACK": "",
        "Bot User OAuth Token": workspace.bot_token,
        "app-level token": workspace.app_token,
        "Numbers": "0",
        "OPML": str(opml),
        "private network": "y",
    }
    code, said = await asyncio.to_thread(typed, tmp_path, ["--slack", workspace.base_url], answers)
    assert code == 0, said
    folder = tmp_path / "newsroom"
    assert workspace.bot_token not in said
    assert workspace.app_token not in said
    assert (folder / ".env").stat().st_mode & 0o777 == 0o600
    assert f"SLACK_BOT_TOKEN={workspace.bot_token}\n" in (folder / ".env").read_text("utf-8")
    assert (folder / "slack-manifest.yaml").read_text("utf-8") == manifest.text()
    config = load(folder, {})
    assert [(feed.id, bool(feed.allow)) for feed in config.feeds] == [("the-times", True)]
    assert [channel.id for channel in config.channels] == ["fact-desk"]
    assert config.settings.ledger.path == str(folder / "onrecord.db")
    assert [message.text for message in workspace.messages("fact-desk")] == [
        "On Record is set up: its alerts come to this channel. This is a test; nothing was found."
    ]
    assert re.search(r"All \d+ are well\.", said)
    assert "Start it: onrecord run --config newsroom" in said


@pytest.mark.campaign
async def test_run_again_it_replaces_nothing_unasked_and_keeps_what_was_before(
    tmp_path: Path, workspace: Workspace, opml: Path
) -> None:
    tokens = {"SLACK_BOT_TOKEN": workspace.bot_token, "SLACK_APP_TOKEN": workspace.app_token}
    own = tmp_path / "own"
    own.mkdir()
    answers = tmp_path / "answers.toml"
    answers.write_text(f'regions = []\nopml = "{opml}"\nprivate = true\npost = false\n', "utf-8")
    words = ["--config", str(own), "--slack", workspace.base_url, "--answers", str(answers)]
    (own / "onrecord.toml").write_text("# mine\n", "utf-8")
    (own / ".env").write_text("WIRE_LOGIN=desk:secret\n", "utf-8")
    (own / ".env").chmod(0o600)
    await piped(tmp_path, words, [], **tokens)
    assert (own / "onrecord.toml").read_text("utf-8") == "# mine\n"
    answers.write_text(answers.read_text("utf-8") + "overwrite = true\n", "utf-8")
    code, said = await piped(tmp_path, words, [], **tokens)
    assert code == 0, said
    (own / "onrecord.toml").write_bytes(b"# caf\xe9\n")
    code, said = await piped(tmp_path, words, [], **tokens)
    assert code == 0, said
    assert (own / "onrecord.toml.before").read_text("utf-8") == "# mine\n"
    assert (own / "onrecord.toml.before-2").read_bytes() == b"# caf\xe9\n"
    assert (own / ".env").read_text("utf-8") == "WIRE_LOGIN=desk:secret\n", "what the environment gives stays there"
    assert workspace.messages("fact-desk") == ()


async def test_through_a_pipe_a_wrong_token_is_asked_for_again_and_an_early_end_is_said(
    tmp_path: Path, workspace: Workspace
) -> None:
    lines = ["desk", "socket", "xoxb-another-1", workspace.bot_token, workspace.app_token, "fact-desk", "0"]
    code, said = await piped(tmp_path, ["--slack", workspace.base_url], lines)
    assert code == 1
    assert "Slack does not accept the SLACK_BOT_TOKEN: invalid_auth. Copy it again." in said
    assert said.count("is accepted") == 2
    assert "Nothing more was answered" in said
    assert (tmp_path / "desk" / ".env").exists()
    assert not (tmp_path / "desk" / "onrecord.toml").exists()


async def test_answers_that_mean_nothing_are_a_fault_with_their_name(tmp_path: Path) -> None:
    (tmp_path / "answers.toml").write_text('chanel = "desk"\n', "utf-8")
    code, said = await piped(tmp_path, ["--answers", "answers.toml"], [])
    assert code == 2
    assert "answers.toml: chanel: is none of folder, transport" in said
    assert not (tmp_path / "newsroom").exists()


@pytest.mark.parametrize("address", ["", "https://record.example.org/"])
def test_every_manifest_that_is_made_is_valid_by_slacks_schema(address: str) -> None:
    made = yaml.safe_load(manifest.text(address))
    assert list(Draft7Validator(SCHEMA).iter_errors(made)) == []
    assert made["settings"]["socket_mode_enabled"] is not bool(address)
    if address:
        url = "https://record.example.org/slack/events"
        assert made["features"]["slash_commands"][0]["url"] == url
        assert made["settings"]["interactivity"]["request_url"] == url
        assert made["settings"]["event_subscriptions"]["request_url"] == url


def test_the_manifest_that_is_installed_is_the_one_that_is_shown() -> None:
    assert manifest.text() == (ROOT / "deploy" / "slack-manifest.yaml").read_text("utf-8")


def test_every_feed_of_the_catalogue_has_a_region() -> None:
    assert [feed.id for feed in load(environ={}).feeds if not feed.region] == []


def test_a_secret_changes_its_own_line_and_no_other(tmp_path: Path) -> None:
    place = tmp_path / ".env"
    place.write_text("# ours\nA=1\nexport SLACK_BOT_TOKEN=old\nB=2\n", "utf-8")
    files.keep_secrets(place, {"SLACK_BOT_TOKEN": "new"})
    assert place.read_text("utf-8") == "# ours\nA=1\nB=2\nSLACK_BOT_TOKEN=new\n"
    assert place.stat().st_mode & 0o777 == 0o600


def test_a_file_that_is_as_it_should_be_is_not_asked_about(tmp_path: Path) -> None:
    place = tmp_path / "feeds.toml"
    assert files.put(place, "one", Answers({}))
    assert files.put(place, "one", Answers({}))
    assert not files.put(place, "two", Answers({}))
    assert place.read_text("utf-8") == "one"

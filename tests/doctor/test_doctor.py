"""`onrecord doctor` finds what is wrong, says what to do about it, and finds nothing where all is well."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import asdict
from pathlib import Path

import pytest
from aiohttp import web
from installed import Installation

from bot.doctor.command import PARTS
from bot.judges.chosen import _weights

ROOT = Path(__file__).resolve().parents[2]
APART = ("unshare", "--map-root-user", "--mount")


async def command(install: Installation, *words: str, before: tuple[str, ...] = ()) -> tuple[int, str]:
    """The real command in a process of its own: its exit code and what it printed."""
    environ = {"PATH": os.environ["PATH"], "HOME": str(install.folder), "PYTHONPATH": str(ROOT)}
    made = await asyncio.create_subprocess_exec(
        *before, sys.executable, "-m", "bot", *words, "--config", str(install.folder),
        env=environ, cwd=install.folder, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await made.communicate()
    assert made.returncode is not None
    return made.returncode, said.decode()


async def test_nothing_is_found_on_a_healthy_installation_and_no_secret_is_said(healthy: Installation) -> None:
    found = await healthy.findings(*PARTS)
    assert [finding for finding in found if not finding.ok] == []
    assert {finding.check for finding in found} == {
        "configuration", "secrets", "slack", "channels", "clock", "ledger", "feeds", "judge"
    }  # fmt: skip
    said = json.dumps([asdict(finding) for finding in found])
    assert healthy.workspace.bot_token not in said
    assert healthy.workspace.app_token not in said


@pytest.mark.campaign
async def test_nothing_is_found_while_the_service_runs_and_nothing_is_changed_by_looking(healthy: Installation) -> None:
    environ = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    running = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", "run", "--config", str(healthy.folder),
        env=environ, cwd=healthy.folder, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    try:
        await healthy.stand.looked_at("times", 2)
        code, said = await command(healthy, "doctor", "--json")
        lines = [json.loads(line) for line in said.splitlines()]
        assert [line for line in lines[:-1] if not line["ok"]] == []
        assert (code, lines[-1]["to_do"]) == (0, 0)
        assert any(f"held by process {running.pid}" in line.get("says", "") for line in lines)
        await healthy.stand.looked_at("times", 2)
        assert running.returncode is None
    finally:
        running.send_signal(signal.SIGTERM)
        assert await running.wait() == 0


async def test_a_fault_of_the_configuration_is_found_with_file_and_key(healthy: Installation) -> None:
    healthy.settings("[polling]\nevery_minute = 3\n")
    found = await healthy.todo()
    assert (found.check, found.subject) == ("configuration", "onrecord.toml [polling] every_minute")
    assert "did you mean 'every_minutes'" in found.says
    assert str(healthy.folder) in found.todo


async def test_a_configuration_that_watches_nothing_or_tells_nobody_is_found(healthy: Installation) -> None:
    healthy.feeds()
    (healthy.folder / "onrecord.toml").write_text(
        (healthy.folder / "onrecord.toml").read_text("utf-8").replace('[[channel]]\nid = "fact-desk"\n', ""), "utf-8"
    )
    found = {finding.subject: finding.todo for finding in await healthy.findings() if not finding.ok}
    assert set(found) == {"feeds.toml", "onrecord.toml"}
    assert "add a [[feed]]" in found["feeds.toml"]
    assert "add a [[channel]]" in found["onrecord.toml"]


async def test_secrets_of_pages_webhooks_and_mail_without_which_it_does_not_start_are_found(
    healthy: Installation,
) -> None:
    healthy.settings(
        '[web]\nenabled = true\nsign_in = true\naddress = "https://record.example"\n'
        '[[webhooks.targets]]\nid = "wire"\nurl = "https://wire.example/"\nsecret = "WIRE_SECRET"\n'
        '[mail]\nhost = "mail.example"\nuser = "desk"\nsender = "desk@mail.example"\n'
    )
    found = {finding.subject: finding.todo for finding in await healthy.findings("secrets") if not finding.ok}
    assert set(found) == {
        "SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "ONRECORD_WEB_SECRET", "WIRE_SECRET", "ONRECORD_SMTP_PASSWORD"
    }  # fmt: skip
    assert all("set" in todo for todo in found.values())


async def test_a_slack_that_fails_for_a_moment_is_no_reason_to_install_the_app_again(healthy: Installation) -> None:
    for fault in ({"status": 500}, {"status": 429, "retry_after": 1}):
        healthy.workspace.inject("conversations.list", times=1, **fault)
        found = await healthy.todo("slack")
        assert found.check == "channels"
        assert "look again" in found.todo, found
        assert "install" not in found.todo


async def test_a_token_that_is_not_set_is_found(healthy: Installation) -> None:
    healthy.secrets(SLACK_APP_TOKEN=healthy.workspace.app_token)
    found = await healthy.todo()
    assert (found.check, found.subject, found.says) == ("secrets", "SLACK_BOT_TOKEN", "is not set")
    assert "xoxb" in found.todo


async def test_two_tokens_in_each_others_place_are_found(healthy: Installation) -> None:
    healthy.secrets(SLACK_BOT_TOKEN=healthy.workspace.app_token, SLACK_APP_TOKEN=healthy.workspace.bot_token)
    found = [one for one in await healthy.findings() if one.check == "secrets" and not one.ok]
    assert [one.subject for one in found] == ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"]
    assert all("holds another Slack token" in one.says for one in found)


async def test_a_secret_file_that_others_may_read_is_found(healthy: Installation) -> None:
    healthy.environ = {"SLACK_BOT_TOKEN": healthy.workspace.bot_token, "SLACK_APP_TOKEN": healthy.workspace.app_token}
    place = healthy.folder / ".env"
    place.chmod(0o644)
    found = await healthy.todo()
    assert (found.check, found.subject) == ("secrets", str(place))
    assert found.todo == f"chmod 600 {place}"


async def test_a_file_of_a_token_that_is_not_there_is_found(healthy: Installation) -> None:
    healthy.secrets(SLACK_BOT_TOKEN_FILE="/nowhere/token", SLACK_APP_TOKEN=healthy.workspace.app_token)
    found = await healthy.todo()
    assert (found.subject, found.says) == ("SLACK_BOT_TOKEN_FILE", "/nowhere/token cannot be read")


async def test_a_bot_token_that_was_revoked_is_found(healthy: Installation) -> None:
    healthy.workspace.revoke_token()
    found = await healthy.todo()
    assert (found.check, found.subject) == ("slack", "SLACK_BOT_TOKEN")
    assert "token_revoked" in found.says
    assert "install the app again" in found.todo


async def test_an_app_token_that_slack_does_not_know_is_found(healthy: Installation) -> None:
    healthy.secrets(SLACK_BOT_TOKEN=healthy.workspace.bot_token, SLACK_APP_TOKEN="xapp-1-another")
    found = await healthy.todo()
    assert (found.check, found.subject) == ("slack", "SLACK_APP_TOKEN")
    assert "invalid_auth" in found.says
    assert "connections:write" in found.todo


async def test_a_scope_that_the_token_lacks_is_found(healthy: Installation) -> None:
    lacking = tuple(scope for scope in healthy.workspace.settings.scopes if scope != "groups:history")
    token = healthy.workspace.api.let_in(lacking)
    healthy.secrets(SLACK_BOT_TOKEN=token, SLACK_APP_TOKEN=healthy.workspace.app_token)
    found = await healthy.todo()
    assert (found.check, found.subject, found.says) == ("slack", "scopes", "the token lacks groups:history")
    assert "slack-manifest.yaml" in found.todo


async def test_a_slack_that_cannot_be_reached_is_found(healthy: Installation) -> None:
    await healthy.workspace.unplug()
    found = [finding for finding in await healthy.findings() if not finding.ok]
    assert {finding.check for finding in found} == {"slack"}
    assert all("cannot be reached" in finding.says and "firewall" in finding.todo for finding in found)


async def test_a_channel_that_slack_does_not_know_is_found(healthy: Installation) -> None:
    healthy.settings('[[channel]]\nid = "fact-dsek"\n')
    found = await healthy.todo()
    assert (found.check, found.subject) == ("channels", "fact-dsek")
    assert "no channel of this name" in found.says
    assert "correct its name" in found.todo


async def test_a_channel_that_the_bot_is_not_in_is_found(healthy: Installation) -> None:
    healthy.workspace.remove_bot("fact-desk")
    found = await healthy.todo()
    assert (found.check, found.subject, found.says) == ("channels", "fact-desk", "On Record is not in it")
    assert "/invite" in found.todo


async def test_a_channel_that_is_archived_is_found(healthy: Installation) -> None:
    healthy.workspace.archive("fact-desk")
    found = await healthy.todo()
    assert (found.subject, found.says) == ("fact-desk", "it is archived")


@pytest.mark.parametrize(("ahead", "says"), [(600, "s behind"), (-600, "s ahead of")])
async def test_a_clock_that_is_off_is_found(healthy: Installation, ahead: float, says: str) -> None:
    healthy.clock.ahead = ahead
    found = await healthy.todo()
    assert found.check == "clock"
    assert says in found.says
    assert "timedatectl" in found.todo


async def test_a_ledger_that_is_damaged_is_found(healthy: Installation) -> None:
    place = healthy.folder / "record.db"
    with place.open("r+b") as file:
        file.seek(4096 * 5)
        file.write(b"\xff" * 4096 * 8)
    found = [finding for finding in await healthy.findings() if not finding.ok]
    assert {finding.check for finding in found} == {"ledger"}
    assert any("onrecord restore" in finding.todo for finding in found)


async def test_a_ledger_of_a_newer_release_is_found(healthy: Installation) -> None:
    with closing(sqlite3.connect(healthy.folder / "record.db")) as newer:
        newer.execute("UPDATE alembic_version SET version_num = '9999'")
        newer.commit()
    found = await healthy.todo()
    assert (found.check, found.subject) == ("ledger", "schema")
    assert "written by a newer release; install that release or restore a copy" in found.says


async def test_a_ledger_of_an_older_schema_is_found(healthy: Installation) -> None:
    with closing(sqlite3.connect(healthy.folder / "record.db")) as older:
        older.execute("UPDATE alembic_version SET version_num = '0019'")
        older.commit()
    found = await healthy.todo()
    assert (found.check, found.subject) == ("ledger", "schema")
    assert "onrecord run" in found.todo


async def test_a_folder_of_the_ledger_that_is_not_there_is_found(healthy: Installation) -> None:
    healthy.environ["ONRECORD_DATABASE_URL"] = f"{healthy.folder}/nowhere/record.db"
    found = await healthy.todo()
    assert (found.check, found.subject) == ("ledger", "database")
    assert found.todo == f"make it: mkdir -p {healthy.folder}/nowhere"


async def test_a_disk_that_is_nearly_full_is_found(healthy: Installation) -> None:
    tried = await asyncio.to_thread(
        subprocess.run, [*APART, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], check=False, capture_output=True
    )
    if tried.returncode:
        pytest.skip("DISK NOT TESTED: this system lets us mount nothing")
    small = healthy.folder / "small"
    small.mkdir()
    settings = (healthy.folder / "onrecord.toml").read_text("utf-8").replace("record.db", "small/record.db")
    (healthy.folder / "onrecord.toml").write_text(settings, "utf-8")
    mount = (*APART, "sh", "-c", f'mount -t tmpfs -o size=32m tmpfs {small} && exec "$@"', "sh")
    code, said = await command(healthy, "doctor", "ledger", before=mount)
    assert code == 1
    assert "TODO ledger" in said
    assert "MB are free on the ledger's disk\n     → make room" in said
    assert "1 of" in said


@pytest.mark.parametrize(
    ("raw", "says"),
    [(None, "nothing at this address"), ("<html><body>Hello</body></html>", "it is a web page")],
    ids=["gone", "a page"],
)
async def test_a_feed_that_brings_nothing_is_found(healthy: Installation, raw: str | None, says: str) -> None:
    if raw is None:
        del healthy.stand.stands["courier"]
    else:
        healthy.stand.stand("courier").raw = lambda: web.Response(text=raw, content_type="text/html")
    found = await healthy.todo("feeds")
    assert (found.check, found.subject) == ("feeds", "courier")
    assert says in found.says
    assert found.todo


async def test_a_feed_in_a_private_network_that_is_not_let_through_is_found(healthy: Installation) -> None:
    text = (healthy.folder / "feeds.toml").read_text("utf-8")
    (healthy.folder / "feeds.toml").write_text(text.replace(f'allow = ["{healthy.stand.address}"]', "", 1), "utf-8")
    found = await healthy.todo("feeds")
    assert (found.check, found.subject) == ("feeds", "times")
    assert "allow" in found.todo


async def test_a_feed_that_lacks_its_login_is_found(healthy: Installation) -> None:
    text = (healthy.folder / "feeds.toml").read_text("utf-8")
    (healthy.folder / "feeds.toml").write_text(text.replace("allow", 'login = "WIRE_LOGIN"\nallow', 1), "utf-8")
    found = [finding for finding in await healthy.findings("secrets", "feeds") if not finding.ok]
    assert {finding.subject for finding in found} == {"WIRE_LOGIN", "times"}
    assert all("WIRE_LOGIN" in finding.todo for finding in found)


async def test_a_network_that_reaches_no_feed_is_found_once(healthy: Installation) -> None:
    healthy.feeds(**{name: f"https://{name}.invalid/feed" for name in ("one", "two", "three", "four")})
    found = await healthy.todo("feeds")
    assert (found.check, found.says) == ("feeds", "none of 4 can be reached")


async def test_a_model_file_that_was_altered_is_found(healthy: Installation) -> None:
    own = healthy.folder / "weights"
    shutil.copytree(_weights(), own)
    with (own / "model.onnx").open("r+b") as file:
        file.seek(1_000_000)
        file.write(b"\x00" * 64)
    text = (healthy.folder / "onrecord.toml").read_text("utf-8")
    use = f'[judge]\nuse = "built_in"\ndirectory = "{own}"\n'
    (healthy.folder / "onrecord.toml").write_text(text.replace('[judge]\nuse = "rules"\n', use), "utf-8")
    found = await healthy.todo()
    assert (found.check, "model.onnx: is damaged" in found.says) == ("judge", True)
    assert "install On Record again" in found.todo


async def test_a_language_model_that_does_not_answer_is_found(healthy: Installation) -> None:
    text = (healthy.folder / "onrecord.toml").read_text("utf-8")
    use = '[judge]\nuse = "llm"\nendpoint = "http://127.0.0.1:9/v1"\nmodel = "m"\nfallback = "rules"\n'
    (healthy.folder / "onrecord.toml").write_text(text.replace('[judge]\nuse = "rules"\n', use), "utf-8")
    found = await healthy.todo()
    assert (found.check, found.subject) == ("judge", "[judge] endpoint")
    assert "until then rules decides" in found.todo


async def test_a_workspace_without_an_app_token_is_well_by_signed_http(healthy: Installation) -> None:
    text = (healthy.folder / "onrecord.toml").read_text("utf-8")
    (healthy.folder / "onrecord.toml").write_text(text.replace("[slack]", '[slack]\nmode = "http"'), "utf-8")
    healthy.secrets(SLACK_BOT_TOKEN=healthy.workspace.bot_token, SLACK_SIGNING_SECRET=healthy.workspace.signing_secret)
    assert [finding for finding in await healthy.findings() if not finding.ok] == []


async def test_a_server_that_is_not_durable_or_gone_is_found_and_a_sound_one_is_well(
    healthy: Installation, postgresql
) -> None:
    healthy.environ["ONRECORD_DATABASE_URL"] = postgresql.database("doctor", "model")
    found = await healthy.todo()  # the server of the tests runs without fsync
    assert (found.check, found.subject) == ("ledger", "server")
    assert "fsync off" in found.says
    healthy.environ["ONRECORD_DATABASE_URL"] = "postgresql://desk:hunter2-secret@127.0.0.1:9/record"
    found = await healthy.todo()
    assert (found.check, found.subject) == ("ledger", "database")
    assert "hunter2-secret" not in f"{found.says}{found.todo}"


async def test_pages_that_lack_a_secret_are_found(healthy: Installation) -> None:
    healthy.settings('[web]\nenabled = true\nsign_in = true\naddress = "https://record.example.org"\n')
    found = {one.subject: one for one in await healthy.findings("secrets") if not one.ok}
    assert set(found) == {"SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "ONRECORD_WEB_SECRET"}

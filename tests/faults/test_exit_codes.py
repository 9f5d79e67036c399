"""What the service says and with which code it ends, when it cannot start."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from contextlib import closing

import pytest

from bot import log
from bot.__main__ import main
from bot.ledger import Ledger, one_writer


@pytest.fixture
def environ(tmp_path, monkeypatch):
    """A service with tokens, on a ledger of its own."""
    settings = f'[ledger]\npath = "{tmp_path / "record.db"}"\n[judge]\nuse = "rules"\n'
    (tmp_path / "onrecord.toml").write_text(settings, "utf-8")
    monkeypatch.setenv("ONRECORD_CONFIG", str(tmp_path))
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-local-0123456789")
    monkeypatch.setenv("SLACK_APP_TOKEN", "xapp-local-0123456789")
    return tmp_path


def test_a_ledger_in_use_is_75_and_named_by_its_path(environ, capsys):
    with one_writer(str(environ / "record.db")):
        assert main(["run"]) == 75
    assert f"the ledger {environ}/record.db is in use by another running service" in capsys.readouterr().err
    assert log.struck(f"{environ}/record.db") == f"{environ}/record.db", "a path is no secret"


def test_a_ledger_that_is_only_being_written_is_1_so_that_a_supervisor_starts_it_again(environ, capsys):
    place = environ / "record.db"
    Ledger.open(str(place)).close()
    with closing(sqlite3.connect(place, isolation_level=None)) as browser:
        browser.execute("BEGIN IMMEDIATE")
        assert main(["run"]) == 1
    assert "is being written by another process" in capsys.readouterr().err


def test_a_ledger_that_is_none_is_1_and_is_left_as_it_is(environ, capsys):
    (environ / "record.db").write_text("Buy fish. " * 400)
    assert main(["run"]) == 1
    assert "is not a database" in capsys.readouterr().err
    assert (environ / "record.db").read_text().startswith("Buy fish.")


def test_a_token_that_is_not_set_is_2_with_what_to_do(environ, capsys, monkeypatch):
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    assert main(["run"]) == 2
    assert "SLACK_BOT_TOKEN is not set" in capsys.readouterr().err


def test_output_that_nobody_reads_is_141_and_no_traceback(environ):
    Ledger.open(str(environ / "record.db")).close()
    reads, writes = os.pipe()
    os.close(reads)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "bot", "verify"], stdout=writes, stderr=subprocess.PIPE, check=False
        )
    finally:
        os.close(writes)
    assert (done.returncode, done.stderr) == (141, b"")

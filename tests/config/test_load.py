"""Loading: which file counts, and what comes out of a configuration without fault."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import config
from config.environment import database
from config.load import ConfigError, Fault, check, describe, load
from config.schema import Mandate

NOTHING: dict[str, str] = {}


def test_a_whole_configuration_is_read_into_its_values(write):
    found = load(write(), NOTHING)

    assert [feed.id for feed in found.feeds] == ["harbour-post", "valley-wire"]
    assert found.feeds[1].allow == ("10.1.2.3:8080",)
    assert [side.within for side in found.sides] == [(), ("VEL",)]
    assert found.officials[1].mandates == (
        Mandate(
            role="Velmarkian presidential spokesman",
            side="VEL",
            rank="spokesman",
            speaks_for=("mara-velden",),
            since=date(2022, 5, 1),
            until=date(2024, 6, 30),
        ),
        Mandate(role="Head of the Velmark Ports Authority", side="VEL-PORTS", since=date(2024, 7, 1)),
    )
    assert found.topics[0].propositions[0].words == (("toll", "tolls"), ("port", "ships"))
    assert found.channels[0].officials == ("mara-velden",)
    assert found.settings.polling.every_minutes == 7
    assert found.settings.slack.mode == "http"
    assert found.settings.fetching.deadline_seconds == 30


def test_a_file_that_is_absent_falls_back_to_the_default_of_that_name(tmp_path):
    (tmp_path / "feeds.toml").write_text('[[feed]]\nid = "one"\nname = "One"\nurl = "https://one.example/rss"\n')

    found = load(tmp_path, NOTHING)

    assert [feed.id for feed in found.feeds] == ["one"]
    assert found.officials == load(None, NOTHING).officials
    assert found.settings == load(None, NOTHING).settings


def test_a_file_that_is_present_replaces_the_default_whole(tmp_path):
    (tmp_path / "onrecord.toml").write_text("[polling]\nevery_minutes = 3\n")

    found = load(tmp_path, NOTHING)

    assert found.channels == ()
    assert found.settings.polling.every_minutes == 3


def test_an_empty_file_means_none_of_its_kind(write):
    assert load(write(feeds=""), NOTHING).feeds == ()


def test_the_environment_may_name_the_directory_and_an_argument_wins(write, tmp_path):
    folder = write()
    environ = {"ONRECORD_CONFIG": str(folder)}

    assert len(load(None, environ).feeds) == 2
    assert check(None, environ) == ()
    (tmp_path / "other").mkdir()
    assert len(load(tmp_path / "other", environ).feeds) > 2


def test_a_byte_order_mark_and_windows_line_ends_are_read(write):
    folder = write()
    text = (folder / "feeds.toml").read_text()
    (folder / "feeds.toml").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())

    assert len(load(folder, NOTHING).feeds) == 2


def test_a_directory_that_is_not_there_is_a_fault(tmp_path):
    (fault,) = check(tmp_path / "nowhere", NOTHING)

    assert fault.file == str(tmp_path / "nowhere")
    assert "directory" in fault.message


def test_the_error_holds_every_fault_and_prints_each_on_a_line(write):
    folder = write(feeds='[[feed]]\nid = "one"\n', topics="[[topic]]\nid = 3\n")

    with pytest.raises(ConfigError) as caught:
        load(folder, NOTHING)

    assert caught.value.faults == check(folder, NOTHING)
    lines = str(caught.value).splitlines()
    assert lines[0] == f"The configuration has {len(caught.value.faults)} faults:"
    assert lines[1:] == [f"  {fault}" for fault in caught.value.faults]


def test_a_fault_prints_file_place_and_message():
    fault = Fault(file="officials.toml", key="official 'x' mandates[0].side", message="unknown side 'Q'")

    assert str(fault) == "officials.toml: official 'x' mandates[0].side: unknown side 'Q'"
    assert str(Fault(file="feeds.toml", key="", message="is broken")) == "feeds.toml: is broken"


def test_the_database_of_the_environment_wins_over_the_path(write):
    found = load(write(), NOTHING)

    assert database(found, NOTHING) == "record.db"
    assert database(found, {"ONRECORD_DATABASE_URL": " postgresql://desk@db/record "}) == "postgresql://desk@db/record"


def test_the_database_may_stand_in_a_file(write, tmp_path):
    (tmp_path / "url").write_text("postgresql://desk@db/record\n")
    (tmp_path / "url").chmod(0o600)

    found = database(load(write(), NOTHING), {"ONRECORD_DATABASE_URL_FILE": str(tmp_path / "url")})

    assert found == "postgresql://desk@db/record"


def test_the_summary_counts_and_names_what_is_let_through(write):
    summary = describe(load(write(), NOTHING))

    assert "feeds      1, polled every 7 minutes unless set otherwise, 1 switched off" in summary
    assert "officials  2 with 3 mandates" in summary
    assert "sides      2" in summary
    assert "topics     1 with 1 propositions" in summary
    assert "C0FACTDESK (Fact desk): topics port-toll; sides VEL; officials mara-velden" in summary
    assert "10.1.2.3:8080 for feed valley-wire" in summary


def test_the_summary_says_so_when_there_is_nothing_to_read_or_nowhere_to_post(tmp_path):
    (tmp_path / "onrecord.toml").write_text("[polling]\nevery_minutes = 3\n")
    (tmp_path / "feeds.toml").write_text("")

    summary = describe(load(tmp_path, NOTHING))

    assert "channels   0: nothing will be posted; add a [[channel]]" in summary
    assert "feeds      0, polled every 3 minutes unless set otherwise: nothing will be read" in summary


def test_the_summary_says_so_when_no_private_address_is_allowed(write):
    feeds = '[[feed]]\nid = "one"\nname = "One"\nurl = "https://one.example/rss"\n'

    assert describe(load(write(feeds=feeds), NOTHING)).endswith("private addresses allowed: none")


def test_config_imports_nothing_else_of_ours():
    for path in Path(config.__file__).parent.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        assert "from bot" not in text, path
        assert "from watchers" not in text, path


def test_the_environment_is_read_in_two_modules_alone():
    for path in Path(config.__file__).parent.glob("*.py"):
        if path.name not in {"environment.py", "load.py"}:
            assert not {"os.environ", "getenv"} & set(re.findall(r"[\w.]+", path.read_text(encoding="utf-8"))), path

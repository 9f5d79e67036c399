"""[door] and the team of a process are checked before anything listens."""

from __future__ import annotations

import pytest

from config.environment import DoorSecrets, Secrets, door_secrets, missing, missing_for_door
from config.load import check, describe, load
from config.settings import Behind

from .conftest import ONRECORD

DOOR = """
[door]
address = "https://record.example.org"
enterprises = ["E0PRESS"]

[[door.workspaces]]
team = "T0NORTH"
process = "http://127.0.0.1:3000"

[[door.workspaces]]
team = "T0SOUTH"
"""


def test_a_door_is_read_with_its_workspaces(write):
    door = load(write(onrecord=ONRECORD + DOOR), {}).settings.door
    assert door.workspaces == (Behind(team="T0NORTH", process="http://127.0.0.1:3000"), Behind(team="T0SOUTH"))
    assert (door.address, door.enterprises, door.port) == ("https://record.example.org", ("E0PRESS",), 3100)
    summary = describe(load(write(onrecord=ONRECORD.replace('"http"', '"http"\nteam = "T0NORTH"') + DOOR), {}))
    assert "slack      by signed HTTP, behind a door as T0NORTH\n" in summary
    assert "door       https://record.example.org, 2 workspaces listed, 1 with a process\n" in summary
    assert "door" not in describe(load(None, {}))


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("T0SOUTH", "T0NORTH", "[door] workspaces[1].team: 'T0NORTH' stands twice; one process serves a workspace"),
        ("T0SOUTH", "south", "[door] workspaces[1].team: 'south' is no id of a workspace (such as T0123ABCD)"),
        ("E0PRESS", "T0PRESS", "[door] enterprises[0]: 'T0PRESS' is no id of an organisation (such as E0123ABCD)"),
        ("proc", "precs", "[door] workspaces[0].precsess: unknown key (did you mean 'process'?)"),
        (
            "0.1:3000",
            "0.1:3000/slack",
            "[door] workspaces[0].process: must be an address such as http://127.0.0.1:3000",
        ),
        ("http://127", "127", "[door] workspaces[0].process: must be an address such as http://127.0.0.1:3000"),
        ("https://rec", "http://rec", "[door] address: must be https:// and a host"),
        ("example.org", "example.org/slack", "[door] address: must be https:// and a host"),
        ("https://rec", "https://me:pw@rec", "[door] address: must be https:// and a host"),
    ],
)
def test_what_is_wrong_with_a_door_is_named_with_its_place(write, old, new, expected):
    (fault,) = check(write(onrecord=ONRECORD + DOOR.replace(old, new)), {})
    assert f"onrecord.toml: {expected}" in str(fault)


def test_a_team_goes_with_signed_http_alone(write):
    given = ONRECORD.replace('mode = "http"', 'team = "T0NORTH"')
    (fault,) = check(write(onrecord=given), {})
    assert str(fault).startswith('onrecord.toml: [slack] team: goes with mode = "http"')
    assert check(write(onrecord=ONRECORD.replace('mode = "http"', 'mode = "http"\nteam = "T0NORTH"')), {}) == ()
    (fault,) = check(write(onrecord=ONRECORD.replace('mode = "http"', 'mode = "http"\nteam = "north"')), {})
    assert "is no id of a workspace" in str(fault)


def test_a_process_behind_a_door_needs_no_bot_token_and_must_not_have_one():
    assert missing(Secrets(signing_secret="s"), "http", "T0NORTH") == ()
    (both, _) = missing(Secrets(bot_token="b", signing_secret="s"), "http", "T0NORTH")
    assert both.startswith("SLACK_BOT_TOKEN is set, and [slack] team = T0NORTH takes it from what is installed")
    assert missing(Secrets(), "http", "T0NORTH")[0].startswith("SLACK_SIGNING_SECRET is not set")


def test_the_secrets_of_a_door_are_read_explained_and_never_shown(tmp_path):
    (tmp_path / "secret").write_text("hush\n")
    (tmp_path / "secret").chmod(0o600)
    held = door_secrets(
        {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET_FILE": str(tmp_path / "secret"), "SLACK_SIGNING_SECRET": "shh"}
    )
    assert held == DoorSecrets(client_id="1.2", client_secret="hush", signing_secret="shh")
    assert "hush" not in f"{held!r} {held}"
    assert missing_for_door(held) == ()
    assert [one.partition(" ")[0] for one in missing_for_door(DoorSecrets())] == [
        "SLACK_CLIENT_ID",
        "SLACK_CLIENT_SECRET",
        "SLACK_SIGNING_SECRET",
    ]

"""Secrets come from the environment, are never shown, and their absence is explained."""

from __future__ import annotations

import dataclasses
import pickle
from pathlib import Path

import pytest

from config.environment import Secrets, llm_key, missing, secrets
from config.load import ConfigError, environment

BOT, APP, SIGNING = "xoxb-" + "bot", "xapp-" + "app", "shh"
ALL = {"SLACK_BOT_TOKEN": BOT, "SLACK_APP_TOKEN": APP, "SLACK_SIGNING_SECRET": SIGNING}


def kept(path, content, mode=0o600):
    """A file as a careful person keeps it."""
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    path.chmod(mode)
    return {"SLACK_BOT_TOKEN_FILE": str(path)}


@pytest.mark.parametrize("mode", [0o604, 0o644, 0o666, 0o602, 0o620])
def test_a_file_that_others_may_read_or_change_is_refused_with_the_remedy(tmp_path, mode):
    with pytest.raises(ConfigError) as caught:
        secrets(kept(tmp_path / "token", BOT, mode))

    assert "chmod 600" in caught.value.faults[0].message
    assert BOT not in str(caught.value)


@pytest.mark.parametrize("mode", [0o400, 0o600, 0o440, 0o640])
def test_a_file_for_oneself_or_ones_group_is_read(tmp_path, mode):
    assert secrets(kept(tmp_path / "token", BOT, mode)).bot_token == BOT


def test_each_secret_is_read_from_its_variable():
    assert secrets(ALL) == Secrets(bot_token=BOT, app_token=APP, signing_secret=SIGNING)


def test_what_is_not_set_is_empty():
    assert secrets({}) == Secrets()


def test_blanks_and_line_ends_around_a_secret_are_dropped(tmp_path):
    kept(tmp_path / "token", f"{APP}\n")

    found = secrets({"SLACK_BOT_TOKEN": f" {BOT}\n", "SLACK_APP_TOKEN_FILE": str(tmp_path / "token")})

    assert (found.bot_token, found.app_token) == (BOT, APP)


def test_the_key_of_a_language_model_is_read_from_its_variable_or_a_file(tmp_path):
    kept(tmp_path / "key", "sk-1\n")
    assert llm_key({}) == ""
    assert llm_key({"ONRECORD_LLM_API_KEY": " sk-1 "}) == "sk-1"
    assert llm_key({"ONRECORD_LLM_API_KEY_FILE": str(tmp_path / "key")}) == "sk-1"
    with pytest.raises(ConfigError, match="ONRECORD_LLM_API_KEY_FILE"):
        llm_key({"ONRECORD_LLM_API_KEY": "sk-1", "ONRECORD_LLM_API_KEY_FILE": str(tmp_path / "key")})


def test_every_fault_of_the_secret_files_is_told_at_once(tmp_path):
    kept(tmp_path / "binary", b"\xff\xfe\x00")

    with pytest.raises(ConfigError) as caught:
        secrets(
            {
                "SLACK_BOT_TOKEN_FILE": str(tmp_path / "none"),
                "SLACK_APP_TOKEN_FILE": str(tmp_path / "binary"),
                "SLACK_SIGNING_SECRET": SIGNING,
                "SLACK_SIGNING_SECRET_FILE": str(tmp_path / "none"),
            }
        )

    assert [fault.key for fault in caught.value.faults] == [
        "SLACK_BOT_TOKEN_FILE",
        "SLACK_APP_TOKEN_FILE",
        "SLACK_SIGNING_SECRET_FILE",
    ]
    assert "No such file" in caught.value.faults[0].message
    assert SIGNING not in str(caught.value)


def test_no_way_of_printing_shows_a_secret():
    held = secrets(ALL)

    for shown in (repr(held), str(held), f"{held}", f"{held!r}", "%s" % held):  # noqa: UP031
        assert BOT not in shown
        assert APP not in shown
        assert SIGNING not in shown
    assert repr(Secrets(bot_token=BOT)) == "Secrets(bot_token=set, app_token=unset, signing_secret=unset)"


def test_secrets_cannot_be_changed():
    with pytest.raises(dataclasses.FrozenInstanceError):
        secrets(ALL).bot_token = "other"


def test_secrets_survive_pickling():
    assert pickle.loads(pickle.dumps(secrets(ALL))) == secrets(ALL)  # noqa: S301


@pytest.mark.parametrize(
    ("mode", "variables"),
    [("socket", ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN")), ("http", ("SLACK_BOT_TOKEN", "SLACK_SIGNING_SECRET"))],
)
def test_each_missing_secret_is_named_with_its_remedy_and_the_demo(mode, variables):
    found = missing(Secrets(), mode)

    assert [sentence.split(" ", 1)[0] for sentence in found[:-1]] == list(variables)
    for sentence, variable in zip(found, variables, strict=False):
        assert f"{variable}_FILE" in sentence
        assert "Slack app" in sentence or "Basic Information" in sentence
    assert "make demo" in found[-1]


@pytest.mark.parametrize("mode", ["socket", "http"])
def test_nothing_is_missing_when_all_is_set(mode):
    assert missing(secrets(ALL), mode) == ()


def test_a_mode_asks_only_for_what_it_needs():
    assert missing(Secrets(bot_token=BOT, app_token=APP), "socket") == ()
    assert missing(Secrets(bot_token=BOT, signing_secret=SIGNING), "http") == ()


def test_a_token_of_several_lines_is_noticed_without_being_shown():
    (found, _) = missing(Secrets(bot_token=f"{BOT}\n# of the news desk", app_token=APP), "socket")

    assert "SLACK_BOT_TOKEN holds blanks or several lines" in found
    assert BOT not in found


def test_tokens_in_each_others_place_are_noticed_without_being_shown():
    found = missing(Secrets(bot_token=APP, app_token=BOT), "socket")

    assert len(found) == 3
    assert "SLACK_BOT_TOKEN holds another Slack token (xapp-…)" in found[0]
    assert "SLACK_APP_TOKEN holds another Slack token (xoxb-…)" in found[1]
    assert BOT not in "".join(found)


def private(place: Path, text: str) -> Path:
    place.touch(0o600)
    place.write_text(text, "utf-8")
    return place


def test_what_stands_in_env_counts_where_the_environment_says_nothing(tmp_path: Path) -> None:
    lines = "# ours\n\nA=1\nexport B='two words'\nC=\"3\"\nD=4\nE=5\nF=\n"
    private(tmp_path / ".env", lines)
    environ = {"A": "kept", "D_FILE": "/run/d", "E": " "}
    assert environment(tmp_path, environ) == ()
    assert environ == {"A": "kept", "B": "two words", "C": "3", "D_FILE": "/run/d", "E": "5", "F": ""}
    assert environment(None, environ) == ()
    assert environment(tmp_path / "elsewhere", environ) == ()


def test_a_line_of_env_that_means_nothing_is_named_without_its_words(tmp_path: Path) -> None:
    place = private(tmp_path / ".env", "A=1\nxoxb-secret\nlower=3\n")
    faults = environment(tmp_path, {})
    assert [str(fault) for fault in faults] == [
        f"{place}: line 2: must be NAME=value",
        f"{place}: line 3: must be NAME=value",
    ]


def test_env_that_others_may_read_is_refused_with_the_remedy(tmp_path: Path) -> None:
    place = private(tmp_path / ".env", "A=1\n")
    place.chmod(0o604)
    environ: dict[str, str] = {}
    assert [fault.message for fault in environment(tmp_path, environ)] == [
        f"it can be read or changed by others: chmod 600 {place}"
    ]
    assert environ == {}

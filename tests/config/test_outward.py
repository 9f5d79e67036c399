"""[webhooks] and [mail] are checked before anything is told, and their secrets come from the environment alone."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.environment import secrets, signing, smtp_password, wayback_keys
from config.load import ConfigError, check, load

from .conftest import ONRECORD

OUTWARD = """
[[webhooks.targets]]
id = "tool"
url = "https://tools.example.org/hook"
secret = "TOOL_SECRET"

[[webhooks.targets]]
id = "inside"
url = "http://10.1.2.3:8080/hook"
secret = "INSIDE_SECRET"
events = ["decision"]
allow = ["10.1.2.3:8080"]

[mail]
host = "smtp.example.org"
user = "desk"
sender = "desk@post.example"

[[mail.lists]]
id = "politics"
to = ["ada@post.example"]
at = "7.30 london"
"""
LONG = "long enough, and made up for these tests"


def test_targets_and_lists_are_read(write):
    settings = load(write(onrecord=ONRECORD + OUTWARD), {}).settings
    assert [(one.id, one.events) for one in settings.webhooks.targets] == [
        ("tool", ("alert", "decision")),
        ("inside", ("decision",)),
    ]
    assert settings.mail.lists[0].at == "07:30 Europe/London"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("https://tools", "http://tools", "[webhooks] targets[0].url: 'http://tools.example.org/hook' is not https"),
        ('"inside"', '"tool"', "[webhooks] targets: holds the id 'tool' 2 times"),
        ('"TOOL_SECRET"', '"the secret itself"', "[webhooks] targets[0].secret"),
        ('"smtp.example.org"', '"smtp.example.org"\nsecurity = "none"', '[mail] security: is "none"'),
        ('sender = "desk@post.example"', "", "[mail] sender: is empty"),
        ('host = "smtp.example.org"', "", "[mail] host: is empty"),
        ('"ada@post.example"', '"ada@post.example\\nBcc: x@y.example"', "[mail] lists[0].to[0]"),
        ('"ada@post.example"', '"ada"', "[mail] lists[0].to[0]"),
        ('"7.30 london"', '"sometime"', "[mail] lists[0].at"),
        ('"7.30 london"', '"7.30 london"\ntopics = ["nothing"]', "[mail] lists[0].topics[0]: unknown topic 'nothing'"),
        ("[[mail.lists]]", "[[mail.list]]", "[mail] list: unknown key (did you mean 'lists'?)"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(write, old, new, expected):
    faults = check(write(onrecord=ONRECORD + OUTWARD.replace(old, new)), {})
    assert [str(fault) for fault in faults if f"onrecord.toml: {expected}" in str(fault)], faults


def test_every_secret_that_is_missing_or_short_is_named_and_none_is_shown(write):
    config = load(write(onrecord=ONRECORD + OUTWARD), {})
    with pytest.raises(ConfigError) as caught:
        signing(config, {"INSIDE_SECRET": "short"})
    assert [fault.key for fault in caught.value.faults] == ["TOOL_SECRET", "INSIDE_SECRET"]
    assert "'short'" not in str(caught.value)
    both = {"TOOL_SECRET": LONG, "INSIDE_SECRET": LONG}
    assert signing(config, both) == {"tool": LONG, "inside": LONG}
    with pytest.raises(ConfigError, match="ONRECORD_SMTP_PASSWORD"):
        smtp_password(config, {})
    assert smtp_password(config, {"ONRECORD_SMTP_PASSWORD": "x"}) == "x"


def test_tokens_of_the_api_have_names_and_are_long_enough(tmp_path):
    file = tmp_path / "tokens"
    file.write_text(f"newsletter:{LONG.replace(' ', '-')}\ndesk:{LONG.replace(' ', '_')}\n")
    file.chmod(0o600)
    found = secrets({"ONRECORD_API_TOKENS_FILE": str(file)})
    assert set(found.api_tokens) == {"newsletter", "desk"}
    assert LONG.replace(" ", "-") not in repr(found)
    assert LONG.replace(" ", "-") in found.values


@pytest.mark.parametrize("given", ["newsletter", ":x" + "y" * 40, "a:short", f"a:{'x' * 40} a:{'y' * 40}"])
def test_a_token_that_is_none_is_refused_without_being_shown(given):
    with pytest.raises(ConfigError) as caught:
        secrets({"ONRECORD_API_TOKENS": given})
    assert "openssl rand -hex 32" in str(caught.value)
    assert "xxxx" not in str(caught.value)
    assert "yyyy" not in str(caught.value)


def test_the_internet_archive_is_told_nothing_unless_it_is_enabled_and_its_keys_are_set(write):
    assert load(write(onrecord=ONRECORD), {}).settings.wayback.enabled is False
    assert wayback_keys(load(write(onrecord=ONRECORD), {}), {}) == ""
    config = load(write(onrecord=ONRECORD + "\n[wayback]\nenabled = true\n"), {})
    for given in ({}, {"ONRECORD_WAYBACK_KEYS": "no colon here"}, {"ONRECORD_WAYBACK_KEYS": "access:"}):
        with pytest.raises(ConfigError) as caught:
            wayback_keys(config, given)
        assert "https://archive.org/account/s3.php" in str(caught.value)
        assert "no colon" not in str(caught.value)
    keys = wayback_keys(config, {"ONRECORD_WAYBACK_KEYS": "access:hidden"})
    assert {"access:hidden", "hidden"} <= set(replace(secrets({}), wayback_keys=keys).values)


@pytest.mark.parametrize(
    "line",
    ['address = "http://archive.example"', 'address = "https://archive.example/save"', "at_once = 7", "a_day = 0",
     "again_days = 6"],
)  # fmt: skip
def test_what_is_wrong_about_the_internet_archive_is_named(write, line):
    faults = check(write(onrecord=ONRECORD + f"\n[wayback]\n{line}\n"), {})
    assert [str(fault) for fault in faults if f"[wayback] {line.partition(' ')[0]}" in str(fault)], faults

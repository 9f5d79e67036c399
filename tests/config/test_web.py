"""[web] and its secrets are checked before anything listens: beyond this machine nobody reads without signing in."""

from __future__ import annotations

import pytest

from config.environment import WebSecrets, missing_for_web, web_secrets
from config.load import check, describe, load

from .conftest import ONRECORD

SIGNED = '\n[web]\nenabled = true\nhost = "0.0.0.0"\naddress = "https://record.example.org"\nsign_in = true\n'
OPEN = "\n[web]\nenabled = true\n"


def test_pages_are_off_by_default_and_open_on_this_machine_alone(write):
    assert not load(None, {}).settings.web.enabled
    assert "pages" not in describe(load(None, {}))
    told = describe(load(write(onrecord=ONRECORD + OPEN), {}))
    assert "pages      http://127.0.0.1:3200, open to whoever is on this machine" in told
    told = describe(load(write(onrecord=ONRECORD + SIGNED), {}))
    assert "pages      https://record.example.org, after signing in with Slack" in told


@pytest.mark.parametrize(
    ("section", "expected"),
    [
        (OPEN + 'host = "0.0.0.0"\n', "[web] host: '0.0.0.0' is beyond this machine"),
        (OPEN + 'host = "10.0.0.7"\n', "[web] host: '10.0.0.7' is beyond this machine"),
        (
            OPEN + 'address = "https://record.example.org"\n',
            "is beyond this machine, and everybody could read the record",
        ),
        (OPEN + "sign_in = true\n", "[web] address: is empty, and Slack must know where to send people back to"),
        (SIGNED.replace("https:", "http:"), "[web] address: must be https:// and a host"),
        (SIGNED.replace("example.org", "example.org/pages"), "[web] address: must be https:// and a host"),
        (SIGNED.replace("sign_in", "signin"), "[web] signin: unknown key"),
        (OPEN + "port = 70000\n", "[web] port"),
    ],
)
def test_what_is_wrong_with_the_pages_is_named_with_its_place(write, section, expected):
    faults = check(write(onrecord=ONRECORD + section), {})
    assert any(expected in str(fault) for fault in faults), faults


def test_pages_that_are_off_may_have_any_host(write):
    assert check(write(onrecord=ONRECORD + '\n[web]\nhost = "0.0.0.0"\n'), {}) == ()


def test_what_signing_in_lacks_is_named_with_its_remedy():
    told = missing_for_web(WebSecrets(), sign_in=True)
    assert [line.split()[0] for line in told] == ["SLACK_CLIENT_ID", "SLACK_CLIENT_SECRET", "ONRECORD_WEB_SECRET"]
    assert missing_for_web(WebSecrets(), sign_in=False) == ()
    (short,) = missing_for_web(WebSecrets(signing="short"), sign_in=False)
    assert "fewer than 32 characters" in short
    given = {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s", "ONRECORD_WEB_SECRET": "x" * 32}
    assert missing_for_web(web_secrets(given), sign_in=True) == ()
    assert "x" * 32 not in repr(web_secrets(given))

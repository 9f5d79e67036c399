"""What is written to the log holds no secret, whoever wrote it, and says what ended a thread."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

from bot import log

LOUD = """
import logging, sys, threading
from bot import log
log.set_up(verbose=True)
log.strike(("s3cret-value", "its://own-secret", "key"))
log.strike_address("postgresql://desk:pa%24sword@db/record")
log.strike_address("postgresql://db/record?user=desk-one&password=S3c%26ret+1&sslpassword=Cl0sed-too")
log.strike_address("/var/lib/record.db")
logging.getLogger("slack_sdk.web").debug("a whole message")
logging.getLogger("slack_bolt.app").info("a whole body")
logging.getLogger("bot").debug("key %s", "s3cret-value", extra={})
def fail():
    raise ValueError("pa$sword and s3cret-value of xoxb-12345678-abc at https://desk:other@host/x")
thread = threading.Thread(target=fail)
thread.start()
thread.join()
logging.getLogger("bot").error("S3c%26ret+1 S3c&ret 1 Cl0sed-too its://own-secret desk-one /var/lib/record.db")
logging.getLogger("bot").info("via http://desk:o%2Fpen-Sesame@proxy.example:3128 o/pen-Sesame")
logging.getLogger("bot").info("Basic %s and Basic %s", "ZGVzazpvL3Blbi1TZXNhbWU=", "ZGVzazpmZWVkLXB3")
log.strike_login("desk", "feed-pw")
log.strike_address("postgresql://desk:pass/word@db/record")
logging.getLogger("bot").info("said %s and %s", "ZGVzazpmZWVkLXB3", "pass/word")
fail()
"""

VIA = {**os.environ, "https_proxy": "desk:o%2Fpen-Sesame@proxy.example:3128"}


@pytest.fixture(scope="module")
def said():
    told = subprocess.run([sys.executable, "-c", LOUD], capture_output=True, text=True, check=False, env=VIA)
    assert told.stdout == ""
    return told.stderr


def test_no_line_holds_a_secret_not_even_in_a_traceback(said):
    for secret in (
        "s3cret-value",
        "own-secret",
        "S3c",
        "Cl0sed",
        "pa$sword",
        "pa%24sword",
        "xoxb-12345678",
        "desk:other",
    ):
        assert secret not in said
    assert "(secret) (secret) (secret) (secret) desk-one /var/lib/record.db" in said
    assert "via http://(login)@proxy.example:3128 (secret)" in said, "a proxy of the environment is known"
    assert "Basic (secret) and Basic ZGVzazpmZWVkLXB3" in said, (
        "and so is what it is sent; of others once they are named"
    )
    assert "said (secret) and (secret)" in said
    assert "key (secret)" in said, "a secret too short to be told from a word is left"
    assert "(secret) and (secret) of (token) at https://(login)@host/x" in said


def test_what_ends_a_thread_or_the_process_is_a_line_like_any_other(said):
    assert "CRITICAL root: a thread ended" in said
    assert "CRITICAL root: it ends" in said
    assert said.count("Traceback") == 2


def test_the_libraries_of_slack_write_no_messages_however_verbose(said):
    assert "whole" not in said


@pytest.mark.parametrize(
    "text",
    ["https://host/a@b", "mail me at desk@example.org", "12:30@noon", "xoxb-", "https://host", "http://host:80/a@b"],
)
def test_what_only_looks_alike_is_left(text):
    assert log.struck(text) == text


@pytest.mark.parametrize("password", ["plain", "sl/ash", "at@sign", "at@and/slash"])
def test_a_login_in_an_address_is_struck_though_nobody_named_it_whatever_its_password_holds(password):
    assert log.struck(f"via http://desk:{password}@proxy.example:3128 it") == "via http://(login)@proxy.example:3128 it"

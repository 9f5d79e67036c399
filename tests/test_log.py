"""What is written to the log holds no secret, whoever wrote it, and says what ended a thread."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
from datetime import datetime

import pytest

from bot import log
from config import trace

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

OBJECTS = LOUD.replace("verbose=True", "verbose=True, as_json=True")
VIA = {**os.environ, "https_proxy": "desk:o%2Fpen-Sesame@proxy.example:3128"}


@pytest.fixture(scope="module", params=[LOUD, OBJECTS], ids=["text", "json"])
def said(request):
    told = subprocess.run([sys.executable, "-c", request.param], capture_output=True, text=True, check=False, env=VIA)
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
    for what in ("a thread ended", "it ends"):
        assert f"CRITICAL root: {what}" in said or f'"level": "critical", "logger": "root", "message": "{what}"' in said
    assert said.count("Traceback") == 2


def test_as_json_each_line_is_an_object_whatever_is_in_it(capsys):
    before = logging.getLogger().handlers[:]
    log.set_up(as_json=True)
    try:
        with trace.following("id:1"):
            logging.getLogger("bot").warning("two\nlines and a “quote”")
        logging.getLogger("bot").info("no article")
    finally:
        logging.getLogger().handlers[:] = before
    one, two = (json.loads(line) for line in capsys.readouterr().err.splitlines())
    assert (one["message"], one["trace"], one["level"]) == ("two\nlines and a “quote”", trace.of("id:1"), "warning")
    assert datetime.fromisoformat(one["time"]).tzinfo is not None
    assert "trace" not in two


def test_as_text_a_line_names_the_article_that_it_is_about(capsys):
    before = logging.getLogger().handlers[:]
    log.set_up()
    try:
        with trace.following("id:1"):
            logging.getLogger("bot").info("taken")
        logging.getLogger("bot").info("not taken")
    finally:
        logging.getLogger().handlers[:] = before
    one, two = capsys.readouterr().err.splitlines()
    assert one.endswith(f" INFO    bot: [{trace.of('id:1')}] taken")
    assert two.endswith(" INFO    bot: not taken")


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

"""What Slack signed is read as it was meant; what it did not sign is not read at all."""

from __future__ import annotations

import json
import time
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from slack_sdk.signature import SignatureVerifier

from bot.signed import NotSlacks, opened
from bot.workspace.transport.signed_http import signature

VERIFIER = SignatureVerifier("secret")
FORM, JSON = "application/x-www-form-urlencoded", "application/json"
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=10), inner, max_size=3),
    max_leaves=10,
)


def signed(raw: bytes, kind: str) -> dict[str, str]:
    stamp = str(int(time.time()))
    return {
        "Content-Type": kind,
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": signature("secret", stamp, raw),
    }


def read(raw: bytes, kind: str):
    return opened(raw, signed(raw, kind), VERIFIER)


@settings(max_examples=40)
@given(st.dictionaries(st.text(max_size=10), VALUES, min_size=1, max_size=4))
def test_an_event_and_an_interaction_are_read_as_they_were_written(value):
    assert read(json.dumps(value).encode(), JSON) == value
    assert read(urlencode({"payload": json.dumps(value)}).encode(), FORM) == value


@given(st.text(max_size=60).filter(lambda text: text.isprintable()))
def test_a_command_is_read_as_it_was_typed(text):
    fields = {"command": "/record", "text": text, "team_id": "T1"}
    assert read(urlencode(fields).encode(), FORM) == fields
    assert read(urlencode({**fields, "text": text + " payload"}).encode(), f"{FORM}; charset=utf-8")["team_id"] == "T1"


@given(st.binary(max_size=200), st.sampled_from([FORM, JSON, "", "text/plain"]))
def test_no_signed_bytes_raise_anything_but_a_refusal(raw, kind):
    try:
        held: object = read(raw, kind)
    except NotSlacks as error:
        held = error.status
    assert held == 400 or isinstance(held, dict)


@given(st.binary(max_size=100), st.text(max_size=30), st.text(max_size=80))
def test_nothing_that_is_not_signed_is_believed(raw, stamp, signature):
    headers = {"Content-Type": JSON, "X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature}
    with pytest.raises(NotSlacks) as caught:
        opened(raw, headers, VERIFIER)
    assert caught.value.status in {400, 401}


def test_a_body_that_nests_for_ever_is_refused():
    with pytest.raises(NotSlacks):
        read(b'{"a":' + b"[" * 100_000, JSON)

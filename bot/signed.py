"""Slack's signed requests: whether one is Slack's at all, and what it holds."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import parse_qsl

from aiohttp import web
from slack_sdk.signature import SignatureVerifier

if TYPE_CHECKING:
    from collections.abc import Mapping

PATH = "/slack/events"
LARGEST = 1024 * 1024  # bytes of a body; Slack's own are far smaller
TEAM = "X-On-Record-Team"  # with it a door says for whom a request is; Slack's signature does not cover it
_TIMESTAMP = re.compile(r"[0-9]{1,12}")
_SIGNATURE = re.compile(r"v0=[0-9a-f]{64}")


class NotSlacks(Exception):
    """A request that no process should see; `status` is what HTTP calls it."""

    def __init__(self, status: int, words: str) -> None:
        super().__init__(words)
        self.status = status


async def received(
    request: web.Request, verifier: SignatureVerifier, *, since: float = 0.0
) -> tuple[bytes, dict[str, Any]]:
    """A request's body as it came, and what it holds, as `opened` says; 413 as soon as it is known to be too long."""
    if (request.content_length or 0) > LARGEST:
        raise web.HTTPRequestEntityTooLarge(max_size=LARGEST, actual_size=request.content_length or 0)
    raw = await request.read()  # 413 here, too: the server is given the same limit
    return raw, opened(raw, request.headers, verifier, since=since)


def opened(
    raw: bytes, headers: Mapping[str, str], verifier: SignatureVerifier, *, since: float = 0.0
) -> dict[str, Any]:
    """What a request holds, believed only because Slack signed it within five minutes; NotSlacks otherwise.

    `since` is a time of day in seconds: what was signed before it is refused too.
    Bolt's own reading takes a form that holds the word "payload" anywhere for an interaction, and finds nothing in it.
    """
    try:
        body = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        raise NotSlacks(400, "not UTF-8") from error
    if not _signed(body, headers, verifier, since):
        raise NotSlacks(401, "not signed by Slack")
    form = headers.get("Content-Type", "").partition(";")[0].strip() == "application/x-www-form-urlencoded"
    try:
        fields: dict[str, Any] = dict(parse_qsl(body, keep_blank_values=True)) if form else {}
        held = json.loads(fields.get("payload", "{}") if form else body)
    except (ValueError, RecursionError) as error:
        raise NotSlacks(400, "not a request of Slack's") from error
    if not isinstance(held, dict):
        raise NotSlacks(400, "not a request of Slack's")
    return held or fields


def _signed(body: str, headers: Mapping[str, str], verifier: SignatureVerifier, since: float) -> bool:
    """Judge the form first: a malformed timestamp or signature makes the verifier raise."""
    timestamp = headers.get("X-Slack-Request-Timestamp", "")
    signature = headers.get("X-Slack-Signature", "")
    if not _TIMESTAMP.fullmatch(timestamp) or not _SIGNATURE.fullmatch(signature):
        return False
    if int(timestamp) < since:
        return False
    return verifier.is_valid(body, timestamp, signature)

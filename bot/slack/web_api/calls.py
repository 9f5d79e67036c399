"""One write to Slack with one deadline, and what came of it: a clear yes, a clear no, or doubt."""

from __future__ import annotations

import asyncio
import logging
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Any

import aiohttp
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.slack.web_api.client import DEADLINE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from slack_sdk.web.async_client import AsyncWebClient

_log = logging.getLogger(__name__)

# Slack documents these as possibly having succeeded in part.
DOUBTFUL = frozenset({"internal_error", "fatal_error", "service_unavailable", "request_timeout"})
# The whole workspace refuses us; no other message would fare better.
CLOSED = frozenset({
    "access_denied", "account_inactive", "enterprise_is_restricted", "invalid_auth", "missing_scope", "no_permission",
    "not_allowed_token_type", "not_authed", "org_login_required", "team_access_not_granted", "token_expired",
    "token_revoked", "two_factor_setup_required",
})  # fmt: skip
# Later it may: a limit, or a workspace or a channel that is on its way to another organisation.
LIMITED = frozenset({
    "ratelimited", "rate_limited", "accesslimited", "message_limit_exceeded", "team_added_to_org",
    "external_channel_migrating",
})  # fmt: skip
TOO_RICH = frozenset({"invalid_blocks", "invalid_blocks_format", "msg_blocks_too_long", "msg_too_long"})
# What the client raises when there is no answer, or none that can be read.
FAULTS = (SlackClientError, aiohttp.ClientError, OSError, ValueError, AttributeError)
_LONGEST_WAIT = 3600.0
_USUAL_WAIT = 30.0  # where Slack names none


@dataclass(frozen=True, slots=True, kw_only=True)
class Sent:
    """A clear yes, with the place of the message."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A clear no, with Slack's word for it; `wait` is how many seconds it asks for."""

    code: str
    wait: float | None = None
    detail: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Doubt:
    """No clear answer: the message may be there."""

    reason: str


Outcome = Sent | Refused | Doubt


async def write(client: AsyncWebClient, method: str, payload: Mapping[str, Any]) -> Outcome:
    """Call a method that writes, once; a connection that fails tells nothing about the message."""
    try:
        async with asyncio.timeout(DEADLINE):
            answer: object = await client.api_call(method, json=dict(payload))
    except TimeoutError:
        return Doubt(reason=f"no answer within {DEADLINE} s")
    except SlackApiError as error:
        answer = error.response
    except FAULTS as error:
        return Doubt(reason=type(error).__name__)
    return classify(answer)


async def write_or_plain(client: AsyncWebClient, method: str, payload: Mapping[str, Any]) -> Outcome:
    """As `write`; a message that is refused for its form goes once more as its text alone."""
    outcome = await write(client, method, payload)
    if isinstance(outcome, Refused) and outcome.code in TOO_RICH:
        _log.error("a message is refused as %s: %s", outcome.code, outcome.detail)
        outcome = await write(client, method, {name: value for name, value in payload.items() if name != "blocks"})
    return outcome


def classify(answer: object) -> Outcome:
    """What an answer means; anything unexpected is doubt."""
    if not isinstance(answer, AsyncSlackResponse):
        return Doubt(reason="an answer that is not Slack's")
    body = answer.data
    if answer.status_code == 429:
        return Refused(code="ratelimited", wait=wait_named(answer.headers))
    if answer.status_code != 200 or not isinstance(body, dict):
        return Doubt(reason=f"HTTP {answer.status_code}")
    code = body.get("error")
    if body.get("ok") is True:
        channel, ts = body.get("channel"), body.get("ts")
        if isinstance(channel, str) and isinstance(ts, str):
            return Sent(channel=channel, ts=ts)
        return Doubt(reason="accepted without a place")
    if body.get("ok") is not False or not isinstance(code, str) or code in DOUBTFUL:
        return Doubt(reason=str(code or "an answer without a verdict"))
    wait = wait_named(answer.headers) if code in LIMITED else None
    return Refused(code=code, wait=wait, detail=_detail(body))


def wait_named(headers: Mapping[str, Any], now: datetime | None = None) -> float:
    """The seconds that `Retry-After` asks for, as a number or as a date; a usual wait where it is absent or absurd."""
    named = next((value for name, value in headers.items() if str(name).lower() == "retry-after"), None)
    if isinstance(named, (list, tuple)):
        named = named[0] if named else None
    text = str(named or "").strip()
    if text.isascii() and text.isdigit() and len(text) <= 9:
        return min(float(text), _LONGEST_WAIT)
    try:
        until = parsedate_to_datetime(text)
    except ValueError:
        return _USUAL_WAIT
    aware = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max((aware - (now or datetime.now(UTC))).total_seconds(), 1.0), _LONGEST_WAIT)


def _detail(body: Mapping[str, Any]) -> str:
    """What Slack says beside the code: the scope it misses, the block it does not like."""
    messages = (body.get("response_metadata") or {}).get("messages") or []
    said = [f"needs {body['needed']}"] if body.get("needed") else []
    return "; ".join([*said, *(str(text) for text in messages[:3])])[:300]

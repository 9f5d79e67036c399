"""Every way in which Slack may fail a post, by name, and what a person has to repair before it goes out after all."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from bot.workspace.faults import Kinds


@dataclass(frozen=True, kw_only=True)
class Kind:
    """What befalls the first post to each channel. `repaired`: it is stuck then, until a person says it is mended."""

    post: Kinds | None
    reading: Kinds = field(default_factory=Kinds)  # what befalls the reading of the channels, for five times
    repaired: bool = False
    lag: float = 0.0  # seconds for which history does not show a post
    unplugged: bool = False  # Slack cannot be reached at all for the first two minutes
    slow: bool = False  # ends only at the client's own deadline, ten seconds of real time


_SPOILT: dict[str, dict[str, Any]] = {
    "connection closed": {"drop": True},
    "connection reset": {"reset": True},
    "answer cut off": {"cut": True},
    "cut JSON": {"malformed": True},
    "a page of HTML": {"html": True},
    "an empty answer": {"empty": True},
    "HTTP 500": {"status": 500},
    "HTTP 503": {"status": 503},
    "internal_error": {"error": "internal_error"},
    "fatal_error": {"error": "fatal_error"},
    "service_unavailable": {"error": "service_unavailable"},
    "request_timeout": {"error": "request_timeout"},
}
_SILENT: dict[str, dict[str, Any]] = {"no answer": {"hang": True}}
_LATER: dict[str, dict[str, Any]] = {
    "a drip of an answer": {"drip": 0.5},
    "answered after our deadline": {"delay": 30.0, "after_commit": True},
    "taken up after our deadline": {"delay": 30.0},
    "accepted 20 s after we gave up": {"late": 30.0},
}
_LIMITS = {"1 s": "1", "30 s": "30", "an hour": "3600", "a date": "Wed, 26 Feb 2031 13:10:00 GMT", "none": ""}
_CLOSED = ("token_revoked", "invalid_auth", "account_inactive", "missing_scope")
_MOVING = ("team_added_to_org", "external_channel_migrating")  # to another organisation, which takes a while
_STUCK = ("is_archived", "channel_not_found", "not_in_channel", "restricted_action")
_FORM = ("invalid_blocks", "msg_too_long")  # tried once more as plain text, and stuck where that is refused as well
_LOST = {"drop": True, "after_commit": True}

KINDS: dict[str, Kind] = {
    **{f"{name}, stored": Kind(post=Kinds(**fault, after_commit=True)) for name, fault in _SPOILT.items()},
    **{f"{name}, not stored": Kind(post=Kinds(**fault)) for name, fault in _SPOILT.items()},
    **{f"{name}, stored": Kind(post=Kinds(**fault, after_commit=True), slow=True) for name, fault in _SILENT.items()},
    **{f"{name}, not stored": Kind(post=Kinds(**fault), slow=True) for name, fault in _SILENT.items()},
    **{name: Kind(post=Kinds(**fault), slow=True) for name, fault in _LATER.items()},
    **{f"429, Retry-After {name}": Kind(post=Kinds(status=429, retry_after=wait)) for name, wait in _LIMITS.items()},
    "ratelimited with status 200": Kind(post=Kinds(error="ratelimited")),
    **{code: Kind(post=Kinds(error=code)) for code in (*_CLOSED, *_MOVING)},
    **{code: Kind(post=Kinds(error=code), repaired=True) for code in (*_STUCK, *_FORM)},
    "out of reach": Kind(post=None, unplugged=True),
    "lost answer, history lags 30 s": Kind(post=Kinds(**_LOST), lag=30.0),
    "lost answer, history limited": Kind(post=Kinds(**_LOST), reading=Kinds(status=429, retry_after=30)),
    "lost answer, history broken": Kind(post=Kinds(**_LOST), reading=Kinds(status=500)),
    "lost answer, history forbidden for a while": Kind(post=Kinds(**_LOST), reading=Kinds(error="missing_scope")),
}  # fmt: skip

"""What a server answered, and the parts of its headers that matter."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import cached_property

_VALIDATOR = re.compile(r"[\x20-\x7e]{1,1000}")


@dataclass(frozen=True, kw_only=True)
class Response:
    """A good answer, or a 304 with an empty body. Header names are in lower case."""

    status: int
    url: str  # where it came from in the end
    body: bytes = field(default=b"", repr=False)
    headers: Mapping[str, str] = field(default_factory=dict)
    moved_to: str | None = None  # where permanent redirects lead
    charset: str | None = None

    @cached_property
    def body_hash(self) -> str:
        """SHA-256 of the body, hexadecimal."""
        return hashlib.sha256(self.body).hexdigest()

    def without_body(self) -> Response:
        """The same with the hash of its body, which takes no more room."""
        known = self.body_hash
        bare = replace(self, body=b"")
        vars(bare)["body_hash"] = known
        return bare

    @property
    def etag(self) -> str | None:
        """The validator for the next request."""
        return validator(self.headers.get("etag"))

    @property
    def last_modified(self) -> str | None:
        """The validator for the next request."""
        return validator(self.headers.get("last-modified"))

    @property
    def content_type(self) -> str:
        """The declared kind, empty when the server named none."""
        return self.headers.get("content-type", "")[:200]


def validator(value: str | None) -> str | None:
    """The value if it can be sent back in a header, else None."""
    return value if value is not None and _VALIDATOR.fullmatch(value) else None


def retry_after(value: str | None, now: datetime) -> float | None:
    """The seconds a server asks to wait, given in seconds or as a date; None when it gave nothing usable."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdecimal():
        return float(int(text[:12]))
    try:
        moment = parsedate_to_datetime(text)
        moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return max(0.0, (moment - now).total_seconds())
    except (ValueError, TypeError, OverflowError, IndexError):
        return None

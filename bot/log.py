"""Log lines that people and machines can read, without secrets and without message bodies."""

from __future__ import annotations

import logging
import re
import sys
import threading
import time
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterable

_QUIET = ("slack_sdk", "slack_bolt", "aiohttp.access", "apscheduler", "trafilatura", "htmldate", "alembic")
_SHORTEST = 6  # characters of a secret that is looked for: shorter ones stand in ordinary words
_TOKEN = re.compile(r"\bx(?:ox[a-z]|app)-[0-9A-Za-z-]{8,}")
_LOGIN = re.compile(r"(?<=://)[^\s/@]+@")
_secrets: list[str] = []  # the longest first, so that none is left over where one is part of another


def set_up(*, verbose: bool = False) -> None:
    """Send log lines to standard error, with UTC times; what would end a thread unseen is a line as well.

    Libraries stay at WARNING: at DEBUG the Slack client logs whole messages, and those are not ours to spread.
    """
    handler = logging.StreamHandler(sys.stderr)
    formatter = _Struck("%(asctime)s %(levelname)-7s %(name)s: %(message)s", "%Y-%m-%dT%H:%M:%SZ")
    formatter.converter = time.gmtime
    handler.setFormatter(formatter)
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.DEBUG if verbose else logging.INFO)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    sys.excepthook = lambda kind, error, trace: root.critical("it ends", exc_info=(kind, error, trace))
    threading.excepthook = lambda told: root.critical("a thread ended", exc_info=told.exc_value)


def only_warnings() -> None:
    """Leave out what merely goes well."""
    logging.getLogger().setLevel(logging.WARNING)


def strike(values: Iterable[str]) -> None:
    """Let none of these stand in any line from now on; of an address, its password."""
    for value in values:
        secret = (urlsplit(value).password or "") if "://" in value else value
        _secrets.extend(one for one in {secret, unquote(secret)} if len(one) >= _SHORTEST and one not in _secrets)
    _secrets.sort(key=len, reverse=True)


def struck(text: str) -> str:
    """The text without secrets: those that were named, and whatever looks like a token or a login in an address."""
    for secret in _secrets:
        text = text.replace(secret, "(secret)")
    return _LOGIN.sub("(login)@", _TOKEN.sub("(token)", text))


class _Struck(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        return struck(super().format(record))

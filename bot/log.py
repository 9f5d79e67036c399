"""Log lines that people or machines can read, without secrets and without message bodies."""

from __future__ import annotations

import json
import logging
import re
import sys
import threading
import time
from base64 import b64encode
from datetime import UTC, datetime
from typing import TYPE_CHECKING
from urllib.parse import unquote, unquote_plus, urlsplit

from config import trace

if TYPE_CHECKING:
    from collections.abc import Iterable

_QUIET = ("slack_sdk", "slack_bolt", "aiohttp.access", "apscheduler", "trafilatura", "htmldate", "alembic")
_SHORTEST = 6  # characters of a secret that is looked for: shorter ones stand in ordinary words
_TOKEN = re.compile(r"\bx(?:ox[a-z]|app)-[0-9A-Za-z-]{8,}")
_LOGIN = re.compile(  # first with whatever a password may hold, unless what looks like one is a port and a path
    r"(?<=://)(?:[^\s/@:\[]+:(?!\d+(?:[/?#\"'),;\s]|$))\S{0,200}|[^\s/]+)@"
)
HIDDEN = ("password", "passfile", "sslpassword")  # parameters of a database's URL that nobody is shown
_secrets: list[str] = []  # the longest first, so that none is left over where one is part of another


def set_up(*, verbose: bool = False, as_json: bool = False) -> None:
    """Send log lines to standard error, with UTC times; what would end a thread unseen is a line as well.

    Libraries stay at WARNING: at DEBUG the Slack client logs whole messages, and those are not ours to spread. What the
    environment's proxies are sent as a login is struck. Each line names what it is about by the id of `config.trace`.
    `as_json`: one object a line.
    """
    from urllib.request import getproxies_environment  # noqa: PLC0415  keep --help quick

    for proxy in getproxies_environment().values():
        strike_address(proxy if "://" in proxy else f"http://{proxy}")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Objects() if as_json else _Lines())
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


def only_errors() -> None:
    """Leave out what a command says itself."""
    logging.basicConfig(level=logging.ERROR)


def strike(values: Iterable[str]) -> None:
    """Let none of these stand in any line from now on, as it is or as an address spells it."""
    for value in values:
        spelled = {value, unquote(value), unquote_plus(value)}
        _secrets.extend(one for one in spelled if len(one) >= _SHORTEST and one not in _secrets)
    _secrets.sort(key=len, reverse=True)


def strike_login(name: str, password: str) -> None:
    """The same of a password, alone and as a header spells it with its name."""
    if password:
        strike((password, b64encode(f"{name}:{password}".encode()).decode()))


def strike_address(place: str) -> None:
    """The same of what is secret in a URL: its password, also one among a database's parameters. A path has none."""
    if "://" not in place:
        return
    try:
        parts = urlsplit(place)
    except ValueError:  # nobody can read it: nothing of it is shown
        strike((place,))
        return
    named = (one.partition("=") for one in parts.query.split("&"))
    login, at, _ = place.partition("://")[2].partition("@")
    name, _, slashed = login.partition(":")  # as SQLAlchemy reads it, and it alone: with any slash in the password
    strike((parts.password or "", *(value for key, _, value in named if unquote(key) in HIDDEN)))
    strike((slashed,) if at and "/" not in name else ())
    strike_login(unquote(parts.username or ""), unquote(parts.password or ""))


def struck(text: str) -> str:
    """The text without secrets: those that were named, and whatever looks like a token or a login in an address."""
    for secret in _secrets:
        text = text.replace(secret, "(secret)")
    return _LOGIN.sub("(login)@", _TOKEN.sub("(token)", text))


class _Lines(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)-7s %(name)s:%(about)s %(message)s", "%Y-%m-%dT%H:%M:%SZ")
        self.converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        record.about = f" [{about}]" if (about := trace.current()) else ""
        return struck(super().format(record))


class _Objects(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "trace": trace.current(),
            "message": record.getMessage(),
            "exception": self.formatException(record.exc_info) if record.exc_info else "",
        }
        return json.dumps({name: struck(text) for name, text in told.items() if text}, ensure_ascii=False)

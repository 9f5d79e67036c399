"""The Slack clients: one factory, so that each has the base URL, a deadline, and no retry that could post twice."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING, Self
from urllib.parse import urlsplit

from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

if TYPE_CHECKING:
    from config.environment import Secrets

DEADLINE = 10  # seconds for one exchange with Slack


@dataclass(frozen=True, slots=True, kw_only=True)
class Tokens:
    """The secrets of one workspace; never shown. `app` is needed for Socket Mode, `signing` for signed HTTP."""

    bot: str = field(repr=False)
    app: str = field(default="", repr=False)
    signing: str = field(default="", repr=False)

    @classmethod
    def of(cls, secrets: Secrets) -> Self:
        """Those that the newsroom has set."""
        return cls(bot=secrets.bot_token, app=secrets.app_token, signing=secrets.signing_secret)


def web_client(token: str, base_url: str) -> AsyncWebClient:
    """A Web API client that tries once: what comes of a doubtful post is settled by reading, never by repeating."""
    client = AsyncWebClient(
        token=token, base_url=base_url, timeout=DEADLINE, retry_handlers=[], logger=_logger("slack_sdk.web")
    )
    if is_local(base_url):
        client.proxy = None  # taken from the environment, which knows no exception for this machine
    return client


def webhook(url: str) -> AsyncWebhookClient:
    """A client for one response_url."""
    client = AsyncWebhookClient(url, timeout=DEADLINE, retry_handlers=[], logger=_logger("slack_sdk.webhook"))
    if is_local(url):
        client.proxy = None
    return client


def is_slacks(url: str, base_url: str) -> bool:
    """Whether an address that came with a payload is Slack's: answers from the record go nowhere else."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if is_local(base_url):
        return is_local(url)
    homes = ("slack.com", "slack-gov.com", urlsplit(base_url).hostname or "")
    return parts.scheme == "https" and any(f".{parts.hostname}".endswith(f".{home}") for home in homes if home)


def is_local(url: str) -> bool:
    """Whether an address is on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def quiet_libraries() -> None:
    """Keep Slack's libraries from writing whole messages into the log."""
    for name in ("slack_sdk", "slack_bolt"):
        logger = logging.getLogger(name)
        logger.setLevel(max(logger.level, logging.WARNING))


def _logger(name: str) -> logging.Logger:
    logger = logging.getLogger(name)
    logger.setLevel(max(logger.level, logging.INFO))  # at DEBUG message bodies are logged
    return logger

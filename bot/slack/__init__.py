"""The Slack side: alerts go out through the outbox, commands and buttons come in through Bolt."""

from __future__ import annotations

from bot.slack.app import SlackSide
from bot.slack.deliver import DeliveryLoop
from bot.slack.errors import InvalidMessage, SlackRefused, SlackSideError
from bot.slack.web_api.client import Tokens

__all__ = ["DeliveryLoop", "InvalidMessage", "SlackRefused", "SlackSide", "SlackSideError", "Tokens"]

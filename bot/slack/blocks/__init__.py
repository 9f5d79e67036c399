"""Messages as values: from an alert or an answer to a payload, without I/O."""

from __future__ import annotations

from bot.slack.blocks.alerts import card
from bot.slack.blocks.parts import Desk
from bot.slack.blocks.threads import evidence, joined

__all__ = ["Desk", "card", "evidence", "joined"]

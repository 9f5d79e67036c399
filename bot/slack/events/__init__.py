"""What happens when Slack tells us of something: a registry by the name of the event."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.events import home, leaving, mentions, welcome
from bot.slack.events.event import Event

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["EVENTS", "Event"]

EVENTS: Mapping[str, Event] = {
    one.name: one for one in (*home.EVENTS, *mentions.EVENTS, *welcome.EVENTS, *leaving.EVENTS)
}

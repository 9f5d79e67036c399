"""The app was uninstalled or its token revoked: posting stops with the reason told; the record stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.events.event import Event
from bot.slack.refusal import UNINSTALLED

if TYPE_CHECKING:
    from bot.slack.newsroom import Answer, Heard, Newsroom


def _uninstalled(newsroom: Newsroom, heard: Heard) -> Answer:
    del heard
    newsroom.refused(UNINSTALLED)
    return None


def _revoked(newsroom: Newsroom, heard: Heard) -> Answer:
    del heard
    newsroom.refused("token_revoked")
    return None


EVENTS = (
    Event(name="app_uninstalled", subscribed="app_uninstalled", does=_uninstalled, about="app"),
    Event(name="tokens_revoked", subscribed="tokens_revoked", does=_revoked, about="app"),
)

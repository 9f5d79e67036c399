"""Somebody looks at the App Home: it is made new, the first time with a welcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.events.event import Event
from bot.slack.homes import home_of
from bot.slack.newsroom import Heard, Newsroom, Publish

if TYPE_CHECKING:
    from bot.slack.newsroom import Answer


def _opened(newsroom: Newsroom, heard: Heard) -> Answer | Publish:
    first = newsroom.ledger.home_opened(heard.asker.user, heard.now)
    return Publish(user=heard.asker.user, view=home_of(newsroom, heard.asker, heard.now, first=first))


EVENTS = (Event(name="app_home_opened", subscribed="app_home_opened", does=_opened),)

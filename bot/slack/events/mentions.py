"""The bot is spoken to, by name in a channel or alone: it answers as /record does."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bot.slack import commands
from bot.slack.events.event import Event

if TYPE_CHECKING:
    from bot.slack.newsroom import Answer, Heard, Newsroom

_NAMED = re.compile(r"^\s*<@[UW][A-Z0-9]+(?:\|[^>]*)?>[\s,:]*")


def _answer(newsroom: Newsroom, heard: Heard) -> Answer:
    """The answer of the command in these words, for the one who wrote them."""
    typed = _NAMED.sub("", heard.text).strip().removeprefix(commands.COMMAND).strip()
    return commands.answer(newsroom, typed, heard.asker, heard.now)


EVENTS = (
    Event(name="app_mention", subscribed="app_mention", does=_answer),
    Event(name="message", subscribed="message.im", does=_answer),
)

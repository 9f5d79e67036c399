"""The button that shares a replay: reckoned anew, posted once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.actions.element import Element
from bot.slack.blocks import replays
from bot.slack.blocks import sources as plain
from bot.slack.commands.replaying import replay
from bot.slack.newsroom import Public

if TYPE_CHECKING:
    from bot.slack.newsroom import Answer, Newsroom, Press


def _share(newsroom: Newsroom, press: Press) -> Answer:
    if not newsroom.ledger.heard(f"replay:{press.asker.channel}:{press.ts}:{press.asker.user}", press.now):
        return plain.told("It was shared already.")
    words = "" if press.value == "replay" else press.value
    message = replay(newsroom, words, press.now, by=press.asker.user)
    return Public(message=message, otherwise=plain.told("It could not be posted: invite On Record to this channel."))


ELEMENTS = (Element(action=replays.SHARE, does=_share, role="editor", named="share replays", looks=True),)

"""The button that shares a replay: reckoned anew, posted once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.inquiries import Unanswered
from bot.ledger.asked import HandedOut
from bot.model import content_key
from bot.slack.actions.element import Element
from bot.slack.blocks import replays
from bot.slack.blocks import sources as plain
from bot.slack.commands.replaying import NotUnderstood, replay
from bot.slack.newsroom import Public

if TYPE_CHECKING:
    from bot.slack.newsroom import Answer, Newsroom, Press


def _share(newsroom: Newsroom, press: Press) -> Answer:
    channel, user = press.asker.channel or "", press.asker.user
    words = "" if press.value == "replay" else press.value
    try:
        message = replay(newsroom, words, press.now, by=user)
    except (NotUnderstood, Unanswered) as error:  # it may have come up since; nobody else has to read it
        return plain.told(str(error))
    handed = HandedOut(what="share", words=f"replay {words}".strip(), channel=channel, by=user, at=press.now)
    key = content_key("share", user, channel, press.ts or "", "replay")
    number = newsroom.ledger.share(handed, key, newsroom.channel_of(channel), message)
    if number is None:
        return plain.told("It was shared already.")
    return Public(
        message=message,
        queued=lambda: newsroom.ledger.bulletin(number),
        otherwise=plain.told("It could not be posted: invite On Record to this channel and ask again."),
    )


ELEMENTS = (Element(action=replays.SHARE, does=_share, role="editor", named="share replays", looks=True),)

"""The buttons of answers from the record: turned to another page, narrowed down, shared once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.ledger.asked import HandedOut
from bot.model import content_key
from bot.slack import commands
from bot.slack.actions.element import Element
from bot.slack.blocks import answers
from bot.slack.blocks.asking import changes, frame
from bot.slack.blocks.asking.frame import Asked
from bot.slack.commands.asking.topic_changes import apply
from bot.slack.newsroom import Public, Shown

if TYPE_CHECKING:
    from bot.slack.newsroom import Answer, Newsroom, Press

_CHANGED = "The record has changed since you asked. This is the answer now: share it if it still says what you want."
_SHARED = "This answer was shared already. Ask again to share it once more."
_NOWHERE = "There is no channel here to share it in. Ask in the channel that should see the answer."
_NOT_POSTED = (
    "Your answer could not be posted here, and is not any more: invite On Record with /invite @On Record and ask again."
)


def _turn(newsroom: Newsroom, press: Press) -> Answer:
    """Another page, or a narrower question, in the place of what is shown."""
    asked = Asked.of(press.value)
    answer = commands.ask(newsroom, asked.words, press.asker, press.now, skip=asked.skip)
    if isinstance(answer, Shown):
        return frame.private(answer, asked, replaces=True)
    return {**answer, "replace_original": True} if isinstance(answer, dict) else answer


def _share(newsroom: Newsroom, press: Press) -> Answer:
    """The answer for everybody, made anew: only if it still says what the asker saw, and only once."""
    asked, channel = Asked.of(press.value), press.asker.channel
    answer = commands.ask(newsroom, asked.words, press.asker, press.now, skip=asked.skip)
    if not isinstance(answer, Shown):
        return answer
    if channel is None:
        return answers.noted(_NOWHERE)
    if frame.mark(answer) != asked.seen:
        return frame.private(answer, asked, note=_CHANGED, replaces=True)
    key = content_key("share", press.asker.user, channel, press.ts or "", press.value)
    handed = HandedOut(what="share", words=asked.words, channel=channel, by=press.asker.user, at=press.now)
    message = frame.public(answer, asked, press.asker.user, press.now)
    number = newsroom.ledger.share(handed, key, newsroom.channel_of(channel), message)
    if number is None:
        return answers.noted(_SHARED)
    return Public(
        message=message,
        queued=lambda: newsroom.ledger.bulletin(number),
        otherwise=answers.noted(_NOT_POSTED),
        then=frame.private(answer, asked, replaces=True, shared=True),
        file=answer.file,
    )


def _leave(newsroom: Newsroom, press: Press) -> Answer:
    del newsroom, press
    return changes.left()


ELEMENTS = (
    *(
        Element(action=action, does=_turn, named="ask the record", looks=True)
        for action in (frame.MORE, frame.BACK, frame.NARROW)
    ),
    Element(action=frame.SHARE, does=_share, named="share answers", looks=True),  # the answer is worked out anew
    Element(action=changes.APPLY, does=apply, named="change topics", role="editor"),
    Element(action=changes.CANCEL, does=_leave, named="leave a change of topics"),
)

"""The buttons under answers about what is sent where: the end of a mute, unmute, unfollow, undo."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

from bot.slack.actions.element import Element
from bot.slack.blocks import answers, flow
from bot.slack.commands.preferring import SPOKEN, held, in_words, names_of

if TYPE_CHECKING:
    from bot.slack.blocks.parts import Payload
    from bot.slack.newsroom import Answer, Newsroom, Press


def _may(press: Press, audience: str) -> bool:
    return audience == press.asker.user or press.asker.may("editor")


def _refused(press: Press) -> Answer:
    return answers.not_allowed("change what a channel gets", "editor", press.asker.role)


def _mute(newsroom: Newsroom, press: Press) -> Answer:
    audience, target = flow.unpacked(press.value)
    if not _may(press, audience):
        return _refused(press)
    hours, _ = flow.MUTE_FOR[press.action]
    wish = newsroom.ledger.mute(audience, target, press.now + timedelta(hours=hours), press.asker.user, press.now)
    return _instead(flow.muted(wish, press.asker.zone, mine=audience == press.asker.user))


def _unmute(newsroom: Newsroom, press: Press) -> Answer:
    audience, target = flow.unpacked(press.value)
    if not _may(press, audience):
        return _refused(press)
    done = newsroom.ledger.unmute(audience, target, press.asker.user, press.now)
    return _instead(flow.unmuted(target, audience, mine=audience == press.asker.user, changed=bool(done)))


def _unfollow(newsroom: Newsroom, press: Press) -> Answer:
    audience, target = flow.unpacked(press.value)
    if not _may(press, audience):
        return _refused(press)
    done = newsroom.ledger.unfollow(audience, target, press.asker.user, press.now)
    return _instead(flow.unfollowed(target, audience, mine=audience == press.asker.user, changed=bool(done)))


def _undo(newsroom: Newsroom, press: Press) -> Answer:
    """Give a preference back what it was, unless somebody has set it anew since."""
    audience, name, before, after = json.loads(press.value)
    if not _may(press, audience):
        return _refused(press)
    now = held(newsroom, audience)
    origin = now.origin(name)
    place = flow.where(audience, mine=audience == press.asker.user)
    if (origin.value if origin else None) != after:
        return _instead(flow.said(f"{SPOKEN[name]} {place} was changed since, and stays as it is."))
    newsroom.ledger.prefer(audience, name, before, press.asker.user, press.now)
    names, then = names_of(newsroom), held(newsroom, audience)
    old, new = in_words(name, now.value(name), names), in_words(name, then.value(name), names)
    return _instead(flow.changed(place, SPOKEN[name], old, new))


def _instead(answer: Payload) -> Answer:
    """The answer in the place of the one whose button was pressed, so that nobody presses it again."""
    return {**answer, "replace_original": True}


ELEMENTS = (
    *(Element(action=action, does=_mute, named="mute") for action in flow.MUTE_FOR),
    Element(action=flow.UNMUTE, does=_unmute, named="unmute"),
    Element(action=flow.UNFOLLOW, does=_unfollow, named="unfollow"),
    Element(action=flow.UNDO, does=_undo, named="undo a setting"),
)

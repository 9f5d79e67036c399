"""What happens when a shortcut is used: a registry by callback_id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.blocks import answers, modals
from bot.slack.newsroom import Modal
from bot.slack.shortcuts import asking, checking
from bot.slack.shortcuts.shortcut import Shortcut

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.slack.newsroom import Newsroom, Use

__all__ = ["SHORTCUTS", "Shortcut", "used"]

SHORTCUTS: Mapping[str, Shortcut] = {one.callback: one for one in (*checking.SHORTCUTS, *asking.SHORTCUTS)}


def used(newsroom: Newsroom, use: Use) -> Modal:
    """The modal of a shortcut, if whoever used it may."""
    shortcut = SHORTCUTS[use.callback]
    if not use.asker.may(shortcut.role):
        refusal = answers.not_allowed(shortcut.named, shortcut.role, use.asker.role)
        return Modal(view=modals.shown(refusal))
    return shortcut.opens(newsroom, use)

"""The shortcut of a message, in threads too: its text or the page it links to, held against the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.blocks import modals
from bot.slack.commands.checking import check
from bot.slack.newsroom import Modal
from bot.slack.shortcuts.shortcut import Shortcut

if TYPE_CHECKING:
    from bot.slack.newsroom import Newsroom, Use

NAME = "Check against the record"


def _opens(newsroom: Newsroom, use: Use) -> Modal:
    waiting = modals.waiting("Reading it, and looking through the record. This takes up to 20 seconds.")
    return Modal(view=waiting, then=lambda: modals.shown(check(newsroom, use.text)))


SHORTCUTS = (Shortcut(callback="check_message", name=NAME, kind="message", opens=_opens, named="check texts"),)

"""The shortcut from anywhere: a field for what one would type after /record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack.blocks import forms, parts
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.newsroom import Modal
from bot.slack.shortcuts.shortcut import Shortcut

if TYPE_CHECKING:
    from bot.slack.blocks.parts import Payload
    from bot.slack.newsroom import Newsroom, Use

NAME = "Ask the record"
FORM = "ask_form"  # the callback_id of the modal
FIELD = "ask_words"


def asking() -> Payload:
    """The modal with the field."""
    field = forms.field(
        FIELD,
        "What do you want to know?",
        forms.text(most=3000, placeholder="who velden monitors"),
        hint="As after /record; help lists it all.",
    )
    examples = "`who velden monitors` · `conflicts open` · `check https://…` · `help`"
    return forms.form(FORM, NAME, "Ask", [field, parts.context(Mrkdwn(examples))])


def _opens(newsroom: Newsroom, use: Use) -> Modal:
    del newsroom, use
    return Modal(view=asking())


SHORTCUTS = (Shortcut(callback="ask_record", name=NAME, kind="global", opens=_opens, named="ask the record"),)

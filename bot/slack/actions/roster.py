"""The button under the preview of a merge of two people."""

from __future__ import annotations

from bot.slack.actions.element import Element
from bot.slack.blocks.asking import changes
from bot.slack.commands.roster import merge

ELEMENTS = (Element(action=changes.MERGE, does=merge, role="editor", named="change people"),)

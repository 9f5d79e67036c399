"""Modals: an answer shown in one, one that waits for an answer, and fields to fill in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack import mrkdwn
from bot.slack.blocks import parts
from bot.slack.mrkdwn import Mrkdwn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.slack.blocks.parts import Block, Payload

TITLE = "On Record"
_LONGEST = 24  # characters of a title or of a button below


def modal(title: str, blocks: Sequence[Block], *, close: str = "Close", **more: object) -> Payload:
    """A view; `more` holds submit, callback_id and private_metadata where it can be sent off."""
    return {
        "type": "modal",
        "title": _plain(title),
        "close": _plain(close),
        "blocks": list(blocks),
        **more,
    }


def form(
    title: str, blocks: Sequence[Block], *, callback: str, submit: str, about: str = "", close: str = "Cancel"
) -> Payload:
    """A modal that can be sent off; `about` comes back with it."""
    return modal(title, blocks, close=close, submit=_plain(submit), callback_id=callback, private_metadata=about)


def shown(answer: Payload, title: str = TITLE) -> Payload:
    """A private answer as a modal: for whoever asked in no channel."""
    return modal(title, [block for block in map(_alone, answer["blocks"]) if block.get("elements") != []])


def _alone(block: Block) -> Block:
    """The block without the remark that nobody else sees it, which goes without saying in a modal."""
    if block["type"] != "context":
        return block
    told = [{**one, "text": one.get("text", "").replace(parts.ONLY_YOU, "").strip()} for one in block["elements"]]
    return {**block, "elements": [one for one in told if one["text"]]}


def home(answer: Payload) -> Payload:
    """A private answer as an App Home: for whoever may see nothing else there."""
    return {"type": "home", "blocks": answer["blocks"]}


def waiting(what: str, title: str = TITLE) -> Payload:
    """What is shown at once, until the answer takes its place."""
    return modal(title, [parts.section(mrkdwn.foreign(what, 300))])


def text_field(
    block_id: str, label: str, *, hint: str = "", placeholder: str = "", lines: bool = False, optional: bool = False
) -> Block:
    """A field for words; its value is sent under `block_id`."""
    element: Block = {"type": "plain_text_input", "action_id": block_id, "multiline": lines}
    if placeholder:
        element["placeholder"] = _object(placeholder, 150)
    return _input(block_id, label, element, hint=hint, optional=optional)


def choice_field(block_id: str, label: str, options: Sequence[tuple[str, str]], *, hint: str = "") -> Block:
    """One of several options, each with its value and its words; the first is chosen unless another is."""
    made = [{"text": _object(words, 75), "value": value} for value, words in options]
    element: Block = {"type": "radio_buttons", "action_id": block_id, "options": made, "initial_option": made[0]}
    return _input(block_id, label, element, hint=hint, optional=False)


def heading(words: str) -> Block:
    """A line in bold above what follows."""
    return parts.section(mrkdwn.bold(Mrkdwn(words)))


def _input(block_id: str, label: str, element: Block, *, hint: str, optional: bool) -> Block:
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": _object(label, 2000),
        "element": element,
        "optional": optional,
    }
    if hint:
        block["hint"] = _object(hint, 2000)
    return block


def _plain(words: str) -> Block:
    return _object(words, _LONGEST)


def _object(words: str, limit: int) -> Block:
    return {"type": "plain_text", "text": mrkdwn.plain(words, limit), "emoji": False}

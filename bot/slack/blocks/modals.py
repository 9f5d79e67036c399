"""Modals that are only read: an answer in one, a notice, and one that waits for an answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack import mrkdwn
from bot.slack.blocks import parts
from bot.slack.mrkdwn import Mrkdwn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.slack.blocks.parts import Block, Payload

TITLE = "On Record"
TITLE_LENGTH = 24  # characters of a title or of a button below


def modal(title: str, blocks: Sequence[Block], *, close: str = "Close", **more: object) -> Payload:
    """A view; `more` holds submit, callback_id and private_metadata where it can be sent off."""
    return {
        "type": "modal",
        "title": _plain(title),
        "close": _plain(close),
        "blocks": list(blocks),
        **more,
    }


def shown(answer: Payload, title: str = TITLE) -> Payload:
    """A private answer as a modal: for whoever asked in no channel, where nothing can be shared."""
    return modal(title, [block for block in map(_alone, answer["blocks"]) if block.get("elements") != []])


def _alone(block: Block) -> Block:
    """The block without the remark that nobody else sees it, which goes without saying, and without Share."""
    if block["type"] == "actions":
        return {**block, "elements": [one for one in block["elements"] if one["action_id"] not in parts.SHARES]}
    if block["type"] != "context":
        return block
    told = [{**one, "text": one.get("text", "").replace(parts.ONLY_YOU, "").strip()} for one in block["elements"]]
    return {**block, "elements": [one for one in told if one["text"]]}


def home(answer: Payload) -> Payload:
    """A private answer as an App Home: for whoever may see nothing else there."""
    return {"type": "home", "blocks": answer["blocks"]}


def waiting(what: str = "One moment …", title: str = TITLE) -> Payload:
    """What is shown at once, until the answer takes its place."""
    return modal(title, [parts.section(mrkdwn.foreign(what, 300))])


def notice(title: str, said: Mrkdwn) -> Payload:
    """Only words, in the place of what was sent off."""
    return modal(title, [parts.section(said)])


def _plain(words: str) -> Block:
    return {"type": "plain_text", "text": mrkdwn.plain(words, TITLE_LENGTH) or "…", "emoji": False}

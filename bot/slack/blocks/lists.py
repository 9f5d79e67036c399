"""Lines below each other, as many as a message holds, and how many are left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack import mrkdwn
from bot.slack.blocks import parts
from bot.slack.mrkdwn import Mrkdwn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.slack.blocks.parts import Block

ADDRESS = 300  # characters of an address in a list; a longer one is not linked, and its host is named
_SECTION = 2_600  # characters of one paragraph, below Slack's 3,000
_WHOLE = 6_500  # of all of them: the message has other parts


def listed(lines: Sequence[Mrkdwn], *, whole: int = _WHOLE) -> list[Block]:
    """The lines in as few paragraphs as hold them; those that do not fit any more are counted."""
    packed: list[list[Mrkdwn]] = []
    room, left, shown = 0, whole, 0
    for line in lines:
        long = mrkdwn.length(line) + 1
        if long > min(left, _SECTION):
            break
        if not packed or long > room:
            packed.append([])
            room = _SECTION
        packed[-1].append(line)
        room, left, shown = room - long, left - long, shown + 1
    blocks = [parts.section(mrkdwn.joined(some, "\n")) for some in packed]
    if shown < len(lines):
        blocks.append(parts.context(Mrkdwn(f"{len(lines) - shown} more are not shown")))
    return blocks

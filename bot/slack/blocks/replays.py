"""What other settings would bring and take."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack import mrkdwn
from bot.slack.blocks import lists, parts
from bot.slack.mrkdwn import Mrkdwn

if TYPE_CHECKING:
    from datetime import datetime

    from bot.inquiries import Replayed
    from bot.model import Conflict
    from bot.slack.blocks.parts import Block, Payload

SHARE = parts.SHARE_REPLAY
_SHOWN = 10


def replayed(told: Replayed, since: datetime, typed: str, *, by: str = "") -> Payload:
    """Counts first, then each alert that would appear or vanish; with `by` it is for everybody to see."""
    changes = [f"{name}: {value}" for name, value in told.settings.items()] or ["the settings that hold"]
    gone = f"{parts.count(len(told.vanish), 'alert')} would not be raised"
    fresh = f"{parts.count(len(told.appear), 'alert')} would appear"
    same = f"{told.stays:,} would stay as they are"
    text = "nothing would change" if not told.vanish and not told.appear else f"{gone}, {fresh}"
    head = (
        Mrkdwn(f"*Since {mrkdwn.moment(since)}: {text}*; {same}"),
        mrkdwn.foreign("; ".join(changes), 400),
    )
    blocks: list[Block] = [parts.section(mrkdwn.joined(head, "\n"))]
    vanish = [_line(alert.conflict, alert.name) for alert in told.vanish[:_SHOWN]]
    appear = [_line(one) for one in told.appear[:_SHOWN]]
    listed = (("Would vanish", vanish, len(told.vanish)), ("Would appear", appear, len(told.appear)))
    for title, lines, number in listed:
        if lines:
            more = [Mrkdwn(f"and {number - len(lines)} more")] if number > len(lines) else []
            blocks += lists.listed((Mrkdwn(f"*{title}*"), *lines, *more), whole=3_000)
    note = f"Reckoned from {parts.count(told.considered, 'conflict')} on record; nothing was read again or changed."
    blocks.append(parts.context(Mrkdwn(f"{note} What was too weak to be kept on record cannot come back.")))
    if by:
        blocks.append(parts.context(Mrkdwn(f"Shared by {mrkdwn.person(by)}")))
        return parts.message(f"Replay: {text}", blocks, unfurl_links=False, unfurl_media=False)
    share = parts.button(SHARE, "Share in channel", typed[:1900] or "replay", "Share this replay in the channel")
    return parts.private(f"Replay: {text}", [*blocks, {"type": "actions", "elements": [share]}])


def _line(one: Conflict, name: str = "") -> Mrkdwn:
    told = (
        Mrkdwn(name),
        mrkdwn.foreign(one.title, 120),
        Mrkdwn(one.kind.replace("_", " ")),
        Mrkdwn(f"{one.score:.2f}"),
    )
    return Mrkdwn(f"• {mrkdwn.joined(told, ' · ')}")

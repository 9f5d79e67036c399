"""A text held against the record: what was read in it, and what on record may differ."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack import mrkdwn
from bot.slack.blocks import parts, wording
from bot.slack.mrkdwn import Mrkdwn

if TYPE_CHECKING:
    from bot.inquiries import Checked, Taken
    from bot.model import Conflict
    from bot.slack.blocks.parts import Block, Desk, Payload, Sizes

_MOST = 5  # statements in one answer
_PAIRS = 2  # possible conflicts under one statement
NOTHING_STORED = "Nothing of this is stored. A possible conflict is for a person to judge."


def checked(told: Checked, desk: Desk) -> Payload:
    """Every statement with speaker, topic and stance, those that may conflict first."""
    shown = sorted(told.taken, key=lambda one: not one.conflicts)[:_MOST]
    found = (
        f"{parts.count(len(told.taken), 'statement')} found"
        f", {parts.count(told.conflicts, 'possible conflict')} with the record"
    )

    def build(sizes: Sizes) -> Payload:
        title = told.title or told.outlet
        name = mrkdwn.link(told.url, title, limit=sizes.url) if told.url else mrkdwn.foreign(title, 150)
        blocks: list[Block] = [parts.section(mrkdwn.joined((mrkdwn.bold(Mrkdwn(found)), name), "\n"))]
        blocks += [parts.section(_taken(one, desk, sizes)) for one in shown]
        if len(told.taken) > len(shown):
            blocks.append(parts.context(Mrkdwn(f"{len(told.taken) - len(shown)} more are not shown")))
        notes = [mrkdwn.foreign(note, sizes.note) for note in told.notes]
        blocks.append(parts.context(mrkdwn.joined((*notes, Mrkdwn(NOTHING_STORED)), parts.BETWEEN)))
        return parts.private(f"{told.title}: {found}. {NOTHING_STORED}", blocks)

    return parts.fitting(build)


def _taken(one: Taken, desk: Desk, sizes: Sizes) -> Mrkdwn:
    said = one.statement
    words = wording.words(said, min(sizes.words, 400))
    head = mrkdwn.joined((wording.speaker(said), wording.when(said, weekday=False)), " · ")
    named = [
        mrkdwn.joined((mrkdwn.foreign(position.topic_name, 120), wording.stance(position)), ": ")
        for position in one.positions[:2]
        if position.on_named_topic
    ]
    lines = (
        head,
        mrkdwn.quoted(words) if words else words,
        wording.paraphrase(said),
        mrkdwn.joined(named, " · ") if named else Mrkdwn("_no position on a topic that is followed_"),
        *(_pair(conflict, desk, sizes) for conflict in one.conflicts[:_PAIRS]),
    )
    return mrkdwn.joined(lines, "\n")


def _pair(conflict: Conflict, desk: Desk, sizes: Sizes) -> Mrkdwn:
    earlier = conflict.earlier
    words = wording.words(earlier.statement, min(sizes.words, 250)) or wording.paraphrase(earlier.statement)
    kind = mrkdwn.foreign(wording.kind_of(conflict, desk), 120)
    before = mrkdwn.joined(
        (
            wording.speaker(earlier.statement),
            wording.when(earlier.statement, weekday=False),
            wording.source_link(earlier.statement.source, sizes),
        ),
        " · ",
    )
    why = mrkdwn.foreign(conflict.why, min(sizes.prose, 300))
    return Mrkdwn(f"*Possible {kind}* ({conflict.score:.2f}): {why}\nOn record: {words}\n{before}")


def nothing(why: str) -> Payload:
    """Why a text could not be held against the record."""
    return parts.private(why, [parts.section(mrkdwn.foreign(why, 600)), parts.context(Mrkdwn("Nothing is stored."))])

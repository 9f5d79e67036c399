"""A person's statements on a topic in order of time, as text; the picture of them is made in `plot`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.slack import mrkdwn
from bot.slack.blocks import parts
from bot.slack.blocks.asking.people import said, stance_word
from bot.slack.blocks.parts import Block, Sizes
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.newsroom import Shown

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from bot.ledger.asked import Point, Timeline
    from bot.model import Source
    from bot.slack.newsroom import File

PAGE = 6
_SPOKEN = 900  # characters of the alternative text; Slack takes 1,000


def timeline(
    found: Timeline,
    topic: str,
    carried: Mapping[str, Sequence[Source]],
    *,
    since: date | None = None,
    skip: int = 0,
    more: bool = False,
    file: File | None = None,
    hint: str = "",
) -> Shown:
    """Dated statements with stance and sources, the newest first."""
    name, points = found.person.name, found.points
    after = f" since {mrkdwn.day(since, weekday=False)}" if since else ""
    counted = f", {parts.count(len(points), 'statement')}" if points else ""
    title = f"{name} on {topic}{after}{counted}"

    def build(sizes: Sizes) -> list[Block]:
        head = mrkdwn.bold(mrkdwn.foreign(title, 300))
        if not found.positions:
            nothing = "No more statements" if skip else "No statements"
            return [parts.section(Mrkdwn(f"{head}\n{nothing} on this topic are on record{after}."))]
        plotted = "\nA picture of it is on its way to your messages with On Record." if file else ""
        blocks = [parts.section(Mrkdwn(f"{head}\nThe newest first.{plotted}"))]
        for at in range(0, len(found.positions), 2):
            texts = [said(position, carried, sizes) for position in found.positions[at : at + 2]]
            blocks.append(parts.fields(texts, f"timeline:{skip}:{at}"))
        return blocks

    return Shown(text=title, build=build, step=PAGE, more=more, file=file, hint=hint)


def spoken(name: str, topic: str, points: Sequence[Point]) -> str:
    """What the picture shows, in words: every remark in order, as many of the newest as fit."""
    if not points:
        return f"{name} on {topic}: no statements."
    first, last = points[0].day, points[-1].day
    head = f"{name} on {topic}, {len(points)} statements from {_day(first)} to {_day(last)}, in order of time: "
    told = [f"{_day(point.day)} {_word(point)}" for point in points]
    left = 0
    while len(head) + len("; ".join(told)) > _SPOKEN and len(told) > 1:
        told, left = told[1:], left + 1
    lead = f"{left} earlier ones are in the text; " if left else ""
    return f"{head}{lead}{'; '.join(told)}."


def _day(day: date) -> str:
    return str(mrkdwn.day(day, weekday=False))


def _word(point: Point) -> str:
    word = "refers to another" if point.deferred else str(stance_word(point.stance, None))
    return f"{word} (as told by another)" if point.claimed else word

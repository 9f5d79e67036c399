"""What the record answers: each asking command, its pages, its menu, and what everybody sees once it is shared."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from strait_story import ADA, NOW, Story

from bot.ledger import Ledger
from bot.model import Said
from bot.slack import actions
from bot.slack.blocks.asking.changes import APPLY, CANCEL
from bot.slack.blocks.asking.frame import BACK, MORE, NARROW, SHARE
from bot.slack.newsroom import Newsroom, Press
from shown.answers import asked
from shown.sample import Sample, seen

TYPED = (
    "who halasz monitors",
    'said halasz "I have nothing to add"',
    'said halasz "our position was set out by minister Sternad"',
    'said halasz "we have something to add on fish"',
    "timeline halasz monitors",
    "timeline halasz",
    "about orlik",
    "about sternad",
    "compare halasz velden monitors",
    "compare halasz",
    "conflicts open kessland since 7d",
    "topic monitors",
    "topic cheese",
    "verify 1001",
    "stats",
    "balance",
    "export statements",
    "export cheese",
    "whoami",
)
TOPICS = (
    "topic rename monitors to observers at the strait",
    "topic split monitors as allied monitors alliance",
)


def asking(newsroom: Newsroom, ledger: Ledger, story: Story) -> Iterator[Sample]:
    """Every command, on a record in which one person has said much on one topic."""
    _much(ledger, story)
    yield from asked(newsroom, TYPED)
    yield from _turned(newsroom)
    yield from _changed(newsroom)


def _turned(newsroom: Newsroom) -> Iterator[Sample]:
    """A long answer, its next page and back, narrowed down and shared, twice."""
    (first,) = asked(newsroom, ("who halasz",))
    yield first
    (more,) = _pressed(newsroom, first, MORE)
    yield more
    yield from _pressed(newsroom, more, BACK)
    yield from _pressed(newsroom, first, NARROW)
    yield from _pressed(newsroom, first, SHARE)
    yield from _pressed(newsroom, first, SHARE)


def _changed(newsroom: Newsroom) -> Iterator[Sample]:
    """A change of topics: asked about, left, made, and taken back."""
    rename, split = asked(newsroom, TOPICS)
    yield rename
    yield from _pressed(newsroom, rename, APPLY)
    (undo,) = asked(newsroom, ("topic undo",))
    yield undo
    yield from _pressed(newsroom, undo, APPLY)
    yield from _pressed(newsroom, undo, APPLY)
    yield split
    yield from _pressed(newsroom, split, CANCEL)


def _pressed(newsroom: Newsroom, sample: Sample, action: str) -> Iterator[Sample]:
    """What follows when this element of an answer is used."""
    elements = (one for block in sample.payload["blocks"] for one in block.get("elements", ()))
    element = next(one for one in elements if one.get("action_id") == action)
    option = element["options"][0] if "options" in element else element
    press = Press(action=action, value=option["value"], asker=ADA, now=NOW, ts="1.1")
    yield from seen(f"{sample.says}, then “{option['text']['text']}”", actions.pressed(newsroom, press))


def _much(ledger: Ledger, story: Story) -> None:
    """Fourteen more remarks of the spokeswoman on the topic, some days apart: for, then against."""
    fresh = story.conflict.fresh
    told = fresh.statement
    with ledger.work() as work:
        for number in range(14):
            day = date(2030, 12, 1) + timedelta(days=5 * number)
            name = f"later{number}"
            text = f"{number} {story.articles[1].text} {number}"
            source = work.article(replace(story.articles[1], id=name, keys=(name,), text=text))
            start = told.span.start + len(f"{number} ")
            span = replace(told.span, start=start, end=start + len(told.quote))
            given = Said(first=day, last=day, how="given")
            said = replace(told, source=source, span=span, verbatim=(span,), said=given, defers_to=None)
            work.statement(said)
            stance = "for" if number < 4 else "against"
            work.position(replace(fresh, statement=said, stance=stance, defers_to=None))
        work.commit()

"""The card in every state, and what stands in its thread."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

from strait_story import NOW, Story

from bot.model import Alert
from bot.slack.blocks import card, evidence, joined
from bot.slack.commands import SUBCOMMANDS
from shown.sample import ON, Sample


def cards(story: Story) -> Iterator[Sample]:
    """The card in every state."""
    alert, desk = story.alert, story.desk
    said = story.conflict.earlier.statement
    decided = {"decided_by": "U0ADA", "decided_at": NOW + timedelta(minutes=5), "revision": 2}
    edited = replace(said, amended="the outlet changed these words, as seen on 26 Feb 2031")
    amended = replace(story.conflict, earlier=replace(story.conflict.earlier, statement=edited))
    denied = replace(
        story.conflict,
        answer="denied",
        bridge=None,
        lede="Velden said Orlik “is fine with” monitors. The next day Halasz said that he had agreed to nothing.",
        why="Velden says that Orlik agreed; his spokeswoman says that he did not.",
    )
    carried = {said.key: (said.source, replace(said.source, outlet="The Courier", url="https://courier.example.org/s"))}
    yield Sample(says="Open", payload=card(alert, desk, carried))
    yield Sample(says="Open, with web pages of the record", payload=card(alert, ON))
    yield Sample(says="Confirmed", payload=card(replace(alert, review="confirmed", **decided), desk))
    dismissed = replace(alert, review="dismissed", decision_note="not a conflict", **decided)
    yield Sample(says="Dismissed, with the reason", payload=card(dismissed, desk))
    yield Sample(says="The other side answered: denied", payload=card(replace(alert, conflict=denied), desk))
    yield Sample(says="Further evidence joined", payload=card(replace(alert, joined=(story.conflict.fresh,) * 2), desk))
    yield Sample(says="Amended: an outlet changed the words", payload=card(replace(alert, conflict=amended), desk))
    withdrawn = replace(alert, state="withdrawn", reason="The Courier took the statement back.")
    yield Sample(says="Withdrawn", payload=card(withdrawn, desk))
    yield Sample(says="A change of position", payload=card(_reversal(story), desk))


def _reversal(story: Story) -> Alert:
    conflict = story.conflict
    velden = conflict.earlier.claimed_by
    assert velden is not None
    fresh = replace(conflict.fresh, holder=velden, stance="against", defers_to=None)
    spoken = replace(fresh.statement, speaker=conflict.earlier.statement.speaker, defers_to=None)
    earlier = replace(conflict.earlier, holder=velden, claimed_by=None)
    changed = replace(
        conflict,
        kind="reversal",
        fresh=replace(fresh, statement=spoken),
        earlier=earlier,
        bridge=None,
        answer=None,
        title="Velden, earlier and now, on monitors at the strait",
        lede="On Monday Velden said “He is fine with it”. On Tuesday she said “I have nothing to add”.",
        why="Velden spoke for monitors, and now does not.",
    )
    return replace(story.alert, conflict=changed)


def threads(story: Story) -> Iterator[Sample]:
    """What stands under a card."""
    alert, desk = story.alert, story.desk
    bridge = story.conflict.bridge
    assert bridge is not None
    asking = replace(desk, asked=frozenset({*SUBCOMMANDS, "timeline", "why", "export"}))
    yield Sample(says="The evidence, first reply", payload=evidence(alert, asking, key="k"))
    yield Sample(says="A statement joined", payload=joined(alert, [bridge], desk, key="k"))
    yield Sample(says="Many joined at once", payload=joined(alert, [bridge, story.conflict.fresh] * 4, desk, key="k"))

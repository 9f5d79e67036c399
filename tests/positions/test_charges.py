"""Accusations as claims about the accused side."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from bot.model import Party, Source, Span, Speaker, Statement
from bot.positions import Gazetteer, Topics, take
from config.schema import Side

SIDES = (Side(id="norrland", name="Norrland"), Side(id="ostrava", name="Ostrava"))
GAZETTEER = Gazetteer.of(SIDES)
VELDEN = Party(name="Mara Velden", official="velden", side="norrland", role="President")


def told(content: str, cue: str) -> Statement:
    moment = datetime(2031, 2, 10, tzinfo=UTC)
    span = Span(start=0, end=len(content))
    return Statement(
        source=Source(
            article="a", outlet="Bay Post", url=None, title="", published=moment, retrieved=moment, text_hash="h"
        ),
        kind="indirect",
        span=span,
        quote=content,
        verbatim=(),
        cue=cue,
        speaker=Speaker(party=VELDEN, as_written="Velden", span=Span(start=0, end=0)),
        holder=VELDEN,
        said=None,
        content=content,
    )


def charges(content: str, cue: str = "accused"):
    return [position for position in take(told(content, cue), Topics.of(()), GAZETTEER) if position.claimed_by]


def test_an_accusation_is_a_claim_about_the_accused():
    (claim,) = charges("Ostrava of sinking a ferry in the strait on Monday")
    assert (claim.holder.side, claim.claimed_by, claim.stance) == ("ostrava", VELDEN, "for")
    assert claim.topic_name == "a ferry in the strait"


def test_who_is_said_to_be_behind_it_is_accused_too():
    (claim,) = charges("Ostrava was behind the fire in the port", "said")
    assert (claim.holder.side, claim.topic_name) == ("ostrava", "the fire in the port")


@pytest.mark.parametrize("content", ["Norrland of sinking a ferry", "the opposition of sinking a ferry"])
def test_nobody_else_is_accused(content):
    assert charges(content) == []


def test_a_plain_remark_about_a_side_is_no_accusation():
    assert charges("Ostrava spoke of a ferry in the strait", "said") == []

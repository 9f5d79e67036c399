"""Which specifics a text names, whatever it is about."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.positions import Gazetteer
from bot.positions.scope import slots
from config.schema import Side

GAZETTEER = Gazetteer.of(
    (
        Side(id="norrland", name="Norrland", adjectives=("Norrlander",)),
        Side(id="compact", name="Northern Compact", kind="organisation", names=("Compact",)),
    )
)


def named(text, slot):
    return [words for name, words in slots(text, GAZETTEER, None) if name == slot]


@pytest.mark.parametrize(
    ("text", "slot", "words"),
    [
        ("We will sell the ferries to Norrland", "action", ["sell"]),
        ("We will sell the ferries to Norrland", "object", ["ferries"]),
        ("We will sell the ferries to Norrland", "place", ["Norrland"]),
        ("We oppose an increase in harbour dues", "object", ["increase in harbour dues"]),
        ("The lock at Tarvik will not be widened", "subject", ["lock"]),
        ("The lock at Tarvik will not be widened", "action", ["widened"]),
        ("The lock at Tarvik will not be widened", "place", ["Tarvik"]),
        ("They stand in the port of Skarne", "place", ["port of Skarne"]),
        ("We shall not buy timber from Lumeria", "party", ["Lumeria"]),
        ("Norrlander companies and Compact soldiers", "actor", ["Norrlander", "Compact"]),
        ("They would serve under a Compact flag", "banner", ["under a Compact flag"]),
        ("The quay will open in 2034", "time", ["2034"]),
        ("They hold at least forty barges", "number", ["at least forty barges"]),
    ],
)
def test_specifics_are_named_as_written(text, slot, words):
    assert named(text, slot) == words


def test_words_that_mean_one_thing_are_one_matter():
    assert named("We reject foreign troops", "object matter") == named("We reject foreign soldiers", "object matter")


def test_a_day_is_no_place_and_no_object():
    assert named("We will meet in March", "place") == []
    assert named("We will leave Monday", "object") == []


def test_an_answer_in_one_word_is_nobody_who_is_to_do_anything():
    assert named("Yeah, he will accept that", "subject") == []
    assert named("Well, we will widen the lock", "subject") == []


@given(st.text(max_size=200))
def test_any_text_is_read_without_fault_and_always_alike(text):
    assert slots(text, GAZETTEER, None) == slots(text, GAZETTEER, None)

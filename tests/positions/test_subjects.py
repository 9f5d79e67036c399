"""Whose act a stance phrase is, and which refusals are the speaker's own."""

from __future__ import annotations

import pytest

from bot.model import Party
from bot.positions.gazetteer import Gazetteer
from bot.positions.stance import EXPLICIT, REFUSED, read
from bot.positions.subjects import OTHERS, OWN, actors
from config.schema import Side

SIDES = (Side(id="norrland", name="Norrland", names=("Havn",)), Side(id="ostrava", name="Ostrava"))
GAZETTEER = Gazetteer.of(SIDES)
VELDEN = Party(name="Mara Velden", official="velden", side="norrland")


def reading(text):
    return read(text, {text.index("troops")}, named=actors(text, GAZETTEER, [VELDEN]))


@pytest.mark.parametrize(
    ("text", "whose"),
    [
        ("Ostrava has never accepted troops in the valley", "ostrava"),
        ("Ostrava is ready to accept troops in the valley", "ostrava"),
        ("Some partners did not support troops in the valley", OTHERS),
        ("Ostrava believes it must accept troops", "ostrava"),
        ("Ostrava must accept troops in the valley", OWN),
        ("We accept troops in the valley", OWN),
        ("Norrland accepts troops in the valley", OWN),
        ("The troops of Ostrava are unacceptable", OWN),
        ("The plan of Ostrava to send troops was rejected", OWN),
    ],
)
def test_a_stance_belongs_to_the_subject_of_its_verb(text, whose):
    assert reading(text).whose == whose


@pytest.mark.parametrize(
    "text",
    [
        "We will not send troops to the valley",
        "There are no troops in the valley",
        "No troops are planned for the valley",
        "Norrland would not send troops",
    ],
)
def test_a_refusal_in_ones_own_name_is_a_stance_in_so_many_words(text):
    assert (reading(text).stance, reading(text).strength) == ("against", REFUSED)


def test_what_others_could_not_do_is_no_refusal():
    assert reading("Aid workers were not able to reach the troops").strength < REFUSED


def test_an_agreement_to_nothing_is_a_refusal():
    text = "On troops we agreed to nothing"
    assert (reading(text).stance, reading(text).strength) == ("against", EXPLICIT)


def test_a_judgement_that_only_says_which_is_no_stance():
    text = "The ministry changed its rules on fake troops"
    assert reading(text).strength < REFUSED
    assert read("The troops are fake", {4}).strength > REFUSED


def test_support_that_somebody_else_gives_is_not_the_speakers():
    assert reading("With government support the troops went home").strength < REFUSED


def test_a_denied_allegation_denies_what_follows():
    text = (
        "We deny the fabricated allegations that several outlets of the capital spread about the course of the troops"
    )
    assert (reading(text).stance, reading(text).strength) == ("against", EXPLICIT)


def test_not_until_is_a_condition_and_until_friday_is_none():
    assert reading("We will not send troops until they leave").condition == "until they leave"
    assert reading("The troops stay until Friday").condition is None


def test_a_lessening_verb_between_two_names_of_the_issue_counts():
    text = "Ostrava should shut its embassy"
    assert read(text, {0, text.index("embassy")}).stance == "against"


def test_an_offer_for_when_others_agree_is_conditional():
    assert reading("We are ready to send troops to the valley when they have agreed").stance == "conditional"
    assert reading("We support troops in the valley when the snow is gone").stance == "for"


def test_a_demand_is_negated_beside_it_only():
    assert reading("The view that troops should stay has not changed").stance == "for"
    assert reading("The troops should not stay").stance == "against"


def test_what_has_ceased_to_be_possible_is_refused():
    assert reading("Sending troops has ceased to be possible").stance == "against"

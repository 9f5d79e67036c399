"""The stance of a text towards what it names: operators, negation, hedges, conditions."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.positions.clauses import clauses
from bot.positions.lexicon import LEXICON
from bot.positions.pointing import points_back
from bot.positions.stance import EVALUATION, EXPLICIT, OPEN, read
from bot.positions.subjects import OTHERS
from bot.positions.words import words

TROOPS = "troops"


def stance(text: str) -> str:
    return read(text, {text.index(TROOPS)} if TROOPS in text else ()).stance


@pytest.mark.parametrize(
    "text",
    [
        "We support troops in the valley",
        "The president will accept troops in the valley",
        "We have no problem with troops in the valley",
        "We have no objection to troops",
        "It would not be wrong to send troops",
        "We never opposed the troops",
        "I don't think troops are going to be a problem",
        "We do not reject the troops",
        "We are ready to accept troops",
        "We could live with troops in the valley",
        "The president went along with troops in the valley",
        "It was not true that we refused the troops",
        "The government signed up to the troops",
        "She warmed to the troops in the end",
        "I like the troops where they are",
        "The troops, I think, are a brilliant idea",
        "It would be wrong to reject the troops",
        "Rejecting the troops would be a mistake",
        "It would be foolish not to support the troops",
        "It would not be wrong to support the troops",
    ],
)
def test_these_are_for(text):
    assert stance(text) == "for"


@pytest.mark.parametrize(
    "text",
    [
        "We reject troops in the valley",
        "Troops under any flag would be unacceptable, whatever the troops are called",
        "We can't accept troops",
        "He will never agree to troops",
        "We refuse to accept troops",
        "We agreed not to send troops",
        "We promise that there will be no troops",
        "There are no troops in the valley",
        "We support the withdrawal of the troops",
        "We will not tolerate troops in the valley",
        "The sending of troops is out of the question",
        "It is impossible to allow troops there",
        "the sending of troops, even under a different banner, whether the union or the national flags, would be unacceptable",
        "Troops there are no longer on the table",
        "We are prepared to drop the demand for troops",
        "The minister balked at troops in the valley",
        "He brushed aside the troops",
        "The troops are a non-starter",
        "Troops are not on the table",
        "Troops in the valley are no longer an option",
        "She spurned the troops",
        "The troops, I believe, are a foolish idea",
        "It would be foolish to support the troops",
        "Accepting troops in the valley would be madness",
        "It would not be reasonable to support the troops",
        "We are keen to avoid troops in the valley",
        "We reject these remarks, and no troops were asked for",
    ],
)
def test_these_are_against(text):
    assert stance(text) == "against"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We would support troops if both sides asked", "conditional"),
        ("If both sides ask, we would support troops", "conditional"),
        ("We are open to troops", "open"),
        ("We do not rule out troops", "open"),
        ("I have nothing to add on the troops", "no_comment"),
        ("She declined to comment on the troops", "no_comment"),
        ("We leave the troops without comment", "no_comment"),
        ("The troops have not been chosen yet", "open"),
        ("We have not yet heard from the troops", "open"),
        ("It is too early to speak of troops", "open"),
        ("We would not block troops if both sides asked", "conditional"),
        ("He did not say whether troops would come", "no_comment"),
        ("She would not be drawn on the troops", "no_comment"),
        ("He referred questions on the troops to the ministry", "no_comment"),
        ("We would go home if the troops came", "none"),
        ("Who sent the troops?", "none"),
        ("", "none"),
    ],
)
def test_what_is_neither_for_nor_against_is_not_rounded_up(text, expected):
    assert stance(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "We welcome the decision to lift the ban on troops",
        "There are no longer any restrictions on troops",
        "The call is for a halt without conditions to allow troops home",
        "We will send troops as soon as possible",
        "The troops will come at once",
    ],
)
def test_what_turns_twice_or_binds_nothing_is_for(text):
    assert stance(text) == "for"


@pytest.mark.parametrize(
    "text",
    ["We want fewer troops", "It would be harmful to the whole valley to call in troops", "We will lower troops"],
)
def test_who_would_have_less_of_it_or_calls_it_harmful_is_against(text):
    assert stance(text) == "against"


@pytest.mark.parametrize(
    "text",
    [
        "The official was not authorised to speak about the troops",
        "I like to think that the troops will be home by then",
        "He is keen to stress that the troops are illegal",
    ],
)
def test_what_only_leads_up_to_words_is_no_stance_in_so_many_words(text):
    assert read(text, {text.index(TROOPS)}).strength < EXPLICIT


def test_what_is_not_decided_opens_no_door_that_a_refusal_would_shut():
    assert read("No decision on troops has been made yet").strength < read("We are open to troops").strength


def test_a_hedge_reaches_no_further_than_its_own_clause():
    assert stance("They accepted the troops, and I don't believe that this makes them weak") == "for"


def test_a_cue_that_denies_turns_the_content():
    assert read("they would accept troops", {23}, flipped=True).stance == "against"


def test_a_bare_assertion_is_weaker_than_a_stance_in_so_many_words():
    assert read("There were troops in the valley").strength < read("We support troops").strength


def test_another_owner_of_a_stance_is_not_the_speaker():
    reading = read("Norrland's support for the troops was one of the causes", {27})
    assert "support" not in reading.operators


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("He will accept that", True),
        ("We reject this", True),
        ("That was a long day", False),
        ("We accept gifts", False),
    ],
)
def test_a_stance_that_points_back_is_told_from_one_that_does_not(text, expected):
    assert points_back(text) is expected


@given(st.text(max_size=300))
def test_any_text_is_read_without_fault(text):
    reading = read(text, set(range(0, len(text), 3)))
    assert reading.stance in {"for", "against", "conditional", "open", "no_comment", "none"}
    assert reading.strength <= 1


def test_what_has_ceased_to_be_so_goes_before_what_was_said_once():
    text = "I said that the troops were useless; the troops are no longer useless"
    reading = read(text, {text.index("troops"), text.rindex("troops")})
    assert (reading.stance, reading.strength) == ("for", 0.7)


@pytest.mark.parametrize(
    ("text", "strength"),
    [
        ("We have never seen so many members apply", 0.45),
        ("We have never done better in the valley", 0.45),
        ("We have never sent troops to the valley", 0.65),
    ],
)
def test_a_never_that_measures_refuses_nothing(text, strength):
    assert read(text).strength == strength


def test_not_only_denies_nothing():
    text = "They are committing not only to troops but to weapons"
    assert read(text, {text.index("troops")}).stance == "for"


@pytest.mark.parametrize(
    ("text", "condition"),
    [
        ("We have never provided lethal arms to any party", None),
        ("The ministry provided ambulances to the islands", None),
        ("We support the pact provided Ostrava leaves the valley", "provided Ostrava leaves the valley"),
        ("We will sign, provided they leave the valley", "provided they leave the valley"),
        ("Investigators were checking if Ostrava was behind the fire", None),
        ("It does not matter if the pact is signed in spring", None),
        ("An engineer once told me that the tunnel leaks", None),
        ("We will sign once they leave the valley", "once they leave the valley"),
        ("We will pull out if Ostrava was behind the fire", "if Ostrava was behind the fire"),
    ],
)
def test_a_condition_is_told_from_what_was_provided_and_from_what_is_asked(text, condition):
    assert read(text).condition == condition


def test_what_was_taken_off_the_negotiating_table_is_refused():
    assert read("The accession has been taken off the negotiating table").stance == "against"


@pytest.mark.parametrize(
    "text",
    [
        "A foreign garrison in the valley could lead to war",
        "The posting of scouts on the ridge, whether under the flag of the League, its members, or volunteers, would"
        " make them participants in the conflict",
        "Any garrison in the valley would constitute a threat to the islands",
        "The levy does more harm than good",
    ],
)
def test_who_warns_of_what_follows_is_against_it(text):
    focus = {text.index(word) for word in ("garrison", "posting", "levy") if word in text}
    found = read(text, focus)
    assert found.stance == "against"
    assert found.strength >= EVALUATION


def test_a_list_with_a_comma_before_its_last_part_is_one_clause():
    assert len(clauses("We will invite the League, its members, or both islands to the talks")) == 1
    assert len(clauses("We will invite the League, or we will stay at home")) == 2


def test_what_need_not_be_is_not_refused_in_so_many_words():
    assert read("The two harbours should merge").strength >= EVALUATION
    assert read("The two harbours should not merge").strength >= EVALUATION
    assert read("The two harbours did not have to merge").strength < EVALUATION


def test_not_less_than_is_no_refusal():
    assert read("We will not take less than eight percent").stance == "for"


@pytest.mark.parametrize("text", ["It is too early to recommend a third dose", "We are looking into supporting it"])
def test_what_is_only_weighed_is_not_taken_up(text):
    assert read(text).stance == "open"


def test_unwelcome_is_refused_and_not_unwelcome_is_not():
    assert read("The scouts are unwelcome in the valley").stance == "against"
    assert read("The scouts are not unwelcome in the valley").stance == "for"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The last thing we need is troops in the valley", "against"),
        ("We withdraw our support for troops in the valley", "against"),
        ("She dropped her backing for the troops", "against"),
        ("It is too expensive to send troops", "against"),
        ("To send troops is throwing good money after bad", "against"),
        ("Under no circumstances will we send troops", "against"),
        ("Nobody wants troops in the valley", "against"),
        ("It would be terrible if troops were sent", "against"),
        ("We cannot do without troops in the valley", "for"),
        ("It would be a mistake not to send troops", "for"),
        ("We are not against troops in the valley", "for"),
        ("I am all for troops in the valley", "for"),
        ("I would love to see troops in the valley", "for"),
        ("Troops are the right thing, whether they like it or not", "for"),
        ("We would be delighted if troops were sent", "for"),
        ("We have decided to send troops", "for"),
        ("We will keep all options open on troops", "open"),
        ("Nothing has been decided on the troops", "open"),
    ],
)
def test_plain_speech_for_and_against_is_read_as_it_is_meant(text: str, expected: str) -> None:
    found = read(text, {text.casefold().index(TROOPS)})
    assert (found.stance, found.strength >= OPEN) == (expected, True)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("We will not give up on the troops", "for"),
        ("There has to be a force of troops, there is no way around it", "for"),
        ("There will be no troops unless Norrland pays", "conditional"),
    ],
)
def test_what_sounds_like_no_and_is_none(text: str, expected: str) -> None:
    assert stance(text) == expected


@pytest.mark.parametrize("text", ["They say we will not send troops", "The neighbours fear we will not send troops"])
def test_what_others_say_that_we_will_not_do_is_no_refusal_of_ours(text: str) -> None:
    assert read(text, {text.index(TROOPS)}).strength < OPEN


def test_what_we_say_ourselves_that_we_will_not_do_stays_a_refusal() -> None:
    text = "I promise that we will not send troops"
    assert read(text, {text.index(TROOPS)}).strength >= OPEN


@pytest.mark.parametrize(
    "text", ["I want to visit the troops", "We plan to review the troops", "They agreed to discuss troops"]
)
def test_who_will_only_look_into_it_has_taken_no_side(text: str) -> None:
    assert read(text, {text.index(TROOPS)}).strength < OPEN


@pytest.mark.parametrize(
    "text", ["Voters want the troops", "Residents opposed the troops", "Those who want the troops left"]
)
def test_what_a_crowd_wants_is_not_the_speakers_stance(text: str) -> None:
    assert read(text, {text.index(TROOPS)}).whose == OTHERS


@pytest.mark.parametrize(
    "text",
    [
        "The dispute over the troops goes on",
        "The blast near the troops",
        "A mock vote on the troops",
        "It was all for show, the troops",
    ],
)
def test_a_noun_that_may_be_a_verb_and_an_idiom_take_no_side(text: str) -> None:
    assert read(text, {text.index(TROOPS)}).strength < OPEN


@pytest.mark.parametrize(
    "text",
    [
        "I would love to send the troops, but I cannot",
        "We would rather not send troops, but we will",
        "We have no wish to send troops, but we must",
    ],
)
def test_a_wish_that_gives_way_is_no_stance_in_so_many_words(text: str) -> None:
    assert read(text, {text.index(TROOPS)}).strength < OPEN


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nobody here wants the troops more than I do", "for"),
        ("No one wants the troops more than Norrland", "for"),
        ("Nobody here wants the troops", "against"),
        ("The troops have lost my support", "against"),
        ("He wants out of the troops", "against"),
    ],
)
def test_whose_wish_is_surpassed_and_what_is_lost(text: str, expected: str) -> None:
    assert stance(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It should be scrapped", "against"),
        ("We must drop it", "against"),
        ("It should not be scrapped", "for"),
        ("It should be built", "for"),
    ],
)
def test_what_is_to_be_dropped_is_not_wanted_where_a_pronoun_names_it(text: str, expected: str) -> None:
    assert read(text).stance == expected


def test_every_phrase_can_be_found_in_a_text() -> None:
    for phrase, kind in LEXICON.items():
        assert tuple(word.form for word in words(" ".join(phrase))) == phrase, (phrase, kind)

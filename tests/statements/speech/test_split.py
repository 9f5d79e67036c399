"""Sentences that an attribution cuts in two, and questions that stand before the answer that is not given."""

from __future__ import annotations

import pytest

from bot.statements.speech import reports


@pytest.mark.parametrize(
    ("sentence", "whole"),
    [
        ("The council, Mara Velden said, wanted a vote.", "The council wanted a vote"),
        ("In Merrow, Mara Velden said, are three ferries.", "In Merrow are three ferries"),
        (
            "Police, fire crews and ambulances, Mara Velden said, had come.",
            "Police, fire crews and ambulances had come",
        ),
        ("The captain, who is ill, Mara Velden added, was ashore.", "The captain, who is ill, was ashore"),
        ("Only if Karsovia agreed, Mara Velden said, would it open.", "Only if Karsovia agreed would it open"),
    ],
)
def test_what_stands_behind_an_attribution_has_its_subject(read, sentence, whole):
    assert read(sentence)[-1].content == whole


@pytest.mark.parametrize(
    ("sentence", "content"),
    [
        ("In Merrow, Mara Velden said, three ferries are shut.", "three ferries are shut"),
        ("Instead, Mara Velden said, they should wait.", "they should wait"),
    ],
)
def test_a_place_or_an_adverb_before_a_whole_clause_is_no_subject(read, sentence, content):
    assert [said.content.partition(" [about")[0] for said in read(sentence)] == [content]


@pytest.mark.parametrize(
    ("sentence", "question"),
    [
        ("Whether the bridge would open, Mara Velden could not predict.", "Whether the bridge would open"),
        ("How many had died, the minister would not say.", "How many had died"),
        ("Who set the fire, Mara Velden declined to say.", "Who set the fire"),
        ("When the bridge would open, Mara Velden did not disclose.", "When the bridge would open"),
    ],
)
def test_a_question_that_is_left_open_is_no_comment_on_it(sentence, question):
    (found,) = reports.find(sentence, "")
    assert (found.span.of(sentence), found.act, found.negated) == (question, "no_comment", True)


@pytest.mark.parametrize(
    "sentence",
    ["When the bridge opened, Mara Velden could not walk.", "When the siren sounded, Mara Velden would not say."],
)
def test_a_time_before_a_silence_is_no_question(sentence):
    assert reports.find(sentence, "") == ()


def test_a_condition_alone_may_be_the_whole_answer(read):
    (said,) = read("Mara Velden was asked about the bridge. Only if the rain stopped, she replied.")
    assert said.quote == "Only if the rain stopped"


@pytest.mark.parametrize(
    "sentence",
    [
        "The Supreme Court of Karsovia ruled on Tuesday that the vote was void.",
        "The tribunal found that the minister had lied.",
        "The jury decided that he was guilty.",
    ],
)
def test_a_court_says_what_it_finds(sentence):
    assert len(reports.find(sentence, "")) == 1


@pytest.mark.parametrize(
    "sentence",
    ["The mayor found that the door was open.", "He decided that it was late and went home."],
)
def test_who_does_not_sit_in_judgement_says_nothing_by_finding_out(sentence):
    assert reports.find(sentence, "") == ()

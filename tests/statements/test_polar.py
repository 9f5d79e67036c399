"""A bare yes or no says what was asked."""

from __future__ import annotations

import pytest

from bot.statements.polar import Taken, taken

ASKED = "Asked whether the locks of the canal would be rebuilt this year, Harnik said: "


def of(statements, words):
    return next(one for one in statements if words in one.quote)


@pytest.mark.parametrize(
    ("answer", "denied"),
    [("Yes", False), ("Yes, they will,", False), ("Of course", False), ("We will", False), ("No", True),
     ("Absolutely not,", True), ("No, they won’t", True), ("I do not", True), ("Oh, I think so,", False), ("I believe so", False),
     ("I don’t think so,", True), ("Yes, I think so", False)],
)  # fmt: skip
def test_a_bare_answer_takes_over_what_was_asked(answer, denied):
    assert taken(answer, ASKED) == Taken(clause="the locks of the canal will be rebuilt this year", denied=denied)


@pytest.mark.parametrize(
    "answer",
    ["No, we have other plans", "Yes and no", "Never in my life have I seen it", "Not yet", "I think so little of it"],
)
def test_an_answer_that_says_more_speaks_for_itself(answer):
    assert taken(answer, ASKED) is None


@pytest.mark.parametrize(
    "asked",
    [
        "Asked about the locks of the canal, Harnik said: ",
        "Asked whether the locks would be rebuilt or filled in, Harnik said: ",
        "Asked whether the locks would go, Harnik said: ",
    ],
)
def test_no_clause_is_taken_from_a_question_that_asks_no_yes_or_no(asked):
    assert taken("No", asked.replace("would go", "would not be rebuilt")) is None


def test_a_few_words_of_the_question_may_be_quoted(read):
    found = of(
        read("“Oh, I think so,” Mara Velden said when asked if Piotr Harnik was ready to “give up” the port."),
        "think so",
    )
    assert (found.content, found.holder.official) == ("Piotr Harnik was ready to give up the port", "harnik")


def test_a_no_denies_what_was_asked_in_the_sentence_before(read):
    found = of(read("Piotr Harnik was asked whether the port would be closed. “No, it will not,” he said."), "No")
    assert (found.content, found.negated, found.holder.official) == ("the port will be closed", True, "harnik")
    assert found.quote == "No, it will not,"


def test_a_yes_about_somebody_else_is_a_claim_about_that_person(read):
    found = of(read("Asked if Piotr Harnik would accept the garrison, Mara Velden said: “Yes, he will.”"), "Yes")
    assert (found.content, found.negated) == ("Piotr Harnik will accept the garrison", False)
    assert (found.holder.official, found.party.official) == ("harnik", "velden")


def test_whether_she_would_is_asked_of_the_one_who_answers(read):
    found = of(read("Asked whether she opposed the garrison, Mara Velden said: “Yes, I do.”"), "Yes")
    assert found.content == "Mara Velden opposed the garrison"

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“Our view of the garrison has been set out by the Karsovian Foreign Minister, Dolgovsky. "
            "There is no more to say,” said Dmitri Lasko. Sergei Dolgovsky was away.",
            "dolgovsky",
        ),
        ("“I refer you to the words of Sergei Dolgovsky,” Dmitri Lasko said.", "dolgovsky"),
    ],
)
def test_pointing_to_a_colleague_is_deference(read, text, expected):
    statement = read(text)[0]
    assert statement.defers_to is not None
    assert statement.defers_to.official == expected


def test_pointing_to_a_ministry_defers_to_it(read):
    text = "Dmitri Lasko said that Karsovia had little to add to the foreign ministry's statement on the garrison."
    statement = read(text)[0]
    assert statement.defers_to is not None
    assert (statement.defers_to.side, statement.defers_to.person) == ("KS", False)


def test_nothing_to_add_alone_is_no_deference(read):
    assert read("“I have nothing to add,” Dmitri Lasko said.")[0].defers_to is None


@pytest.mark.parametrize(
    "words",
    [
        "That is a question for Minister Dolgovsky",
        "Please ask the foreign minister",
        "It is for Sergei Dolgovsky to answer that",
        "I will leave that to Sergei Dolgovsky",
        "The foreign minister has set out our position and I have nothing to add",
    ],
)
def test_a_question_handed_on_to_a_colleague_is_deference(read, words):
    statement = next(s for s in read(f"Sergei Dolgovsky was away. “{words},” Dmitri Lasko said.") if words in s.quote)
    assert statement.defers_to is not None
    assert statement.defers_to.official == "dolgovsky"


@pytest.mark.parametrize(
    "words",
    [
        "It is for Mara Velden to answer that",
        "That is a matter for the Velmarkian president",
        "We must talk to Sergei Dolgovsky about the port",
        "This is a matter for the next parliament",
        "The foreign minister has set out our position and we will fight for it",
    ],
)
def test_a_question_for_another_side_and_a_plan_are_no_deference(read, words):
    statement = next(s for s in read(f"Mara Velden arrived. “{words},” Dmitri Lasko said.") if words in s.quote)
    assert statement.defers_to is None

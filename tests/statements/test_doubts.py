from __future__ import annotations

import pytest


def holding(statements, words):
    found = [s for s in statements if words in s.quote]
    assert found, [s.quote for s in statements]
    return found[0]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "“There is a position on this matter that was expressed by the Karsovian Foreign Minister, Dolgovsky. "
            "I have nothing to add,” said Dmitri Lasko. Sergei Dolgovsky was away.",
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
    text = "Dmitri Lasko stated that Karsovia had nothing to add beyond the foreign ministry's stance on the garrison."
    statement = read(text)[0]
    assert statement.defers_to is not None
    assert (statement.defers_to.side, statement.defers_to.person) == ("KS", False)


def test_nothing_to_add_alone_is_no_deference(read):
    assert read("“I have nothing to add,” Dmitri Lasko said.")[0].defers_to is None


def test_the_hedge_of_the_source_is_a_caveat(read):
    found = holding(read("Mara Velden allegedly said that the port will open."), "port will open")
    assert any("allegedly" in caveat for caveat in found.caveats)


def test_second_hand_words_are_marked(read):
    found = holding(read("“The port will open,” Velden said, as reported by the Ostby Herald."), "port will open")
    assert any("Ostby Herald" in caveat for caveat in found.caveats)

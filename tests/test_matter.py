"""The words that carry the matter of a text, and how much of it two texts share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.matter import likeness, salient, weights

TEXTS = st.text(alphabet="abc DEF.", max_size=60)


def test_inflections_are_one_word_and_frames_of_sentences_none():
    assert salient("They deployed troops") == salient("the deployment of troops") | salient("deployed")
    assert not salient("He said that they would have been there")


def test_words_around_and_names_count_half_as_much():
    found = weights("The ferry to Lindhaven", "oak")
    assert found["ferr"] == pytest.approx(2 * found["lindhaven"]) == pytest.approx(2 * found["oak"])


@given(TEXTS, TEXTS, TEXTS)
def test_likeness_is_one_share_whichever_text_comes_first(one, other, around):
    left, right = weights(one, around), weights(other, around)
    assert -1e-9 <= likeness(left, right) <= 1 + 1e-9
    assert likeness(left, right) == pytest.approx(likeness(right, left))
    assert not left or likeness(left, left) == pytest.approx(1)

"""Whom a pronoun means, and whom it does not."""

from __future__ import annotations

import pytest


def who(statements, words):
    """The party that said the statement which holds these words."""
    found = [s for s in statements if words in s.quote]
    assert found, [s.quote for s in statements]
    return found[0].party


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        # the subject of the sentence is the pronoun, not whom it names behind
        (
            "Piotr Harnik spoke. He also wants Sergei Dolgovsky as a partner. “That is not enough,” he said.",
            "not enough",
            "Piotr Harnik",
        ),
        # what stands before the comma is what was said
        ("Piotr Harnik opened the fair. Sergei Dolgovsky comes on Monday, he said.", "comes on Monday", "Piotr Harnik"),
        # but a clause of time may name who speaks
        (
            "Piotr Harnik opened the fair. When Sergei Dolgovsky left, he said the port was shut.",
            "port was shut",
            "Sergei Dolgovsky",
        ),
        # the claim of somebody who speaks himself
        ("Sergei Dolgovsky heard of Piotr Harnik's claim that he owned the port.", "owned the port", "Piotr Harnik"),
        # the side that the clause opens with
        ("After a call on Monday, the Citadel dropped its demand that the port be shut.", "port be shut", "Karsovia"),
        # whoever the sentence is attributed to goes on, not whom it is about; and a people is no man
        (
            "Piotr Harnik has backed the bridge, Sergei Dolgovsky said. “We agree on it,” he said.",
            "agree on it",
            "Sergei Dolgovsky",
        ),
        (
            "Piotr Harnik said some Lindhaven Dockers urged him to leave. “I was very clear,” he said.",
            "very clear",
            "Piotr Harnik",
        ),
        # whom a question was about did not answer it
        (
            "Piotr Harnik sat down. Asked about his minister's claim that the port was shut, he said: “It is open.”",
            "It is open",
            "Piotr Harnik",
        ),
    ],
)
def test_a_pronoun_means_the_subject(read, text, words, name):
    assert who(read(text), words).name == name


@pytest.mark.parametrize(
    ("text", "words", "name"),
    [
        ("Piotr Harnik told Sergei Dolgovsky to wait. “We will see,” he replied.", "will see", "Sergei Dolgovsky"),
        ("Piotr Harnik told reporters to wait. “We will see,” he replied.", "will see", "Piotr Harnik"),
        ("Piotr Harnik asked Mara Velden to wait. “I must,” he answered.", "I must", "Piotr Harnik"),
    ],
)
def test_whoever_replies_is_whom_the_words_before_went_to(read, text, words, name):
    assert who(read(text), words).name == name


def test_of_two_of_whom_one_was_told_something_nobody_is_known_to_reply(read):
    text = "Piotr Harnik met Sergei Dolgovsky. Harnik told him that Karsovia would wait. “We will see,” he replied."
    assert who(read(text), "will see") is None


def test_of_two_of_one_gender_who_met_nobody_is_known_to_speak(read):
    assert who(read("Sergei Dolgovsky and Piotr Harnik met. “It is late,” he said."), "It is late") is None
    assert who(read("Mara Velden and Piotr Harnik met. “It is late,” he said."), "It is late").official == "harnik"

"""Descriptions mean the one they fit: former holders, subjects before objects, no commander of another force."""

from __future__ import annotations

import pytest


def who(statements, words):
    """The party that said the statement which holds these words."""
    found = [s for s in statements if words in s.quote]
    assert found, [s.quote for s in statements]
    return found[0].party


CASES = [
    (
        "Mara Velden beat Otto Brandeis last year. The former Velmarkian president said the vote was fair.",
        "vote was fair",
        "Otto Brandeis",
    ),
    # of two presidents in a sentence, its subject
    (
        "Mara Velden will receive President Piotr Harnik. The president has denied that the port is full.",
        "port is full",
        "Mara Velden",
    ),
    # a rank does not hide the office that stands behind the name
    (
        "Velmark's coast guard commander said the port was full. "
        "Major General Tomas Brell, Commander of Velmark's Coast Guard, was speaking in Lindhaven.",
        "port was full",
        "Tomas Brell",
    ),
    # a title, then the name behind the place of the post, or with a short form of courtesy
    (
        "“The port is full,” Velmark's special envoy to Karsovia Tomas Brell said.",
        "port is full",
        "Tomas Brell",
    ),
    ("The Minister of Harbours, Amb. Tomas Brell, said the port was full.", "port was full", "Tomas Brell"),
    # a relative by name
    ("“The port is full,” said her sister-in-law, Runa Brell.", "port is full", "Runa Brell"),
    # by a calling; and no former minister is the minister
    ("Singer Tomas Brell came late. The singer said the port was full.", "port was full", "Tomas Brell"),
    (
        "Harbour Minister Runa Tell and former Harbour Minister Tomas Brell met. The minister said the port was full.",
        "port was full",
        "Runa Tell",
    ),
    # the same person by another word, and a clause about him
    (
        "Tomas Brell, a fisherman, spoke. Brell was one of those fishermen who said the port was full.",
        "port was full",
        "Tomas Brell",
    ),
]


@pytest.mark.parametrize(("text", "words", "name"), CASES)
def test_a_description_means_the_one_it_fits(read, text, words, name):
    party = who(read(text), words)
    assert party is not None
    assert party.name == name


def test_a_former_president_is_not_the_one_in_office(read):
    party = who(read("Mara Velden waved. The former Velmarkian president said the vote was fair."), "vote was fair")
    assert party is None or party.name != "Mara Velden"


def test_the_commander_of_one_force_is_not_that_of_another(roster):
    assert roster.by_title("Velmarkian coast guard president", None) is None


@pytest.mark.parametrize("former", ["Former President Otto Brandeis", "Former Karsovian president Jon Ostrek"])
def test_the_president_is_none_who_was_it(read, former):
    party = who(read(f"{former} said the port was open. The president said the toll was wrong."), "toll was wrong")
    assert party is None or party.name not in former


def test_a_president_whom_the_article_calls_former_is_still_the_president(read):
    text = "Former President Mara Velden said the port was open. The president said the toll was wrong."
    assert who(read(text), "toll was wrong").official == "velden"


def test_a_title_of_several_words_fits_whatever_its_body_is_called(read):
    text = (
        "League Secretary General Ola Brell spoke. “The road stays open,” said the Secretary General of the Alliance."
    )
    assert who(read(text), "road stays open").name == "Ola Brell"

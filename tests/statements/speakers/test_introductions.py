"""Somebody whom the first lines describe is whom the next lines name, or nobody."""

from __future__ import annotations

import pytest


def who(statements, words):
    """The party that said the statement which holds these words."""
    found = [s for s in statements if words in s.quote]
    assert found, [s.quote for s in statements]
    return found[0].party


def test_a_lede_describes_whom_the_next_line_names(read):
    text = "The mayor of Ostby said the bridge was unsafe.\n\n“I walked over it,” Stellan Braga told the Courier."
    assert who(read(text), "bridge was unsafe").name == "Stellan Braga"


def test_a_role_told_in_the_first_line_serves_later_descriptions(read):
    text = (
        "Orsk's harbour minister put forward a new toll on Tuesday.\n\n“It is small,” Ilya Brod said. "
        "The minister said the toll would start in May."
    )
    party = who(read(text), "start in May")
    assert party.name == "Ilya Brod"
    assert "harbour minister" in party.role


def test_an_ambassador_is_named_in_the_second_sentence(read):
    text = (
        "Karsovia's ambassador to the League accused Velmark of piracy. "
        "Ambassador Noemi Lascar said three boats were missing."
    )
    party = who(read(text), "Velmark of piracy")
    assert party.name == "Noemi Lascar"


@pytest.mark.parametrize(
    "text",
    [
        # too many are officials: the name must come with a role
        "A senior official said the bridge was unsafe.\n\n“I walked over it,” Stellan Braga told the Courier.",
        # whoever speaks next has another role
        "The mayor of Ostby said the bridge was unsafe.\n\n“It is safe,” said engineer Stellan Braga.",
        # whoever speaks next comes from another side
        "A Velmarkian lawmaker said the bridge was unsafe. Sergei Dolgovsky said the bridge was closed.",
    ],
)
def test_a_description_that_nobody_fits_for_sure_stays_without_a_name(read, text):
    party = who(read(text), "bridge was unsafe")
    assert party is None or party.role == "not named"


def test_a_president_of_the_roster_is_not_given_to_the_next_name(read):
    text = "The Velmarkian president said the port was safe. “I saw it,” Stellan Braga said."
    assert who(read(text), "port was safe").official == "velden"


def test_a_role_may_be_told_behind_the_name(read):
    text = "Stellan Braga said he had given an order. “The order was mine,” the minister told a committee."
    assert who(read(text), "order was mine").name == "Stellan Braga"


def test_two_whose_roles_are_not_told_leave_the_minister_unknown(read):
    text = "Stellan Braga met Ines Torrel. Ines Torrel said she had come late. “The order was mine,” the minister said."
    party = who(read(text), "order was mine")
    assert party is None or party.name not in ("Stellan Braga", "Ines Torrel")


def test_a_title_that_ends_in_a_name_is_no_description_of_somebody_named_later(read):
    text = "Velmark's Secretary of State Orla Brandt said the bridge was safe.\n\nVelmarkian Secretary Ilya Brod left the hall."
    assert who(read(text), "bridge was safe").name == "Orla Brandt"


def test_somebodys_lawyer_is_still_described_by_whom_he_serves(read):
    text = "A lawyer for Mara Velden said the bridge was safe.\n\n“I walked over it,” Stellan Braga told the Courier."
    assert who(read(text), "bridge was safe").name != "Mara Velden"


def test_a_title_that_ends_in_a_name_serves_later_descriptions(read):
    text = (
        "Karsovian envoy to the Northern League Yaro Leit said the port may open.\n\nThe road is safe, Leit told the "
        "Courier. The envoy said the toll would stay."
    )
    assert who(read(text), "toll would stay").name == "Yaro Leit"

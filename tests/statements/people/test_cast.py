"""Whom an article names: full names, surnames, titles, and what only looks like a person."""

from __future__ import annotations

import pytest


def who(statements, words):
    """The party that said the statement which holds these words."""
    found = [s for s in statements if words in s.quote]
    assert found, [s.quote for s in statements]
    return found[0].party


def test_a_surname_means_whoever_was_brought_in_before(read):
    text = "Anna Torrel, mayor of Ostby, opened the hall. “It is full,” Torrel said. Her cousin Ines Torrel, a singer, came late."
    assert who(read(text), "It is full").name == "Anna Torrel"


def test_a_surname_with_its_particle_means_the_full_name(read):
    text = "Union leader Musa Abu Terrek spoke. “We wait,” Abu Terrek said."
    assert who(read(text), "We wait").name == "Musa Abu Terrek"


def test_a_short_surname_that_nothing_introduces_must_be_spelt_as_the_officials(read):
    assert who(read("“The port is open,” Lasko said."), "port is open").official == "lasko"
    party = who(read("“The port is open,” Lasco said."), "port is open")
    assert party is None or party.official is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Mayor Osei did not give up. “It is a promise,” she said.", "Osei"),
        ("Ms Ilves came late. “It is a promise,” she said.", "Ilves"),
        ("Chief executive Braga said the plant was safe. “It is a promise,” he said.", "Braga"),
    ],
)
def test_somebody_known_by_title_and_surname_is_a_person(read, text, name):
    assert who(read(text), "a promise").name == name


def test_a_given_name_that_is_a_place_belongs_to_the_person(read):
    text = "Her lawyer, Georgia Braga, said the port was closed. “It is a shame,” she said."
    assert who(read(text), "port was closed").name == "Georgia Braga"


def test_the_firm_somebody_heads_is_not_a_person(read):
    text = "The chief executive of Ostby Rail, Ines Torrel, said the trains were safe."
    assert who(read(text), "trains were safe").name == "Ines Torrel"


@pytest.mark.parametrize("name", ["Sheikha Nura bint Selim bin Tariq Al Dorani", "Governor Runa bint Selim Al Dorani"])
def test_a_long_name_with_its_fathers_is_one_person(read, name):
    text = f"{name} said the port was closed. “It is a shame,” Al Dorani said."
    statements = read(text)
    assert who(statements, "port was closed").person
    assert who(statements, "port was closed") == who(statements, "It is a shame")


def test_a_member_of_parliament_by_region_is_nobodys_name(read):
    party = who(read("A Northern Isles MP said the port was closed."), "port was closed")
    assert party is None or party.name != "Northern Isles MP" or party.role == "not named"


def test_an_ambassador_under_a_president_speaks_for_no_side_today(read):
    text = "Jon Ostrek, the Karsovian ambassador to Velmark under President Sollin, said the port was closed."
    party = who(read(text), "port was closed")
    assert (party.name, party.side) == ("Jon Ostrek", None)


@pytest.mark.parametrize(
    "text",
    [
        "Tomas Ilves's wife, Ida Ilves, told the Courier that he was unwell. “He is asleep,” Ilves said.",
        "Harbour chief Tomas Ilves was away. His brother, Senator Karl Ilves, came. “He is asleep,” Ilves said.",
    ],
)
def test_a_surname_is_nobodys_once_a_relative_speaks_or_holds_an_office(read, text):
    assert who(read(text), "asleep") is None


def test_a_relative_who_is_only_told_of_leaves_the_surname_alone(read):
    text = "Harbour chief Tomas Ilves spoke beside his wife, Ida Ilves. “The port is open,” Ilves said."
    assert who(read(text), "port is open").name == "Tomas Ilves"


@pytest.mark.parametrize("whose", ["Mara Velden's predecessor", "Her successor"])
def test_who_came_before_or_after_somebody_is_the_one_named_behind(read, whose):
    text = f"Mara Velden was away. {whose}, Otto Brandeis, said the port was closed."
    assert who(read(text), "port was closed").official == "brandeis"


def test_an_order_to_ask_somebody_names_him_alone(read):
    statements = read("Sergei Dolgovsky was away. “Ask Sergei Dolgovsky,” Dmitri Lasko said.")
    assert statements[0].defers_to.official == "dolgovsky"


@pytest.mark.parametrize(
    ("text", "role"),
    [
        (
            "Anna Holt spoke, referring to Karsovia's harbour chief, Tomas Ilves. “It is open,” said Tomas Ilves.",
            "Karsovia's harbour chief",
        ),
        ("Tomas Ilves, whom the harbour chief said he knew, left. “It is open,” said Tomas Ilves.", None),
    ],
)
def test_a_role_holds_no_verb_of_its_sentence(read, text, role):
    assert who(read(text), "It is open").role == role

"""A name that stands behind what its bearer is: in one apposition, in two, and behind a party."""

from __future__ import annotations

import pytest


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("The mayor of Merrow, a former pilot, Greta Voll, said the bridge was shut.", "Greta Voll"),
        ("The bishop of Sarn, an old friend of the family, Stefan Brill, said the bridge was shut.", "Stefan Brill"),
        ("The mayor, who was a pilot, Greta Voll, said the bridge was shut.", "Greta Voll"),
        ("The captain of the Velmark, a Karsovian, Tomas Kell, said the bridge was shut.", "Tomas Kell"),
        ("After the storm, the mayor, Greta Voll, said the bridge was shut.", "Greta Voll"),
        ("The price of bread doubled in Merrow, a baker, Osk Tarn, said.", "Osk Tarn"),
        ("The mayor of Merrow resigned, a spokesman, Osk Tarn, said.", "Osk Tarn"),
    ],
)
def test_the_name_speaks_and_not_what_its_bearer_is(read, sentence, name):
    (said,) = read(sentence)
    assert said.party.name == name


@pytest.mark.parametrize(
    ("sentence", "name", "role"),
    [
        ("“We will go,” said independent Angus Keel.", "Angus Keel", "independent"),
        ("Independent Angus Keel said the bill was dead.", "Angus Keel", "Independent"),
        ("Liberal Ines Tolland said the bill was dead.", "Ines Tolland", "Liberal"),
        ("Independent Senator Angus Keel said the bill was dead.", "Angus Keel", "Independent Senator"),
        ("Liberal Ines Tolland, a senator, said the bill was dead.", "Ines Tolland", "senator"),
    ],
)
def test_a_party_before_a_name_is_a_role_and_no_part_of_the_name(read, sentence, name, role):
    (said,) = read(sentence)
    assert (said.party.name, said.party.role) == (name, role)


@pytest.mark.parametrize(
    "party", ["Christian Democrat", "Social Democrat", "Far-right", "Centre-left", "Green", "Tory"]
)
def test_a_party_of_two_words_or_of_a_colour_is_no_part_of_the_name(read, party):
    (said,) = read(f"{party} Ines Tolland said the bill was dead.")
    assert said.party.name == "Ines Tolland"


@pytest.mark.parametrize(
    ("sentence", "name"),
    [
        ("Velmark, Karsovia and Borland said the truce was dead.", "Velmark, Karsovia and Borland"),
        ("Velmark, Karsovia, and Borland rejected the truce.", "Velmark, Karsovia and Borland"),
        ("Ines Tolland, Greta Voll and Osk Tarn said it was dead.", "Ines Tolland, Greta Voll and Osk Tarn"),
        ("Velmark and Karsovia said the truce was dead.", "Velmark and Karsovia"),
        ("However, Velmark, Karsovia and Borland said the truce was dead.", "Karsovia and Borland"),
        ("In Merrow, Velmark and Karsovia said the truce was dead.", "Velmark and Karsovia"),
        ("On Tuesday, Velmark and Karsovia said the truce was dead.", "Velmark and Karsovia"),
    ],
)
def test_all_of_a_list_of_names_that_opens_a_sentence_speak(read, sentence, name):
    (said,) = read(sentence)
    assert said.party.name == name

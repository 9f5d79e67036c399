"""Institutions and bodies have one name, and what points back to them means them."""

from __future__ import annotations

import pytest

from bot.statements.speakers.institutions import canonical, undotted


def who(statements, words):
    """The party that said the statement which holds these words."""
    found = [s for s in statements if words in s.quote]
    assert found, [s.quote for s in statements]
    return found[0].party


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Velmark's defense ministry", "Defence Ministry of Velmark"),
        ("Velmarkian Defence Ministry", "Defence Ministry of Velmark"),
        ("Ministry of Defence of Velmark", "Defence Ministry of Velmark"),
        ("Velmarkian Ministry of Foreign Affairs", "Foreign Ministry of Velmark"),
        ("Velmarkian electoral commission", "Electoral Commission of Velmark"),
        ("Velmark's air force", "Velmarkian Air Force"),
        ("Velmarkian government officials", "Government of Velmark"),
        ("Velmarkian officials", "Velmarkian officials"),
        ("Velmarkian authorities", "Government of Velmark"),
        ("federal government of Velmark", "Government of Velmark"),
        ("Velmark's northern neighbours", "Velmark's northern neighbours"),
    ],
)
def test_an_institution_of_a_state_has_one_name(roster, written, name):
    assert canonical(written, "VM", roster) == name


def test_an_office_is_called_without_its_owner(roster):
    assert canonical("Admiralty's Office of Harbour Dues", None, roster) == "Office of Harbour Dues"
    assert canonical("children's school", None, roster) == "children's school"


def test_a_region_that_is_no_side_has_its_own_ministries(roster):
    assert canonical("Saltmarsh's health ministry", None, roster) == "Health Ministry of Saltmarsh"


def test_an_abbreviation_loses_its_dots():
    assert undotted("former U.S. official") == "former US official"


BODIES = [
    # a state's institution without the state is that of the country the article is about
    (
        "Velmark votes today. Velmark has two ports, and Velmarkian ships fill them. The foreign ministry said all "
        "was calm.",
        "all was calm",
        "Foreign Ministry of Velmark",
    ),
    (
        "Velmark is calm. The country's defence ministry said the fleet was home.",
        "was home",
        "Defence Ministry of Velmark",
    ),
    # the statement itself opens with the body
    (
        "Karsovia's trade ministry said it was late. “The harbour ministry of Velmark regrets this,” the ministry said.",
        "regrets this",
        "Harbour Ministry of Velmark",
    ),
    # a ruling, a statement or a report speaks for the body that spoke before
    (
        "The Harbour Court said the toll was void. “It was never lawful,” the unsigned ruling said.",
        "never lawful",
        "Harbour Court",
    ),
    ("The Dockers' Union said it was ready. The group said the ships would wait.", "would wait", "Dockers' Union"),
    # a longer name was given before
    (
        "The Orskian trade ministry said the tariff was small. The trade ministry said it would stay.",
        "would stay",
        "Orskian trade ministry",
    ),
    # the outlet by its name, not by its kind
    ("The port is full, according to Karsovian newspaper The Karsgrad Lamp.", "port is full", "The Karsgrad Lamp"),
    # the office of a head of government
    ("Velden's office said the port was open.", "port was open", "Office of the President of Velmark"),
]


@pytest.mark.parametrize(("text", "words", "name"), BODIES)
def test_a_body_is_whom_the_article_means(read, text, words, name):
    party = who(read(text), words)
    assert party is not None
    assert party.name == name


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("According to media reports, the port is full.", "port is full"),
        ("An announcement said the port was full.", "port was full"),
    ],
)
def test_nobody_is_behind_a_rumour(read, text, words):
    assert who(read(text), words) is None


def test_with_two_countries_in_the_news_a_ministry_is_nobodys_for_sure(read):
    text = "Velmark and Karsovia met. Velmark smiled, Karsovia did not. The foreign ministry said all was calm."
    party = who(read(text), "all was calm")
    assert party is None or party.side is None


def test_a_state_speaks_through_its_ambassador_not_the_body_he_is_sent_to(roster):
    assert roster.split_side("Velmark's ambassador to the Northern League")[0] == "VM"


def test_its_president_is_that_of_the_country_just_named(read):
    text = "Velmark voted on Monday, as its cautious president said the toll would stay."
    assert who(read(text), "toll would stay").official == "velden"

from __future__ import annotations

from datetime import date

import pytest

from bot.statements.people.roster import Roster, role_words
from config.schema import Side


def test_a_full_name_is_found_in_another_transliteration(roster: Roster):
    found = roster.person("Sergey Dolgovskyy")
    assert found is not None
    assert found.id == "dolgovsky"


@pytest.mark.parametrize("name", ["Oskar Velden", "Mara Velden Jr.", "Velden", "", "Mara"])
def test_a_relative_or_a_bare_surname_is_no_official(roster: Roster, name):
    assert roster.person(name) is None


def test_a_mandate_is_looked_up_by_the_day(roster: Roster):
    velden = roster.officials["velden"]
    role = roster.role_on(velden, date(2025, 1, 1))
    assert role is not None
    assert role.role == "Velmarkian President"
    assert roster.role_on(velden, date(2020, 1, 1)) is None
    assert roster.party(velden, date(2020, 1, 1)).role is None


@pytest.mark.parametrize(
    ("title", "day", "expected"),
    [
        ("the Velmarkian president", date(2025, 2, 1), "velden"),
        ("the Velmarkian president", date(2021, 2, 1), "brandeis"),
        ("President of Velmark", date(2025, 2, 1), "velden"),
        ("Velmark's leader", date(2025, 2, 1), "velden"),
        ("the Karsovian foreign minister", None, "dolgovsky"),
        ("the Citadel spokeswoman", None, "lasko"),
        ("the Velmarkian president", None, None),  # two have been
        ("the president", date(2025, 2, 1), None),
        ("the Velmarkian", date(2025, 2, 1), None),
        ("the Velmarkian defence minister", date(2025, 2, 1), None),
    ],
)
def test_a_title_names_whoever_bore_it_on_the_day(roster: Roster, title, day, expected):
    found = roster.by_title(title, day)
    assert (found.id if found else None) == expected


@pytest.mark.parametrize("name", ["Karsgrad", "the Citadel", "The Citadel", "Karsovia"])
def test_capitals_and_buildings_name_their_side(roster: Roster, name):
    side = roster.side(name)
    assert side is not None
    assert side.id == "KS"


def test_a_spokesman_speaks_for_his_principal_and_his_side(roster: Roster):
    lasko, harnik = (roster.party(roster.officials[who], None) for who in ("lasko", "harnik"))
    velden = roster.party(roster.officials["velden"], date(2025, 1, 1))
    assert roster.speaks_for(lasko, harnik, None)
    assert not roster.speaks_for(velden, harnik, None)


def test_one_role_in_two_spellings_is_one_role():
    assert role_words("the premier") == role_words("Prime Minister")
    assert role_words("Defense Secretary") == role_words("Secretary of Defence")


def test_a_name_in_capitals_is_no_pronoun():
    sides = [Side(id="WAS", name="Western Allied States", names=("WAS",)), Side(id="VM", name="Velmark")]
    roster = Roster.of([], sides)
    assert roster.side("WAS") is not None
    assert roster.side("was") is None
    assert roster.side("Was") is None
    assert roster.split_side("who was the minister")[0] is None


def test_a_body_of_a_state_is_known_with_its_country_before_it():
    sides = (
        Side(id="VM", name="Velmark", names=("VMK",), adjectives=("Velmarkian",)),
        Side(id="TIDES", name="Department of Tides", kind="organisation", within=("VM",)),
    )
    roster = Roster.of((), sides)
    for written in ("the Velmarkian Department of Tides", "V.M.K. Department of Tides", "Department of Tides"):
        assert roster.side(written).id == "TIDES"
    assert roster.side("Karsovian Department of Tides") is None

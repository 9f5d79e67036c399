from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.statements import Roster, extract
from config.schema import Mandate, Official, Side
from watchers.model import Article

ROSTER = Roster.of(
    (
        Official(
            id="velden",
            name="Mara Velden",
            gender="f",
            mandates=(Mandate(role="Velmarkian President", side="VM", rank="leader", since=date(2025, 1, 20)),),
        ),
        Official(
            id="brandeis",
            name="Otto Brandeis",
            gender="m",
            mandates=(Mandate(role="Velmarkian President", side="VM", rank="leader", until=date(2025, 1, 19)),),
        ),
        Official(
            id="toll",
            name="Ines Toll",
            gender="f",
            mandates=(
                Mandate(role="Velmarkian Foreign Minister", side="VM", rank="minister", until=date(2025, 1, 31)),
                Mandate(role="Velmarkian Defence Minister", side="VM", rank="minister", since=date(2025, 2, 1)),
            ),
        ),
        Official(
            id="osk",
            name="Jonas Osk",
            gender="m",
            mandates=(Mandate(role="Karsovian interim President", side="KS", rank="leader", titles=("President",)),),
        ),
    ),
    (
        Side(id="VM", name="Velmark", adjectives=("Velmarkian",)),
        Side(id="KS", name="Karsovia", adjectives=("Karsovian",)),
    ),
)
WHEN = datetime(2025, 2, 25, 12, tzinfo=UTC)


def told(text):
    """The role and the doubts about it of the first statement in an article of Tuesday 25 February 2025."""
    article = Article(
        id="a", keys=("a",), url=None, outlet="Courier", title="", text=text, published=WHEN, retrieved=WHEN
    )
    statement = extract(article, ROSTER)[0]
    assert statement.party is not None
    return statement.party.role, [caveat for caveat in statement.caveats if "the article writes" in caveat]


@pytest.mark.parametrize(
    ("who", "stale"),
    [
        ("Former President Mara Velden", "Former President"),
        ("Ex-President Mara Velden", "Ex-President"),
        ("Outgoing President Mara Velden", "Outgoing President"),
        ("Incoming President Mara Velden", "Incoming President"),
        ("President-elect Mara Velden", "President-elect"),
        ("Acting President Mara Velden", "Acting President"),
        ("Mara Velden, the former Velmarkian president,", "former Velmarkian president"),
        ("Mara Velden, Velmark's ex-president,", "Velmark's ex-president"),
        ("Mara Velden, the incoming president of Velmark,", "incoming president of Velmark"),
    ],
)
def test_a_marked_role_of_a_sitting_official_is_flagged_and_the_mandate_wins(who, stale):
    role, doubts = told(f"{who} said on Monday that the port will open.")
    assert role == "Velmarkian President"
    assert doubts == [f"the article writes “{stale}”; the role of that day: Velmarkian President"]


@pytest.mark.parametrize(
    "who",
    [
        "Foreign Minister Ines Toll",
        "Velmarkian Foreign Minister Ines Toll",
        "Ines Toll, the Velmarkian foreign minister,",
    ],
)
def test_yesterdays_minister_as_minister_is_flagged_and_the_mandate_wins(who):
    role, doubts = told(f"{who} said on Monday that the port will open.")
    assert role == "Velmarkian Defence Minister"
    assert [doubt.endswith("the role of that day: Velmarkian Defence Minister") for doubt in doubts] == [True]


def test_a_role_whose_mandate_has_ended_is_flagged_and_not_shown():
    role, doubts = told("President Otto Brandeis said on Monday that the port will open.")
    assert role is None
    assert doubts == ["the article writes “President”; on that day no such mandate was on record"]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("In 2023, then-President Otto Brandeis said that the port will open.", "Velmarkian President"),
        ("President Otto Brandeis said on January 10 that the port will open.", "Velmarkian President"),
        ("Foreign Minister Ines Toll said on January 20 that the port will open.", "Velmarkian Foreign Minister"),
        ("President-elect Mara Velden said on January 10 that the port will open.", "President-elect"),
    ],
)
def test_the_role_of_the_day_of_the_words_is_shown_and_is_not_stale(text, role):
    assert told(text) == (role, [])


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("Former President Otto Brandeis said on Monday that the port will open.", "Former President"),
        ("Former foreign minister Ines Toll said on Monday that the port will open.", "Velmarkian Defence Minister"),
        ("Former actress and President Mara Velden said that the port will open.", "Velmarkian President"),
        ("Defence Minister Ines Toll said on Monday that the port will open.", "Velmarkian Defence Minister"),
        ("Karsovia's interim President Jonas Osk said that the port will open.", "Karsovian interim President"),
        ("President Jonas Osk said that the port will open.", "Karsovian interim President"),
    ],
)
def test_a_role_that_fits_the_mandates_is_not_flagged(text, role):
    assert told(text) == (role, [])

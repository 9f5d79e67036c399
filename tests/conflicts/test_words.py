"""Names and days in a headline."""

from __future__ import annotations

import pytest

from bot import conflicts
from bot.conflicts.names import surname
from bot.conflicts.order import day, later
from bot.model import Party


@pytest.mark.parametrize(
    ("name", "side", "expected"),
    [
        ("Mara Velden", "norrland", "Velden"),
        ("Ilse von der Aue", "norrland", "von der Aue"),
        ("Tomas Kell Jr.", "norrland", "Kell"),
        ("Lin Weimo", "china", "Lin"),
        ("Madonna", "norrland", "Madonna"),
        ("Ostrava's ambassador to the Compact", "ostrava", "Ostrava's ambassador to the Compact"),
    ],
)
def test_a_person_is_called_by_the_family_name(name, side, expected):
    assert surname(Party(name=name, side=side)) == expected


def test_a_body_keeps_its_whole_name():
    assert surname(Party(name="Ministry of Ports", person=False)) == "Ministry of Ports"


@pytest.mark.parametrize(
    ("first", "until", "expected"),
    [
        (0, None, "10 Feb 2031"),
        (7, 13, "17–23 Feb 2031"),
        (7, 30, "17 Feb – 12 Mar 2031"),
        (None, None, "by 1 Jun 2031"),
    ],
)
def test_days_are_written_as_the_press_writes_them(say, first, until, expected):
    assert day(say("velden", "I support Compact troops in Lumeria", day=first, until=until)) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [(0, "The same day"), (1, "The next day"), (5, "5 days later"), (30, "On 12 Mar 2031")],
)
def test_the_order_of_events_opens_the_sentence(say, days, expected):
    first = say("velden", "I support Compact troops in Lumeria", day=0)
    assert later(first, say("lask", "I reject Compact troops in Lumeria", day=days)) == expected


def reason(first, second, sides):
    (found,) = conflicts.find(second, [first], sides)
    return found.why


def test_a_turn_is_told_as_an_editor_would(say, sides):
    first = say("velden", "Compact troops in Lumeria are out of the question", day=1)
    told = reason(first, say("velden", "We support Compact troops in Lumeria", day=9), sides)
    assert told == (
        "The earlier words are read as against peacekeepers (“out of the question”), "
        "the new ones as in favour (“support”): the opposite stance."
    )


def test_a_split_names_both_and_their_words(say, sides):
    first = say("tarn", "We support Compact troops in Lumeria", day=1)
    told = reason(first, say("lask", "We will not accept Compact troops in Lumeria", day=2), sides)
    assert told == (
        "Tarn’s words are read as in favour of peacekeepers (“support”), "
        "Lask’s as against (“will not accept”); both are of one side."
    )


def test_words_of_a_paraphrase_have_no_marks(say, sides):
    first = say("velden", "the government supports Compact troops in Lumeria", day=1, kind="indirect")
    told = reason(first, say("velden", "I reject Compact troops in Lumeria", day=9), sides)
    assert "(supports), the new ones as against (“reject”)" in told

from __future__ import annotations

import pytest

from bot.statements.people.spelling import Name, sounds


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Zelensky", "Zelenskyy"),
        ("Sergei", "Sergey"),
        ("Uljanov", "Ulyanov"),
        ("Hakkanen", "Häkkänen"),
        ("Caroline", "Karoline"),
    ],
)
def test_transliterations_of_one_name_sound_alike(one, other):
    assert sounds(one) == sounds(other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("Sergey Dolgovskiy", "Sergei Dolgovsky", True),
        ("Andrey Sibega", "Andrii Sybeha", True),
        ("Eric Velden", "Mara Velden", False),
        ("Mara Velden Jr.", "Mara Velden", False),
        ("George H. Reed", "George W. Reed", False),
        ("George Reed", "George W. Reed", True),
        ("George Rees", "George Reed", False),  # short surnames must be equal
    ],
)
def test_names_of_one_person_are_told_from_those_of_relatives(one, other, expected):
    assert Name.of(one).may_be(Name.of(other)) is expected

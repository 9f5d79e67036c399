"""Two positions slot by slot: what sets them apart, what is only to be checked, and figures that cannot both be right."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import conflicts
from bot.conflicts import scope

LOOSE = settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
TURNED = {"only one": "only the other", "only the other": "only one"}
PARTS = st.lists(
    st.sampled_from(
        [
            "We reject", "We support", "We will build", "a toll", "the ferry", "in Tarvik", "in the port of Skarne",
            "in 2034", "by 2038", "at least 40 barges", "12 barges", "under a Compact flag", "from Lumeria", "if asked",
            "at night",
        ]
    ),
    min_size=1,
    max_size=6,
).map(" ".join)  # fmt: skip


def apart(one, other, sides):
    return [slot.name for slot in scope.compared(one, other, sides) if slot.apart]


@pytest.mark.parametrize(
    ("earlier", "later", "slot"),
    [
        ("We support the ferry in Tarvik", "We reject the ferry in Skelm", "place"),
        ("We accept pine timber from Lumeria", "We reject pine timber from Ostrava", "party"),
        ("We reject foreign soldiers in the Istren hills", "We accept foreign surveyors in the Istren hills", "object"),
        ("We support an increase in harbour dues", "We oppose an increase in fuel dues", "object"),
        ("We accept patrols on the river at night", "We reject patrols on the river by day", "time"),
        ("We accept the closure of the pier in 2034", "We reject the closure of the pier in 2038", "time"),
    ],
)
def test_another_place_thing_or_time_is_close_but_no_conflict(say, sides, earlier, later, slot):
    before, after = say("velden", earlier, day=1), say("velden", later, day=20)
    assert slot in apart(before, after, sides)
    assert conflicts.find(after, [before], sides) == ()


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        ("We support the ferry in Tarvik", "We reject the ferry in Tarvik"),
        ("We reject foreign soldiers in the Istren hills", "We accept foreign troops in the Istren hills"),
        ("We support the ferry to the port of Skarne", "We reject the ferry to Skarne"),
        (
            "We support the night ferry pier in Norrland",
            "We reject the night ferry pier in Havnby",
        ),  # a town may lie in the country
        ("We support the night ferry pier", "We reject the night ferry pier in 2034"),
    ],
)
def test_what_may_be_one_thing_is_not_set_apart(say, sides, earlier, later):
    before, after = say("velden", earlier, day=1), say("velden", later, day=20)
    assert apart(before, after, sides) == []
    assert [found.kind for found in conflicts.find(after, [before], sides)] == ["reversal"]


def test_what_the_configuration_files_under_one_proposition_is_not_set_apart(say, sides):
    before = say("velden", "I support Compact troops in Lumeria in 2034", day=1)
    after = say("velden", "I reject Compact troops in Lumeria in 2038", day=20)
    (found,) = conflicts.find(after, [before], sides)
    assert "the time differs: “2034” and “2038”" in found.check_first


def test_what_only_one_names_is_to_be_checked_and_lowers_the_score(say, sides):
    plain = say("velden", "I support Compact troops in Lumeria", day=1)
    dated = say("velden", "I reject Compact troops in Lumeria in 2038", day=20)
    undated = say("velden", "I reject Compact troops in Lumeria", day=20)
    (found,) = conflicts.find(dated, [plain], sides)
    (same,) = conflicts.find(undated, [plain], sides)
    assert "only Velden names a time: “2038”" in found.check_first
    assert found.score == pytest.approx(same.score - 0.02)


def test_however_much_differs_the_score_falls_only_a_little(say, sides):
    plain = say("velden", "I support Compact troops in Lumeria", day=1)
    rich = say("velden", "I reject 400 Compact troops from Kaldor in Lumeria in 2038 under a foreign flag", day=20)
    (found,) = conflicts.find(rich, [plain], sides)
    (same,) = conflicts.find(say("velden", "I reject Compact troops in Lumeria", day=20), [plain], sides)
    assert found.score == pytest.approx(same.score - 0.04)


def test_one_quantity_with_two_figures_is_a_difference_of_fact(say):
    one = say("velden", "We support the plan: the harbour fund holds 40 million crowns")
    other = say("tarn", "We support the plan: the harbour fund holds 3 million crowns")
    about = say("tarn", "We support the plan: the harbour fund holds more than 35 million crowns")
    assert scope.numbers_differ(one, other) == ("40 million crowns", "3 million crowns")
    assert scope.numbers_differ(one, about) is None


def test_figures_of_two_years_or_two_things_do_not_differ(say):
    one = say("velden", "We support the yards: they built 40 barges in 2029")
    assert scope.numbers_differ(one, say("tarn", "We support the yards: they built 12 barges in 2030")) is None
    assert scope.numbers_differ(one, say("tarn", "We support the yards: they built 12 ferries in 2029")) is None


@given(PARTS, PARTS)
@LOOSE
def test_exchanged_positions_compare_alike(say, sides, left, right):
    try:
        one, other = say("velden", f"We support it: {left}"), say("tarn", f"We reject it: {right}")
    except IndexError:  # nothing to be for or against
        return
    forth, back = scope.compared(one, other, sides), scope.compared(other, one, sides)
    assert [(slot.name, slot.one, slot.other, slot.how, slot.apart) for slot in forth] == [
        (slot.name, slot.other, slot.one, TURNED.get(slot.how, slot.how), slot.apart) for slot in back
    ]
    there, again = scope.numbers_differ(one, other), scope.numbers_differ(other, one)
    assert (there is None) == (again is None)


@given(PARTS)
@LOOSE
def test_nothing_is_set_apart_from_itself(say, sides, words):
    try:
        one = say("velden", f"We support it: {words}")
    except IndexError:
        return
    assert apart(one, one, sides) == []
    assert scope.numbers_differ(one, one) is None

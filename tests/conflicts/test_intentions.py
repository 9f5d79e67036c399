"""What one side says another is about to do, and what that one says it has no intention of doing."""

from dataclasses import replace

import pytest

from bot import conflicts
from bot.conflicts.intentions import deny_intention


@pytest.fixture
def raised(say, sides):
    """The kinds raised by what Lumeria's president says of Ostrava and what Ostrava's spokesman says, either way round."""

    def find(claim, answer, *, where="x", days=(1, 2), who="mirren"):
        told = replace(say(who, claim, article="x", day=days[0]), stance="for", strength=0.35)
        back = replace(say("drin", answer, article=where, day=days[1]), stance="against", strength=0.35)
        found = [conflicts.find(back, [told], sides), conflicts.find(told, [back], sides)]
        kinds = [sorted({one.kind for one in some} - {"opposed"}) for some in found]
        assert kinds[0] == kinds[1], "the order of arrival does not matter"
        return kinds[0]

    return find


@pytest.mark.parametrize("where", ["x", "y"])
@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        (
            "Lumeria sees the Ostravan bill as the start of an exit from the Compact",
            "Ostrava has no plans to leave the Compact",
        ),
        ("Ostrava is preparing to invade the northern valley", "We do not intend to attack anybody in the valley"),
        (
            "We hear that the Castle wants to send tanks across the river",
            "We are not planning to supply the river towns with tanks",
        ),
        ("Ostrava is about to dismantle the customs posts", "We are not going to dismantle a single customs post"),
    ],
)
def test_an_intention_that_the_other_side_denies_is_disputed(raised, claim, answer, where):
    assert raised(claim, answer, where=where) == ["disputed"]


@pytest.mark.parametrize(
    ("claim", "answer"),
    [
        ("Ostrava must leave the Compact", "Ostrava has no intention to leave the Compact"),  # asked, not told
        ("If Ostrava leaves the Compact, we close the border", "Ostrava has no intention to leave the Compact"),
        ("Ostrava will not leave the Compact", "Ostrava has no intention to leave the Compact"),  # they agree
        ("Lumeria is leaving the Compact", "We have no intention to leave the Compact"),  # of themselves
        ("Ostrava is about to leave the bank", "Ostrava has no intention to leave the Compact"),  # of something else
        ("Ostrava is about to sue the Compact", "Ostrava has no intention to leave the Compact"),  # another act
    ],
)
def test_demands_suppositions_and_other_acts_are_no_intentions_denied(say, sides, claim, answer):
    assert not deny_intention(say("drin", answer), say("mirren", claim), sides)


def test_what_was_said_of_intentions_weeks_ago_is_not_news(raised):
    claim = "Lumeria sees the Ostravan bill as the start of an exit from the Compact"
    assert raised(claim, "Ostrava has no plans to leave the Compact", where="y", days=(1, 28)) == []


def test_nobody_denies_the_intentions_of_the_own_side_to_it(raised):
    claim, answer = "Ostrava is about to leave the Compact", "Ostrava has no intention to leave the Compact"
    assert "disputed" not in raised(claim, answer, who="tarn", where="y")


def test_that_nothing_is_decided_and_that_there_is_nothing_yet_are_no_turn(say, sides):
    undecided = replace(
        say("tarn", "No decision on troops in Lumeria has been made"),
        stance="open",
        strength=0.6,
        operators=("No decision",),
    )
    nothing = replace(say("tarn", "There is no agreement on troops in Lumeria", day=5), stance="against", strength=0.65)
    refusal = replace(nothing, strength=0.85, operators=("reject",))
    assert conflicts.find(nothing, [undecided], sides) == ()
    assert [one.kind for one in conflicts.find(refusal, [undecided], sides)] == ["reversal"]

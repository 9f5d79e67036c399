"""What was compared before is not compared again; what has changed since is, and conflicts are between what is there now."""

from __future__ import annotations

from dataclasses import replace

from bot import conflicts
from bot.compared import Compared
from bot.opinions import NO_OPINION


def test_what_is_the_same_is_not_judged_again_and_its_conflicts_are_between_the_very_positions_asked_about(say, sides):
    asked = []

    def judge(pairs):
        asked.append(pairs)
        return [NO_OPINION for _ in pairs]

    earlier = say("velden", "We reject a toll on ships", article="a", day=1)
    fresh = say("velden", "We welcome a toll on ships", article="b", day=5)
    compared = Compared(sides, judge)
    (found,) = compared.find(fresh, [earlier])
    once = len(asked)
    fresh_again, earlier_again = replace(fresh), replace(earlier)  # as another transaction has read them
    (again,) = compared.find(fresh_again, [earlier_again])
    assert (again, len(asked)) == (found, once)
    assert again.fresh is fresh_again, "by itself the record knows its row"
    assert again.earlier is earlier_again


def test_what_stands_under_its_topic_for_another_reason_is_compared_again(say, sides):
    earlier = say("velden", "We reject a toll on ships", article="a", day=1)
    fresh = say("velden", "We welcome a toll on ships", article="b", day=5)
    linked = replace(earlier, link="merged by U1 on 3 Mar 2026")
    compared = Compared(sides, None)
    compared.find(fresh, [earlier])
    (found,) = compared.find(fresh, [linked])
    (expected,) = conflicts.find(fresh, [linked], sides)
    assert (found, found.why, found.check_first) == (expected, expected.why, expected.check_first)
    assert found.earlier is linked

"""Conflicts that no stance word shows: one asserts word by word what the other denies."""

from __future__ import annotations

from dataclasses import replace

from bot import conflicts
from bot.conflicts.explaining import explain
from bot.conflicts.turned import turned
from bot.opinions import Verdict

RAISE = "We will raise the cod quota this year"
NOT = "We will not raise the cod quota this year"


class Careful:
    """A judge that takes everything back."""

    careful = True

    def __init__(self):
        self.asked = []

    def __call__(self, pairs):
        self.asked += pairs
        return [Verdict(conflict=0.0, agree=1.0, unrelated=0.0, veto=True) for _ in pairs]


def test_a_plan_that_is_denied_later_is_a_reversal_and_says_by_which_words(say, sides):
    (found,) = conflicts.find(say("velden", NOT, day=3), [say("velden", RAISE, day=0)], sides)
    assert found.kind == "reversal"
    assert found.why == "Earlier “will raise”, now “will not raise”: the one denies what the other asserts."
    assert not any("only implied" in line for line in found.check_first)


def test_two_of_one_side_of_whom_one_denies_what_the_other_asserts_are_a_split(say, sides):
    (found,) = conflicts.find(say("lask", NOT, day=3), [say("tarn", RAISE, day=0)], sides)
    assert found.kind == "same_side"
    assert found.why == (
        "Tarn’s words are “will raise”, Lask’s “will not raise”: "
        "the one denies what the other asserts; both are of one side."
    )


def test_words_of_a_paraphrase_that_turn_have_no_marks(say, sides):
    late = say("velden", "the cod quota would not be raised this year", day=3, kind="indirect")
    (found,) = conflicts.find(late, [say("velden", RAISE, day=0)], sides)
    assert found.why.startswith("Earlier “will raise”, now would not be raised: ")


def test_two_sides_that_plan_the_opposite_raise_nothing(say, sides):
    assert conflicts.find(say("tarn", NOT, day=3), [say("velden", RAISE, day=0)], sides) == ()


def test_two_sides_of_whom_one_denies_what_the_other_says_has_happened_are_in_dispute(say, sides):
    claim = say("velden", "Ostravan boats fired on the ferry", day=0)
    (found,) = conflicts.find(say("tarn", "Our boats did not fire on the ferry", day=1), [claim], sides)
    assert found.kind == "disputed"
    assert "give another, “did not fire”" in found.why


def test_the_same_said_once_more_raises_nothing_however_the_stances_are_read(say, sides):
    first = say("velden", "We refuse to sell the state airline", day=0)
    assert conflicts.find(say("velden", "We will not sell the state airline", day=3), [first], sides) == ()


def test_a_careful_judge_is_not_asked_about_words_that_lie_side_by_side(say, sides):
    judge = Careful()
    found = conflicts.find(say("velden", NOT, day=3), [say("velden", RAISE, day=0)], sides, judge)
    assert [conflict.kind for conflict in found] == ["reversal"]
    assert judge.asked == []


def test_why_tells_the_words_that_turned(say, sides):
    trace = explain(say("velden", NOT, day=3), say("velden", RAISE, day=0), (), sides)
    told = next(step.told for step in trace.steps if step.name == "stance")
    assert (
        "Laid side by side, A has “will raise” and B has “will not raise”: the one denies what the other asserts."
        in told
    )


def test_why_tells_that_the_words_are_the_same(say, sides):
    trace = explain(say("velden", RAISE + ", as planned", day=3), say("velden", RAISE, day=0), (), sides)
    told = next(step.told for step in trace.steps if step.name == "stance")
    assert any(line.startswith("Laid side by side, the words say the same") for line in told)


def test_the_comparison_puts_a_denial_above_another_matter_and_a_restatement_below(say, sides):
    first = say("velden", RAISE, day=0)
    denial, other, again = (
        conflicts.compare(first, say("velden", words, day=3), sides).score
        for words in (NOT, "We will not raise the herring levy this year", RAISE + " again")
    )
    assert denial > other > again
    assert conflicts.compare(say("velden", NOT, day=3), first, sides).score == denial


def test_who_does_not_dispute_what_another_says_denies_nothing(say, sides):
    carried = say("velden", "the tanker carried grain", kind="indirect", day=0)
    for cue in ("does not dispute", "did not contest", "never questioned"):
        granted = say("tarn", "that the tanker carried grain", kind="indirect", day=1)
        granted = replace(granted, statement=replace(granted.statement, cue=cue))
        assert turned(carried, granted, sides) is None


def test_words_that_are_turned_raise_nothing_where_both_take_one_stance_in_so_many_words(say, sides):
    one = replace(say("velden", RAISE, day=0), stance="against", strength=0.7)
    other = replace(say("velden", NOT, day=3), stance="against", strength=0.85)
    assert conflicts.find(other, [one], sides) == ()

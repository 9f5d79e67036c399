"""Two sides whose accounts of one matter cannot both be true, in two articles."""

from dataclasses import replace

import pytest

from bot import conflicts

CLAIM = "Forty lorries were turned back at the Lumerian border"


@pytest.fixture
def claim(say):
    return replace(say("mirren", CLAIM, article="x", day=1), stance="for")


def denial(say, who, words, *, before="", cue="said", article="y"):
    found = say(who, words, article=article, day=2)
    return replace(found, stance="against", statement=replace(found.statement, before=before, cue=cue))


def raised(fresh, near, sides):
    return [(found.kind, found.answer) for found in conflicts.find(fresh, near, sides)]


def test_a_denial_that_names_who_made_the_claim_and_its_matter_disputes_it_in_any_order(say, sides, claim):
    answer = denial(say, "drin", "that lorries were turned back at the border, as Mirren has it", cue="denied")
    assert raised(answer, [claim], sides) == [("disputed", "denied")]
    assert raised(claim, [answer], sides) == [("disputed", "denied")]
    for fresh, other in ((answer, claim), (claim, answer)):
        (found,) = conflicts.find(fresh, [other], sides)
        assert found.why == "Mirren gave one account; Drin’s words call it untrue."
        assert found.earlier is claim


@pytest.mark.parametrize(
    "answer",
    [
        ("That is false", "Asked what Mirren had said", "said"),  # of which matter, nobody knows
        ("that lorries were turned back at the border", "", "denied"),  # whose claim, nobody knows
        ("that lorries were turned back at the border, as Mirren has it", "", "did not dispute"),
        ("The accusations of Mirren against my brother and his bank are baseless", "", "said"),
    ],
)
def test_a_denial_that_names_no_claimant_or_another_matter_disputes_nothing(say, sides, claim, answer):
    words, before, cue = answer
    assert raised(denial(say, "drin", words, before=before, cue=cue), [claim], sides) == []


def test_within_one_article_nothing_is_disputed_that_the_article_does_not_tell(say, sides, claim):
    answer = denial(
        say, "drin", "that lorries were turned back at the border, as Mirren has it", cue="denied", article="x"
    )
    assert raised(answer, [claim], sides) == []


def test_a_side_disputes_nothing_that_it_says_itself(say, sides):
    own = replace(say("tarn", CLAIM, article="x", day=1), stance="for")
    answer = denial(say, "drin", "that lorries were turned back at the border, as Tarn has it", cue="denied")
    assert "disputed" not in [kind for kind, _ in raised(answer, [own], sides)]

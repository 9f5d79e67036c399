"""Two sides whose accounts of one matter cannot both be true."""

from dataclasses import replace

import pytest

from bot import conflicts
from bot.model import Span

CLAIM = "Forty lorries were turned back at the Lumerian border"


def at(position, start, *, before="", cue="said"):
    statement = position.statement
    span = Span(start=start, end=start + len(statement.quote))
    return replace(position, statement=replace(statement, span=span, before=before, cue=cue))


@pytest.fixture
def claim(say):
    return replace(at(say("mirren", CLAIM, article="x", day=1), 10), stance="for")


def raised(fresh, near, sides):
    return [(found.kind, found.answer) for found in conflicts.find(fresh, near, sides)]


@pytest.mark.parametrize(
    "denial",
    [
        ("That is false", 90, "", "said"),
        ("That account is baseless", 90, "", "said"),
        ("that any lorries were turned back at the border", 90, "", "denied"),
        ("the allegations", 90, "", "rejected"),
        ("The figures are invented", 900, "Asked about the numbers that Mirren gave", "said"),
    ],
)
def test_a_denial_beside_a_claim_or_that_names_who_made_it_disputes_it_in_any_order(say, sides, claim, denial):
    words, start, before, cue = denial
    denial = replace(at(say("drin", words, article="x", day=1), start, before=before, cue=cue), stance="against")
    assert raised(denial, [claim], sides) == [("disputed", "denied")]
    assert raised(claim, [denial], sides) == [("disputed", "denied")]
    for fresh, other in ((denial, claim), (claim, denial)):
        (found,) = conflicts.find(fresh, [other], sides)
        assert found.why == "Mirren gave one account; Drin’s words call it untrue."
        assert found.earlier is claim


@pytest.mark.parametrize(
    "other",
    [
        ("That would be a mistake", 90, "said"),  # an opinion
        ("the plan", 90, "rejected"),  # a wish turned down
        ("the findings", 90, "did not dispute"),
        ("The figures are invented", 900, "said"),  # far from it, and nobody is named
        ("That is false", 2000, "said"),
        ("The accusations against my brother and his bank are baseless", 90, "said"),  # of another matter
    ],
)
def test_an_opinion_a_refusal_of_a_wish_and_a_denial_of_something_else_dispute_nothing(say, sides, claim, other):
    words, start, cue = other
    other = replace(at(say("drin", words, article="x", day=1), start, cue=cue), stance="against")
    assert raised(other, [claim], sides) == []


def test_of_two_claims_the_nearest_is_the_one_denied(say, sides, claim):
    second = replace(at(say("velden", "A bridge is closed since Monday", article="x", day=1), 100), stance="for")
    denial = replace(at(say("drin", "That is false", article="x", day=1), 160), stance="against")
    found = conflicts.find(denial, [claim, second], sides)
    assert [one.earlier for one in found] == [second]


def test_a_side_disputes_nothing_that_it_says_itself(say, sides):
    own = replace(at(say("tarn", CLAIM, article="x", day=1), 10), stance="for")
    denial = replace(at(say("drin", "That is false", article="x", day=1), 90), stance="against")
    assert "disputed" not in [kind for kind, _ in raised(denial, [own], sides)]

"""Claims and the denials that answer them, and whose voice is never set against whose."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot import conflicts
from bot.conflicts.nearness import link
from bot.conflicts.standing import known
from bot.model import Party, Told


def charge(say, words, **more):
    """What Velden accused Ostrava of."""
    plain = say("velden", words, kind="indirect", article="x", **more)
    return replace(
        plain,
        statement=replace(plain.statement, cue="accused"),
        holder=Party(name="Ostrava", side="ostrava", person=False),
        claimed_by=plain.holder,
        topic="made-charge",
        proposition="made-charge",
        topic_name="a fire in the port",
        stance="for",
        strength=0.7,
        operators=("accused",),
    )


FIRE = "Ostrava of setting a fire in the port"


def told(answer, claim, how="denied", words="denied"):
    """An answer of which its article tells that it denies a claim."""
    return replace(
        answer, statement=replace(answer.statement, told=Told(how=how, words=words, of=claim.statement.quote))
    )


def test_a_denial_of_the_allegations_answers_the_claim_beside_it(say, sides):
    claim = charge(say, FIRE, day=1)
    denial = told(say("drin", "These allegations are groundless", article="x", day=1), claim)
    for fresh, near in ((denial, claim), (claim, denial)):
        (found,) = conflicts.find(fresh, [near], sides)
        assert (found.kind, found.answer, found.earlier) == ("denied_claim", "denied", claim)
        assert found.title == "Drin vs Velden on a fire in the port"
        assert found.why == "Velden accused Ostrava; Drin’s words are read as a denial (“groundless”)."
        assert "Velden accused Ostrava of setting a fire in the port" in found.lede


def test_a_denial_of_which_no_article_tells_what_it_denies_answers_nothing(say, sides):
    denial = say("drin", "These allegations are groundless", article="y", day=1)
    assert conflicts.find(denial, [charge(say, FIRE, day=1)], sides) == ()


@pytest.mark.parametrize(
    "words",
    [
        "The Norrlander allegations about a fire in the port are groundless",
        "What Velden says of our port and of a fire is a fabrication",
        "Havn’s claims are absurd",
    ],
)
def test_who_is_accused_and_calls_the_accusations_of_that_side_untrue_in_another_article_denies_them(say, sides, words):
    claim = charge(say, FIRE, day=1)
    denial = replace(say("drin", words, article="y", day=2), stance="against", strength=0.7)
    for fresh, near in ((denial, claim), (claim, denial)):
        (found,) = conflicts.find(fresh, [near], sides)
        assert (found.kind, found.answer, found.earlier) == ("denied_claim", "denied", claim)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("The claims of Norrland’s Envoy Tomas Kell are absurd", 2),  # somebody else's
        ("The Norrlander allegations are groundless", 30),  # no news any more
        ("The Norrlander allegations are groundless", 0),  # said before
        ("The Norrlander allegations that we bribed a judge and a bank are groundless", 2),
        ("The Norrlander tax on a port is absurd", 2),  # no claim
    ],
)
def test_a_denial_of_somebody_else_of_long_ago_or_of_another_matter_answers_nothing(say, sides, words, day):
    denial = replace(say("drin", words, article="y", day=day), stance="against", strength=0.7)
    assert conflicts.find(denial, [charge(say, FIRE, day=1)], sides) == ()


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        ("There is no doubt that the Norrlander claims about the port fire are false", True),
        ("What Velden says of the port fire is nothing but propaganda", True),
        ("Claims made by Velden about a fire in the port are false", True),
        ("Velden’s claim that our hospitals turned sailors away is untrue", False),
        ("It was a lie that Norrland was poor", False),
        ("The rumour that Norrland lost a ship in the port fire is false", False),
        ("Velden is right that the Lumerian claims about the port and the fire are false", False),
        ("If the Norrlander allegations about the port fire are false, Velden owes us an apology", False),
        ("An inquiry will show whether the Norrlander claims about the port fire are false", False),
        ("The Norrlander account of the port fire may well be wrong, or false", False),
        ("The Norrlander account of the port fire might be inaccurate, misleading or false", False),
        ("Perhaps the Norrlander claims about the port and the fire are untrue", False),
        ("The Norrlander claims about the port fire are possibly false", False),
        ("Should the Norrlander claims about the port fire prove false, Velden owes us an apology", False),
        ("The Norrlander claims about the port fire are false, and an inquiry may show it", True),
        ("We cannot say that the Norrlander allegations about the port fire are false", False),
        ("Velden is right: the claim that nobody set the port on fire is false", False),
        ("What Velden knows is that the first Norrlander reports about a fire in the port were false", False),
        ("Lumeria said that the Norrlander claims about the port fire were false", False),
    ],
)
def test_only_who_surely_calls_untrue_what_that_side_said_of_that_matter_answers_it(say, sides, words, answered):
    denial = replace(say("drin", words, article="y", day=2), stance="for", strength=0.7)  # not opposed by its stance
    assert bool(conflicts.find(denial, [charge(say, FIRE, day=1)], sides)) is answered


def test_who_is_not_let_in_is_denied_no_claim(say, sides):
    denial = say("drin", "Norrlander reporters who made claims access to the fire in the port", article="y", day=2)
    denial = replace(denial, statement=replace(denial.statement, cue="denied"), stance="none")
    assert conflicts.find(denial, [charge(say, FIRE, day=1)], sides) == ()


@pytest.mark.parametrize(
    ("before", "found"),
    [
        ("", []),
        ("He was asked about the fire.", [FIRE]),
        ("He was asked about the fish.", ["Ostrava of taking the fish"]),
    ],
)
def test_a_denial_without_a_matter_answers_none_of_two_claims_unless_it_was_asked_about_one(say, sides, before, found):
    fish = replace(charge(say, "Ostrava of taking the fish", day=1), topic="made-fish", proposition="made-fish")
    denial = say("drin", "The Norrlander claims are absurd", article="y", day=2)
    denial = replace(denial, statement=replace(denial.statement, before=before), stance="against", strength=0.7)
    raised = conflicts.find(denial, [charge(say, FIRE, day=1), fish], sides)
    assert [one.earlier.statement.quote for one in raised] == found


def test_a_state_speaks_through_its_officials_and_is_never_set_against_them(say, sides):
    fresh = say("tarn", "We reject Compact troops in Lumeria", day=2)
    assert conflicts.find(fresh, [say("ostrava", "We support Compact troops in Lumeria", day=1)], sides) == ()


def test_a_stance_that_is_only_implied_makes_no_split(say, sides):
    fresh = say("tarn", "I reject Compact troops in Lumeria", day=2)
    vague = say("lask", "Compact troops came to Lumeria by train", day=1)
    assert vague.stance == "for"
    assert conflicts.find(fresh, [vague], sides) == ()


def test_a_made_topic_links_to_a_configured_one_where_much_is_shared(say):
    here = say("velden", "We support Compact troops in the northern harbour of Lumeria")
    there = replace(here, topic="made-harbour", proposition="made-harbour")
    assert link(here, there)
    assert link(here, replace(there, statement=say("velden", "The harbour festival was lovely").statement)) is None


def test_a_long_description_is_nobody_in_particular():
    assert not known(Party(name="body responsible for the supply of goods in Lumeria", side="lumeria"))
    assert known(Party(name="Ostrava's ambassador to the Compact", side="ostrava"))


@pytest.mark.parametrize(
    ("words", "answered"),
    [
        ("We never set a fire in the port", True),
        ("The Norrlander account of a fire in the port is wrong", True),
        ("Setting a fire in a port is wrong", False),
        ("A fire in the port is a disaster", False),
        ("We oppose an inquiry into a fire in the port", False),
        ("We will not pay for a fire in the port", False),
        ("The Norrlander account of a fire in the port can be wrong, and so can ours", False),
    ],
)
def test_an_accusation_is_denied_by_words_of_denial_not_by_any_stance_on_what_it_names(say, sides, words, answered):
    answer = replace(say("drin", words, article="y", day=2), stance="against", strength=0.7)
    assert bool(conflicts.find(answer, [charge(say, FIRE, day=1)], sides)) is answered


@pytest.mark.parametrize(
    ("cue", "words", "answered"),
    [
        ("rejected", "Norrlander claims of a fire in the port", True),
        ("rejected", "any responsibility for a fire in the port", True),
        ("rejected", "Norrlander insurance claims over a fire in the port", False),
        ("rejected", "claims for damages over a fire in the port", False),
        ("denied", "Norrlander refund claims over a fire in the port", False),
        ("condemned", "a fire in the port", False),
    ],
)
def test_a_claim_of_money_or_shelter_that_is_turned_down_was_no_assertion(say, sides, cue, words, answered):
    answer = say("drin", words, kind="indirect", article="y", day=2)
    answer = replace(answer, statement=replace(answer.statement, cue=cue), stance="against", strength=0.7)
    assert bool(conflicts.find(answer, [charge(say, FIRE, day=1)], sides)) is answered

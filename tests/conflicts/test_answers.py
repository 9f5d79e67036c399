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

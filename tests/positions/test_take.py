"""From a statement to positions: issue, holder, who claims it, and the specifics named."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Party, Said, Source, Span, Speaker, Statement
from bot.opinions import Glance
from bot.positions import Gazetteer, Topics, take, weighed
from bot.positions.topics import MADE
from config.schema import Proposition, Side, Topic

SIDES = (
    Side(id="norrland", name="Norrland", adjectives=("Norrlander",)),
    Side(id="ostrava", name="Ostrava", adjectives=("Ostravan",)),
    Side(id="ports", name="Ports Office", within=("ostrava",)),
)
GAZETTEER = Gazetteer.of(SIDES)
TOPICS = (
    Topic(
        id="valley",
        name="troops in the valley",
        propositions=(
            Proposition(
                id="troops",
                text="Troops go to the valley",
                words=(("troops", "soldiers"), ("valley",)),
                unless=("observers",),
                reject=("a bridge too far",),
            ),
            Proposition(id="observers", text="Observers go to the valley", words=(("observers",), ("valley",))),
        ),
    ),
)
VELDEN = Party(name="Mara Velden", official="velden", side="norrland", role="President")
TARN = Party(name="Osk Tarn", official="tarn", side="ostrava", role="President")
SUND = Party(name="Ida Sund", official="sund", side="ports")


EXPLICIT_FROM = 0.6  # strength from which the words themselves show the stance


def told(content: str, *, speaker: Party | None = VELDEN, holder: Party | None = None, **more: object) -> Statement:
    moment = datetime(2031, 2, 10, tzinfo=UTC)
    span = Span(start=0, end=len(content))
    return Statement(
        **{
            "source": Source(
                article="a",
                outlet="Havn Herald",
                url=None,
                title=str(more.pop("title", "")),
                published=moment,
                retrieved=moment,
                text_hash="0",
            ),
            "kind": "direct",
            "span": span,
            "quote": content,
            "verbatim": (span,),
            "cue": "said",
            "speaker": Speaker(party=speaker, as_written="she", span=Span(start=0, end=0)) if speaker else None,
            "holder": holder,
            "said": Said(first=date(2031, 2, 10), last=date(2031, 2, 10), how="test"),
            "content": content,
            **more,
        }
    )


def one(*args, **more):
    (position,) = take(told(*args, **more), Topics.of(TOPICS), GAZETTEER)
    return position


def test_a_configured_proposition_is_found_by_a_word_of_every_group():
    position = one("We support sending soldiers to the valley")
    assert (position.topic, position.proposition, position.stance) == ("valley", "troops", "for")


def test_a_specific_splits_propositions():
    assert one("We support observers beside the troops in the valley").proposition == "observers"


def test_words_count_whole_and_in_the_plural_only():
    assert one("We support the troopship in the valley").topic.startswith(MADE)
    assert {p.proposition for p in take(told("We support troops in the valleys"), Topics.of(TOPICS), GAZETTEER)} == {
        "troops"
    }


def test_a_proposition_may_bring_its_own_phrases():
    assert one("Troops in the valley are a bridge too far").stance == "against"


def test_what_is_pointed_back_to_names_the_issue_and_the_content_the_stance():
    position = one("He will accept that [about: the rejected plan for troops in the valley]", holder=TARN)
    assert (position.topic, position.stance) == ("valley", "for")


def test_words_without_a_stance_take_no_issue_from_around_them():
    assert (
        one("It was a useful conversation about art", before="Troops in the valley were discussed.").topic != "valley"
    )


def test_an_answer_that_gives_none_is_about_what_was_asked():
    position = one("I have nothing to add", title="Minister on troops in the valley", defers_to=TARN)
    assert (position.topic, position.stance, position.defers_to) == ("valley", "no_comment", TARN)


def test_a_refusal_to_say_is_no_stance_even_when_the_cue_carries_it():
    assert one("the troops left the valley", cue="declined to confirm", negated=True).stance == "no_comment"


@pytest.mark.parametrize("cue", ["refused to rule out", "has not ruled out", "did not reject", "did not deny"])
def test_a_refusal_that_is_refused_leaves_the_issue_open(cue: str) -> None:
    assert one("sending troops to the valley", cue=cue, negated=True).stance == "open"


def test_an_issue_that_nobody_configured_is_named_from_the_content():
    position = one("We reject the Norrlander tariffs on steel")
    assert position.topic == MADE + "tariffs-norrland"
    assert position.topic_name == "Norrlander tariffs"
    assert one("They welcome tariffs by Norrland").topic == position.topic


def test_a_source_that_is_not_named_claims_what_it_tells_of_another():
    statement = told("They accept troops in the valley", holder=TARN)
    unnamed = Speaker(party=None, as_written="a person familiar with the matter", span=Span(start=0, end=0))
    (position,) = take(replace(statement, speaker=unnamed), Topics.of(TOPICS), GAZETTEER)
    assert position.claimed_by is not None
    assert position.claimed_by.name == "a person familiar with the matter"


def test_somebody_else_speaking_for_a_holder_claims_it():
    assert one("They accept troops in the valley", holder=TARN).claimed_by == VELDEN


def test_the_own_side_speaks_for_its_holder():
    assert one("We accept troops in the valley", speaker=SUND, holder=TARN).claimed_by is None
    assert one("We accept troops in the valley").claimed_by is None


def test_without_holder_or_words_there_is_no_position():
    assert take(told("We accept troops in the valley", speaker=None), Topics.of(TOPICS), GAZETTEER) == ()
    assert take(told(" "), Topics.of(TOPICS), GAZETTEER) == ()
    assert take(told("Who sent the troops to the valley?"), Topics.of(TOPICS), GAZETTEER) == ()


def test_the_specifics_named_are_kept_as_written():
    scope = dict(one("If asked, we would send Ostravan soldiers to the valley in Norrland").scope)
    assert scope == {
        "condition": "If asked",
        "action": "send",
        "actor": "Ostravan",
        "object": "Ostravan soldiers",
        "object matter": "ostravan troops",
        "place": "Norrland",
    }


@given(st.text(max_size=200), st.text(max_size=60))
def test_any_statement_is_taken_without_fault_and_always_alike(content, before):
    statement = told(content or "x", before=before)
    assert take(statement, Topics.of(TOPICS), GAZETTEER) == take(statement, Topics.of(TOPICS), GAZETTEER)


def test_a_word_in_capitals_is_found_in_capitals_only():
    topic = Topic(
        id="net",
        name="the network",
        propositions=(Proposition(id="p", text="It stays", words=(("SWIFT",), ("valley",))),),
    )
    (named,) = take(told("We support SWIFT in the valley"), Topics.of((topic,)), GAZETTEER)
    assert named.topic == "net"
    assert all(
        found.topic != "net"
        for found in take(told("We want a swift end in the valley"), Topics.of((topic,)), GAZETTEER)
    )


def test_what_is_told_of_another_side_is_that_sides_position():
    (found,) = take(told("Ostrava has never accepted troops in the valley"), Topics.of(TOPICS), GAZETTEER)
    assert (found.holder.side, found.claimed_by, found.stance) == ("ostrava", VELDEN, "against")


def test_what_somebody_unknown_wants_is_weak():
    (found,) = take(told("Some partners did not support troops in the valley"), Topics.of(TOPICS), GAZETTEER)
    assert found.strength < 0.6


def test_a_refused_demand_is_refused_whatever_it_demands():
    (found,) = take(told("demands for troops in the valley", cue="rejected"), Topics.of(TOPICS), GAZETTEER)
    assert found.stance == "against"


@pytest.mark.parametrize("cue", ["called for", "welcomed", "backed", "urged"])
def test_a_cue_that_takes_sides_does_so_in_so_many_words(cue: str) -> None:
    found = one("troops in the valley", cue=cue, kind="indirect")
    assert (found.stance, found.strength >= EXPLICIT_FROM, found.operators[0]) == ("for", True, cue)
    less = one("an end to the troops in the valley", cue=cue, kind="indirect")
    assert (less.stance, less.strength >= EXPLICIT_FROM) == ("against", True)


@pytest.mark.parametrize(
    ("cue", "words"),
    [
        ("urged", "caution on the troops in the valley"),
        ("called for", "calm over the troops in the valley"),
        ("called for", "a review of the troops in the valley"),
        ("welcomed", "the Compact’s report on the troops in the valley"),
        ("agreed", "to discuss the troops in the valley"),
        ("agreed", "critics of the troops in the valley"),
    ],
)
def test_a_cue_takes_no_side_where_what_it_names_settles_nothing(cue: str, words: str) -> None:
    assert one(words, cue=cue, kind="indirect").strength < EXPLICIT_FROM


def test_a_cue_that_only_says_that_somebody_spoke_takes_no_side() -> None:
    assert one("troops in the valley came by train", cue="said", kind="indirect").strength < EXPLICIT_FROM


def test_words_that_lean_on_a_demand_to_drop_something_are_weak():
    demand = "They demanded that Norrland drop its bid to send troops to the valley."
    (found,) = take(told("We reject this", before=demand), Topics.of(TOPICS), GAZETTEER)
    assert (found.topic, found.strength < 0.6) == ("valley", True)


def test_words_without_a_public_affair_are_filed_under_the_headlines():
    (found,) = take(told("The gentleman is mistaken", title="Havn rules out a ceasefire"), Topics.of(()), GAZETTEER)
    assert found.topic == f"{MADE}ceasefire"


def test_what_is_promised_names_the_issue_before_what_it_hangs_on():
    promised = one("If the budget passes, every hospital will get more nurses")
    assert (promised.topic, promised.stance) == (f"{MADE}hospital", "conditional")
    assert one("We will sign the river treaty only if they give up the dam").stance == "conditional"


def test_an_issue_that_only_a_condition_names_is_no_reason_to_say_nothing():
    assert one("The nets will come down once the quota is settled").stance == "conditional"


@pytest.mark.parametrize(
    ("words", "kept"),
    [
        ("We will step back from the mediation if they go on like that", "against"),
        ("The lake treaty is obsolete", "against"),
        ("The lake treaty will be kept", "conditional"),
    ],
)
def test_words_that_show_a_stance_go_before_the_network_and_others_do_not(words: str, kept: str) -> None:
    assert weighed(one(words), Glance(meaning=b"", stances={"conditional": 0.95, "none": 0.05})).stance == kept


def test_what_no_longer_lessens_it_is_for_it_though_the_network_hears_a_no():
    heard = Glance(meaning=b"", stances={"against": 0.95, "none": 0.05})
    assert weighed(one("There are no longer any restrictions on tariffs"), heard).stance == "for"

"""Whether one text asserts what another denies, word by word: invented sentences, and what must never be taken so."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.contrast import Voice, contrast, named
from bot.contrast.aligning import align, may_align
from bot.contrast.assertions import assertions

TURNED = [
    ("Nobody in my office received the memo", "My office received the memo in April", "negation"),
    ("The mayor has signed the contract with the tram builder", "The mayor never signed a contract", "negation"),
    ("We are going to double the fines for littering", "There are no plans to double the fines", "negation"),
    ("Teachers will not lose their bonus", "Teachers will lose their bonus", "negation"),
    ("I will run for governor", "I am not going to run for governor", "negation"),
    ("The ministry will publish the audit", "The ministry refuses to publish the audit", "negation"),
    ("Under no circumstances will the bridge be closed", "The bridge will be closed in the autumn", "negation"),
    ("The rebels have laid down their arms", "The rebels haven't laid down their arms", "negation"),
    ("It is untrue that the bonus will be paid to porters", "The bonus will be paid to porters", "negation"),
    ("We will call off the strike if the pay offer is improved", "We will not call off the strike, whatever the offer",
     "negation"),
    ("The dam is stable", "The dam is unstable", "opposites"),
    ("The pipeline leak was an accident", "The pipeline leak was sabotage", "opposites"),
    ("We will raise the toll on lorries", "We will cut the toll on lorries", "opposites"),
    ("The fund will continue to pay pensions", "The fund will stop paying pensions", "opposites"),
    ("The program costs 40 million crowns a year", "The program costs 95 million crowns a year", "number"),
    ("The island will get a new ferry in 2032", "The island will get a new ferry in 2035", "time"),
    ("I tell you that the ferry will sail", "The ferry will not sail", "negation"),
    ("The derailment was caused by a cracked rail", "The derailment was caused by the driver", "cause"),
    ("The seals died of a virus", "The seals died of hunger", "cause"),
    ("The savings club failed because its clerk gambled", "The savings club failed because the auditors slept", "cause"),
    ("The storm is to blame for the blackout", "Hackers are to blame for the blackout", "cause"),
    ("We will sign the shift agreement", "We will not sign the shift agreement", "negation"),
    ("We will sign the treaty without preconditions", "We will sign the treaty only if they free the crew", "condition"),
]  # fmt: skip
BESIDE = [
    ("The mayor has signed the contract with the tram builder", "The mayor has not signed the contract for the buses"),
    ("The derailment was caused by a cracked rail", "The derailment was caused by a rail that had cracked that night"),
    ("The derailment was caused by a cracked rail", "The derailment was also caused by the driver"),
    ("The derailment was caused by a cracked rail", "The derailment may have been caused by the driver"),
    ("The fire of 2029 was caused by a spark", "The fire of 2030 was caused by a cigarette"),
    ("The seals died of a virus", "The herring died of hunger"),
    ("The tunnel is safe", "An engineer once told me the tunnel is not safe, and he was wrong"),
    ("We will keep lorries out of the valley", "Lorries will not be let into the valley"),
    ("We have received an offer for the mill", "We have received no second offer for the mill"),
    ("Late ballots can be counted", "Late ballots cannot be counted twice"),
    ("Schools will reopen after the storm", "Not all schools will reopen after the storm"),
    ("Teachers will not lose their bonus", "Some teachers fear they will lose their bonus"),
    ("There will be no price freeze", "The opposition shouts that there will be a price freeze"),
    ("We will not touch the pensions", "We will touch the pensions: those are Durnan's words"),
    ("I support legal cannabis", "As a student I opposed legal cannabis"),
    ("We will never leave the union", "Why would we leave the union?"),
    ("The dam will be built", "If the dam were not built, half the valley would be dark"),
    ("The ministry will publish the audit", "The ministry will not publish the audit before May"),
    ("The ministry will publish the audit", "The ministry might not publish the audit, perhaps"),
    ("We will not raise the toll", "We will cut the toll"),
    ("Reservists may be called up", "Reservists need not be called up"),
    ("We will appeal against the ruling", "We did not appeal against the ruling"),
    ("The talks have not started", "The talks started today"),
    ("Three people were killed in the blast", "Five people were killed in the blast"),
    ("Our navy did not fire on the boats", "The other navy fired on the boats"),
    ("The state will not talk to the hijackers", "The state will talk to the families of the hijackers"),
    ("Police will patrol the trams at night", "Police will not patrol the trams by day"),
    ("We have ruled out a new tax on flats", "We do not rule out a tax on empty cellars"),
    ("Belisia is ready to stop the shelling", "Belisia is not obliged to stop the shelling but is ready to"),
    ("We will raise the quota", "We did not say that we would not raise the quota"),
    ("The program costs 40 million crowns a year", "The program costs about 41 million crowns a year"),
]
SENTENCES = [text for pair in TURNED for text in pair[:2]] + [text for pair in BESIDE for text in pair]


def stand(one: str, other: str, **told):
    return contrast(Voice(text=one), Voice(text=other, **told), one_party=True)


@pytest.mark.parametrize(("one", "other", "how"), TURNED)
def test_what_one_asserts_and_the_other_denies_is_turned(one, other, how):
    assert stand(one, other).how == how


@pytest.mark.parametrize(("one", "other"), BESIDE)
def test_what_is_narrower_supposed_told_of_others_or_of_another_time_is_not_turned(one, other):
    found = stand(one, other)
    assert not (found and found.turned), found


@pytest.mark.parametrize(("one", "other", "how"), [row for row in TURNED if row[2] != "condition"])
def test_the_telling_words_are_words_of_the_texts(one, other, how):
    found = stand(one, other)
    assert found.one in one
    assert found.other in other


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The curfew stays in force", "The curfew stays in force, as we said"),
        ("The park will be closed", "The park will not be open"),
        ("We will not sell the airline", "We refuse to sell the airline"),
        ("We oppose the merger of the ports", "We do not support the merger of the ports"),
    ],
)
def test_the_same_in_other_words_is_the_same(one, other):
    found = stand(one, other)
    assert found
    assert found.how == "same"


def test_a_report_may_turn_what_it_tells():
    assert stand("The state will pay for night trains", "paying for night trains", denied=True).turned
    assert stand("The army shelled the market", "the army had shelled the market", indirect=True).how == "same"


def test_words_that_others_say_and_the_speaker_only_repeats_set_the_two_apart():
    found = stand("The draw was fair", "Two coaches wrote to me that the draw was not fair")
    assert found.how == "apart"


def test_we_of_one_side_is_whom_the_other_calls_by_name():
    ours, theirs = named(["Tarvia", "Tarvian"]), named(["Belisia", "Belisian"])
    claim = Voice(text="Tarvian guns shelled the market", names=theirs)
    found = contrast(claim, Voice(text="Our guns did not shell the market", names=ours), one_party=False)
    assert found.how == "negation"
    assert found.fact
    other = contrast(claim, Voice(text="Belisian guns did not shell the market", names=ours), one_party=False)
    assert other is None


def test_who_denies_a_plan_that_another_tells_of_it_denies_of_its_own():
    ours, theirs = named(["Tarvia"]), named(["Belisia"])
    claim = Voice(text="Tarvia will repay the bonds", names=theirs)
    denial = Voice(text="We will not repay the bonds", names=ours)
    forecast = Voice(text="Tarvia will not repay the bonds", names=theirs)
    assert contrast(claim, denial, one_party=False).owned
    assert not contrast(Voice(text="We will repay the bonds", names=ours), forecast, one_party=False).owned


def test_that_stands_for_what_was_asked():
    asked = "Asked on Thursday about a toll on lorries, the minister said"
    found = stand("We will bring in a toll on lorries", "That will not happen", about=asked)
    assert found.how == "negation"
    assert not stand("We will bring in a toll on vans", "That will not happen", about="Asked about a tax on flats")


def test_two_parties_that_count_differently_are_not_turned():
    one, other = "The ferry carried 300 sailors", "The ferry carried 40 sailors"
    assert contrast(Voice(text=one), Voice(text=other), one_party=False) is None
    assert contrast(Voice(text=other), Voice(text=one), one_party=True) is None  # a count that has gone on
    assert contrast(Voice(text=one), Voice(text=other), one_party=True).how == "number"


SUBJECTS = ("The council", "The northern fleet", "Our union", "The port of Havn")
ACTS = ("close the quarry", "sell the old trams", "join the strike", "publish the minutes", "lower the ticket price")
subjects, acts = st.sampled_from(SUBJECTS), st.sampled_from(ACTS)


@given(subjects, acts)
def test_a_plan_and_its_denial_are_turned_whichever_comes_first(subject, act):
    yes, no = f"{subject} will {act}", f"{subject} will not {act}"
    assert stand(yes, no).how == stand(no, yes).how == "negation"


@given(subjects, acts)
def test_two_denials_are_the_same_as_two_plans(subject, act):
    assert stand(f"{subject} will {act}", f"{subject} will {act}").how == "same"
    assert stand(f"{subject} will not {act}", f"{subject} will not {act}").how == "same"


@given(subjects, acts, acts)
def test_another_act_is_never_turned(subject, act, another):
    if act != another:
        assert stand(f"{subject} will {act}", f"{subject} will not {another}") is None


SOME = (
    "we Velm Velmish will not never refuse to close open sold sell the port ports of harbour dyke , . but if and "
    "there is no reason can't 40 ships would support unsafe safe soldiers troops"
)
WORDS = st.lists(st.sampled_from(SOME.split()), min_size=1, max_size=14).map(" ".join)


@given(WORDS, WORDS, st.booleans())
def test_texts_that_may_not_align_have_no_two_clauses_that_do(one, other, one_party):
    names = named(("Velm",))
    found = [
        align(left, right, names, names, one_party=one_party)
        for left in assertions(one)
        for right in assertions(other)
        if not left.stems.isdisjoint(right.stems)
    ]
    assert may_align(one, other, names) or not any(found)


@given(st.sampled_from(SENTENCES))
@settings(deadline=None)
def test_no_text_is_turned_against_itself(text):
    found = stand(text, text)
    assert not (found and found.turned)


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_text_is_read(one, other):
    contrast(Voice(text=one), Voice(text=other), one_party=True)

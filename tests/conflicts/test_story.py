"""The story of the claim about the president's position, with fictional officials: one case, one card."""

from __future__ import annotations

import pytest

from bot import conflicts
from bot.model import Conflict


@pytest.fixture(scope="module")
def story(say, sides):
    """Every conflict worth a message, in the order in which the articles arrive."""
    told = [
        say(
            "velden",
            "Tarn was ready to “accept” European troops in Lumeria",
            holder="tarn",
            day=14,
            article="a0",
            outlet="Bay Post",
            kind="mixed",
            verbatim="accept",
        ),
        say(
            "lask",
            "that the deployment of Compact troops in Lumeria under any flag would be “unacceptable”",
            kind="mixed",
            verbatim="unacceptable",
            day=7,
            until=13,
            article="a1",
        ),
        say(
            "velden",
            "Yes, he will accept that",
            about="Compact peacekeepers in Lumeria",
            holder="tarn",
            day=14,
            article="a1",
        ),
        say(
            "drin",
            "There is a position on this that was expressed by the foreign minister, Lask. I have nothing to add",
            about="Compact peacekeepers in Lumeria",
            defers_to="lask",
            day=15,
            article="a1",
        ),
        say("gerin", "Compact peacekeepers in Lumeria are out of the question", day=34, article="a2"),
        say("mirren", "We support peacekeepers of the Compact in Lumeria", day=34, article="a2"),
        say("lask", "Ostrava will not tolerate Compact troops in Lumeria", day=30, article="a3"),
        say("logvar", "We categorically oppose Compact troops in Lumeria", day=49, article="a3"),
        say("kell", "Membership of the Compact is off the table for Lumeria", day=69, article="a4"),
        say(
            "drin",
            "Membership of Lumeria in the Compact is excluded, and that causes us satisfaction",
            day=70,
            article="a4",
        ),
    ]
    found: list[Conflict] = []
    for at, fresh in enumerate(told):
        found += [c for c in conflicts.find(fresh, told[:at], sides) if c.kind != "opposed" and c.score >= 0.6]
    return found


def test_there_is_exactly_one_case(story):
    assert {conflict.case for conflict in story} == {"denied_claim:velden:ostrava:peacekeepers/troops"}


def test_the_deferral_of_the_next_day_heads_the_card(story):
    head = conflicts.lead(story)
    assert head.title == "Drin vs Velden on peacekeepers"
    assert head.answer == "deferred"
    assert head.bridge is not None
    assert head.bridge.holder.official == "lask"
    assert head.earlier.statement.quote == "Yes, he will accept that"


def test_it_says_who_pointed_to_whom_and_quotes_only_verbatim_words(story):
    head = conflicts.lead(story)
    assert "On 24 Feb 2031 Velden said of Tarn’s position on peacekeepers: “Yes, he will accept that”." in head.lede
    assert "The next day Drin pointed back to Lask, who had said (17–23 Feb 2031):" in head.lede
    assert "would be “unacceptable” (in the wording of Havn Herald)." in head.lede
    assert "“unacceptable”" in head.why


def test_the_difference_of_wording_and_the_gaps_stand_under_check_first(story):
    lines = " ".join(conflicts.lead(story).check_first)
    assert "the wording differs: “Compact” and “European”" in lines
    assert "Drin did not name Velden" in lines
    assert "no words of Tarn’s own found" in lines


def test_later_refusals_are_evidence_of_the_same_case(story):
    answers = {(c.fresh.holder.official, c.answer) for c in story}
    assert {("gerin", "denied"), ("lask", "denied"), ("logvar", "denied")} <= answers


def test_what_was_on_record_before_the_claim_is_an_answer_on_record(story):
    on_record = [c for c in story if c.answer == "on_record"]
    assert on_record
    assert all(c.earlier.holder.official == "lask" and c.fresh.claimed_by is not None for c in on_record)


def test_a_refusal_read_after_the_deferral_still_bridges_it(say, sides):
    claim = say("velden", "Tarn will accept Compact troops in Lumeria", holder="tarn", day=14)
    deferral = say(
        "drin", "I have nothing to add to what Lask said", about="Compact troops in Lumeria", defers_to="lask", day=15
    )
    refusal = say("lask", "Compact troops in Lumeria would be unacceptable", day=8)
    head = conflicts.lead(conflicts.find(refusal, [claim, deferral], sides))
    assert (head.answer, head.fresh, head.bridge) == ("deferred", deferral, refusal)

"""Pairs of statements with nothing around them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot import pairs
from bot.opinions import NO_OPINION, Verdict
from bot.statements import Roster
from config.schema import Config, Mandate, Official, Side

CONFIG = Config(
    sides=(Side(id="norrland", name="Norrland"), Side(id="ostrava", name="Ostrava")),
    officials=(
        Official(id="velden", name="Mara Velden", mandates=(Mandate(role="President", side="norrland"),)),
        Official(id="lask", name="Jorun Lask", mandates=(Mandate(role="Foreign minister", side="ostrava"),)),
    ),
)
ROSTER = Roster.of(CONFIG.officials, CONFIG.sides)
CLAIM = pairs.Face(
    quote="Ostrava accepts the troops in the valley", speaker="Mara Velden", holder="Ostrava", said_on=date(2031, 2, 1)
)
REFUSAL = pairs.Face(
    quote="We do not accept the troops in the valley",
    speaker="Jorun Lask",
    holder="Jorun Lask",
    said_on=date(2031, 2, 3),
)


def test_a_claim_and_its_denial_are_likely_a_conflict():
    found = pairs.compare(CLAIM, REFUSAL, CONFIG, ROSTER)
    assert found.kind == "denied_claim"
    assert found.score > 0.7
    assert "opposite in so many words" in found.why


def test_the_order_of_the_pair_does_not_matter():
    assert pairs.compare(CLAIM, REFUSAL, CONFIG, ROSTER).score == pairs.compare(REFUSAL, CLAIM, CONFIG, ROSTER).score


def test_two_reports_of_one_remark_are_hardly_a_conflict():
    assert pairs.compare(CLAIM, CLAIM, CONFIG, ROSTER).score < 0.1


def test_no_comment_is_hardly_a_conflict():
    silent = pairs.Face(quote="I have nothing to add on the troops", speaker="Jorun Lask", said_on=date(2031, 2, 3))
    found = pairs.compare(CLAIM, silent, CONFIG, ROSTER)
    assert found.score < 0.3
    assert found.kind is None


def test_a_face_with_words_alone_is_compared_too():
    assert 0 <= pairs.compare(pairs.Face(quote="Yes"), pairs.Face(quote="No"), CONFIG, ROSTER).score <= 1


def test_a_judge_is_asked_with_the_older_words_first():
    asked = []

    def judge(positions):
        asked.extend((older.statement.content, newer.statement.content) for older, newer in positions)
        return [Verdict(conflict=1.0, agree=0.0, unrelated=0.0)]

    plain = pairs.compare(REFUSAL, CLAIM, CONFIG, ROSTER).score
    assert pairs.compare(REFUSAL, CLAIM, CONFIG, ROSTER, judge=judge).score > max(plain, 0.9)
    assert asked == [(CLAIM.quote, REFUSAL.quote)]


@pytest.mark.parametrize("verdict", [NO_OPINION, replace(NO_OPINION, doubt="of two minds")])
def test_a_judge_without_an_opinion_changes_no_score(verdict):
    plain = pairs.compare(CLAIM, REFUSAL, CONFIG, ROSTER)
    assert pairs.compare(CLAIM, REFUSAL, CONFIG, ROSTER, judge=lambda asked: [verdict for _ in asked]) == plain


def test_a_surname_that_one_official_bears_is_that_official():
    short = replace(CLAIM, speaker="Velden"), replace(REFUSAL, speaker="Lask", holder="Lask")
    assert pairs.compare(*short, CONFIG, ROSTER).kind == "denied_claim"

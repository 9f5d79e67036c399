"""Pairs of statements with nothing around them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot import pairs
from bot.opinions import NO_OPINION, Verdict
from bot.statements import Roster
from config.schema import Config, Mandate, Official, Proposition, Side, Topic

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


def test_a_careful_judge_can_only_lower_a_score_as_it_only_takes_back_on_the_walk():
    class Careful:
        careful = True

        def __init__(self, conflict: float) -> None:
            self.said = Verdict(conflict=conflict, agree=1 - conflict, unrelated=0.0)

        def __call__(self, asked):
            return [self.said for _ in asked]

    even, sure, against = (
        pairs.compare(CLAIM, REFUSAL, CONFIG, ROSTER, judge=Careful(share)).score for share in (0.5, 0.95, 0.1)
    )
    assert sure == even == pairs.compare(CLAIM, REFUSAL, CONFIG, ROSTER).score
    assert against < even - 0.1


@pytest.mark.parametrize("verdict", [NO_OPINION, replace(NO_OPINION, doubt="of two minds")])
def test_a_judge_without_an_opinion_changes_no_score(verdict):
    plain = pairs.compare(CLAIM, REFUSAL, CONFIG, ROSTER)
    assert pairs.compare(CLAIM, REFUSAL, CONFIG, ROSTER, judge=lambda asked: [verdict for _ in asked]) == plain


def test_a_surname_that_one_official_bears_is_that_official():
    short = replace(CLAIM, speaker="Velden"), replace(REFUSAL, speaker="Lask", holder="Lask")
    assert pairs.compare(*short, CONFIG, ROSTER).kind == "denied_claim"


REPORTED = replace(CLAIM, quote="The troops in the valley are acceptable")


def test_a_speaker_whom_nobody_knows_speaks_for_the_holder_that_is_given():
    unknown = replace(REFUSAL, speaker="Teles Orun", holder="Ostrava")
    assert pairs.compare(REPORTED, unknown, CONFIG, ROSTER).kind == "denied_claim"
    stranger = replace(REPORTED, speaker="Ede Maal", holder="Norrland")
    assert pairs.compare(stranger, unknown, CONFIG, ROSTER).kind == "opposed"


def test_a_speaker_whose_side_is_given_does_not_speak_for_another_holder():
    stranger = replace(REFUSAL, speaker="Teles Orun", side="Norrland", holder="Ostrava")
    assert pairs.compare(REPORTED, stranger, CONFIG, ROSTER).kind == "opposed"


def test_a_position_told_of_two_sides_is_answered_by_either():
    both = replace(REPORTED, holder="Norrland/Ostrava")
    assert pairs.compare(both, REFUSAL, CONFIG, ROSTER).kind == "denied_claim"
    assert pairs.compare(replace(both, holder="Norrland/Nowhere"), REFUSAL, CONFIG, ROSTER).kind == "opposed"


OWN = pairs.Face(quote="The toll is a disaster", speaker="Mara Velden", holder="Mara Velden", said_on=date(2031, 2, 1))


@pytest.mark.parametrize("quote", ["The toll is brilliant", "She welcomed it"])
def test_a_voice_that_has_turned_in_so_many_words_is_likelier_a_conflict_than_one_that_may_mean_another_thing(quote):
    now = replace(OWN, quote=quote, said_on=date(2031, 3, 1))
    other = replace(now, quote="The ferry is brilliant")
    found, harmless = (pairs.compare(OWN, face, CONFIG, ROSTER) for face in (now, other))
    assert "one voice has turned" in found.why
    assert "one voice has turned" not in harmless.why
    assert found.score > harmless.score + 0.1


def test_two_halves_of_one_thought_are_no_turn():
    assert (
        "one voice has turned"
        not in pairs.compare(OWN, replace(OWN, quote="The toll is brilliant"), CONFIG, ROSTER).why
    )


def test_who_turned_down_one_figure_and_takes_another_has_not_turned():
    low = replace(OWN, quote="We rejected a pay rise of 4 per cent")
    high = replace(OWN, quote="We accept a pay rise of 5 per cent", said_on=date(2031, 3, 1))
    assert "one voice has turned" not in pairs.compare(low, high, CONFIG, ROSTER).why


def test_dealings_that_there_were_none_of_are_a_sign_whatever_the_stances():
    told = replace(CLAIM, quote="Our envoys held talks with Ostrava on Monday", holder="Mara Velden")
    denied = replace(REFUSAL, quote="There were no talks with Norrland")
    assert "no such dealings" in pairs.compare(told, denied, CONFIG, ROSTER).why
    wish = replace(REFUSAL, quote="There will be no talks with Norrland")
    assert "no such dealings" not in pairs.compare(told, wish, CONFIG, ROSTER).why


def test_friends_who_say_much_the_same_or_speak_of_two_matters_are_hardly_a_conflict():
    friend = replace(OWN, speaker="Ede Maal", side="Norrland", holder="Ede Maal")
    turned = replace(friend, quote="The toll is brilliant")
    same = replace(friend, quote="The toll is a mistake")
    apart = replace(friend, quote="The ferry is brilliant")
    split, alike, other = (pairs.compare(OWN, face, CONFIG, ROSTER) for face in (turned, same, apart))
    assert (split.kind, "one side, not opposite in so many words" in alike.why) == ("same_side", True)
    assert "one side, of nothing that both name" in other.why
    assert split.score > max(alike.score, other.score) + 0.1


def test_friends_of_whom_one_only_seems_to_say_no_are_less_a_conflict_than_opponents():
    ours = replace(OWN, quote="The toll stays in force for lorries")
    friend = replace(
        OWN, quote="There is no toll for ambulances", speaker="Ede Maal", side="Norrland", holder="Ede Maal"
    )
    rival = replace(friend, side="Ostrava")
    found = pairs.compare(ours, friend, CONFIG, ROSTER)
    assert "one side, not opposite in so many words" in found.why
    assert found.score < pairs.compare(ours, rival, CONFIG, ROSTER).score - 0.1


def test_a_state_and_who_speaks_for_it_are_hardly_two_voices():
    state = replace(OWN, quote="The toll is brilliant", speaker="Norrland", holder="Norrland")
    person = replace(state, speaker="Ede Maal", side="Norrland", holder="Ede Maal")
    found = pairs.compare(OWN, state, CONFIG, ROSTER)
    assert "a body and who speaks for it" in found.why
    assert found.score < pairs.compare(OWN, person, CONFIG, ROSTER).score - 0.1


@pytest.mark.parametrize("role", ["analyst", "political scientist", "resident of Skarne"])
def test_who_comments_by_trade_or_was_merely_there_is_set_against_nobody_whatever_side_is_given(role):
    minister = replace(REFUSAL, speaker="Ede Maal", holder="Ede Maal", side="Ostrava", role="Foreign Minister")
    minister = replace(minister, quote="Troops in the valley are off the table")
    heard = pairs.compare(CLAIM, minister, CONFIG, ROSTER).score
    assert pairs.compare(CLAIM, replace(minister, role=role), CONFIG, ROSTER).score < heard - 0.2


def test_a_refusal_in_so_many_words_says_no_without_a_not():
    refusal = replace(REFUSAL, quote="Troops in the valley are off the table")
    assert "one of which says no" in pairs.compare(REPORTED, refusal, CONFIG, ROSTER).why


def test_the_holder_that_is_given_stays_whosever_act_the_words_tell_of_beside_it():
    refusal = replace(
        REFUSAL, quote="Ostrava rejects the troops in the valley", speaker="Mara Velden", holder="Jorun Lask"
    )
    read = pairs.position(refusal, CLAIM, CONFIG, ROSTER)
    assert read.holder.name == "Jorun Lask"
    assert read.claimed_by is not None
    assert read.claimed_by.name == "Mara Velden"
    own = replace(REFUSAL, quote="Norrland rejects the troops in the valley")
    assert pairs.position(own, CLAIM, CONFIG, ROSTER).holder.name == "Jorun Lask"


def test_what_one_side_tells_of_a_third_is_hardly_at_odds_with_its_own_position():
    mine = pairs.Face(quote="We do not accept the troops in the valley", speaker="Mara Velden", holder="Mara Velden")
    assert (
        pairs.compare(CLAIM, mine, CONFIG, ROSTER).score
        < pairs.compare(replace(CLAIM, holder="Mara Velden"), mine, CONFIG, ROSTER).score
    )


def test_what_the_configuration_files_under_two_propositions_is_hardly_a_conflict():
    guards = Proposition(id="guards", text="Guards come", words=(("guards",),))
    toll = Proposition(id="toll", text="The toll stays", words=(("toll",),))
    known = CONFIG.model_copy(update={"topics": (Topic(id="road", name="The road", propositions=(guards, toll)),)})
    mine = pairs.Face(quote="We accept guards on the road", speaker="Mara Velden", said_on=date(2031, 2, 1))
    later = pairs.Face(quote="We reject the toll on the road", speaker="Mara Velden", said_on=date(2031, 2, 9))
    assert pairs.compare(mine, later, known, ROSTER).score < pairs.compare(mine, later, CONFIG, ROSTER).score - 0.2


def test_words_that_nobody_is_known_to_say_are_less_at_odds_with_anybody():
    told = pairs.compare(CLAIM, REFUSAL, CONFIG, ROSTER).score
    assert pairs.compare(replace(CLAIM, speaker=None, holder=None), REFUSAL, CONFIG, ROSTER).score < told - 0.15

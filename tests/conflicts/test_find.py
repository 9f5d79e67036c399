"""Who may conflict with whom, and what is never a conflict."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot import conflicts
from bot.opinions import Verdict

YES = "I support Compact troops in Lumeria"
NO = "I reject Compact troops in Lumeria"
LOOSE = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def kinds(found):
    return [conflict.kind for conflict in found]


def test_one_person_who_turns_on_another_day_is_a_reversal(say, sides):
    (found,) = conflicts.find(say("velden", YES, day=20), [say("velden", NO, day=1)], sides)
    assert found.kind == "reversal"
    assert found.title == "Velden, earlier and now, on peacekeepers"
    assert found.why.endswith(": the opposite stance.")


def test_a_turn_under_a_condition_is_partial_and_weaker(say, sides):
    (found,) = conflicts.find(say("velden", YES + " if they ask for it", day=20), [say("velden", NO, day=1)], sides)
    assert found.why.endswith(": a partial change.")
    assert found.score == pytest.approx(0.70)
    assert any("names a condition" in line for line in found.check_first)


def test_who_studies_what_he_refused_has_not_turned(say, sides):
    studied = say("velden", "We are looking at the report on Compact troops in Lumeria", day=20)
    assert studied.stance == "open"
    assert conflicts.find(studied, [say("velden", NO, day=1)], sides) == ()


def test_an_old_statement_that_arrives_late_makes_no_reversal(say, sides):
    assert conflicts.find(say("velden", NO, day=1), [say("velden", YES, day=20)], sides) == ()


def test_an_old_statement_that_arrives_late_is_put_first(say, sides):
    (found,) = conflicts.find(say("lask", NO, day=1), [say("tarn", YES, day=20)], sides)
    assert found.kind == "same_side"
    assert found.earlier.statement.quote == NO


def test_two_halves_of_one_remark_are_no_reversal(say, sides):
    assert conflicts.find(say("velden", YES, article="x"), [say("velden", NO, article="x")], sides) == ()


def test_without_certain_days_there_is_no_reversal(say, sides):
    assert conflicts.find(say("velden", YES, day=None), [say("velden", NO, day=None)], sides) == ()


def test_two_people_of_one_side_who_differ_are_a_split(say, sides):
    (found,) = conflicts.find(say("lask", YES, day=2), [say("tarn", NO, day=1)], sides)
    assert found.kind == "same_side"
    assert found.title == "Lask vs Tarn on peacekeepers"


def test_an_agency_within_a_state_is_its_side(say, sides):
    assert kinds(conflicts.find(say("sund", YES, day=2), [say("tarn", NO, day=1)], sides)) == ["same_side"]


def test_opponents_who_disagree_are_kept_as_opposed_only(say, sides):
    assert kinds(conflicts.find(say("velden", YES, day=2), [say("tarn", NO, day=1)], sides)) == ["opposed"]


def test_a_claim_refused_by_the_other_side_is_denied(say, sides):
    claim = say("velden", "Tarn accepts Compact troops in Lumeria", holder="tarn", day=1)
    (found,) = conflicts.find(say("lask", NO, day=2), [claim], sides)
    assert (found.kind, found.answer) == ("denied_claim", "denied")


def test_a_claim_against_an_earlier_refusal_is_answered_on_record(say, sides):
    claim = say("velden", "Tarn accepts Compact troops in Lumeria", holder="tarn", day=3)
    (found,) = conflicts.find(claim, [say("lask", NO, day=2)], sides)
    assert (found.kind, found.answer, found.fresh) == ("denied_claim", "on_record", claim)


def test_a_claim_that_the_other_side_confirms_is_no_conflict(say, sides):
    claim = say("velden", "Tarn accepts Compact troops in Lumeria", holder="tarn", day=1)
    assert conflicts.find(say("tarn", YES, day=2), [claim], sides) == ()


def test_a_claimant_who_is_not_known_for_sure_raises_nothing(say, sides):
    claim = say("somebody", "Tarn accepts Compact troops in Lumeria", holder="tarn", day=1)
    assert conflicts.find(say("lask", NO, day=2), [claim], sides) == ()
    assert conflicts.find(claim, [say("lask", NO, day=2)], sides) == ()


def test_what_stands_alone_conflicts_with_nothing_whatever_stands_near(say, sides):
    claim = say("somebody", "Tarn accepts Compact troops in Lumeria", holder="tarn", day=5)
    answers = [say(who, NO, day=day) for who in ("tarn", "lask", "velden", "somebody") for day in (1, 9)]
    assert conflicts.stands_alone(claim)
    assert not conflicts.stands_alone(answers[0])
    assert conflicts.find(claim, answers, sides) == ()


def test_agreement_never_conflicts(say, sides):
    near = [say("tarn", NO, day=1), say("gerin", "Compact troops in Lumeria are unacceptable", day=2)]
    assert conflicts.find(say("logvar", "We oppose Compact troops in Lumeria", day=5), near, sides) == ()


def test_nothing_to_add_alone_conflicts_with_nobody(say, sides):
    silent = say("drin", "I have nothing to add", about="Compact troops in Lumeria", day=3)
    claim = say("velden", "Tarn accepts Compact troops in Lumeria", holder="tarn", day=1)
    assert conflicts.find(silent, [claim, say("tarn", YES, day=1)], sides) == ()


def test_nobody_points_back_to_himself(say, sides):
    claim = say("velden", "Tarn accepts Compact troops in Lumeria", holder="tarn", day=1)
    refusal = say("lask", "I reject Compact troops in Lumeria, as ever", day=2)
    silent = say("lask", "I have nothing to add", about="Compact troops in Lumeria", defers_to="lask", day=3)
    assert all(found.bridge is None for found in conflicts.find(silent, [claim, refusal], sides))


def test_what_one_points_back_to_links_it_with_what_the_other_names(say, sides):
    asked = "the steel tariffs of the ports in the autumn"
    first = say("velden", "I support the steel tariffs in the autumn", day=1)
    (found,) = conflicts.find(say("velden", "I reject them", about=asked, day=9), [first], sides)
    assert found.kind == "reversal"
    other = say("velden", "I reject them", about="a new rule for the fishing fleet", day=9)
    assert conflicts.find(other, [first], sides) == ()


def test_a_word_that_opens_one_text_may_be_any_word_of_the_other(say, sides):
    first = say("velden", "Norrland has ruled out quotas on Lumeria", day=1)
    (found,) = conflicts.find(say("velden", "Quotas on Lumeria are on the table", day=9), [first], sides)
    assert found.kind == "reversal"


def test_context_behind_a_content_links_no_made_topics(say, sides):
    first = say("velden", "I support that", about="the steel tariffs of the ports in the autumn", day=1)
    second = say("velden", "I reject that", about="the steel tariffs of the ports in the autumn", day=9)
    assert conflicts.find(second, [first], sides) == ()


def test_specifics_split_propositions(say, sides):
    observers = say("lask", "We support unarmed observers in Lumeria", day=2)
    assert conflicts.find(observers, [say("tarn", NO, day=1)], sides) == ()


def test_issues_that_nobody_configured_are_linked_by_their_words(say, sides):
    first = say("velden", "I support the new tariffs on Lumerian steel pipes", day=1)
    second = say("velden", "I reject the tariffs on Lumerian steel pipes", day=9)
    assert kinds(conflicts.find(second, [first], sides)) == ["reversal"]


def test_names_of_countries_alone_do_not_link(say, sides):
    first = say("velden", "I support the school reform in Lumeria and Ostrava", day=1)
    second = say("velden", "I reject the fishing quota of Lumeria and Ostrava", day=9)
    assert conflicts.find(second, [first], sides) == ()


def test_bodies_of_one_side_and_their_speaker_reported_alike_are_one_remark(say, sides):
    body = replace(say("gerin", "Ostrava rejects Compact troops in Lumeria", day=3), holder=say("ostrava", NO).holder)
    assert conflicts.find(body, [say("ostrava", "Ostrava rejects Compact troops in Lumeria", day=3)], sides) == ()


def test_quotation_marks_stand_only_round_words_of_the_record(say, sides):
    near = [say("tarn", NO, day=1), say("velden", "Tarn accepts Compact troops in Lumeria", holder="tarn", day=4)]
    for found in conflicts.find(
        say("lask", "Compact troops in Lumeria are welcome, we accept them", day=6), near, sides
    ):
        texts = (found.lede, found.why, *found.check_first)
        quoted = [part.split("”")[0] for text in texts for part in text.split("“")[1:]]
        record = [position.statement.quote for position in (found.fresh, found.earlier, *near)]
        assert all(any(words in quote for quote in record) for words in quoted)


def test_a_paraphrase_has_no_marks_and_names_the_outlet(say, sides):
    (found,) = conflicts.find(say("velden", YES, day=20), [say("velden", NO, day=1, kind="indirect")], sides)
    assert f"said: {NO} (paraphrase by Havn Herald)" in found.lede
    assert "Velden’s words are a paraphrase by Havn Herald" in found.check_first


def test_a_date_that_is_not_known_is_said(say, sides):
    found = conflicts.find(say("lask", YES, day=None), [say("tarn", NO, day=1)], sides)[0]
    assert "By 1 Jun 2031 Lask said" in found.lede
    assert any("only the day of publication is known" in line for line in found.check_first)


def test_the_hedge_of_the_source_is_carried_into_the_doubts(say, sides):
    hedged = say("lask", YES, day=2, caveats=("the source hedges: “appeared to”",))
    (found,) = conflicts.find(hedged, [say("tarn", NO, day=1)], sides)
    assert "the source hedges: “appeared to”" in found.check_first


def sure(pairs):
    return [Verdict(conflict=0.95, agree=0.03, unrelated=0.02) for _ in pairs]


def unsure(pairs):
    return [Verdict(conflict=0.89, agree=0.1, unrelated=0.01) for _ in pairs]


def test_a_sure_judge_raises_a_hit_and_an_unsure_one_changes_nothing(say, sides):
    fresh, near = say("velden", YES, day=20), [say("velden", NO, day=1)]
    assert conflicts.find(fresh, near, sides, sure)[0].score == pytest.approx(0.95)
    assert conflicts.find(fresh, near, sides, unsure)[0].score == pytest.approx(0.85)


def test_a_sure_judge_adds_a_linked_pair_but_never_one_that_is_silent_or_unlinked(say, sides):
    fresh = say("velden", "I support Compact troops in Lumeria", day=20)
    same_way = say("velden", "Compact troops in Lumeria are welcome, we accept them", day=1)
    silent = say("velden", "I have no comment on Compact troops in Lumeria", day=2)
    other = say("velden", "I reject membership of the Compact", day=3)
    found = conflicts.find(fresh, [same_way, silent, other], sides, sure)
    assert [(c.kind, c.earlier, c.score) for c in found] == [("reversal", same_way, 0.65)]


def test_a_judge_reads_the_older_words_first(say, sides):
    asked = []

    def judge(pairs):
        asked.extend((older.statement.quote, newer.statement.quote) for older, newer in pairs)
        return unsure(pairs)

    conflicts.find(say("lask", NO, day=1), [say("tarn", YES, day=20)], sides, judge)
    assert asked == [(NO, YES)]


def test_a_hit_is_taken_back_only_by_a_verdict_that_may(say, sides):
    fresh, near = say("velden", YES, day=20), [say("velden", NO, day=1)]

    def saying(*, veto):
        return lambda pairs: [Verdict(conflict=0.01, agree=0.98, unrelated=0.01, veto=veto) for _ in pairs]

    assert len(conflicts.find(fresh, near, sides, saying(veto=False))) == 1
    assert conflicts.find(fresh, near, sides, saying(veto=True)) == ()


def test_a_doubt_of_the_judge_is_the_first_to_check(say, sides):
    def judge(pairs):
        return [Verdict(conflict=0.0, agree=0.0, unrelated=1.0, doubt="the judge is of two minds") for _ in pairs]

    (found,) = conflicts.find(say("velden", YES, day=20), [say("velden", NO, day=1)], sides, judge)
    assert found.check_first[0] == "the judge is of two minds"


def test_of_very_many_pairs_the_likeliest_twenty_are_judged_and_no_hit_is_lost(say, sides):
    asked = []

    def judge(pairs):
        asked.extend(pairs)
        return unsure(pairs)

    same_way = [
        say("velden", f"I support Compact troops in Lumeria, as said {day} times", day=day) for day in range(22)
    ]
    hits = [say("velden", f"{NO}, and that is my word of day {day}", day=day) for day in range(15)]
    fresh = say("velden", YES, day=60)
    found = conflicts.find(fresh, [*same_way, *hits], sides, judge)
    assert len(asked) == 20
    assert {older.key for older, _ in asked} >= {hit.key for hit in hits}
    assert len(found) == len(hits) == len(conflicts.find(fresh, [*same_way, *hits], sides))


def test_what_a_spokesman_says_his_president_wants_stands_against_the_presidents_own_words(say, sides):
    told = say("drin", "Tarn accepts Compact troops in Lumeria", holder="tarn", day=1)
    (found,) = conflicts.find(say("tarn", NO, day=2), [told], sides)
    assert (found.kind, found.earlier.holder.official) == ("same_side", "tarn")


def test_what_an_opponent_says_a_president_wants_is_no_difference_within_his_side(say, sides):
    told = say("velden", "Tarn accepts Compact troops in Lumeria", holder="tarn", day=1)
    assert "same_side" not in kinds(conflicts.find(say("tarn", NO, day=2), [told], sides))


def test_a_government_answers_for_its_leader_so_that_exact_words_head_the_card(say, sides):
    spoken = say("velden", "Tarn accepts Compact troops in Lumeria", holder="tarn", day=1)
    retold = say("velden", "Ostrava accepts Compact troops in Lumeria", holder="ostrava", day=1, kind="indirect")
    found = conflicts.find(say("ostrava", NO, day=2), [spoken, retold], sides)
    assert conflicts.lead(found).earlier == spoken


def test_a_case_without_conflicts_has_no_lead():
    with pytest.raises(ValueError, match="at least one"):
        conflicts.lead([])


WORDS = [
    YES,
    NO,
    "Tarn accepts Compact troops in Lumeria",
    "I have nothing to add about Compact troops in Lumeria",
    "Compact troops in Lumeria might be possible if both ask",
    "We talked about troops in Lumeria",
    "There was no talk of troops in Lumeria",
    "We will raise the cod quota",
    "We will not raise the cod quota",
    "I support the tariffs on steel",
]
TOLD = st.tuples(
    st.sampled_from(["velden", "kell", "tarn", "drin", "lask", "sund", "ostrava"]),
    st.sampled_from(WORDS),
    st.one_of(st.none(), st.integers(0, 40)),
    st.sampled_from([None, "tarn", "ostrava"]),
    st.sampled_from([None, "lask"]),
)


def position(say, told):
    who, words, day, holder, to = told
    return say(who, words, day=day, holder=holder, defers_to=to, article=f"{told}")


@LOOSE
@given(
    fresh=TOLD, near=st.lists(TOLD, max_size=8).flatmap(lambda told: st.tuples(st.just(told), st.permutations(told)))
)
def test_the_order_of_the_record_does_not_matter_and_nothing_raises(say, sides, fresh, near):
    record, mixed = ([position(say, told) for told in order] for order in near)
    assert conflicts.find(position(say, fresh), record, sides) == conflicts.find(position(say, fresh), mixed, sides)


@LOOSE
@given(fresh=TOLD, near=st.lists(TOLD, max_size=8), strength=st.sampled_from([0.3, 0.7]))
def test_the_hits_alone_are_those_among_all_candidates(say, sides, fresh, near, strength):
    one = replace(position(say, fresh), strength=strength)
    record = [position(say, told) for told in near]
    everything = conflicts.candidates(one, record, sides)
    assert conflicts.candidates(one, record, sides, hits=True) == tuple(pair for pair in everything if pair.hit)


@LOOSE
@given(fresh=TOLD, near=st.lists(TOLD, max_size=8))
def test_silence_never_conflicts_but_by_pointing_back(say, sides, fresh, near):
    for found in conflicts.find(position(say, fresh), [position(say, told) for told in near], sides):
        assert found.earlier.stance not in {"no_comment", "none"}
        assert found.bridge is not None or found.fresh.stance not in {"no_comment", "none"}
        assert 0 <= found.score <= 1


def test_a_careful_judge_is_asked_about_the_conflicts_of_the_rules_alone(say, sides):
    class Careful:
        careful = True

        def __init__(self):
            self.asked = []

        def __call__(self, pairs, /):
            self.asked.extend(older for older, _ in pairs)
            return sure(pairs)

    hit, other = say("velden", NO, day=1), say("velden", "Compact troops in Lumeria are welcome", day=2)
    judge = Careful()
    (found,) = conflicts.find(say("velden", YES, day=20), [hit, other], sides, judge)
    assert (found.earlier, judge.asked) == (hit, [hit])

"""Thresholds move on enough verdicts only, a step at a time, and every step can be taken back."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from math import comb

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from bot.calibration import (
    NotPossible,
    Rules,
    Ruling,
    Step,
    Tally,
    fitted,
    hold,
    lower,
    plan,
    standing,
    undo,
    upper,
)
from bot.calibration.moves import BAND, CURVE, FEWEST, GOOD, POOR, STEP
from config.settings import Settings

CALM = settings(deadline=None)  # a busy machine is no fault of the arithmetic
RULES = Rules(start=0.6, lowest=0.5, highest=0.8)
NOW = datetime(2031, 3, 4, 9, tzinfo=UTC)
SAID = st.sampled_from(["confirmed", "refused", "unexplained"])
SCORES = st.integers(45, 100).map(lambda hundredths: hundredths / 100)
THRESHOLDS = st.integers(50, 80).map(lambda hundredths: hundredths / 100)


def ruled(said: str, score: float, times: int = 1, kind: str = "reversal") -> list[Ruling]:
    return [Ruling(kind=kind, score=score, said=said)] * times  # type: ignore[arg-type]


RULINGS = st.lists(st.builds(Ruling, kind=st.just("reversal"), score=SCORES, said=SAID), max_size=60)
# What a desk that dismisses the low and confirms the high would say, so that most records call for a step.
LEANING = st.builds(
    lambda low, good, high, odd: [
        *ruled("refused", 0.61, low),
        *ruled("confirmed", 0.63, good),
        *ruled("confirmed", 0.82, high),
        *odd,
    ],
    st.integers(0, 30),
    st.integers(0, 30),
    st.integers(0, 30),
    st.lists(st.builds(Ruling, kind=st.just("reversal"), score=SCORES, said=SAID), max_size=8),
)
RECORDS = RULINGS | LEANING


@pytest.mark.parametrize(
    ("successes", "of", "least", "most"),
    [
        (0, 0, 0.0, 1.0),
        (0, 5, 0.0, 1 - 0.05 ** (1 / 5)),
        (5, 5, 0.05 ** (1 / 5), 1.0),
        (19, 19, 0.05 ** (1 / 19), 1.0),
        (5, 10, 0.2224, 0.7776),  # the tabled two-sided 90 % interval of Clopper and Pearson
    ],
)
def test_the_bounds_are_those_of_clopper_and_pearson(successes: int, of: int, least: float, most: float) -> None:
    assert lower(successes, of) == pytest.approx(least, abs=1e-4)
    assert upper(successes, of) == pytest.approx(most, abs=1e-4)


@CALM
@given(st.integers(1, 40), st.floats(0.02, 0.98))
def test_a_bound_is_wrong_in_at_most_one_of_twenty(of: int, share: float) -> None:
    def likely(k: int) -> float:
        return comb(of, k) * share**k * (1 - share) ** (of - k)

    assert sum(likely(k) for k in range(of + 1) if lower(k, of) > share + 1e-9) <= 0.05 + 1e-9
    assert sum(likely(k) for k in range(of + 1) if upper(k, of) < share - 1e-9) <= 0.05 + 1e-9


@CALM
@given(st.data(), st.integers(1, 3000))
def test_a_bound_grows_with_the_share_and_holds_it(data: st.DataObject, of: int) -> None:
    yes = data.draw(st.integers(0, of))
    assert 0 <= lower(yes, of) <= yes / of <= upper(yes, of) <= 1
    if yes < of:
        assert lower(yes, of) <= lower(yes + 1, of)


def test_the_stated_minimums_are_the_least_that_can_show_what_is_asked() -> None:
    assert lower(18, 18) < GOOD < lower(19, 19) < lower(FEWEST, FEWEST)
    assert upper(0, 4) > POOR > upper(0, 5)
    assert upper(2, BAND) > POOR > upper(1, BAND)


@CALM
@given(RECORDS)
def test_the_fitted_curve_never_falls_and_keeps_the_mean(rulings: list[Ruling]) -> None:
    curve = fitted(rulings)
    shares = [curve[score] for score in sorted(curve)]
    assert shares == sorted(shares)
    known = [one for one in rulings if one.said != "unexplained"]
    assert set(curve) == {one.score for one in known}
    assert sum(curve[one.score] for one in known) == pytest.approx(sum(one.said == "confirmed" for one in known))


@CALM
@given(RECORDS)
def test_the_fitted_curve_is_the_greatest_of_the_least_means(rulings: list[Ruling]) -> None:
    curve = fitted(rulings)
    scores = sorted(curve)

    def mean(low: float, high: float) -> float:
        tally = Tally.of(one for one in rulings if low <= one.score <= high)
        return tally.confirmed / tally.explained

    for score in scores:
        below, above = [one for one in scores if one <= score], [one for one in scores if one >= score]
        assert curve[score] == pytest.approx(max(min(mean(low, high) for high in above) for low in below))


def test_what_lies_just_above_and_is_mostly_refused_is_posted_no_more() -> None:
    rulings = ruled("refused", 0.62, 8) + ruled("confirmed", 0.62) + ruled("confirmed", 0.82, 15)
    move = plan("reversal", rulings, 0.6, RULES)
    assert move is not None
    assert (move.old, move.new, move.tally) == (0.6, 0.65, Tally(confirmed=1, refused=8))
    assert move.why == (
        "1 of 9 verdicts on reversal from 0.60 to under 0.65 said “a conflict”: at most 43% of such alerts are "
        "(exact bound, 95 %); under 50% is too few"
    )


def test_a_refused_stretch_above_an_empty_one_is_reached_step_by_step() -> None:
    rulings = ruled("refused", 0.68, 9) + ruled("confirmed", 0.82, 15)
    threshold, way = 0.6, []
    while move := plan("reversal", rulings, threshold, RULES):
        threshold = move.new
        way.append(threshold)
    assert way == [0.65, 0.7]


def test_what_is_confirmed_so_well_that_the_bound_allows_it_lets_more_through() -> None:
    rulings = ruled("confirmed", 0.62, 9) + ruled("confirmed", 0.82, 15)
    move = plan("reversal", rulings, 0.6, RULES)
    assert move is not None
    assert (move.new, move.tally) == (0.55, Tally(confirmed=24))
    assert plan("reversal", rulings, 0.55, RULES) is None, "nothing is known yet of what the step let through"
    assert plan("reversal", rulings, 0.5, RULES) is None


def test_a_stretch_that_was_mostly_refused_is_not_opened_again_by_what_lies_above_it() -> None:
    above = ruled("confirmed", 0.66, 60) + ruled("confirmed", 0.82, 60)
    assert plan("reversal", above, 0.65, RULES) is not None
    assert plan("reversal", above + ruled("refused", 0.62, 2) + ruled("confirmed", 0.62), 0.65, RULES) is None


def test_a_dismissal_without_a_reason_speaks_against_more_alerts_and_not_for_fewer() -> None:
    confirmed = ruled("confirmed", 0.62, 12) + ruled("confirmed", 0.82, 12)
    assert after(confirmed, 0.6) == 0.55
    assert after(confirmed + ruled("unexplained", 0.62, 8), 0.6) == 0.6
    assert after(ruled("unexplained", 0.62, 30) + ruled("confirmed", 0.82, 24), 0.6) == 0.6


def test_what_a_step_let_through_is_shut_again_even_where_nobody_says_why_it_is_dismissed() -> None:
    rulings = ruled("confirmed", 0.62, 30) + ruled("unexplained", 0.57, 8)
    move = plan("reversal", rulings, 0.55, RULES)
    assert move is not None
    assert (move.new, move.tally) == (0.6, Tally(unexplained=8))
    assert "(dismissals without a reason among them)" in move.why
    assert plan("reversal", rulings, 0.6, RULES) is None


def test_what_lies_just_above_must_itself_be_good_before_more_is_posted() -> None:
    assert after(ruled("confirmed", 0.62, 6) + ruled("refused", 0.62, 2) + ruled("confirmed", 0.82, 80), 0.6) == 0.6


def test_a_good_share_on_few_verdicts_is_not_good_enough_to_post_more() -> None:
    assert after(ruled("confirmed", 0.62, 23) + ruled("refused", 0.82, 2), 0.6) == 0.6  # 92 %, but at least 76 %


def test_from_two_hundred_verdicts_on_the_fitted_curve_decides() -> None:
    few = ruled("refused", 0.62, 12) + ruled("confirmed", 0.62, 9) + ruled("confirmed", 0.82, 100)
    assert plan("reversal", few, 0.6, RULES) is None  # 9 of 21 may well be one half
    many = few + ruled("confirmed", 0.83, CURVE)
    move = plan("reversal", many, 0.6, RULES)
    assert move is not None
    assert move.new == 0.65
    assert "the curve fitted to all verdicts gives 43% there" in move.why


def test_what_the_cards_call_high_is_never_held_back() -> None:
    assert plan("reversal", ruled("refused", 0.82, 300), 0.8, RULES) is None
    move = plan("reversal", ruled("refused", 0.82, 300), 0.78, RULES)
    assert move is not None
    assert move.new == 0.8


@CALM
@given(RECORDS, THRESHOLDS)
def test_nothing_moves_on_too_few(rulings: list[Ruling], threshold: float) -> None:
    few = [one for one in rulings if one.score >= threshold and one.said != "unexplained"][: FEWEST - 1]
    below = [one for one in rulings if one.score < threshold]
    silent = [one for one in rulings if one.said == "unexplained"]
    assert plan("reversal", few + below + silent, threshold, RULES) is None


@CALM
@given(RECORDS, THRESHOLDS, st.randoms())
def test_the_order_of_verdicts_does_not_matter(rulings: list[Ruling], threshold: float, chance: object) -> None:
    shuffled = rulings.copy()
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert plan("reversal", shuffled, threshold, RULES) == plan("reversal", rulings, threshold, RULES)


def after(rulings: list[Ruling], threshold: float) -> float:
    move = plan("reversal", rulings, threshold, RULES)
    return move.new if move else threshold


@CALM
@given(RECORDS, st.integers(1, 9), THRESHOLDS, st.integers(0, 500))
@example(ruled("refused", 0.62, 8) + ruled("confirmed", 0.82, 12), 1, 0.6, 0)
@example(ruled("refused", 0.62, 8) + ruled("confirmed", 0.82, 12), 20, 0.6, 0)
@example(ruled("confirmed", 0.62, 22) + ruled("refused", 0.62, 1), 1, 0.6, 22)
def test_a_refusal_that_becomes_a_confirmation_never_raises_a_threshold(
    rulings: list[Ruling], times: int, threshold: float, place: int
) -> None:
    many = rulings * times
    refused = [at for at, one in enumerate(many) if one.said == "refused"]
    assume(refused)
    at = refused[place % len(refused)]
    better = [*many[:at], replace(many[at], said="confirmed"), *many[at + 1 :]]
    assert after(better, threshold) <= after(many, threshold)


@CALM
@given(RECORDS, THRESHOLDS)
def test_a_move_is_one_step_at_most_and_stays_within_the_bounds(rulings: list[Ruling], threshold: float) -> None:
    move = plan("reversal", rulings, threshold, RULES)
    if move:
        assert move.old == threshold != move.new
        assert abs(move.new - threshold) <= STEP + 1e-9
        assert RULES.lowest <= move.new <= RULES.highest


@CALM
@given(RECORDS, RECORDS, THRESHOLDS)
def test_verdicts_on_another_kind_move_nothing(mine: list[Ruling], others: list[Ruling], threshold: float) -> None:
    other = [replace(one, kind="denied_claim") for one in others]
    assert plan("reversal", mine + other, threshold, RULES) == plan("reversal", mine, threshold, RULES)


@CALM
@given(RECORDS, THRESHOLDS)
def test_switched_off_nothing_moves(rulings: list[Ruling], threshold: float) -> None:
    assert plan("reversal", rulings, threshold, replace(RULES, enabled=False)) is None


@CALM
@given(st.lists(RECORDS, max_size=6))
def test_undoing_every_move_from_the_last_to_the_first_restores_each_threshold_before(
    records: list[list[Ruling]],
) -> None:
    steps: list[Step] = []
    before: list[tuple[int, float]] = []
    for number, rulings in enumerate(records, 1):
        stands = standing("reversal", steps, RULES)
        move = plan("reversal", rulings, stands.threshold, RULES)
        if move:
            before.append((number, stands.threshold))
            steps.append(moved(number, move.old, move.new))
    for back, (number, threshold) in enumerate(reversed(before), 1):
        step = undo(number, steps, RULES, by="Ada", at=NOW)
        steps.append(replace(step, number=100 + back))
        stands = standing("reversal", steps, RULES)
        assert (stands.threshold, stands.held) == (threshold, True)


def moved(number: int, old: float, new: float, **changes: object) -> Step:
    values = {"kind": "reversal", "what": "moved", "old": old, "new": new, "start": 0.6, "at": NOW, "why": "because"}
    return Step(number=number, **values | changes)  # type: ignore[arg-type]


def test_only_the_last_move_that_counts_can_be_undone_and_once() -> None:
    steps = [moved(1, 0.6, 0.65), moved(2, 0.65, 0.7), moved(3, 0.6, 0.65, kind="same_side")]

    def refusal(number: int, rules: Rules = RULES) -> str:
        with pytest.raises(NotPossible) as caught:
            undo(number, steps, rules, by="Ada", at=NOW)
        return str(caught.value)

    assert refusal(9) == "there is no step 9 in the record of thresholds"
    assert refusal(1) == "step 1 of reversal was followed by step 2; undo that one first"
    assert refusal(2, replace(RULES, start=0.7)).startswith("step 2 counts no more: minimum_score was 0.60 then")
    steps.append(replace(undo(2, steps, RULES, by="Ada", at=NOW), number=4))
    assert refusal(2) == "step 2 is undone already"
    assert refusal(4) == "step 4 moved nothing by itself (undone); only moves can be undone"
    assert undo(1, steps, RULES, by="Ada", at=NOW).new == 0.6


def test_a_kind_is_held_and_released_and_each_only_once() -> None:
    steps = [moved(1, 0.6, 0.65)]
    with pytest.raises(NotPossible, match="reversal is not held"):
        hold("reversal", steps, RULES, by="Ada", at=NOW, held=False)
    steps.append(hold("reversal", steps, RULES, by="Ada", at=NOW, held=True))
    assert standing("reversal", steps, RULES).held
    assert not standing("same_side", steps, RULES).held
    with pytest.raises(NotPossible, match="held already"):
        hold("reversal", steps, RULES, by="Ada", at=NOW, held=True)
    steps.append(hold("reversal", steps, RULES, by="Ada", at=NOW + timedelta(days=1), held=False))
    stands = standing("reversal", steps, RULES)
    assert (stands.held, stands.threshold) == (False, 0.65)


def test_a_newsroom_that_sets_the_score_anew_begins_anew() -> None:
    steps = [moved(1, 0.6, 0.65)]
    assert standing("reversal", steps, RULES).threshold == 0.65
    assert standing("reversal", steps, replace(RULES, start=0.7)).threshold == 0.7
    assert standing("reversal", steps, replace(RULES, enabled=False)).threshold == 0.6
    assert standing("reversal", steps, replace(RULES, highest=0.62)).threshold == 0.62


def test_the_configuration_sets_the_bounds() -> None:
    rules = Rules.of(Settings())
    assert (rules.start, rules.lowest, rules.highest, rules.enabled) == (0.6, 0.5, 0.8, True)
    low = Settings.model_validate({"alerts": {"minimum_score": 0.4}, "feedback": {"lowest_score": 0.5}})
    assert Rules.of(low).lowest == 0.4

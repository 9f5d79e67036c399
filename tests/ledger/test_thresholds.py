"""The record of thresholds: what the desk decided, every step it led to, and the way back."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from ledger_sample import DAY, NOW, ruled
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError

from bot.calibration import NotPossible, Rules, Ruling, Tally
from bot.ledger import Ledger
from bot.ledger.database.engine import address

RULES = Rules(start=0.6, lowest=0.5, highest=0.8)
LATER = NOW + 3 * DAY


def said(ledger: Ledger, now: datetime = LATER) -> dict[tuple[float, str], int]:
    return dict(Counter((one.score, one.said) for one in ledger.rulings(RULES, now)))


CONFIRM, DISMISS, UNDO = ("confirm", ""), ("dismiss", ""), ("undo", "")
REFUSED = (DISMISS, ("explain", "not a conflict"))


def test_only_decisions_about_the_judgement_are_rulings(ledger: Ledger) -> None:
    ruled(ledger, 0.61, CONFIRM)
    ruled(ledger, 0.62, *REFUSED)
    ruled(ledger, 0.63, DISMISS)
    ruled(ledger, 0.64, ("dismiss", "in my opinion not worth it"))
    for reason in ("wrong extraction", "changed context", "already known", "old news"):
        ruled(ledger, 0.65, DISMISS, ("explain", reason))
    ruled(ledger, 0.66, CONFIRM, UNDO)
    ruled(ledger, 0.67, DISMISS, ("explain", "old news"), ("explain", "not a conflict"))
    (withdrawn,) = ruled(ledger, 0.68)
    ledger.decide(withdrawn, "confirm", "U1", "", NOW)
    ledger.withdraw(withdrawn, "the quotation is gone", NOW)
    ruled(ledger, 0.69)
    assert said(ledger) == {
        (0.61, "confirmed"): 1,
        (0.62, "refused"): 1,
        (0.63, "unexplained"): 1,
        (0.64, "unexplained"): 1,
        (0.67, "refused"): 1,
    }


def test_the_reason_of_a_dismissal_leaves_who_dismissed_and_when_as_it_was(ledger: Ledger) -> None:
    (number,) = ruled(ledger, 0.6)
    assert not ledger.decide(number, "explain", "U2", "old news", NOW).changed
    ledger.decide(number, "dismiss", "U1", "", NOW)
    alert = ledger.decide(number, "explain", "U2", "old news", LATER).alert
    assert (alert.decided_by, alert.decided_at, alert.decision_note) == ("U1", NOW, "old news")
    assert [(one.action, one.by, one.note) for one in ledger.audit(number)] == [
        ("dismiss", "U1", ""),
        ("explain", "U2", "old news"),
    ]
    assert ledger.decide(number, "undo", "U1", "", LATER).alert.decision_note == ""


def test_one_conflict_in_two_channels_is_ruled_on_once(ledger: Ledger) -> None:
    one, other = ruled(ledger, 0.61, channels=("desk", "politics"))
    ledger.decide(other, "confirm", "U1", "", NOW)
    assert not ledger.decide(one, "dismiss", "U2", "not a conflict", NOW).changed
    assert said(ledger) == {(0.61, "confirmed"): 1}


def test_old_verdicts_do_not_count(ledger: Ledger) -> None:
    ruled(ledger, 0.61, CONFIRM)
    assert said(ledger, NOW + 365 * DAY) == {(0.61, "confirmed"): 1}
    assert said(ledger, NOW + 366 * DAY) == {}


def poor(ledger: Ledger, kind: str = "reversal") -> None:
    """A desk that refuses what lies just above 0.60."""
    ruled(ledger, 0.62, *REFUSED, times=8, kind=kind)
    ruled(ledger, 0.83, CONFIRM, times=12, kind=kind)


def test_enough_verdicts_move_one_kind_and_the_step_is_on_record(ledger: Ledger) -> None:
    poor(ledger)
    ruled(ledger, 0.62, *REFUSED, times=8, kind="same_side")
    assert ledger.recalibrate(RULES, NOW + timedelta(hours=23)) == (), "whoever erred has a day to undo it"
    (step,) = ledger.recalibrate(RULES, LATER)
    assert (step.number, step.kind, step.what, step.old, step.new, step.start) == (
        1,
        "reversal",
        "moved",
        0.6,
        0.65,
        0.6,
    )
    assert (step.tally, step.at, step.by) == (Tally(refused=8), LATER, "")
    assert step.why.startswith("0 of 8 verdicts on reversal from 0.60 to under 0.65 said “a conflict”: at most 31%")
    assert ledger.threshold_steps() == (step,)
    assert {one.kind: one.threshold for one in ledger.thresholds(RULES)} == {
        "reversal": 0.65,
        "same_side": 0.6,
        "denied_claim": 0.6,
        "disputed": 0.6,
        "opposed": 0.6,
    }
    assert ledger.recalibrate(RULES, LATER + DAY) == (), "the same verdicts move nothing twice"


def test_too_few_verdicts_move_nothing(ledger: Ledger) -> None:
    ruled(ledger, 0.62, *REFUSED, times=8)
    ruled(ledger, 0.83, CONFIRM, times=11)
    ruled(ledger, 0.62, DISMISS, times=3)
    assert ledger.recalibrate(RULES, LATER) == ()


def test_a_kind_moves_once_a_day_at_most(ledger: Ledger) -> None:
    ruled(ledger, 0.68, *REFUSED, times=20)
    assert [step.new for step in ledger.recalibrate(RULES, LATER)] == [0.65]
    assert ledger.recalibrate(RULES, LATER + timedelta(hours=23)) == ()
    assert [step.new for step in ledger.recalibrate(RULES, LATER + DAY)] == [0.7]


def test_switched_off_nothing_moves_and_what_moved_does_not_count(ledger: Ledger) -> None:
    poor(ledger)
    off = replace(RULES, enabled=False)
    assert ledger.recalibrate(off, LATER) == ()
    assert len(ledger.recalibrate(RULES, LATER)) == 1
    assert {one.threshold for one in ledger.thresholds(off)} == {0.6}


def test_an_undo_restores_holds_and_says_who(ledger: Ledger) -> None:
    poor(ledger)
    ledger.recalibrate(RULES, LATER)
    step = ledger.undo_threshold(1, RULES, "Ada", LATER + DAY)
    assert (step.number, step.what, step.undoes, step.old, step.new, step.by) == (2, "undone", 1, 0.65, 0.6, "Ada")
    (stands,) = [one for one in ledger.thresholds(RULES) if one.kind == "reversal"]
    assert (stands.threshold, stands.held, stands.step) == (0.6, True, step)
    assert ledger.recalibrate(RULES, LATER + 9 * DAY) == (), "held: the same verdicts do not move it again"
    with pytest.raises(NotPossible, match="step 1 is undone already"):
        ledger.undo_threshold(1, RULES, "Ada", LATER)
    ledger.hold_threshold("reversal", RULES, "Noor", LATER + 9 * DAY, held=False)
    assert [step.new for step in ledger.recalibrate(RULES, LATER + 10 * DAY)] == [0.65]
    assert [step.what for step in ledger.threshold_steps()] == ["moved", "undone", "released", "moved"]
    assert [step.number for step in ledger.threshold_steps(2)] == [3, 4]


def test_a_held_kind_stays_and_the_others_move(ledger: Ledger) -> None:
    poor(ledger)
    poor(ledger, "same_side")
    ledger.hold_threshold("reversal", RULES, "Ada", NOW)
    assert [step.kind for step in ledger.recalibrate(RULES, LATER)] == ["same_side"]


def test_a_step_on_record_is_never_changed_or_deleted(ledger: Ledger, place: str) -> None:
    ledger.hold_threshold("reversal", RULES, "Ada", NOW)
    engine = create_engine(address(place))
    for command in ("UPDATE threshold_step SET new = 0", "DELETE FROM threshold_step"):
        with engine.begin() as connection, pytest.raises(DBAPIError, match="never changed"):
            connection.exec_driver_sql(command)
    engine.dispose()
    assert len(ledger.threshold_steps()) == 1


def test_what_is_on_record_is_there_after_the_ledger_is_opened_again(ledger: Ledger, place: str) -> None:
    poor(ledger)
    steps = ledger.recalibrate(RULES, LATER)
    with Ledger.open(place) as again:
        assert again.threshold_steps() == steps
        with again.work() as work:
            assert work.posted_from(RULES)["reversal"] == 0.65


def test_the_order_of_decisions_does_not_matter(ledger: Ledger) -> None:
    numbers = [ruled(ledger, score)[0] for score in (0.62, 0.83, 0.62, 0.71)]
    for number in reversed(numbers):
        ledger.decide(number, "confirm", "U1", "", NOW)
    assert ledger.rulings(RULES, LATER) == tuple(
        Ruling(kind="reversal", score=score, said="confirmed") for score in (0.62, 0.62, 0.71, 0.83)
    )

"""The life of an alert in the record."""

from __future__ import annotations

from dataclasses import replace

import pytest
from ledger_sample import DAY, IDA, LATER, NO, NOW, TILO, YES, conflict, on_day, raised, record, told

from bot.ledger import Decided, Ledger, UnknownAlert

SOON = NOW + DAY


def test_numbers_start_at_1001_and_run_on(ledger: Ledger) -> None:
    assert [raised(ledger, mark=" One."), raised(ledger, mark=" Two.")] == [1001, 1002]


def test_the_same_evidence_raises_one_alert_a_channel(ledger: Ledger) -> None:
    number = raised(ledger)
    alert = ledger.alert(number)
    assert alert is not None
    with ledger.work() as work:
        assert work.alert(alert.conflict, "desk", "high", SOON) is None
        other = work.alert(alert.conflict, "politics", "high", SOON)
        work.commit()
    assert other is not None
    assert other.dedupe_key != alert.dedupe_key
    assert ledger.conflicts() == (other, alert)


def test_other_outlets_reports_of_the_same_two_remarks_raise_none(ledger: Ledger) -> None:
    number = raised(ledger)
    earlier, fresh = told(YES, "y2", **on_day(1)), told(NO, "n2", stance="against", **on_day(3))
    record(ledger, earlier, fresh)
    copy = conflict(fresh[1], earlier[1])
    ledger.decide(number, "dismiss", "U1", "not a conflict", SOON)
    with ledger.work() as work:
        assert work.alert(copy, "desk", "high", SOON) is None
        assert work.alert(replace(copy, kind="same_side"), "desk", "high", SOON) is not None
        assert work.alert(copy, "politics", "high", SOON) is not None


def test_the_alerts_of_a_case_are_found_in_any_channel_while_they_are_young(ledger: Ledger) -> None:
    one, two, three = (
        raised(ledger, mark=" One."),
        raised(ledger, "politics", mark=" Two."),
        raised(ledger, mark=" Three."),
    )
    ledger.decide(one, "confirm", "U1", "", SOON)

    def alerts_of(case: str, days: int) -> list[int]:
        with ledger.work() as work:
            return [alert.number for alert in work.alerts_of([case], NOW - DAY * days).get(case, ())]

    assert alerts_of("bridge/velden", 30) == [three, two, one]
    assert alerts_of("bridge/velden", -1) == []
    assert alerts_of("another", 30) == []
    ledger.decide(two, "dismiss", "U1", "", SOON)
    ledger.withdraw(three, "wrong speaker", SOON)
    assert alerts_of("bridge/velden", 30) == [two, one]  # a dismissed one is decided, and still known


def test_what_is_known_of_a_case_is_evidence_from_the_start_and_shown_with_the_card(ledger: Ledger) -> None:
    earlier, fresh, more = told(YES, "y"), told(NO, "n", stance="against"), told(LATER, "more")
    record(ledger, earlier, fresh, more)
    with ledger.work() as work:
        alert = work.alert(conflict(fresh[1], earlier[1]), "desk", "high", SOON, [more[1]])
        work.commit()
    assert alert is not None
    assert alert.joined == (more[1],)
    assert alert.revision == 1


def test_a_story_that_goes_on_keeps_its_card(ledger: Ledger) -> None:
    number, more = raised(ledger), told(LATER, "more")
    record(ledger, more)
    with ledger.work() as work:
        assert work.alerts_of(["bridge/velden"], NOW + DAY) == {}
        joined = work.join(number, more[1], now=NOW + DAY * 20)
        assert work.alerts_of(["bridge/velden"], NOW + DAY) == {"bridge/velden": (joined,)}


def test_later_evidence_joins_and_is_shown(ledger: Ledger) -> None:
    number = raised(ledger)
    more, third = (
        told(LATER, "more", stance="against"),
        told("It will not come in our lifetime, I am sure.", "third", TILO),
    )
    record(ledger, more, third)
    before = ledger.alert(number)
    assert before is not None
    with ledger.work() as work:
        joined = work.join(number, more[1], conflict(third[1], before.conflict.earlier, kind="same_side"), now=SOON)
        work.commit()
    assert joined.joined == (more[1], third[1])
    assert joined.revision == before.revision + 1
    assert ledger.alert(number) == joined
    assert replace(joined, joined=(), revision=1) == before


def test_what_joined_before_joins_no_second_time(ledger: Ledger) -> None:
    number, more = raised(ledger), told(LATER, "more")
    record(ledger, more)
    for _ in range(3):
        with ledger.work() as work:
            joined = work.join(number, more[1], now=SOON)
            work.join(number, joined.conflict, now=SOON)
            work.join(number, now=SOON)
            work.commit()
    assert (joined.joined, joined.revision) == ((more[1],), 2)


def test_a_better_pair_heads_the_card_and_the_title_stays(ledger: Ledger) -> None:
    number = raised(ledger)
    before = ledger.alert(number)
    better = told("I was wrong about the bridge, and I say so today.", "better", stance="against")
    record(ledger, better)
    lead = conflict(
        better[1], before.conflict.earlier, title="Another title", lede="A new lede.", bridge=told_bridge(ledger)
    )
    with ledger.work() as work:
        after = work.join(number, lead, lead=lead, now=SOON)
        work.commit()
    assert after.conflict == replace(lead, title=before.conflict.title)
    assert after.joined == (before.conflict.fresh,)
    assert (after.revision, after.dedupe_key) == (2, before.dedupe_key)
    with ledger.work() as work:
        assert work.join(number, lead, lead=lead, now=SOON) == after
        back = work.join(number, lead=before.conflict, now=SOON)
    assert back.conflict == before.conflict
    assert set(back.joined) == {better[1], lead.bridge}


def told_bridge(ledger: Ledger):
    story = told("Ask Mara Velden, who speaks for us in this.", "bridge", TILO)
    record(ledger, story)
    return story[1]


def test_the_first_of_two_editors_decides(ledger: Ledger) -> None:
    number = raised(ledger)
    first = ledger.decide(number, "confirm", "U1", "clear", SOON)
    second = ledger.decide(number, "dismiss", "U2", "not a conflict", SOON + DAY)
    again = ledger.decide(number, "confirm", "U1", "", SOON + DAY)
    assert (first.changed, first.by, first.alert.review, first.alert.revision) == (True, "U1", "confirmed", 2)
    assert (first.alert.decided_by, first.alert.decided_at, first.alert.decision_note) == ("U1", SOON, "clear")
    assert (second.changed, second.by, second.alert) == (False, "U1", first.alert)
    assert (again.changed, again.by, again.alert) == (False, "U1", first.alert)
    assert ledger.alert(number) == first.alert
    assert len(ledger.audit(number)) == 1


def test_undo_opens_again_and_every_decision_stays_on_record(ledger: Ledger) -> None:
    number = raised(ledger)
    assert not ledger.decide(number, "undo", "U1", "", SOON).changed
    ledger.decide(number, "dismiss", "U1", "changed context", SOON)
    undone = ledger.decide(number, "undo", "U2", "second thoughts", SOON)
    assert (undone.changed, undone.by) == (True, "U2")
    assert (undone.alert.review, undone.alert.decided_by, undone.alert.revision) == ("open", None, 3)
    assert ledger.decide(number, "confirm", "U3", "", SOON).changed
    assert [(line.action, line.by, line.before, line.after) for line in ledger.audit(number)] == [
        ("dismiss", "U1", "open", "dismissed"),
        ("undo", "U2", "dismissed", "open"),
        ("confirm", "U3", "open", "confirmed"),
    ]
    assert ledger.audit(number)[0] == Decided(
        alert=number, action="dismiss", by="U1", note="changed context", at=SOON, before="open", after="dismissed"
    )


def test_a_withdrawn_alert_is_decided_no_more(ledger: Ledger) -> None:
    number = raised(ledger)
    gone = ledger.withdraw(number, "wrong speaker", SOON)
    assert (gone.state, gone.reason, gone.revision) == ("withdrawn", "wrong speaker", 2)
    assert ledger.withdraw(number, "again", SOON) == gone
    late = ledger.decide(number, "confirm", "U1", "", SOON)
    assert (late.changed, late.by, late.alert) == (False, "", gone)


def test_a_number_that_nobody_gave_is_named(ledger: Ledger) -> None:
    assert ledger.alert(7) is None
    for use in (
        lambda: ledger.decide(7, "confirm", "U1", "", NOW),
        lambda: ledger.withdraw(7, "why", NOW),
    ):
        with pytest.raises(UnknownAlert, match="OR-7"):
            use()
    with ledger.work() as work, pytest.raises(UnknownAlert, match="OR-7"):
        work.join(7, now=NOW)


def test_an_alert_counts_the_remarks_on_its_topic(ledger: Ledger) -> None:
    number = raised(ledger)
    record(ledger, told("The bridge is a fine idea of our neighbours.", "x", IDA), told(YES, "copy", **on_day(1)))
    alert = ledger.alert(number)
    assert alert is not None
    assert alert.on_topic == 3

"""What the desk does holds for every copy of an alert, is told in each thread, and stays in the log."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from ledger_sample import DAY, IDA, MARA, NO, NOW, YES, conflict, join, on_day, raised, record, ruled, told

from bot.ledger import Change, Ledger
from bot.ledger.asked import Sought
from bot.ledger.errors import AlreadyMended
from bot.ledger.keeping.inspection import Tally
from bot.mending import Mended
from bot.model import Alert, Speaker, Statement


def alert_of(ledger: Ledger, number: int) -> Alert:
    found = ledger.alert(number)
    assert found is not None
    return found


def two(ledger: Ledger) -> tuple[int, int]:
    """One conflict in two channels."""
    one, other = ruled(ledger, 0.7, channels=("desk", "politics"))
    return one, other


def post(ledger: Ledger) -> None:
    """Post whatever waits."""
    for _ in range(20):
        for waiting in ledger.due(NOW):
            assert ledger.intend(waiting.id, NOW) is not None
            ledger.sent(waiting.id, f"C{waiting.channel}", f"{waiting.id}.0", NOW)


def changes(ledger: Ledger) -> list[tuple[str, Change]]:
    """The replies on changes that wait, by channel, in their order; they are posted."""
    found = []
    for _ in range(20):
        for waiting in ledger.due(NOW):
            if waiting.change:
                found.append((waiting.channel, waiting.change))
            assert ledger.intend(waiting.id, NOW) is not None
            ledger.sent(waiting.id, f"C{waiting.channel}", f"{waiting.id}.0", NOW)
    return found


def test_a_decision_holds_for_the_copies_in_other_channels_and_each_thread_tells_it(ledger: Ledger) -> None:
    one, other = two(ledger)
    post(ledger)
    assert ledger.decide(other, "dismiss", "U1", "old news", NOW, remark="it ran in May").changed
    for number in (one, other):
        alert = alert_of(ledger, number)
        assert (alert.review, alert.decided_by, alert.decision_note) == ("dismissed", "U1", "old news")
    change = Change(what="dismiss", by="U1", why="old news", remark="it ran in May", before="open", after="dismissed")
    assert sorted(changes(ledger), key=lambda pair: pair[0]) == [("desk", change), ("politics", change)]
    late = ledger.decide(one, "confirm", "U2", "", NOW)
    assert (late.changed, late.by) == (False, "U1")
    assert ledger.audit(one) == ledger.audit(other)
    assert len(ledger.audit(one)) == 1
    assert changes(ledger) == []


def test_an_owner_and_a_note_reach_every_copy(ledger: Ledger) -> None:
    one, other = two(ledger)
    post(ledger)
    assert ledger.assign(one, "U2", "U1", NOW).changed
    assert not ledger.assign(other, "U2", "U3", NOW).changed
    ledger.note(other, "asked at noon", "U3", NOW)
    assert alert_of(ledger, other).owner == "U2"
    told_ = changes(ledger)
    for channel in ("desk", "politics"):
        mine = [change for where, change in told_ if where == channel]
        assert [(change.what, change.after, change.remark) for change in mine] == [
            ("assign", "U2", ""),
            ("note", "open", "asked at noon"),
        ]
    assert ledger.assign(one, "", "U2", NOW).alert.owner is None


def test_a_withdrawal_reaches_every_copy_and_nothing_is_decided_after_it(ledger: Ledger) -> None:
    one, other = two(ledger)
    post(ledger)
    ledger.withdraw(one, "satire", NOW, "U1")
    alert = alert_of(ledger, other)
    assert (alert.state, alert.reason, alert.withdrawn_by) == ("withdrawn", "satire", "U1")
    assert [change.what for _, change in changes(ledger)] == ["withdraw", "withdraw"]
    assert not ledger.decide(other, "confirm", "U2", "", NOW).changed
    assert [entry.action for entry in ledger.audit(other)] == ["withdraw"]


def test_a_copy_that_comes_later_has_the_decision_of_the_others(ledger: Ledger) -> None:
    number = raised(ledger)
    ledger.decide(number, "confirm", "U1", "", NOW)
    ledger.assign(number, "U2", "U2", NOW)
    with ledger.work() as work:
        copy = work.alert(alert_of(ledger, number).conflict, "politics", "high", NOW)
        work.commit()
    assert copy is not None
    assert (copy.review, copy.decided_by, copy.owner) == ("confirmed", "U1", "U2")
    assert [one.number for one in ledger.copies(copy.number)] == [copy.number, number]


def test_another_pair_is_no_copy(ledger: Ledger) -> None:
    one, other = raised(ledger, mark=" One."), raised(ledger, "politics", mark=" Two.")
    ledger.decide(one, "confirm", "U1", "", NOW)
    assert alert_of(ledger, other).review == "open"


def test_the_log_can_be_asked_by_person_and_time(ledger: Ledger) -> None:
    one = raised(ledger)
    ledger.decide(one, "confirm", "U1", "", NOW)
    ledger.decide(one, "undo", "U2", "", NOW + DAY)
    assert [entry.by for entry in ledger.log()] == ["U1", "U2"]
    assert [entry.action for entry in ledger.log(by="U2")] == ["undo"]
    assert [entry.action for entry in ledger.log(since=NOW + timedelta(hours=1))] == ["undo"]
    assert [entry.action for entry in ledger.log(until=NOW + timedelta(hours=1))] == ["confirm"]
    assert [entry.action for entry in ledger.log(limit=1)] == ["undo"]


def test_the_desks_own_record_counts_a_pair_once_and_forgets_after_ninety_days(ledger: Ledger) -> None:
    ruled(ledger, 0.7, ("confirm", ""), times=2)
    ruled(ledger, 0.7, ("dismiss", "old news"))
    ruled(ledger, 0.7, ("confirm", ""), kind="same_side")
    one, _ = two(ledger)
    ledger.decide(one, "confirm", "U1", "", NOW)
    track = ledger.track("reversal", NOW + DAY)
    assert (track.confirmed, track.decided, track.days) == (3, 4, 90)
    assert ledger.track("reversal", NOW + 91 * DAY).decided == 0


def mend(ledger: Ledger, old: Statement, new: Statement, field: str = "speaker", by: str = "U1") -> None:
    with ledger.work() as work:
        work.mend(old, new, [Mended(field=field, old="a", new="b")], by=by, why="misheard", now=NOW)
        work.commit()


def said_by_ida(said: Statement) -> Statement:
    assert said.speaker is not None
    speaker = Speaker(party=IDA, as_written=said.speaker.as_written, span=said.speaker.span)
    return replace(said, speaker=speaker, holder=IDA, mended=said.mended + 1)


def test_a_corrected_statement_is_seen_as_corrected_and_kept_as_it_was(ledger: Ledger) -> None:
    of, held = told(YES, "one")
    record(ledger, (of, held))
    new = said_by_ida(held.statement)
    mend(ledger, held.statement, new)
    with ledger.work() as work:
        work.position(replace(held, statement=new, holder=IDA))
        work.commit()
    mara, ida = ledger.who("velden"), ledger.who("korr")
    assert mara is not None
    assert ida is not None
    assert mara.positions == ()
    assert [one.statement for one in ida.positions] == [new]
    before = ledger.statement(held.statement.key)
    assert before is not None
    assert before.party == MARA
    assert before.amended == "the desk corrected this statement on 4 Mar 2025"
    assert [(one.field, one.old, one.new, one.by, one.why) for one in ledger.mends()] == [
        ("speaker", "a", "b", "U1", "misheard")
    ]
    assert (ledger.mended(held.statement), ledger.mended(new)) == (True, False)


def test_what_was_corrected_is_compared_with_nothing_and_its_correction_is(ledger: Ledger) -> None:
    of, held = told(YES, "one", **on_day(1))
    record(ledger, (of, held))
    later = told(NO, "two", IDA, stance="against", **on_day(3))
    record(ledger, later)
    new = said_by_ida(held.statement)
    mend(ledger, held.statement, new)
    with ledger.work() as work:
        work.position(replace(held, statement=new, holder=IDA))
        work.commit()
    assert [one.statement for one in ledger.beside(later[1])] == [new]


def test_in_figures_a_corrected_statement_counts_once_and_a_withdrawn_one_not_at_all(ledger: Ledger) -> None:
    number = raised(ledger)
    fresh, earlier = (getattr(alert_of(ledger, number).conflict, end) for end in ("fresh", "earlier"))

    def counted() -> tuple[int, ...]:
        who, card, seen = ledger.who("velden"), ledger.card("velden"), ledger.balance(NOW - DAY)
        assert who is not None
        assert card is not None
        (side,) = seen.sides
        (topic,) = who.topics
        counts = (who.counts.statements, who.counts.reports, who.counts.positions, card.person.statements)
        return (*counts, topic.statements, side.statements, side.alerts, card.alerts, ledger.remarks_on("bridge"))

    assert counted() == (2, 2, 2, 2, 2, 2, 1, 1, 2)
    new = replace(earlier.statement, mended=1, caveats=("date corrected by the desk",))
    mend(ledger, earlier.statement, new, field="date")
    with ledger.work() as work:
        work.position(replace(earlier, statement=new))
        work.commit()
    assert counted() == (2, 2, 2, 2, 2, 2, 1, 1, 2)
    ledger.withdraw_statement(fresh.statement, "a parody account", "U1", NOW)
    assert counted() == (1, 1, 1, 1, 1, 1, 0, 0, 1)
    assert ledger.figures(NOW - DAY, NOW + DAY).reviews == {"withdrawn": 1}


def test_the_second_of_two_who_correct_a_statement_learns_who_was_first(ledger: Ledger) -> None:
    of, held = told(YES, "one")
    record(ledger, (of, held))
    new = said_by_ida(held.statement)
    mend(ledger, held.statement, new)
    with pytest.raises(AlreadyMended) as caught:
        mend(ledger, held.statement, replace(new, mended=1, caveats=("x",)), by="U2")
    assert caught.value.by == "U1"
    mend(ledger, new, replace(new, mended=2), field="date", by="U2")  # what stands can be corrected in turn
    assert [one.field for one in ledger.mends_of(new)] == ["speaker", "date"]


def test_a_statement_that_is_withdrawn_takes_its_alerts_along_in_every_channel(ledger: Ledger) -> None:
    one, other = two(ledger)
    post(ledger)
    said = alert_of(ledger, one).conflict.fresh.statement
    gone = ledger.withdraw_statement(said, "a parody account", "U1", NOW)
    assert {alert.number for alert in gone} == {one, other}
    assert {alert.reason for alert in gone} == {"a statement was withdrawn: a parody account"}
    assert ledger.who("velden") is not None
    assert [change.what for _, change in changes(ledger)] == ["withdraw", "withdraw"]
    with pytest.raises(AlreadyMended):
        ledger.withdraw_statement(said, "again", "U2", NOW)


def test_an_alert_goes_on_without_a_statement_that_it_had_only_joined(ledger: Ledger) -> None:
    number = raised(ledger)
    join(ledger, number)
    post(ledger)
    (more,) = alert_of(ledger, number).joined
    ledger.withdraw_statement(more.statement, "a parody account", "U1", NOW)
    alert = alert_of(ledger, number)
    assert (alert.state, alert.joined) == ("sent", ())
    assert [change.what for _, change in changes(ledger)] == ["mend"]


def test_a_reworded_alert_has_its_new_pair_in_every_channel_and_is_not_raised_again(ledger: Ledger) -> None:
    one, other = two(ledger)
    post(ledger)
    before = alert_of(ledger, one).conflict
    new = replace(before.fresh.statement, mended=1, caveats=("date corrected by the desk",))
    mend(ledger, before.fresh.statement, new, field="date")
    fresh = replace(before.fresh, statement=new)
    change = Change(what="mend", by="U1", before="date 3 March", after="date 2 March")
    lead = conflict(fresh, before.earlier, title="A new title", case=before.case)
    with ledger.work() as work:
        work.position(fresh)
        work.conflicts([lead])
        work.reword(one, lead, (), change, NOW)
        assert work.alert(lead, "desk", "high", NOW) is None
        work.commit()
    for number in (one, other):
        alert = alert_of(ledger, number)
        assert (alert.conflict.title, alert.conflict.fresh.statement) == ("A new title", new)
        assert ledger.verify(alert) == ()
    assert [told_ for _, told_ in changes(ledger)] == [change, change]
    assert list(ledger.inspect(Tally())) == [], "what was corrected is sealed anew"


def test_nobody_is_asked_to_decide_what_is_withdrawn(ledger: Ledger) -> None:
    number = raised(ledger)
    ledger.assign(number, "U1", "U1", NOW)
    ledger.withdraw(number, "satire", NOW)
    card = ledger.card("velden")
    assert card is not None
    assert (card.alerts, card.open_alerts) == (0, 0), "it is still shown, and no longer counted"
    assert ledger.conflicts(review="open") == ()
    assert ledger.sought(Sought(review="open")).total == 0
    assert ledger.assigned("U1") == ()
    assert ledger.status().reviews["open"] == 0
    assert len(ledger.conflicts()) == 1


def test_a_note_on_what_was_never_posted_waits_for_nothing(ledger: Ledger) -> None:
    number = raised(ledger)
    ledger.withdraw(number, "satire", NOW)
    ledger.note(number, "asked the outlet", "U1", NOW)
    assert [one.remark for one in ledger.audit(number)] == ["", "asked the outlet"]
    assert ledger.status().waiting == 0


def test_where_somebody_stands_is_told_by_what_people_have_put_right(ledger: Ledger) -> None:
    of, held = told(YES, "one", **on_day(1))
    wrong = told(NO, "two", stance="against", **on_day(3))
    record(ledger, (of, held), wrong)
    mend(ledger, wrong[1].statement, said_by_ida(wrong[1].statement))
    (stood,) = ledger.stances("velden")
    assert (stood.stance, stood.changed, stood.remarks) == (held.stance, None, 1)
    assert [one.statement for one in ledger.standing(held.topic)] == [held.statement]

"""The hand-over to Slack: nothing lost, nothing doubled, nothing out of order."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from ledger_sample import DAY, NO, NOW, YES, article, conflict, join, on_day, raised, record
from ledger_sample import told as story

from bot.ledger import Change, Delivery, Ledger, LedgerError
from bot.model import Alert

MINUTE = timedelta(minutes=1)
SETTLING = timedelta(seconds=60)


def one(ledger: Ledger, now=NOW) -> Delivery:
    due = ledger.due(now)
    assert len(due) == 1
    return due[0]


def deliver(ledger: Ledger, ts: str, now=NOW) -> Delivery:
    """Do the one thing that is due."""
    intended = ledger.intend(one(ledger, now).id, now)
    assert intended is not None
    ledger.sent(intended.id, "C1", ts, now)
    return intended


def sending(ledger: Ledger, number: int, kind: str) -> int:
    """Begin to deliver what is due of an alert; the number of the delivery."""
    (waiting,) = [one for one in ledger.due(NOW) if (one.alert.number, one.kind) == (number, kind)]
    assert ledger.intend(waiting.id, NOW) is not None
    return waiting.id


def told(ledger: Ledger, ts: str) -> Change:
    """Let the reply on a change be posted; what it tells."""
    (reply,) = [waiting for waiting in ledger.due(NOW) if waiting.kind == "reply"]
    assert ledger.intend(reply.id, NOW) is not None
    ledger.sent(reply.id, "C1", ts, NOW)
    assert reply.change is not None
    return reply.change


def alert_of(ledger: Ledger, number: int) -> Alert:
    found = ledger.alert(number)
    assert found is not None
    return found


def test_a_card_is_due_then_its_evidence_in_the_thread_then_nothing(ledger: Ledger) -> None:
    number = raised(ledger)
    card = deliver(ledger, "1.0")
    assert (card.kind, card.key, card.channel) == ("card", card.alert.dedupe_key, "desk")
    assert (card.state, card.attempts, card.attempted_at, card.thread_ts, card.body) == ("sending", 1, NOW, None, ())
    alert = alert_of(ledger, number)
    assert (alert.state, alert.slack_channel, alert.slack_ts) == ("sent", "C1", "1.0")
    reply = deliver(ledger, "2.0")
    assert (reply.kind, reply.thread_ts, reply.opening) == ("reply", "1.0", True)
    assert reply.body == (alert.conflict.fresh, alert.conflict.earlier)
    assert reply.key not in {card.key, ""}
    assert ledger.due(NOW) == ()
    assert alert_of(ledger, number) == alert


def test_an_attempt_is_dated_when_its_turn_to_write_has_come_and_doubt_when_it_begins(ledger: Ledger) -> None:
    raised(ledger)
    card = one(ledger)
    hands = [NOW]
    with ThreadPoolExecutor() as others:
        with ledger.work() as work:  # another writer is at it
            work.knows(article("They said nothing."))
            marking = others.submit(ledger.intend, card.id, NOW, lambda: hands[0])
            hands[0] = NOW + MINUTE
        intended = marking.result()
    assert intended is not None
    assert intended.attempted_at == NOW + MINUTE
    ledger.doubted(card.id, NOW + 2 * MINUTE)
    assert ledger.doubtful(NOW + 2 * MINUTE + SETTLING / 2, SETTLING) == ()
    assert len(ledger.doubtful(NOW + 2 * MINUTE + SETTLING, SETTLING)) == 1
    ledger.settle(card.id, "1.0", "C1")
    ledger.doubted(card.id, NOW + 3 * MINUTE)  # told too late
    assert alert_of(ledger, card.alert.number).state == "sent"


def test_a_crash_after_the_intention_leaves_it_in_doubt_and_holds_the_channel(ledger: Ledger) -> None:
    raised(ledger, mark=" One.")
    raised(ledger, mark=" Two.")
    card = ledger.intend(one(ledger).id, NOW)
    assert card is not None  # and now the process dies
    assert ledger.due(NOW + DAY) == ()
    assert ledger.intend(card.id, NOW + DAY) is None
    assert ledger.doubtful(NOW + SETTLING / 2, SETTLING) == ()
    assert ledger.doubtful(NOW + SETTLING, SETTLING) == (card,)


def test_doubt_ends_as_sent_when_history_shows_the_post(ledger: Ledger) -> None:
    number = raised(ledger)
    card = ledger.intend(one(ledger).id, NOW)
    assert card is not None
    ledger.settle(card.id, "1.0", slack_channel="C1")
    alert = alert_of(ledger, number)
    assert (alert.state, alert.slack_channel, alert.slack_ts) == ("sent", "C1", "1.0")
    assert one(ledger).kind == "reply"
    ledger.settle(card.id, None)  # settled is settled
    assert alert_of(ledger, number) == alert


def test_doubt_ends_as_pending_when_history_does_not_show_it(ledger: Ledger) -> None:
    raised(ledger)
    card = ledger.intend(one(ledger).id, NOW)
    assert card is not None
    ledger.settle(card.id, None)
    again = ledger.intend(one(ledger, NOW + MINUTE).id, NOW + MINUTE)
    assert again is not None
    assert (again.id, again.key, again.attempts) == (card.id, card.key, 2)


def test_a_clock_set_back_does_not_prolong_doubt(ledger: Ledger) -> None:
    raised(ledger)
    card = ledger.intend(one(ledger).id, NOW)
    assert ledger.doubtful(NOW - timedelta(hours=1), SETTLING) == (card,)


def test_a_clear_no_waits_and_keeps_the_order(ledger: Ledger) -> None:
    first = raised(ledger, mark=" One.")
    raised(ledger, mark=" Two.")
    elsewhere = raised(ledger, "politics", mark=" Three.")
    card = ledger.intend(ledger.due(NOW)[0].id, NOW)
    assert card is not None
    ledger.refused(card.id, "rate limited", NOW + MINUTE)
    assert [waiting.alert.number for waiting in ledger.due(NOW)] == [elsewhere]
    assert [waiting.alert.number for waiting in ledger.due(NOW + MINUTE)] == [first, elsewhere]
    alert = alert_of(ledger, first)
    assert (alert.state, alert.reason) == ("pending", "rate limited")


def test_what_is_stuck_lets_others_pass_and_goes_first_after_the_repair(ledger: Ledger) -> None:
    first, second = raised(ledger, mark=" One."), raised(ledger, mark=" Two.")
    card = ledger.intend(one(ledger).id, NOW)
    assert card is not None
    ledger.refused(card.id, "is_archived", None)
    alert = alert_of(ledger, first)
    assert (alert.state, alert.reason) == ("stuck", "is_archived")
    assert ledger.status().stuck == ("is_archived",)
    assert one(ledger).alert.number == second
    assert ledger.release(NOW, "politics") == 0
    assert ledger.release(NOW, "desk") == 1
    assert one(ledger).alert.number == first
    assert one(ledger).alert.reason == ""


def test_a_post_may_be_refused_before_it_is_intended(ledger: Ledger) -> None:
    number = raised(ledger)
    ledger.refused(one(ledger).id, "evidence does not hold", None)
    assert alert_of(ledger, number).state == "stuck"
    assert ledger.due(NOW) == ()


def test_a_decision_makes_an_update_due_until_it_is_acknowledged(ledger: Ledger) -> None:
    number = raised(ledger)
    deliver(ledger, "1.0")
    deliver(ledger, "2.0")
    ledger.decide(number, "confirm", "U1", "", NOW)
    told(ledger, "3.0")
    update = ledger.intend(one(ledger).id, NOW)
    assert update is not None
    assert (update.kind, update.thread_ts, update.alert.review) == ("update", "1.0", "confirmed")
    assert ledger.due(NOW) == ()  # the answer may still come
    assert ledger.doubtful(NOW + DAY, SETTLING) == ()
    again = deliver(ledger, "1.0", NOW + MINUTE)
    assert (again.id, again.attempts) == (update.id, 2)
    assert ledger.due(NOW + DAY) == ()


def test_a_change_while_an_update_is_under_way_makes_another_due(ledger: Ledger) -> None:
    number = raised(ledger)
    deliver(ledger, "1.0")
    deliver(ledger, "2.0")
    ledger.decide(number, "confirm", "U1", "", NOW)
    told(ledger, "3.0")
    update = ledger.intend(one(ledger).id, NOW)
    assert update is not None
    ledger.decide(number, "undo", "U1", "", NOW)
    told(ledger, "4.0")
    ledger.sent(update.id, "C1", "1.0", NOW)
    assert deliver(ledger, "1.0").alert.review == "open"
    assert ledger.due(NOW) == ()


def test_a_change_before_the_card_is_posted_is_in_the_card(ledger: Ledger) -> None:
    number = raised(ledger)
    join(ledger, number)
    card = deliver(ledger, "1.0")
    assert len(card.alert.joined) == 1
    assert [deliver(ledger, f"{n}.0").kind for n in (2, 3)] == ["reply", "reply"]
    assert ledger.due(NOW) == ()
    ledger.decide(number, "dismiss", "U1", "", NOW)
    told(ledger, "4.0")
    assert deliver(ledger, "1.0").kind == "update"


def test_a_change_while_the_card_is_under_way_makes_an_update_due(ledger: Ledger) -> None:
    number = raised(ledger)
    card = ledger.intend(one(ledger).id, NOW)
    assert card is not None
    ledger.decide(number, "confirm", "U1", "", NOW)
    assert ledger.due(NOW) == ()
    ledger.settle(card.id, "1.0")
    assert [waiting.kind for waiting in ledger.due(NOW)] == ["update", "reply"]


def test_joining_queues_a_reply_with_what_is_new(ledger: Ledger) -> None:
    number = raised(ledger)
    deliver(ledger, "1.0")
    deliver(ledger, "2.0")
    join(ledger, number)
    join(ledger, number)
    kinds = {waiting.kind: waiting for waiting in ledger.due(NOW)}
    assert sorted(kinds) == ["reply", "update"]
    assert kinds["reply"].body == alert_of(ledger, number).joined
    assert not kinds["reply"].opening
    for waiting in kinds.values():
        assert ledger.intend(waiting.id, NOW) is not None
        ledger.sent(waiting.id, "C1", "3.0", NOW)
    assert ledger.due(NOW) == ()


def test_of_all_the_cards_that_are_to_be_updated_one_a_channel_is_loaded_at_a_time(ledger: Ledger) -> None:
    said = {"desk": (" One.", " Two."), "politics": (" Four.", " Five.")}
    numbers = [raised(ledger, channel, mark=mark) for channel, marks in said.items() for mark in marks]
    for number in numbers:
        ledger.settle(sending(ledger, number, "card"), f"{number}.0", "C1")
        ledger.settle(sending(ledger, number, "reply"), f"{number}.1", "C1")
        join(ledger, number, f"more {number}")
    loaded = []
    while waits := [waiting for waiting in ledger.due(NOW) if waiting.kind == "update"]:
        loaded.append([(waiting.channel, waiting.alert.number) for waiting in waits])
        for waiting in waits:
            assert ledger.intend(waiting.id, NOW) is not None
            ledger.sent(waiting.id, "C1", f"{waiting.alert.number}.0", NOW)
    assert loaded == [[("desk", numbers[at]), ("politics", numbers[at + 2])] for at in range(2)]
    left = {"desk", "politics"}
    assert {waiting.channel for waiting in ledger.due(NOW)} == left
    assert {waiting.channel for waiting in ledger.due(NOW, lambda channel: channel == "desk")} == {"politics"}


def test_replies_wait_while_their_card_is_stuck(ledger: Ledger) -> None:
    number = raised(ledger)
    ledger.refused(one(ledger).id, "not_in_channel", None)
    join(ledger, number)
    assert ledger.due(NOW) == ()
    ledger.release(NOW)
    assert [deliver(ledger, f"{n}.0").kind for n in range(3)] == ["card", "reply", "reply"]


def test_a_withdrawn_card_is_never_posted(ledger: Ledger) -> None:
    number = raised(ledger)
    ledger.withdraw(number, "wrong speaker", NOW)
    assert ledger.due(NOW) == ()
    assert ledger.status().alerts["withdrawn"] == 1
    assert ledger.release(NOW) == 0


@pytest.mark.parametrize("found", ["1.0", None])
def test_a_card_withdrawn_while_in_doubt(ledger: Ledger, found: str | None) -> None:
    number = raised(ledger)
    card = ledger.intend(one(ledger).id, NOW)
    assert card is not None
    ledger.withdraw(number, "wrong speaker", NOW)
    ledger.settle(card.id, found)
    assert [waiting.kind for waiting in ledger.due(NOW)] == (["update", "reply"] if found else [])
    assert alert_of(ledger, number).state == "withdrawn"
    assert ledger.status().waiting == len(ledger.due(NOW)[1:])


def test_a_posted_card_that_is_withdrawn_is_updated_and_its_thread_tells_why_and_nothing_else(ledger: Ledger) -> None:
    number = raised(ledger)
    deliver(ledger, "1.0")
    ledger.withdraw(number, "wrong speaker", NOW, "U1")
    assert told(ledger, "2.0").why == "wrong speaker"
    update = deliver(ledger, "1.0")
    assert (update.kind, update.alert.state, update.alert.reason) == ("update", "withdrawn", "wrong speaker")
    assert ledger.due(NOW) == ()


def test_an_answer_that_comes_twice_or_too_late_changes_nothing(ledger: Ledger) -> None:
    number = raised(ledger)
    card = deliver(ledger, "1.0")
    before = alert_of(ledger, number)
    ledger.sent(card.id, "C9", "9.0", NOW)
    ledger.refused(card.id, "late", None)
    assert alert_of(ledger, number) == before


def test_an_unknown_delivery_is_named(ledger: Ledger) -> None:
    assert ledger.intend(4711, NOW) is None
    for use in (
        lambda: ledger.sent(4711, "C1", "1.0", NOW),
        lambda: ledger.refused(4711, "no", None),
        lambda: ledger.settle(4711, None),
    ):
        with pytest.raises(LedgerError, match="4711"):
            use()


def test_replies_of_one_card_show_each_evidence_once(ledger: Ledger) -> None:
    number = raised(ledger)
    for name in ("one", "two"):
        join(ledger, number, name)
    deliver(ledger, "1.0")
    bodies = [place for n in range(3) for place in deliver(ledger, f"{n}.5").body]
    alert = alert_of(ledger, number)
    assert bodies == [alert.conflict.fresh, alert.conflict.earlier, *alert.joined]


def test_the_same_alert_in_two_channels_has_two_lives(ledger: Ledger) -> None:
    earlier, fresh = story(YES, "y", **on_day(1)), story(NO, "n")
    record(ledger, earlier, fresh)
    with ledger.work() as work:
        for channel in ("desk", "politics"):
            work.alert(conflict(fresh[1], earlier[1]), channel, "medium", NOW)
        work.commit()
    assert [waiting.channel for waiting in ledger.due(NOW)] == ["desk", "politics"]

"""What is held is told once: in one digest an occasion, the strongest first, through crashes and doubt."""

from __future__ import annotations

from datetime import timedelta
from itertools import count

from ledger_sample import DAY, NO, NOW, YES, conflict, join, on_day, raised, record, told

from bot.ledger import Bulletin, Ledger, Routed, Target
from bot.ledger.flow.folding import BURST, ROWS
from bot.ledger.flow_records import Before
from bot.model import DeliveryState, content_key
from watchers.model import FeedState

MINUTE = timedelta(minutes=1)
SETTLING = timedelta(seconds=60)
_marks = count(1)


def held(
    ledger: Ledger,
    score: float = 0.7,
    channel: str = "desk",
    *,
    state: DeliveryState = "held",
    at=NOW,
) -> int:
    """Raise an alert whose card is held (or in another state); its number."""
    mark = f" Case {next(_marks)}."
    earlier, fresh = told(YES + mark, f"yes{mark}", **on_day(1)), told(NO + mark, f"no{mark}", **on_day(3))
    record(ledger, earlier, fresh)
    pair = conflict(fresh[1], earlier[1], score=score, case=f"bridge{mark}")
    with ledger.work() as work:
        alert = work.alert(pair, channel, "medium", at, state=state)
        assert alert is not None
        work.routed(pair, Routed(audience=channel, outcome="held", reason="quiet hours", at=at, alert=alert.number))
        work.commit()
    return alert.number


def everything(ledger: Ledger) -> None:
    """A row in every table of the flow."""
    target = Target(kind="topic", id="bridge", name="the bridge")
    ledger.mute("desk", target, NOW + DAY, "U1", NOW)
    ledger.unmute("desk", target, "U1", NOW)
    ledger.prefer("desk", "cap", 5, "U1", NOW)
    held(ledger)
    ledger.fold("desk", "daily:1", "Daily digest", NOW)
    ledger.trouble("channel:desk", "is_archived", "desk is archived", "operators", NOW)


def one(ledger: Ledger, now=NOW) -> Bulletin:
    due = ledger.bulletins_due(now)
    assert len(due) == 1
    return due[0]


def test_what_is_held_is_not_due_and_not_counted_as_waiting(ledger: Ledger) -> None:
    number = held(ledger)
    assert ledger.due(NOW + DAY) == ()
    assert ledger.status().waiting == 0
    assert ledger.held() == {"desk": NOW}
    alert = ledger.alert(number)
    assert alert is not None
    assert alert.state == "held"


def test_a_digest_has_the_strongest_first_and_each_alert_is_marked_with_it(ledger: Ledger) -> None:
    weak, strong = held(ledger, 0.65), held(ledger, 0.95)
    elsewhere = held(ledger, channel="politics")
    assert ledger.fold("desk", "daily:2025-03-05", "Daily digest", NOW + DAY) == 2
    digest = one(ledger, NOW + DAY)
    assert (digest.kind, digest.channel, digest.words) == ("digest", "desk", "Daily digest")
    assert [alert.number for alert in digest.alerts] == [strong, weak]
    assert [alert.state for alert in digest.alerts] == ["folded", "folded"]
    assert ledger.held() == {"politics": NOW}
    assert [outcome.digest for outcome in ledger.routed(elsewhere)] == [None]
    assert ledger.due(NOW + DAY) == ()


def test_a_digest_is_said_to_have_carried_an_alert_once_it_is_in_slack(ledger: Ledger) -> None:
    number = held(ledger)
    ledger.fold("desk", "daily:1", "Daily digest", NOW + DAY)
    digest = one(ledger, NOW + DAY).id
    ledger.intend_bulletin(digest, NOW + DAY)
    ledger.bulletin_refused(digest, "is_archived", None)
    assert [outcome.digest for outcome in ledger.routed(number)] == [None]
    ledger.release(NOW)
    ledger.bulletin_sent(digest, "C1", "1.0")
    assert [outcome.digest for outcome in ledger.routed(number)] == [NOW + DAY]


def test_an_occasion_has_one_digest_whatever_comes_between(ledger: Ledger) -> None:
    held(ledger)
    assert ledger.fold("desk", "daily:2025-03-05", "Daily digest", NOW) == 1
    held(ledger)
    assert ledger.fold("desk", "daily:2025-03-05", "Daily digest", NOW) == 0
    assert ledger.fold("desk", "daily:2025-03-06", "Daily digest", NOW) == 1
    assert ledger.fold("desk", "daily:2025-03-07", "Daily digest", NOW) == 0


def test_more_than_a_message_holds_goes_on_in_the_next_and_nothing_is_left_out(ledger: Ledger) -> None:
    numbers = [held(ledger) for _ in range(ROWS + 2)]
    assert ledger.fold("desk", "daily:1", "Daily digest", NOW) == ROWS + 2
    shown = []
    for _ in range(2):
        digest = ledger.intend_bulletin(one(ledger).id, NOW)
        assert digest is not None
        shown.append(digest)
        ledger.bulletin_sent(digest.id, "C1", "1.0")
    assert [digest.words for digest in shown] == ["Daily digest (1 of 2)", "Daily digest (2 of 2)"]
    assert sorted(alert.number for digest in shown for alert in digest.alerts) == numbers


def test_a_withdrawn_alert_is_not_told(ledger: Ledger) -> None:
    ledger.withdraw(held(ledger), "wrong speaker", NOW)
    assert ledger.held() == {}
    assert ledger.fold("desk", "daily:1", "Daily digest", NOW) == 0


def test_ten_cards_within_ten_minutes_are_one_digest_and_nine_are_not(ledger: Ledger) -> None:
    for _ in range(BURST - 1):
        held(ledger, state="pending")
    assert ledger.fold_bursts(NOW) == 0
    held(ledger, state="pending", at=NOW + 11 * MINUTE)
    assert ledger.fold_bursts(NOW + 11 * MINUTE) == 0
    last = held(ledger, 0.99, state="pending", at=NOW + 10 * MINUTE)
    assert ledger.fold_bursts(NOW + 11 * MINUTE) == BURST
    digest = one(ledger, NOW + 11 * MINUTE)
    assert (len(digest.alerts), digest.alerts[0].number) == (BURST, last)
    assert "ten minutes" in ledger.routed(last)[-1].reason
    assert len(ledger.due(NOW + 11 * MINUTE)) == 1  # the one that came too late for it


def test_what_a_digest_has_told_is_told_by_no_further_digest_however_much_news_of_it_waits(ledger: Ledger) -> None:
    numbers = [held(ledger, state="pending") for _ in range(BURST)]
    assert ledger.fold_bursts(NOW) == BURST
    digests = len(ledger.bulletins_due(NOW))

    def news(some: list[int]) -> None:
        with ledger.work() as work:
            for number in some:
                work.show(number, "pending")
            work.commit()

    news(numbers[: BURST - 1])
    assert ledger.fold_bursts(NOW + MINUTE) == 0  # few: each has a card
    assert len(ledger.untold()["desk"]) == BURST - 1
    news(numbers[BURST - 1 :])
    fresh = held(ledger, state="pending", at=NOW + MINUTE)
    assert ledger.fold_bursts(NOW + MINUTE) == BURST
    assert [card.alert.number for card in ledger.due(NOW + MINUTE)] == [fresh]  # the one that nothing has told yet
    assert len(ledger.untold()["desk"]) == 1
    assert len(ledger.bulletins_due(NOW + MINUTE)) == digests
    assert "a digest has told" in ledger.routed(numbers[0])[-1].reason


def test_what_only_a_digest_that_is_stuck_holds_is_told_by_the_next(ledger: Ledger) -> None:
    numbers = [held(ledger, state="pending") for _ in range(BURST)]
    ledger.fold_bursts(NOW)
    digest = one(ledger)
    assert ledger.intend_bulletin(digest.id, NOW) is not None
    ledger.bulletin_refused(digest.id, "invalid_blocks", None)
    with ledger.work() as work:
        for number in numbers:
            work.show(number, "pending")
        work.commit()
    assert ledger.fold_bursts(NOW + MINUTE) == BURST
    assert [alert.number for alert in one(ledger, NOW + MINUTE).alerts] == numbers


def test_a_card_that_was_tried_is_not_folded(ledger: Ledger) -> None:
    for _ in range(BURST):
        held(ledger, state="pending")
    assert ledger.intend(ledger.due(NOW)[0].id, NOW) is not None
    assert ledger.fold_bursts(NOW) == 0


def test_quiet_hours_hold_the_cards_that_wait_untried(ledger: Ledger) -> None:
    number = raised(ledger)
    assert ledger.hold_waiting("politics", "quiet hours", NOW) == 0
    assert ledger.hold_waiting("desk", "quiet hours, 22:00-07:00 UTC", NOW) == 1
    assert ledger.due(NOW) == ()
    assert [(one.outcome, one.reason) for one in ledger.routed(number)] == [("held", "quiet hours, 22:00-07:00 UTC")]


def test_a_crash_after_the_intention_leaves_a_digest_in_doubt_until_history_tells(ledger: Ledger) -> None:
    held(ledger)
    ledger.fold("desk", "daily:1", "Daily digest", NOW)
    digest = ledger.intend_bulletin(one(ledger).id, NOW)
    assert digest is not None  # and now the process dies
    assert ledger.bulletins_due(NOW + DAY) == ()
    assert ledger.bulletins_doubtful(NOW + SETTLING / 2, SETTLING) == ()
    assert ledger.bulletins_doubtful(NOW + SETTLING, SETTLING) == (digest,)
    assert ledger.bulletins_doubtful(NOW - DAY, SETTLING) == (digest,)  # a clock set back
    ledger.settle_bulletin(digest.id, None, "C1")
    again = ledger.intend_bulletin(one(ledger).id, NOW + MINUTE)
    assert again is not None
    assert (again.key, again.attempts) == (digest.key, 2)
    ledger.settle_bulletin(again.id, "1.0", "C1")
    ledger.settle_bulletin(again.id, None, "C1")  # settled is settled
    assert ledger.bulletins_due(NOW + DAY) == ()
    assert ledger.bulletins_doubtful(NOW + DAY, SETTLING) == ()


def test_a_refused_bulletin_waits_or_is_stuck_until_it_is_released(ledger: Ledger) -> None:
    held(ledger)
    ledger.fold("desk", "daily:1", "Daily digest", NOW)
    number = one(ledger).id
    ledger.bulletin_refused(number, "ratelimited", NOW + MINUTE)
    assert ledger.bulletins_due(NOW) == ()
    assert one(ledger, NOW + MINUTE).id == number
    ledger.bulletin_refused(number, "is_archived", None)
    assert ledger.bulletins_due(NOW + DAY) == ()
    assert ledger.release(NOW) == 1
    ledger.bulletin_sent(one(ledger).id, "C1", "1.0")
    ledger.bulletin_refused(number, "late", None)
    assert ledger.bulletins_due(NOW + DAY) == ()


def test_a_digest_that_waits_or_is_stuck_is_in_the_figures(ledger: Ledger) -> None:
    held(ledger)
    assert (ledger.status().waiting, ledger.status().oldest_pending) == (0, None)
    ledger.fold("desk", "daily:1", "Daily digest", NOW)
    assert (ledger.status().waiting, ledger.status().oldest_pending) == (1, NOW)
    ledger.bulletin_refused(one(ledger).id, "is_archived", None)
    assert (ledger.status().waiting, ledger.status().stuck) == (0, ("is_archived",))


def test_news_of_an_alert_without_a_card_may_give_it_one(ledger: Ledger) -> None:
    number = held(ledger)
    ledger.fold("desk", "daily:1", "Daily digest", NOW)
    join(ledger, number)
    assert ledger.due(NOW) == ()
    with ledger.work() as work:
        assert work.show(number, "pending").state == "pending"
        work.commit()
    assert [waiting.kind for waiting in ledger.due(NOW)] == ["card"]


def test_muted_evidence_joins_without_a_reply(ledger: Ledger) -> None:
    number = raised(ledger)
    for ts in ("1.0", "2.0"):
        intended = ledger.intend(ledger.due(NOW)[0].id, NOW)
        assert intended is not None
        ledger.sent(intended.id, "C1", ts, NOW)
    story = told("There is nothing more to say about it, not now and not later.", "more", stance="against")
    record(ledger, story)
    with ledger.work() as work:
        work.join(number, story[1], now=NOW, aloud=False)
        work.commit()
    assert [waiting.kind for waiting in ledger.due(NOW)] == ["update"]


def state_of(ledger: Ledger, failing: bool, at) -> None:
    ledger.save_feed_state(FeedState(feed="post", polled_at=at, failures=int(failing), reason="HTTP 503" * failing))


def test_a_feed_that_fails_for_six_hours_is_told_once_and_its_recovery_once(ledger: Ledger) -> None:
    feeds = {"post": "Harbour Post", "new": "Never polled"}

    def look(hours: float) -> tuple[str, ...]:
        return ledger.watch_feeds(feeds, "operators", NOW + timedelta(hours=hours))

    state_of(ledger, failing=False, at=NOW)
    assert look(0) == ()
    state_of(ledger, failing=True, at=NOW)
    assert look(1) == ()
    assert look(6.9) == ()
    (words,) = look(7)
    assert words == "Harbour Post (post) has failed for six hours, never good so far: HTTP 503"
    assert look(7) == look(30) == ()
    state_of(ledger, failing=False, at=NOW)
    assert look(31) == ("Harbour Post (post) is read again.",)
    assert look(32) == ()
    told_ = []
    while due := ledger.bulletins_due(NOW + DAY):
        told_.append((due[0].kind, due[0].channel, due[0].words))
        ledger.bulletin_sent(due[0].id, "C1", "1.0")
    assert told_ == [("notice", "operators", words), ("notice", "operators", "Harbour Post (post) is read again.")]


def test_a_feed_that_fails_is_told_after_six_hours_though_the_clock_was_set_back_since(ledger: Ledger) -> None:
    state_of(ledger, failing=True, at=NOW)
    said = [ledger.watch_feeds({"post": "Harbour Post"}, "", NOW + timedelta(hours=hours)) for hours in (9000, 0, 5, 6)]
    assert [len(words) for words in said] == [0, 0, 0, 1]


def test_a_short_failure_is_nobodys_business_and_without_operators_nobody_is_written_to(ledger: Ledger) -> None:
    for hours, failing in ((0, True), (5, False), (6, True), (11, False), (12, True), (18, True)):
        state_of(ledger, failing=failing, at=NOW)
        words = ledger.watch_feeds({"post": "Harbour Post"}, "", NOW + timedelta(hours=hours))
        assert bool(words) == (hours == 18)
    assert ledger.bulletins_due(NOW + DAY) == ()


def test_a_trouble_is_told_once_a_spell_and_reason(ledger: Ledger) -> None:
    def fails(reason: str) -> bool:
        return ledger.trouble("channel:desk", reason, f"desk: {reason}", "operators", NOW)

    assert [fails("is_archived"), fails("is_archived"), fails("not_in_channel")] == [True, False, True]
    assert ledger.trouble_over("channel:desk", "desk works", "operators", NOW)
    assert not ledger.trouble_over("channel:desk", "desk works", "operators", NOW)
    assert fails("not_in_channel")
    assert not ledger.trouble_over("channel:other", "other works", "operators", NOW)


def in_slack(occasion: str, *carries: str, part: str = "1") -> Before:
    """A digest of the desk that was found in its channel, or a later message of it."""
    key = content_key("digest", "desk", occasion, part)
    return Before(key=key, carries=carries, slack_channel="C1", slack_ts="1.0")


def test_an_occasion_whose_digest_is_in_slack_already_swallows_nothing_that_it_did_not_tell(ledger: Ledger) -> None:
    told, fresh = held(ledger), held(ledger)
    digest = in_slack("daily:1", ledger.alert(told).dedupe_key, "k" * 64)
    assert ledger.told_before("desk", [digest], NOW) == {ledger.alert(told).dedupe_key}
    assert ledger.told_before("desk", [digest], NOW) == frozenset()
    assert ledger.fold("desk", "daily:1", "Daily digest", NOW) == 0
    assert ledger.fold("desk", "daily:2", "Daily digest", NOW) == 1
    assert [alert.number for alert in one(ledger).alerts] == [fresh]


def test_a_digest_found_in_slack_is_drawn_anew_when_all_of_it_is_on_record_again(ledger: Ledger) -> None:
    first = held(ledger)
    other = ledger.alert(held(ledger, state="listed")).dedupe_key
    digest = in_slack("daily:1", ledger.alert(first).dedupe_key, other)
    ledger.told_before("desk", [digest], NOW)
    assert ledger.outdated(NOW) == ()
    with ledger.work() as work:
        work.show(first + 1, "held")
        work.commit()
    assert ledger.told_before("desk", [digest], NOW) == {other}
    shown = ledger.bulletin(*ledger.outdated(NOW))
    assert (shown.slack_ts, [alert.number for alert in shown.alerts]) == ("1.0", [first, first + 1])


def test_what_waits_elsewhere_is_not_taken_for_told_by_a_digest(ledger: Ledger) -> None:
    number = held(ledger, channel="politics")
    assert ledger.told_before("desk", [in_slack("daily:1", ledger.alert(number).dedupe_key)], NOW) == frozenset()
    assert ledger.held() == {"politics": NOW}


def test_an_occasion_of_which_slack_holds_a_later_message_but_not_the_first_is_told_whole(ledger: Ledger) -> None:
    numbers = [held(ledger) for _ in range(ROWS + 2)]
    assert ledger.told_before("desk", [in_slack("daily:1", "k" * 64, part="2")], NOW) == frozenset()
    assert ledger.fold("desk", "daily:1", "Daily digest", NOW) == ROWS + 2
    shown = []
    for _ in range(2):
        digest = one(ledger)
        shown += [alert.number for alert in digest.alerts]
        ledger.bulletin_sent(digest.id, "C1", "2.0")
    assert sorted(shown) == numbers
    assert ledger.fold("desk", "daily:1", "Daily digest", NOW) == 0

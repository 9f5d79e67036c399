"""What counts as deaf and as not ready, and in which words it is told."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from well_state import LATE, NOW, WELL, state

from bot.health import Meter, deafness, unready
from bot.ledger.records import Canary
from watchers.model import FeedState


def test_all_is_well():
    assert unready(state(), LATE) == ()
    assert deafness(WELL, 300) == ""


def test_deaf_is_who_hears_nothing_on_any_connection_or_whose_loop_stands_still():
    assert deafness(replace(WELL, silences=(301.0, 2.0)), 300) == ""
    assert "301 s" in deafness(replace(WELL, silences=(301.0, 302.0)), 300)
    assert "delivery loop" in deafness(replace(WELL, stands=301.0), 300)


def test_a_slack_that_was_never_reached_is_no_reason_to_restart():
    never = replace(WELL, silences=(), stands=None)
    assert deafness(never, 300) == ""
    assert unready(state(never), LATE) == ("Slack has not been reached yet; it is tried again until it is.",)


def test_by_signed_http_a_silent_slack_is_told_but_no_reason_to_restart():
    silent = replace(WELL, silences=(600.0,), silent_after=80, sockets=False)
    assert deafness(silent, 300) == ""
    assert unready(state(silent), LATE) == ("On 1 of 1 connections Slack has not been heard, for up to 600 s.",)


def test_with_a_limit_of_0_nothing_is_deaf():
    assert deafness(replace(WELL, silences=(1e6,), stands=1e6), 0) == ""


def test_one_silent_connection_of_two_is_named():
    assert unready(state(replace(WELL, silences=(1.0, 40.0))), LATE) == (
        "On 1 of 2 connections Slack has not been heard, for up to 40 s.",
    )


def test_what_delivery_complains_of_is_told():
    assert unready(state(replace(WELL, troubles=("Slack refuses us: token_revoked",))), LATE) == (
        "Delivery: Slack refuses us: token_revoked.",
    )


def test_who_is_known_to_slack_no_more_is_not_deaf_for_a_restart_is_no_cure():
    silent = replace(WELL, silences=(301.0, 302.0))
    assert deafness(silent, 300)
    assert deafness(replace(silent, refused=True), 300) == ""
    assert "delivery loop" in deafness(replace(silent, refused=True, stands=301.0), 300)


def test_a_message_that_waits_too_long_is_told():
    assert unready(state(waiting=1, oldest=NOW - timedelta(minutes=9)), LATE) == ()
    assert unready(state(waiting=1, oldest=NOW - timedelta(minutes=12)), LATE) == (
        "1 message waits for Slack, for up to 12 minutes.",
    )


def test_a_feed_that_is_not_polled_is_overdue_and_one_that_backs_off_or_is_paused_is_not():
    five = timedelta(minutes=5)
    old = NOW - timedelta(minutes=30)
    feeds = (
        FeedState(feed="late", polled_at=old),
        FeedState(feed="backs-off", polled_at=old, next_at=NOW + five, failures=4, reason="HTTP 500"),
        FeedState(feed="paused", polled_at=old, paused=True),
        FeedState(feed="fresh", polled_at=NOW - five),
        FeedState(feed="no longer watched", polled_at=old),
    )
    watched = dict.fromkeys(("late", "backs-off", "paused", "fresh"), five)
    assert unready(state(intervals=watched, feeds=feeds), LATE) == ("1 of 4 feeds are overdue: late.",)


def test_after_a_start_feeds_have_their_time():
    stale = FeedState(feed="times", polled_at=NOW - timedelta(days=2))
    assert unready(state(replace(WELL, uptime=30), {"times": timedelta(minutes=5)}, feeds=(stale,)), LATE) == ()


def test_the_figures_are_in_prometheus_words():
    meter = Meter()
    meter.acked(0.02)
    text = meter.text(
        state(
            replace(WELL, answers={"limited": 3}, reconnects=2),
            waiting=1,
            oldest=NOW - timedelta(seconds=90),
            messages={"sent": 4, "stuck": 1},
            alerts={("reversal", "sent", "confirmed"): 2},
            articles=7,
        ),
        LATE,
    ).decode()
    for line in (
        'onrecord_ack_seconds_bucket{le="0.025"} 1.0',
        "onrecord_outbox_oldest_seconds 90.0",
        "onrecord_outbox_messages 1.0",
        'onrecord_slack_answers_total{answer="limited"} 3.0',
        "onrecord_slack_reconnects_total 2.0",
        'onrecord_messages{state="sent"} 4.0',
        'onrecord_messages{state="stuck"} 1.0',
        'onrecord_messages{state="sending"} 0.0',
        'onrecord_alerts{kind="reversal",state="sent",verdict="confirmed"} 2.0',
        "onrecord_articles 7.0",
        "onrecord_uptime_seconds 3600.0",
    ):
        assert line in text.splitlines(), line


def test_red_when_no_planted_conflict_came_through_for_26_hours():
    late, day = timedelta(hours=26), replace(WELL, uptime=27 * 3600.0)
    good = Canary(at=NOW - timedelta(hours=3), fault="", good_at=NOW - timedelta(hours=3))
    stuck = Canary(at=NOW, fault="no alert", good_at=NOW - timedelta(hours=27))
    never = Canary(at=NOW, fault="no alert", good_at=None)
    old = Canary(at=NOW - timedelta(hours=60), fault="", good_at=NOW - timedelta(hours=60))
    assert unready(state(day, canary=good, canary_late=late), LATE) == ()
    assert unready(state(day, canary=never, canary_late=None), LATE) == ()  # nobody wants any
    assert unready(state(WELL, canary_late=late), LATE) == ()  # none is due yet
    assert unready(state(WELL, canary=old, canary_late=late), LATE) == ()  # nor after two days without the service
    ahead = Canary(
        at=NOW + timedelta(days=3), fault="", good_at=NOW + timedelta(days=3)
    )  # of before a clock was set back
    for signs, canary in ((day, None), (day, never), (WELL, stuck), (day, old), (day, ahead)):
        (told,) = unready(state(signs, canary=canary, canary_late=late), LATE)
        assert told.startswith("No planted conflict has come through for 27 hours") or canary is old
        assert ("no alert" in told) == bool(canary and canary.fault)
    figures = Meter().text(state(day, canary=good, canary_late=late), LATE).decode()
    assert f"onrecord_canary_age_seconds {3 * 3600}.0" in figures
    assert "canary" not in Meter().text(state(day), LATE).decode()

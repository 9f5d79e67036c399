"""What people type reaches the record whole, and changes nothing that it does not name."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from bot.inquiries import Reasons, Unanswered
from bot.ledger import Target
from bot.slack import actions, commands
from bot.slack.blocks import deeds, parts, reasons
from bot.slack.commands.audiences import audience_of
from bot.slack.commands.names import with_number
from bot.slack.commands.replaying import understood
from bot.slack.newsroom import Asker, Press

ADA = Asker(user="U0ADA", role="editor", channel="C0FACTDESK")
LONG = " ".join(f"w{number}" for number in range(400))


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        (f"note 1001 {LONG}", lambda entry: entry.remark),
        (f"withdraw 1001 {LONG}", lambda entry: entry.note),
        (f"dismiss 1001 changed context: {LONG}", lambda entry: entry.remark),
    ],
    ids=["note", "withdraw", "dismiss"],
)
def test_long_words_are_kept_whole(newsroom, alert, ledger, clock, typed, kept):  # noqa: PLR0917
    commands.answer(newsroom, typed, ADA, clock())
    assert kept(ledger.audit(alert.number)[-1]) == LONG


def test_a_long_text_is_checked_whole(newsroom, clock):
    class Reader:
        def check(self, words):
            raise Unanswered(f"{len(words)} characters")

    told = commands.answer(replace(newsroom, inquiries=Reader()), f"check {LONG}", ADA, clock())
    assert f"{len(LONG)} characters" in str(told)


@pytest.mark.parametrize("typed", ["the interview was satire", "2024 was another year", "interview"])
def test_nothing_is_withdrawn_that_was_not_named_by_number_or_key(newsroom, alert, ledger, clock, typed):
    told = commands.answer(newsroom, f"withdraw {typed}", ADA, clock())
    assert "by its key" in str(told) or "No alert" in str(told)
    assert ledger.alert(alert.number).state != "withdrawn"
    assert ledger.mends() == ()


@pytest.mark.parametrize(
    ("words", "number", "rest"),
    [
        ("1042 three of 7 outlets", 1042, "three of 7 outlets"),
        ("3 outlets of OR-1042 agree", 3, "outlets of OR-1042 agree"),
        ("the 3 outlets of OR-1042 agree", 1042, "the 3 outlets of agree"),
        ("the 3 outlets", 3, "the outlets"),
        ("old news for #1042", 1042, "old news for"),
    ],
)
def test_the_alert_is_the_first_number_or_the_one_with_its_mark(words, number, rest):
    assert with_number(words) == (number, rest)


def test_a_display_name_that_looks_like_an_id_rings_nobody(alert, ledger, clock):
    ledger.decide(alert.number, "confirm", "U0ADA", "", clock())
    change = deeds.change_of(ledger.audit(alert.number)[-1])
    assert "<@" not in deeds.did(change, "U0TOMAS")
    assert "U0TOMAS" in deeds.did(change, "U0TOMAS")
    assert "<@U0ADA>" in deeds.did(change)


def test_who_is_told_in_private_only_they_learn(newsroom, alert, ledger, clock):
    ledger.follow("U0TOMAS", Target(kind="person", id="velden", name="Mara Velden"), "U0TOMAS", clock())
    private, why = replace(alert, channel="U0TOMAS"), Reasons(heading=(), steps=(), verdict="Alerted")
    assert "U0TOMAS" not in json.dumps(reasons.told(why, private, (), "U0ADA"))
    assert "<@U0TOMAS>" in json.dumps(reasons.told(why, private, (), "U0TOMAS"))
    for user, told in (("U0ADA", False), ("U0TOMAS", True)):
        answer = commands.answer(newsroom, "audit routes", replace(ADA, user=user), clock())
        assert ("Mara Velden" in json.dumps(answer)) is told


@pytest.mark.parametrize("days", [1, 400])
def test_the_export_of_an_alert_holds_that_alert_however_old_it_is(newsroom, alert, ledger, clock, days):
    clock.forward(86_400 * days)
    ledger.decide(alert.number, "confirm", "U0ADA", "", clock())
    press = Press(action=parts.EXPORT, value=alert.name, asker=ADA, now=clock())
    told = actions.pressed(newsroom, press)
    assert f"1 alert of {alert.name}" in str(told.payload)
    assert f"onrecord-alerts-{alert.name}" in told.file.name
    told = commands.answer(newsroom, f"export decisions {alert.name} jsonl", ADA, clock())
    assert [json.loads(line)["alert"] for line in told.file.content().splitlines()] == [alert.number]
    told = commands.answer(newsroom, "export alerts OR-9999", ADA, clock())
    assert "No alerts are on record of OR-9999" in str(told)


@pytest.mark.parametrize(("notes", "more"), [(20, 0), (33, 13)])
def test_the_log_says_how_much_of_it_is_not_shown(  # noqa: PLR0917
    newsroom, alert, ledger, clock, notes, more
):
    for number in range(notes):
        ledger.note(alert.number, f"note {number}", "U0ADA", clock.forward(1))
    told = json.dumps(commands.answer(newsroom, "audit since 7d", ADA, clock()))
    assert ("before these are not shown" in told) == bool(more)
    assert not more or f"{more} entries before these" in told


def test_the_log_shows_what_was_shared_and_exported(newsroom, alert, clock):
    commands.answer(newsroom, "export alerts", ADA, clock())
    assert "alerts csv" in json.dumps(commands.answer(newsroom, "audit shares", ADA, clock()))


@pytest.mark.parametrize(
    ("typed", "here", "words"),
    [
        ("the channel tunnel", False, "the channel tunnel"),
        ("monitors for the channel", True, "monitors"),
        ("monitors in this channel", True, "monitors"),
        ("monitors the channel", True, "monitors"),
    ],
)
def test_a_channel_that_is_talked_of_is_not_the_one_that_is_meant(newsroom, typed, here, words):
    meant = audience_of(newsroom, ADA, typed, mine=True)
    assert (meant.mine, meant.words) == (not here, words)


def test_a_dash_that_a_phone_made_of_two_hyphens_is_one(clock):
    assert understood("—since 30d", clock()) == understood("--since 30d", clock())

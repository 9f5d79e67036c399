"""What people type reaches the record whole, and changes nothing that it does not name."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.inquiries import Unanswered
from bot.slack import commands
from bot.slack.blocks import deeds
from bot.slack.commands.names import with_number
from bot.slack.newsroom import Asker

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

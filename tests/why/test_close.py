"""What is close, but not in conflict, is found by who asks for it: by person, side, topic and time."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from bot.calibration import Rules
from bot.desk import close
from bot.ledger.asked import Sought
from bot.slack import commands
from bot.slack.blocks import Desk
from bot.slack.blocks.asking import frame, pairs
from bot.slack.newsroom import Asker, Newsroom
from bot.slack.validate import faults
from config.load import load

NOW = datetime(2031, 3, 10, 12, tzinfo=UTC)
ADA = Asker(user="U0ADA", role="member", channel="C0FACTDESK")
SKARNE = "Holmarian President Hedda Brandt spoke at noon. “We reject any toll on foreign ships in the port of Skarne,” Brandt said on Monday."
TARVIK = "Harbour Minister Arvid Quist spoke at noon. “We support a toll on foreign ships in the port of Tarvik,” Quist said on Wednesday."


@pytest.fixture
def newsroom(desk):
    config = load(desk.folder)
    service = SimpleNamespace(close=lambda sought: close.found(sought, desk.ledger, config))
    return Newsroom(
        ledger=desk.ledger,
        config=config,
        desk=Desk.of(config, None, commands.SUBCOMMANDS),
        rules=Rules.of(config.settings),
        troubles=lambda: (),
        inquiries=service,
    )


def asked(newsroom, words):
    answer = commands.answer(newsroom, words, ADA, NOW)
    assert faults(answer) == ()
    return json.dumps(answer["blocks"], ensure_ascii=False)


@pytest.fixture
def two_ports(desk):
    desk.read(SKARNE, day=3)
    desk.read(TARVIK, day=5)
    assert desk.ledger.sought(Sought()).total == 0, "it is no alert"


@pytest.mark.parametrize("filters", ["", "brandt", "quist", "holmar", "since 30d", "quist since 2031-03-05"])
def test_a_pair_that_only_its_scope_sets_apart_is_listed_with_both_scopes(two_ports, newsroom, filters):
    shown = asked(newsroom, f"conflicts close {filters}")
    for part in (
        "*1 pair*",
        "We reject any toll",
        "We support a toll",
        "Place: A “port of Skarne”, B “port of Tarvik” (different)",
        "close, but not in conflict, so no alert",
        "All 2 remarks looked at" if not filters or "30d" in filters else "looked at",
    ):
        assert part in shown


@pytest.mark.parametrize("filters", ["solen", "since 2031-03-09", "vestria"])
def test_filters_leave_out_what_is_about_others_or_older(two_ports, newsroom, filters):
    assert "*0 pairs*" in asked(newsroom, f"conflicts close {filters}")


def test_what_is_in_conflict_is_an_alert_and_no_close_pair(desk, newsroom):
    desk.read(SKARNE, day=3)
    desk.read(TARVIK.replace("Tarvik", "Skarne"), day=5)
    assert desk.ledger.sought(Sought()).total == 1
    assert "*0 pairs*" in asked(newsroom, "conflicts close")


def test_a_filter_of_alerts_is_said_not_to_fit(two_ports, newsroom):
    assert "Close pairs are no alerts" in asked(newsroom, "conflicts close confirmed")


def test_no_more_time_is_taken_than_somebody_waits(two_ports, desk):
    ticks = iter(range(0, 1000, 6))
    found = close.found(Sought(), desk.ledger, load(desk.folder), ticks=lambda: next(ticks))
    assert (found.looked, found.all) == (1, False)


def test_how_many_remarks_there_was_time_for_is_shown_and_is_no_part_of_what_is_shared(two_ports, newsroom, desk):
    config = load(desk.folder)
    found = close.found(Sought(), desk.ledger, config)
    hasty = replace(found, looked=found.looked - 1, all=False)
    one, other = pairs.close(found, ""), pairs.close(hasty, "")
    assert frame.mark(one) == frame.mark(other)
    assert frame.mark(one) != frame.mark(pairs.close(replace(found, pairs=()), ""))
    answer = frame.public(other, frame.Asked(words="conflicts close"), "U0ADA", NOW)
    assert "The newest 1 remark looked at" in json.dumps(answer["blocks"])

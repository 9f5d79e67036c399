"""Private answers are short, valid and never claim more than the record holds."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.calibration import Standing, Step
from bot.ledger import Decision, Status
from bot.slack import commands, mrkdwn
from bot.slack.blocks import answers, triage
from bot.slack.commands.groups import grouped
from bot.slack.validate import faults
from watchers.model import FeedState

WHEN = datetime(2031, 2, 25, 13, 7, tzinfo=UTC)


def words(payload):
    assert faults(payload) == ()
    assert payload["response_type"] == "ephemeral"
    return "\n".join(
        text["text"]
        for block in payload["blocks"]
        for text in (block.get("text"), *block.get("fields", ()), *block.get("elements", ()))
        if text
    )


def status(**more):
    empty = dict.fromkeys(("pending", "sending", "sent", "stuck", "withdrawn"), 0)
    given = {
        "articles": 1,
        "statements": 3,
        "utterances": 2,
        "positions": 2,
        "alerts": empty | {"sent": 1},
        "reviews": {"open": 1, "confirmed": 0, "dismissed": 0},
        "feeds": (),
        "aside": 0,
        "why_aside": (),
        "corrected": 0,
        "changed": 0,
        "vanished": 0,
        "parked": 0,
        "why_parked": (),
        "waiting": 0,
        "stuck": (),
        "oldest_pending": None,
    }
    return Status(**given | more)


def test_status_in_good_times():
    feeds = (FeedState(feed="harbour", polled_at=WHEN, good_at=WHEN),)
    assert words(answers.status(status(feeds=feeds), ())) == (
        "*On record* 1 article · 2 statements · 2 positions · 1 alert\n"
        "*Alerts* 1 open\n"
        "*Feeds* 1 of 1 well\n"
        "*Slack* 0 messages waiting for Slack\n"
        "Only you can see this."
    )


def test_status_says_which_thresholds_verdicts_moved_and_why():
    why = "1 of 9 verdicts <!here> said so"
    step = Step(number=3, kind="reversal", what="moved", old=0.6, new=0.65, start=0.6, at=WHEN, why=why)
    thresholds = (
        Standing(kind="reversal", threshold=0.65, step=step),
        Standing(kind="same_side", threshold=0.6),
        Standing(kind="denied_claim", threshold=0.6, held=True),
    )
    shown = words(answers.status(status(), (), thresholds))
    assert "*Threshold* reversal is posted from 0.65 on since " in shown
    assert ": 1 of 9 verdicts &lt;!here&gt; said so\n*Threshold* denied_claim is posted from 0.60 on (held)" in shown
    assert "same_side" not in shown


def test_status_in_bad_times_names_every_reason():
    feeds = tuple(FeedState(feed=f"feed-{n}", reason="404 <!channel>", good_at=WHEN) for n in range(40))
    shown = words(
        answers.status(
            status(
                feeds=feeds,
                aside=2,
                why_aside=("Hafenblatt, “<!here>”: it is in German; English is read",),
                corrected=3,
                changed=4,
                vanished=1,
                parked=3,
                why_parked=("tide, “<!here>”: no text",),
                waiting=2,
                stuck=("is_archived",) * 9,
                oldest_pending=WHEN,
            ),
            ["Slack refuses us: token_revoked"],
        )
    )
    assert "*Feeds* 0 of 40 well" in shown
    assert "• feed-0: 404 &lt;!channel&gt;, last good <!date^1929791220^" in shown
    assert "and 30 more that fail" in shown
    assert "3 entries given up on\n• tide, “&lt;!here&gt;”: no text" in shown
    assert "*Slack* 2 messages waiting for Slack, the oldest since <!date^" in shown
    assert "Stuck: isˍarchived" not in shown
    assert "Stuck: is_archived" in shown
    assert "Trouble: Slack refuses us: token_revoked" in shown


def test_help_lists_every_subcommand(newsroom, ada, now):
    shown = words(commands.answer(newsroom, "help", ada, now))
    assert all(f"`{name}`" in shown for name in ("help", "whoami", *commands.SUBCOMMANDS))
    assert len(shown) < 1500, "one look is enough"


@pytest.mark.parametrize("group", ["look up", "Decide", "watch", "SET UP"])
def test_help_about_a_group_says_how_each_of_it_is_written_and_nothing_of_the_others(newsroom, ada, now, group):
    shown = words(commands.answer(newsroom, f"help {group}", ada, now))
    mine = next(one for one in grouped(commands.SUBCOMMANDS) if one.title.casefold() == group.casefold())
    assert all(f"`{mrkdwn.foreign(written, 200)}`" in shown for _, written, _ in mine.lines)
    assert sum(f"`{one.usage[:12]}" in shown for one in commands.SUBCOMMANDS.values()) <= len(mine.lines)


def test_every_subcommand_is_in_one_group(newsroom, ada, now):
    listed = [name for one in grouped(commands.SUBCOMMANDS) for name, _, _ in one.lines]
    assert sorted(listed) == sorted(["help", "whoami", *commands.SUBCOMMANDS])


@pytest.mark.parametrize("name", commands.SUBCOMMANDS)
def test_help_about_a_subcommand_shows_examples_of_it(newsroom, ada, now, name):
    shown = words(commands.answer(newsroom, f"help {name}", ada, now))
    assert f"• `/record {name}" in shown


def test_not_found_is_never_never_said():
    shown = words(answers.not_found("person", "Nobody"))
    assert shown.startswith("No person “Nobody” was found in the record.")


def test_the_record_proves_itself_or_says_what_is_wrong(story):
    assert "checked just now" in words(answers.record(story.alert, story.desk))
    broken = words(answers.record(story.alert, story.desk, faults=["The Courier: the stored text was altered"]))
    assert "*Proof failed* The Courier: the stored text was altered." in broken


def test_a_press_that_changed_nothing_is_explained(story):
    open_alert = Decision(alert=story.alert, changed=False, by="")
    shown = words(triage.refused(open_alert, "undo", by_asker=False))
    assert shown == "OR-1042 is open: there is no decision to undo."


def test_the_record_calls_the_third_statement_what_the_card_calls_it(story):
    answered = replace(story.alert, conflict=replace(story.alert.conflict, answer="on_record"))
    shown = words(answers.record(answered, story.desk))
    assert "*Also on record* · *Ivo Sternad*" in shown
    assert "Pointed back to" not in shown

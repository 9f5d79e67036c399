"""What changed is told in each thread: not lost, not doubled, and in the channel only when the verdict has changed."""

from __future__ import annotations

import pytest

from bot.slack.validate import faults
from bot.workspace import Channel
from bot.workspace.world import BOT

DESK, POLITICS = "C0FACTDESK", "C0POLITICS"


@pytest.fixture
async def two(rig, alert, story):
    """The story in two channels, with its evidence."""
    rig.workspace.world.put_channel(Channel(id=POLITICS, name="politics", members=frozenset({BOT, "U0ADA"})))
    with rig.ledger.work() as work:
        copy = work.alert(story.conflict, POLITICS, "high", rig.clock())
        work.commit()
    await rig.steps(4)
    return alert, copy


def lines(rig, channel=DESK):
    cards = [post for post in rig.workspace.messages(channel) if not post.thread_ts]
    return [reply.text for reply in rig.workspace.replies(channel, cards[0].ts)[1:]]


async def test_each_thread_tells_who_did_what_and_why_and_each_card_follows(rig, two):
    one, other = two
    rig.ledger.decide(other.number, "dismiss", "U0ADA", "old news", rig.clock(), remark="it ran in May")
    await rig.steps(6)
    for alert, channel in ((one, DESK), (other, POLITICS)):
        assert lines(rig, channel) == [
            f"{alert.name}, Halasz vs Velden on monitors at the strait: Dismissed (old news) by ada it ran in May"
        ]
        card = rig.workspace.messages(channel)[0]
        assert "dismissed, possible conflict" in card.text
        assert {block["block_id"].rpartition(":")[2] for block in card.blocks} == {"2"}
    assert rig.ledger.due(rig.clock()) == ()


@pytest.mark.parametrize("fault", [{"drop": True, "after_commit": True}, {"status": 503, "after_commit": True}])
async def test_a_line_whose_answer_is_lost_is_not_told_twice(rig, two, fault):
    rig.ledger.assign(1001, "U0TOMAS", "U0ADA", rig.clock())
    rig.workspace.inject("chat.postMessage", **fault)
    await rig.steps(3)
    rig.restart()
    await rig.steps(90)
    assert [len(lines(rig, channel)) for channel in (DESK, POLITICS)] == [1, 1]
    assert rig.ledger.status().waiting == 0


async def test_a_kill_between_the_intention_and_the_post_loses_no_line(rig, two):
    rig.ledger.note(1001, "asked at noon", "U0ADA", rig.clock())
    for waiting in rig.ledger.due(rig.clock.forward(2)):  # and now the process dies
        assert rig.ledger.intend(waiting.id, rig.clock()) is not None
    rig.restart()
    await rig.steps(3)
    assert lines(rig) == [], "the request may still be accepted"
    await rig.steps(90)
    assert [len(lines(rig, channel)) for channel in (DESK, POLITICS)] == [1, 1]


async def test_only_a_verdict_is_shown_in_the_channel_as_well(rig, two):
    rig.ledger.assign(1001, "U0TOMAS", "U0ADA", rig.clock())
    rig.ledger.note(1001, "asked at noon", "U0ADA", rig.clock())
    await rig.steps(8)
    assert not any(reply.broadcast for reply in rig.workspace.replies(DESK, rig.posts[0].ts))
    rig.ledger.decide(1001, "confirm", "U0ADA", "", rig.clock())
    rig.ledger.decide(1001, "undo", "U0ADA", "", rig.clock())
    rig.ledger.withdraw(1001, "satire", rig.clock(), "U0ADA")
    await rig.steps(12)
    shown = [reply for reply in rig.workspace.replies(DESK, rig.posts[0].ts) if reply.broadcast]
    assert [reply.text.partition(": ")[2].split()[0] for reply in shown] == ["Confirmed", "Open", "Withdrawn"]


async def test_nobody_is_called_but_the_one_it_is_assigned_to(rig, two):
    rig.ledger.assign(1001, "U0TOMAS", "U0ADA", rig.clock())
    await rig.steps(4)
    (line,) = lines(rig)
    assert line.endswith("Assigned to <@U0TOMAS> by ada")


async def test_a_name_that_slack_does_not_give_keeps_nothing_up(rig, two):
    rig.workspace.inject("users.info", error="internal_error", times=9)
    rig.ledger.decide(1001, "confirm", "U0ADA", "", rig.clock())
    await rig.steps(4)
    assert lines(rig)[0].endswith("Confirmed by somebody of the desk")


async def test_an_alert_that_was_never_posted_tells_nothing_when_it_is_withdrawn(rig, alert):
    rig.ledger.withdraw(alert.number, "satire", rig.clock(), "U0ADA")
    await rig.steps(4)
    assert rig.posts == ()
    assert rig.ledger.status().waiting == 0


async def test_every_line_is_valid(rig, two):
    rig.ledger.decide(1001, "dismiss", "U0ADA", "old news", rig.clock(), remark="<!channel> *x* " * 300)
    await rig.steps(4)
    for call in rig.writes:
        assert faults({"text": call.arguments["text"], "blocks": call.arguments["blocks"]}) == ()
        assert "<!channel" not in str(call.arguments)

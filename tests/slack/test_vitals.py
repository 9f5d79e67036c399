"""What the outbox shows of itself: who waits, since when, and what does not count as waiting."""

from __future__ import annotations

from bot.slack.deliver import PACE


def test_a_card_waits_with_its_evidence_from_when_it_was_raised(ledger, alert):
    vitals = ledger.vitals()
    assert vitals.messages["pending"] == vitals.waiting > 0
    assert vitals.oldest == alert.created_at
    assert vitals.alerts == {("denied_claim", "pending", "open"): 1}


async def test_what_slack_took_waits_no_longer(rig, alert):
    await rig.steps(5)
    vitals = rig.ledger.vitals()
    assert (vitals.waiting, vitals.oldest) == (0, None)
    assert vitals.messages["sent"] > 0


async def test_what_is_stuck_is_counted_as_such_and_its_thread_does_not_wait(rig, alert):
    rig.workspace.archive("fact-desk")
    await rig.steps(3)
    vitals = rig.ledger.vitals()
    assert (vitals.waiting, vitals.oldest) == (0, None)
    assert vitals.messages["stuck"] == 1


async def test_what_a_429_put_off_waits_since_it_was_raised(rig, alert):
    rig.workspace.inject("chat.postMessage", status=429, retry_after="30")
    await rig.steps(1, every=PACE)
    assert rig.ledger.vitals().oldest == alert.created_at

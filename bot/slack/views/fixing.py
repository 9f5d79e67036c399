"""What the form that mends a statement does once it is sent off."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.ledger.errors import AlreadyMended
from bot.mending import Mending, Misunderstood
from bot.slack import mrkdwn
from bot.slack.blocks import forms, modals
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.newsroom import Modal, Wrong
from bot.slack.views.form import Form

if TYPE_CHECKING:
    from bot.mending import Mender, Outcome
    from bot.model import Statement
    from bot.slack.blocks.parts import Payload
    from bot.slack.newsroom import Answer, Newsroom, Submission

_FIELDS = ("speaker", "words", "date", "topic", "stance")


def _sent(newsroom: Newsroom, sent: Submission) -> Answer:
    mender = newsroom.mend
    about = json.loads(sent.about or "{}")
    name = str(about.get("name") or "statement")
    key = next((key for key in about.get("keys", ()) if key == sent.fields.get("which")), "")
    statement = newsroom.ledger.statement(key)
    if statement is None or mender is None:
        return Wrong(fields={"which": "Choose a statement."})
    given = {field: sent.fields[field] for field in _FIELDS if sent.fields.get(field)}
    if not given:
        return Wrong(fields={"speaker": "Give at least one thing that was wrong: nothing would change."})
    mending = mender.understood(statement, given)
    if isinstance(mending, Misunderstood):
        return Wrong(fields=mending.fields)
    waiting = modals.waiting(title=f"Mend {name}")
    return Modal(view=waiting, then=lambda: _mended(mender, statement, mending, sent, name))


def _mended(mender: Mender, statement: Statement, mending: Mending, sent: Submission, name: str) -> Payload:
    user = sent.asker.user
    try:
        outcome = mender.mend(statement, mending, user, sent.fields.get("why", ""), sent.now)
    except AlreadyMended as error:
        by = "you" if error.by == user else mrkdwn.person(error.by)
        said = Mrkdwn(f"This statement was already corrected by {by}. Open the form again to correct what stands now.")
        return modals.notice(f"Mend {name}", said)
    return modals.notice("Corrected", told(outcome))


def told(outcome: Outcome) -> Mrkdwn:
    """What a correction has led to."""
    lines = [Mrkdwn("The correction is on record; the statement as it was taken down stays there too.")]
    for alerts, what in (
        (outcome.reworded, "Told on the cards of {}: the statements are still in conflict."),
        (outcome.withdrawn, "Withdrawn: {}. The statements are in conflict no longer."),
        (outcome.raised, "Raised: {}."),
    ):
        if alerts:
            lines.append(Mrkdwn(what.format(", ".join(alert.name for alert in alerts))))
    if len(lines) == 1:
        lines.append(Mrkdwn("No alert rests on it."))
    return mrkdwn.joined(lines, "\n")


FORMS = (Form(callback=forms.FIX, does=_sent, named="mend statements", role="editor"),)

"""The form that dismisses an alert, and where it leads when the words were read wrongly."""

from __future__ import annotations

from typing import TYPE_CHECKING, get_args

from bot.ledger.errors import UnknownAlert
from bot.model import Reason
from bot.slack.blocks import forms, modals, triage
from bot.slack.commands.mending import fixing
from bot.slack.commands.names import numbered
from bot.slack.mrkdwn import Mrkdwn
from bot.slack.newsroom import Modal, Wrong
from bot.slack.views.form import Form

if TYPE_CHECKING:
    from bot.slack.newsroom import Answer, Newsroom, Submission


def _dismissed(newsroom: Newsroom, sent: Submission) -> Answer:
    reason, note = sent.fields.get("reason", ""), sent.fields.get("note", "")
    if reason not in get_args(Reason):
        return Wrong(fields={"reason": "Choose one reason."})
    number, user = numbered(sent.about) or 0, sent.asker.user
    try:
        decision = newsroom.ledger.decide(number, "dismiss", user, reason, sent.now, remark=note)
    except UnknownAlert as error:
        return Modal(view=modals.notice(sent.about, Mrkdwn(str(error).capitalize() + ".")))
    if not decision.changed:
        said = triage.told(decision, "dismiss", by_asker=decision.by == user)
        return Modal(view=modals.notice(f"{sent.about} not dismissed", said))
    if reason != "wrong extraction":
        return None
    if not sent.asker.may("editor") or newsroom.mend is None:
        said = Mrkdwn(
            f"{sent.about} is dismissed. An editor can mend what was read wrongly: `/record fix {sent.about}`"
        )
        return Modal(view=modals.notice(f"{sent.about} dismissed", said))

    return Modal(view=modals.waiting(title=f"Mend {sent.about}"), then=lambda: fixing(newsroom, sent.about))


FORMS = (Form(callback=forms.DISMISS, does=_dismissed, named="decide on alerts", role="checker"),)
